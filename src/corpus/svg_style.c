/* Styles of SVG: see svg_style.h. A sheet is a row of rules in the order of their keys ("*",
 * "path",
 * ".st0", "#pen"), one a key, so that an element finds those that mean it at once. */
#include "svg_style.h"

#include "svg_number.h"

#include <stdlib.h>
#include <string.h>

enum { SHEET_MAX = 1 << 20, KEY = 64 };

const svg_style svg_style_initial = {false, true, true, true, -1, -1};

/* What a rule says; 0: nothing, 1: no, 2: yes. */
typedef struct rule {
    char key[KEY];
    unsigned char stroked, filled, visible, shown;
} rule;

struct svg_sheet {
    char *text; /* not yet read */
    size_t length, capacity;
    rule *rule;
    size_t count, room;
};

/* A piece of text, without blanks around it. */
typedef struct span {
    const char *at, *end;
} span;

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static span trimmed(const char *at, const char *end)
{
    while (at < end && is_blank(*at))
        at++;
    while (at < end && is_blank(end[-1]))
        end--;
    return (span){at, end};
}

static bool is(span text, const char *word)
{
    size_t length = strlen(word);
    return (size_t)(text.end - text.at) == length && memcmp(text.at, word, length) == 0;
}

static const char *find(const char *at, const char *end, char c)
{
    const char *found = at < end ? memchr(at, c, (size_t)(end - at)) : NULL;
    return found ? found : end;
}

/* ---- properties -------------------------------------------------------------------------------
 */

static unsigned char answer(bool yes)
{
    return yes ? 2 : 1;
}

static void set_property(rule *r, span name, span value)
{
    if (value.at == value.end || is(value, "inherit"))
        return;
    bool paint = !is(value, "none") && !is(value, "transparent");
    if (is(name, "stroke"))
        r->stroked = answer(paint);
    else if (is(name, "fill"))
        r->filled = answer(paint);
    else if (is(name, "visibility"))
        r->visible = answer(is(value, "visible"));
    else if (is(name, "display"))
        r->shown = answer(!is(value, "none"));
}

static void read_time(span value, double *seconds)
{
    double number;
    if (svg_number_read(&value.at, value.end, &number) && is(value, "s") && number >= 0 &&
        number <= 1e9)
        *seconds = number;
}

/* Reads "stroke:none;--t:1s"; `style`, which may be NULL, gets the times. */
static void read_declarations(span text, rule *r, svg_style *style)
{
    while (text.at < text.end) {
        const char *end = find(text.at, text.end, ';'), *colon = find(text.at, end, ':');
        if (colon < end) {
            span name = trimmed(text.at, colon);
            span value = trimmed(colon + 1, find(colon + 1, end, '!'));
            set_property(r, name, value);
            if (style && is(name, "--t"))
                read_time(value, &style->start);
            if (style && is(name, "--d"))
                read_time(value, &style->duration);
        }
        text.at = end < text.end ? end + 1 : end;
    }
}

static bool said(unsigned char answer, bool before)
{
    return answer ? answer == 2 : before;
}

static void apply(const rule *r, svg_style *style)
{
    style->stroked = said(r->stroked, style->stroked);
    style->filled = said(r->filled, style->filled);
    style->visible = said(r->visible, style->visible);
    style->shown = said(r->shown, style->shown);
}

/* ---- sheets -----------------------------------------------------------------------------------
 */

svg_sheet *svg_sheet_new(lh_error *error)
{
    svg_sheet *sheet = calloc(1, sizeof *sheet);
    if (!sheet)
        lh_fail_memory(error, "a style sheet");
    return sheet;
}

void svg_sheet_free(svg_sheet *sheet)
{
    if (!sheet)
        return;
    free(sheet->text);
    free(sheet->rule);
    free(sheet);
}

lh_status svg_sheet_add(svg_sheet *sheet, const char *text, size_t length, lh_error *error)
{
    if (length > SHEET_MAX - sheet->length)
        length = SHEET_MAX - sheet->length; /* what is behind tells of no pen */
    if (sheet->length + length > sheet->capacity) {
        size_t capacity = 2 * (sheet->length + length);
        char *larger = realloc(sheet->text, capacity);
        if (!larger)
            return lh_fail_memory(error, "a style sheet");
        sheet->text = larger;
        sheet->capacity = capacity;
    }
    if (length > 0)
        memcpy(sheet->text + sheet->length, text, length);
    sheet->length += length;
    return LH_OK;
}

