/* Texts from patterns: see text_maker.h.
 *
 * In a pattern, %d is a digit and %n one that is not 0, %U a capital and %l a small letter, %w a
 * word of the hand, %N the same with a capital, %W in capitals, %a with a letter of it replaced by
 * a sign, %e with an accent on one or two of them, %E the same with a capital, %k misspelt, %z
 * letters and parts of words put together, %Z the same with a capital, %R a
 * Roman numeral, %M a month, %s any sign; the code behind %* is used one to four times. */
#include "text_maker.h"

#include "write/composed.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

static const char *const patterns[] = {
    /* numbers */
    "%n",
    "%d%d",
    "%n%d%d",
    "%n%d%d%d",
    "%n%*%d",
    "%n%d,%d%d%d",
    "%n,%d%d%d,%d%d%d",
    "%n%d.%d",
    "%n%d%d %d%d%d",
    "%d%d %d%d %d%d",
    "0.%d%d",
    "-%n%d",
    "No. %n%d",
    "no %n%d%d",
    "#%n%d",
    /* telephone */
    "555-%d%d%d%d",
    "(%d%d%d%d) %d%d%d %d%d%d",
    "+%n%d %d%d %d%d%d%d %d%d%d%d",
    "%d%d%d-%d%d%d-%d%d%d%d",
    "%d%d%d%d %d%d%d%d%d%d",
    "tel %d%d%d %d%d%d",
    /* times and dates */
    "1%d:%d%d",
    "%n:%d%d",
    "2%d:%d%d",
    "%n.%d%d am",
    "%n:%d%d pm",
    "at %d%d:%d%d",
    "%n%d %M",
    "%n %M 20%d%d",
    "%n%d %M 19%d%d",
    "%M %n%d, 20%d%d",
    "%n/%n/%d%d",
    "%d%d.%d%d.20%d%d",
    "20%d%d-%d%d-%d%d",
    "20%d%d",
    "19%d%d",
    "1%d%d%d-1%d%d%d",
    "Mon %n%d",
    "the %nth",
    "1st",
    "2nd",
    "3rd of %M",
    /* prices and measures */
    "%s%n.%d%d",
    "%s%n%d",
    "£%n%d.%d%d",
    "$%n.%d%d",
    "€%n%d",
    "%n,%d%d €",
    "%n%d%%",
    "%n.%d%d p",
    "%n%d0 g %w",
    "%n kg",
    "%n cm",
    "1/%n",
    "%n 1/%n",
    "%n/%n",
    "%n ml %w",
    "%nx%n",
    "%n tsp %w",
    "%n%d %w",
    /* codes */
    "%U%U-%d%d%d%d",
    "%U%n%U%n%U%n",
    "%U%U%n%U %n%U%U",
    "%U%n%d",
    "%U%n %n%U%U",
    "%U%U%U %d%d%d",
    "%U%d%d-%U%d%d",
    "%d%d%U%d%d%U",
    "%U%l%n%l%U%d",
    "%l%l%d%d%l",
    "%U%U%U",
    "%U%U",
    "%U%*%U",
    "%U%d%U%d",
    "%d%d%d%d-%d%d%d%d",
    "%U-%n",
    "%l%*%l",
    "%U.%d.%d",
    /* capitals, names, initials */
    "%W",
    "%W",
    "%W",
    "%W!",
    "%W %W",
    "%W",
    "%W",
    "%W",
    "%W %W",
    "%W %W %W",
    "%U. %U. %N",
    "%U. %N",
    "%N %U. %N",
    "O'%N",
    "Mc%N",
    "Mr. %N",
    "Mrs. %N",
    "Dr. %N",
    "%N & %N",
    "%N-%N",
    "%N",
    "%N %N",
    "%N, %U.",
    "%N's",
    "%w's",
    "I've",
    "I'm",
    "don't",
    "it's",
    "we'll",
    /* lists */
    "- %w",
    "- %w",
    "- %w %w",
    "- %N",
    "* %w",
    "%n. %w",
    "%n) %w",
    "%l) %w",
    "%U. %w",
    "- %n %w",
    "- %n%d %w",
    "+ %w",
    "- %w, %w",
    "[ ] %w",
    "[x] %w",
    "- %W",
    /* addresses */
    "%n%d %N St.",
    "%n%d %N Road",
    "Flat %n%U",
    "P.O. Box %n%d",
    "%l%w@%w.com",
    "%w.%w@%w.org",
    "www.%w.com",
    "%w.co.uk",
    "%w_%w@%w.net",
    "http://%w.%w/",
    "@%w",
    "%N %d%d%d%d%d",
    /* sums */
    "%n + %n = %n%d",
    "%n%d - %n = %n%d",
    "%n x %n%d = %n%d",
    "%n%d : %n = %n",
    "%n + %n",
    "%n%d = %n x %n",
    "%l = %n",
    "%n > %n",
    "%n < %n%d",
    "(%n + %n)",
    "%n%d/%n = %n",
    /* Roman numerals */
    "%R",
    "%R.",
    "Chapter %R",
    "%N %R",
    "(%R)",
    /* marks */
    "\"%w\"",
    "\"%N %w\"",
    "\"%w!\"",
    "(%w)",
    "(%w %w)",
    "%w...",
    "...%w",
    "%w!",
    "%w?",
    "%w; %w",
    "%w: %w",
    "%w - %w",
    "%w/%w",
    "'%w'",
    "%w, %w",
    "%N?",
    "%w!!",
    "\"%N,\"",
    "(see %n)",
    "%w.",
    "e.g. %w",
    "i.e. %w",
    "%w etc.",
    /* signs */
    "%a",
    "%a",
    "%a",
    "%a %a",
    "%N %a",
    "%s",
    "%s %s",
    "%s%s",
    "%s %w",
    "%w %s",
    "%s%n",
    "%n%s",
    /* misspelt, so that what is written tells and not what would be likely */
    "%k",
    "%k",
    "%k",
    "%k %k",
    "%k %k",
    "%w %k",
    "%k %w",
    "%w %k %w",
    "- %k",
    "%k, %w",
    "%k.",
    /* words */
    "%w",
    "%w %w",
    "%w %w",
    "%w %w %w",
    "%w %w %w",
    "%N %w %w",
    "%w %w %w %w",
};
enum { PATTERNS = sizeof patterns / sizeof *patterns };

/* Lines of these have a mark or two a word. */
static const char *const marked[] = {
    "%e",      "%e",      "%e",      "%e",        "%e %e",     "%w %e",   "%e, %e",   "%E",
    "%E",      "%E %E",   "%N %E",   "%E,",       "%e.",       "%E: %e",  "(%e)",     "%n°",
    "%n%d°",   "%n°C",    "-%n°C",   "%n%d°F",    "%l²",       "%l³",     "%w²",      "%n m²",
    "cm²",     "%n cm³",  "km²",     "%l² + %l²", "H₂O",       "CO₂",     "%U₂%U",    "%l₁, %l₂",
    "%s%n",    "%n %s",   "%n%s",    "%w %s %w",  "%s",        "%s %s",   "%w & %w",  "%U&%U",
    "@%w",     "#%n",     "{%w}",    "[%w]",      "k%s",       "%n × %n", "%n ÷ %n",  "±%n%%",
    "%n ≤ %n", "√%n",     "§ %n",    "€%n",       "%n,%d%d €", "%n $",    "π = 3.14", "%w_%w",
    "☐ %w",    "%w ~ %w", "%n = %n", "%l = %n°",  "%d%d%%",    "<%w>",    "%w\\%w",   "|%n|",
};
enum { MARKED = sizeof marked / sizeof *marked };