/* Where the rule of `key` is, or belongs. */
static size_t place_of(const svg_sheet *sheet, const char *key)
{
    size_t low = 0, high = sheet->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(sheet->rule[middle].key, key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static const rule *find_rule(const svg_sheet *sheet, char mark, span name)
{
    char key[KEY + 1];
    size_t length = (size_t)(name.end - name.at), from = mark ? 1 : 0;
    if (length + from >= KEY)
        return NULL;
    key[0] = mark;
    memcpy(key + from, name.at, length);
    key[from + length] = '\0';
    size_t place = place_of(sheet, key);
    bool found = place < sheet->count && strcmp(sheet->rule[place].key, key) == 0;
    return found ? &sheet->rule[place] : NULL;
}

static void add_answer(unsigned char *to, unsigned char later)
{
    *to = later ? later : *to;
}

/* What is said later of the same elements adds to, and stands above, what was said before. */
static lh_status add_rule(svg_sheet *sheet, span selector, const rule *says, lh_error *error)
{
    enum { RULES_MAX = 4096 };
    size_t length = (size_t)(selector.end - selector.at);
    rule r = {.key = ""};
    if (length == 0 || length >= KEY)
        return LH_OK;
    memcpy(r.key, selector.at, length);
    if (strcspn(r.key + 1, " \t\r\n.#>+~:[*") < length - 1) /* not one simple selector */
        return LH_OK;
    size_t place = place_of(sheet, r.key);
    bool known = place < sheet->count && strcmp(sheet->rule[place].key, r.key) == 0;
    if (!known && sheet->count == RULES_MAX)
        return LH_OK;
    if (!known && sheet->count == sheet->room) {
        size_t room = 2 * sheet->room + 16;
        rule *larger = realloc(sheet->rule, room * sizeof *larger);
        if (!larger)
            return lh_fail_memory(error, "a style sheet");
        sheet->rule = larger;
        sheet->room = room;
    }
    rule *to = sheet->rule + place;
    if (!known) {
        memmove(to + 1, to, (sheet->count - place) * sizeof *to);
        *to = r;
        sheet->count++;
    }
    add_answer(&to->stroked, says->stroked);
    add_answer(&to->filled, says->filled);
    add_answer(&to->visible, says->visible);
    add_answer(&to->shown, says->shown);
    return LH_OK;
}

/* Puts blanks in the place of comments. */
static void blank_comments(char *at, char *end)
{
    for (bool inside = false; at + 1 < end; at++) {
        bool opens = !inside && at[0] == '/' && at[1] == '*';
        bool closes = inside && at[0] == '*' && at[1] == '/';
        inside = (inside || opens) && !closes;
        if (opens || closes)
            at[0] = at[1] = ' ';
        else if (inside)
            at[0] = ' ';
    }
}

/* Behind the '}' that closes what the '{' at `open` opens. */
static const char *find_close(const char *open, const char *end)
{
    int depth = 0;
    for (; open < end; open++) {
        depth += *open == '{';
        depth -= *open == '}';
        if (depth <= 0)
            return open;
    }
    return end;
}

lh_status svg_sheet_read(svg_sheet *sheet, lh_error *error)
{
    if (sheet->length == 0)
        return LH_OK;
    const char *at = sheet->text, *end = at + sheet->length;
    blank_comments(sheet->text, sheet->text + sheet->length);
    lh_status status = LH_OK;
    while (at < end && status == LH_OK) {
        const char *open = find(at, end, '{'), *close = find_close(open, end);
        span selectors = trimmed(at, open);
        bool rules = open < end && (selectors.at == selectors.end || *selectors.at != '@');
        rule says = {.key = ""};
        if (rules && selectors.at < selectors.end)
            read_declarations((span){open + 1, close}, &says, NULL);
        while (rules && selectors.at < selectors.end && status == LH_OK) {
            const char *comma = find(selectors.at, selectors.end, ',');
            status = add_rule(sheet, trimmed(selectors.at, comma), &says, error);
            selectors.at = comma < selectors.end ? comma + 1 : comma;
        }
        at = close < end ? close + 1 : end;
    }
    sheet->length = 0;
    return status;
}

/* ---- elements ---------------------------------------------------------------------------------
 */

const xml_attribute *svg_attribute(const xml_tag *tag, const char *name)
{
    for (int i = 0; i < tag->count; i++)
        if (!tag->attribute[i].prefix && strcmp(tag->attribute[i].name, name) == 0)
            return &tag->attribute[i];
    return NULL;
}

/* The next of the words in `text`; false: none. */
static bool next_word(span *text, span *word)
{
    *text = trimmed(text->at, text->end);
    word->at = word->end = text->at;
    while (word->end < text->end && !is_blank(*word->end))
        word->end++;
    text->at = word->end;
    return word->at < word->end;
}

bool svg_has_word(const xml_attribute *attribute, const char *word)
{
    if (!attribute)
        return false;
    span words = {attribute->value, attribute->end}, each;
    while (next_word(&words, &each))
        if (is(each, word))
            return true;
    return false;
}

static void apply_rule(const svg_sheet *sheet, char mark, span name, svg_style *style)
{
    const rule *r = find_rule(sheet, mark, name);
    if (r)
        apply(r, style);
}

static void apply_sheet(const svg_sheet *sheet, const xml_tag *tag, svg_style *style)
{
    if (sheet->count == 0)
        return;
    span each = {tag->name, tag->name + strlen(tag->name)};
    apply_rule(sheet, '*', (span){each.at, each.at}, style);
    apply_rule(sheet, '\0', each, style);
    const xml_attribute *attribute = svg_attribute(tag, "class");
    span words = attribute ? (span){attribute->value, attribute->end} : (span){each.at, each.at};
    while (next_word(&words, &each))
        apply_rule(sheet, '.', each, style);
    attribute = svg_attribute(tag, "id");
    if (attribute)
        apply_rule(sheet, '#', (span){attribute->value, attribute->end}, style);
}

svg_style svg_style_of(const svg_style *around, const svg_sheet *sheet, const xml_tag *tag)
{
    svg_style style = *around;
    rule own = {.key = ""};
    style.start = style.duration = -1;
    for (int i = 0; i < tag->count; i++) {
        const xml_attribute *a = &tag->attribute[i];
        if (!a->prefix)
            set_property(&own, (span){a->name, a->name + strlen(a->name)},
                         trimmed(a->value, a->end));
    }
    apply(&own, &style);
    apply_sheet(sheet, tag, &style);
    const xml_attribute *attribute = svg_attribute(tag, "style");
    if (attribute) {
        rule declared = {.key = ""};
        read_declarations((span){attribute->value, attribute->end}, &declared, &style);
        apply(&declared, &style);
    }
    return style;
}