static const char *const nonsense[] = {
    "%z",     "%z",  "%z %z",    "%z %z", "%z %z %z", "%Z",     "%Z %z", "%z %w",  "%w %z", "- %z",
    "%z, %z", "%z.", "%w %z %w", "%z's",  "%z?",      "%Z, %z", "%z %d", "\"%z\"", "%z-%z", "(%z)",
};
enum { NONSENSE = sizeof nonsense / sizeof *nonsense };

static const char *const months[] = {"Jan", "January", "Feb.",     "March",     "April",
                                     "May", "June",    "July",     "September", "October",
                                     "Oct", "Nov.",    "November", "Dec.",      "August"};
static const char *const romans[] = {"I",    "II",  "III", "IV",    "V",   "VI",  "VII",
                                     "VIII", "IX",  "X",   "XI",    "XII", "XIV", "XVI",
                                     "XIX",  "XXI", "XL",  "MCMXC", "LXX", "MMXX"};

/* What is being made; text that does not fit is left out. */
typedef struct making {
    const text_maker *maker;
    lh_rng *rng;
    char *text;
    size_t length;
} making;

static size_t below(making *m, size_t bound)
{
    return (size_t)lh_rng_below(m->rng, bound);
}

static void put(making *m, const char *text)
{
    const size_t length = strlen(text);
    if (m->length + length + 1 > MADE_TEXT)
        return;
    memcpy(m->text + m->length, text, length + 1);
    m->length += length;
}

static void put_character(making *m, int character)
{
    put(m, (char[]){(char)character, '\0'});
}

static void put_sign(making *m)
{
    if (m->maker->sign_count > 0)
        put(m, m->maker->signs[below(m, m->maker->sign_count)]);
    else
        put(m, "+");
}

/* Changes a letter of the word: left out, doubled, another one, or in the place of the next. */
static void misspell(making *m, char word[MADE_TEXT])
{
    const size_t length = strlen(word), at = below(m, length);
    switch (below(m, 4)) {
    case 0:
        memmove(word + at, word + at + 1, length - at);
        break;
    case 1:
        if (length + 2 <= MADE_TEXT)
            memmove(word + at + 1, word + at, length - at + 1);
        break;
    case 2:
        word[at] = (char)('a' + below(m, 26));
        break;
    default:
        if (at + 1 < length) {
            const char first = word[at];
            word[at] = word[at + 1];
            word[at + 1] = first;
        }
    }
}

/* An accented letter, if a few drawn at random have one that is made of `letter`; else that. */
static void put_accented(making *m, int letter)
{
    for (int tries = 0; tries < 400 && m->maker->sign_count > 0; tries++) {
        const char *sign = m->maker->signs[below(m, m->maker->sign_count)], *at = sign;
        uint32_t base;
        const lh_mark *mark;
        if (lh_composed_find(lh_utf8_next(&at), &base, &mark) && base == (uint32_t)letter) {
            put(m, sign);
            return;
        }
    }
    put_character(m, letter);
}

/* A word with its letters as `how` says: 'w', 'N', 'W', 'a', 'e', 'E' or 'k'. */
static void put_word(making *m, char how)
{
    const char *word =
        m->maker->word(m->maker->user, m->rng, (how == 'N' || how == 'E') && below(m, 2));
    char made[MADE_TEXT] = "";
    for (int i = 0; i < 4; i++)
        made[i] = (char)('a' + below(m, 26));
    if (word)
        snprintf(made, sizeof made, "%s", word);
    if ((how == 'N' || how == 'E') && islower((unsigned char)made[0]))
        made[0] = (char)toupper((unsigned char)made[0]);
    for (char *at = made; how == 'W' && *at; at++)
        *at = (char)toupper((unsigned char)*at);
    for (size_t changes = how == 'k' ? 1 + below(m, 2) : 0; changes > 0 && made[0] && made[1];
         changes--)
        misspell(m, made);
    const size_t none = strlen(made) + 1, sign = how == 'a' ? below(m, none - 1) : none;
    const bool accents = how == 'e' || how == 'E';
    const size_t accent[2] = {accents ? below(m, none - 1) : none,
                              accents && below(m, 2) ? below(m, none - 1) : none};
    for (size_t i = 0; made[i]; i++)
        if (i == sign)
            put_sign(m);
        else if (i == accent[0] || i == accent[1])
            put_accented(m, made[i]);
        else
            put_character(m, made[i]);
}

/* Letters about as often as in English, those more often that are taken for each other. */
static const char some_letters[] =
    "aaaaabbcccdddeeeeeeefgghhiiijkllmmnnnnoooooopqrrrrrsssttuuuuvvwxyz";

/* Letters and parts of words, whatever stands beside them; the first may be a capital. */
static void put_nonsense(making *m, bool capital)
{
    const size_t most = m->length + 2 + below(m, 9);
    if (capital)
        put_character(m, (int)('A' + below(m, 26)));
    do {
        const char *part =
            m->maker->part && below(m, 3) ? m->maker->part(m->maker->user, m->rng) : NULL;
        if (part)
            put(m, part);
        else
            put_character(m, some_letters[below(m, sizeof some_letters - 1)]);
    } while (m->length < most);
}

static void put_code(making *m, char code)
{
    switch (code) {
    case 'd':
        put_character(m, (int)('0' + below(m, 10)));
        break;
    case 'n':
        put_character(m, (int)('1' + below(m, 9)));
        break;
    case 'U':
        put_character(m, (int)('A' + below(m, 26)));
        break;
    case 'l':
        put_character(m, (int)('a' + below(m, 26)));
        break;
    case 'R':
        put(m, romans[below(m, sizeof romans / sizeof *romans)]);
        break;
    case 'M':
        put(m, months[below(m, sizeof months / sizeof *months)]);
        break;
    case 's':
        put_sign(m);
        break;
    case 'z':
    case 'Z':
        put_nonsense(m, code == 'Z');
        break;
    case '%':
        put_character(m, '%');
        break;
    default:
        put_word(m, code);
    }
}

static void put_pattern(making *m, const char *pattern)
{
    for (const char *at = pattern; *at; at++) {
        if (*at != '%') {
            put_character(m, *at);
        } else if (*++at != '*') {
            put_code(m, *at);
        } else {
            at += 2; /* past the % of what is repeated */
            for (size_t left = 1 + below(m, 4); left > 0; left--)
                put_code(m, *at);
        }
    }
}

static void make_of(const text_maker *maker, const char *const *from, size_t count, lh_rng *rng,
                    char text[MADE_TEXT])
{
    making m = {.maker = maker, .rng = rng, .text = text};
    /* Half of them are short: a word is often read by itself. */
    const size_t room = below(&m, 2) ? 1 + below(&m, 8) : 12 + below(&m, 28);
    text[0] = '\0';
    do {
        if (m.length > 0)
            put_character(&m, ' ');
        put_pattern(&m, from[below(&m, count)]);
    } while (m.length < room);
}

void text_make(const text_maker *maker, lh_rng *rng, char text[MADE_TEXT])
{
    make_of(maker, patterns, PATTERNS, rng, text);
}

void text_make_nonsense(const text_maker *maker, lh_rng *rng, char text[MADE_TEXT])
{
    make_of(maker, nonsense, NONSENSE, rng, text);
}

void text_make_marked(const text_maker *maker, lh_rng *rng, char text[MADE_TEXT])
{
    make_of(maker, marked, MARKED, rng, text);
}

size_t text_list_signs(const lh_alphabet *writes, const lh_alphabet *reads, char (*sign)[5])
{
    size_t count = 0;
    for (uint32_t code = '!'; code < 0x2700 && count < MADE_SIGNS; code++) {
        uint32_t base;
        const lh_mark *mark;
        if (lh_composed_find(code, &base, &mark) && lh_can_write(writes, code) &&
            (!reads || lh_alphabet_index(reads, code) >= 0))
            lh_utf8_encode(code, sign[count++]);
    }
    return count;
}
