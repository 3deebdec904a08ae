/* From text files to what is written: signs, tables, manuscripts. */
#include "check.h"

#include "document/manuscript.h"
#include "document/signs.h"
#include "document/table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static lh_error error;

static void check_message(const char *words)
{
    if (!strstr(error.message, words))
        fail_msg("the message does not say '%s' but: %s", words, error.message);
}

static lh_signs *new_signs(const char *rows)
{
    lh_signs *signs = lh_signs_new(&error);
    assert_non_null(signs);
    check_ok(lh_signs_parse(signs, rows, "table", &error), &error);
    return signs;
}

static lh_alphabet new_alphabet(const char *characters)
{
    lh_alphabet alphabet;
    assert_true(lh_alphabet_parse(&alphabet, characters));
    return alphabet;
}

/* ---- signs ------------------------------------------------------------------------------------
 */

static void check_sign(const lh_signs *signs, const lh_alphabet *alphabet, uint32_t codepoint,
                       const char *expected)
{
    const char *found = lh_signs_find(signs, codepoint, alphabet);
    found = found ? found : "(none)";
    expected = expected ? expected : "(none)";
    if (strcmp(found, expected) != 0)
        fail_msg("U+%04X becomes '%s', not '%s'", (unsigned)codepoint, found, expected);
}

static void the_first_replacement_that_can_be_written_is_taken(void **state)
{
    (void)state;
    lh_alphabet alphabet = new_alphabet(" abc-.\"");
    lh_signs *signs = new_signs("# a comment\n"
                                "\xe2\x80\x94\xe2\x80\x93 \" - \" -\r\n"
                                "\n"
                                "U+00C4 Ae \t b\n"
                                "U+0300-U+0302 \"\"\n"
                                "\xe2\x80\x9c \"\n"
                                "xy z");
    check_sign(signs, &alphabet, 0x2014, " - ");
    check_sign(signs, &alphabet, 0x2013, " - ");
    check_sign(signs, &alphabet, 0xc4, "b");
    check_sign(signs, &alphabet, 0x301, "");
    check_sign(signs, &alphabet, 0x303, NULL);
    check_sign(signs, &alphabet, 0x201c, "\"");
    check_sign(signs, &alphabet, 'x', NULL);
    check_ok(lh_signs_parse(signs, "\xc3\x84 c", "mine", &error), &error);
    check_sign(signs, &alphabet, 0xc4, "c"); /* later rows come first */
    check_sign(NULL, &alphabet, 0xc4, NULL);
    lh_signs_free(signs);
}

static void a_row_that_is_none_is_refused_with_its_number(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "a b\nlonely\n",       "a b\n\xff b\n",         "a b\nx \"open\n",
        "a b\nx \"y\"z\n",     "a b\nU+2019x b\n",      "a b\nU+0302-U+0300 b\n",
        "a b\nU+110000-x b\n", "a b\nU+2000-U+XYZ b\n", "a b\nU+ b\n",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        lh_signs *signs = lh_signs_new(&error);
        error.message[0] = '\0';
        if (lh_signs_parse(signs, wrong[i], "table", &error) != LH_ERROR_FORMAT)
            fail_msg("accepted: %s", wrong[i]);
        check_message("table, row 2");
        lh_signs_free(signs);
    }
}

static void the_installed_table_keeps_what_texts_mean(void **state)
{
    (void)state;
    char path[1000];
    const char *source = getenv("LONGHAND_SOURCE");
    if (!source)
        skip();
    snprintf(path, sizeof path, "%s/assets/signs.txt", source);
    lh_signs *signs = lh_signs_new(&error);
    check_ok(lh_signs_read(signs, path, &error), &error);
    lh_alphabet alphabet = new_alphabet(" etaonisrhlducmfgwypbvkTIAHMNEOU.,'\"-!?x12/");
    check_sign(signs, &alphabet, 0x2019, "'");
    check_sign(signs, &alphabet, 0x201d, "\"");
    check_sign(signs, &alphabet, 0x2026, "...");
    check_sign(signs, &alphabet, 0x2014, " - ");
    check_sign(signs, &alphabet, 0xfe, "th");
    check_sign(signs, &alphabet, 0x1ea5, "a");
    check_sign(signs, &alphabet, 0xbd, "1/2");
    check_sign(signs, &alphabet, 0xa0, " ");
    check_sign(signs, &alphabet, 0xad, "");
    check_sign(signs, &alphabet, 0x265e, NULL);
    /* What the pen can make is not replaced. */
    for (uint32_t c = 0x20; c < 0x3000; c++)
        if (lh_can_write(&alphabet, c) && lh_alphabet_index(&alphabet, c) < 0)
            check_sign(signs, &alphabet, c, NULL);
    lh_signs_free(signs);
}

/* ---- tables -----------------------------------------------------------------------------------
 */

static void check_value(const lh_table *table, size_t row, const char *name, const char *expected)
{
    const char *found = lh_table_get(table, row, name);
    assert_non_null(found);
    assert_string_equal(found, expected);
}

static void values_may_be_quoted_missing_and_of_several_rows(void **state)
{
    (void)state;
    lh_table *table = lh_table_parse("\xef\xbb\xbfname,town,\"a \"\"note\"\"\"\r\n"
                                     "Anna,\"Bonn, Rhein\",\"two\nrows\"\r\n"
                                     "\r\n"
                                     "Ben\n"
                                     ",,\"\"",
                                     "people.csv", &error);
    if (!table)
        fail_msg("%s", error.message);
    assert_int_equal(table->rows, 3);
    assert_int_equal(table->columns, 3);
    check_value(table, 1, "town", "Bonn, Rhein");
    check_value(table, 1, "a \"note\"", "two\nrows");
    check_value(table, 2, "name", "Ben");
    check_value(table, 2, "town", "");
    check_value(table, 3, "name", "");
    assert_null(lh_table_get(table, 1, "street"));
    lh_table_free(table);
    table = lh_table_parse("name\ttext\nAnna\tHi, all\n", "people.tsv", &error);
    assert_non_null(table);
    check_value(table, 1, "text", "Hi, all");
    lh_table_free(table);
}

static void what_stands_between_values_is_recognised(void **state)
{
    (void)state;
    static const char *const same[] = {
        "name,sum\nAnna,\"1;2\"\n",
        "name;sum\nAnna;1;2\n",
        "name\tsum\nAnna\t1;2\n",
        " name ;\"sum \"\r\nAnna;\"1;2\"\r\n",
        "sep=|\nname|sum\nAnna|1;2\n",
        "sep=;\r\nname;sum\r\nAnna;\"1;2\"\r\n",
        "sep=,\n\"name\",sum\nAnna,1;2\n",
        "\"a;b;c\",name,sum\n,Anna,1;2\n",
        "\xef\xbb\xbfsep=;\nname;sum;\"a,b,c,d\"\nAnna;\"1;2\"\n",
    };
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        lh_table *table = lh_table_parse(same[i], "t.csv", &error);
        if (i == 1) { /* two values stand in the column */
            assert_null(table);
            check_message("t.csv, row 2: more values than 2 columns");
            continue;
        }
        if (!table)
            fail_msg("%zu: %s", i, error.message);
        assert_int_equal(table->rows, 1);
        check_value(table, 1, "name", "Anna");
        check_value(table, 1, "sum", "1;2");
        lh_table_free(table);
    }
    assert_null(lh_table_parse("sep=;\na;a\n", "t.csv", &error));
    check_message("t.csv, row 2: two columns are called 'a'");
    assert_null(lh_table_parse("sep=;\na; \t\n", "t.csv", &error));
    check_message("t.csv, row 2: column 2 has no name");
}

static void a_value_that_is_missing_is_told_with_its_row(void **state)
{
    (void)state;
    lh_table *table = lh_table_parse("name,street\nAnna,A 1\n\nBen\n", "t.csv", &error);
    assert_non_null(table);
    for (int missing = 0; missing < 2; missing++) {
        char *text = lh_template_fill(table, 1, "{name} { street }", missing, &error);
        assert_non_null(text);
        assert_string_equal(text, "Anna A 1");
        free(text);
    }
    assert_null(lh_template_fill(table, 2, "{name}\n{ street}", false, &error));
    check_message("row 2, column 1: t.csv, row 4: no value for 'street'");
    char *command = lh_template_fill(table, 2, "@style {street}\n{name}", false, &error);
    assert_non_null(command);
    assert_string_equal(command, "@style \nBen");
    free(command);
    char *text = lh_template_fill(table, 2, "{name}\n{street}", true, &error);
    assert_string_equal(text, "Ben\n");
    free(text);
    assert_null(lh_template_fill(table, 1, "{nme}", true, &error));
    check_message("'{nme}' names no column of t.csv; there are name and street");
    lh_table_free(table);
}

static void malformed_tables_are_refused_with_the_row(void **state)
{
    (void)state;
    static const struct {
        const char *text, *message;
    } wrong[] = {
        {"a,b\n1,2,3\n", "row 2: more values than 2"},
        {"a,b\n1,\"2\n3,4\n", "row 2: a quoted value does not end"},
        {"a,b\n\"1\"x,2\n", "row 2: text stands behind a quoted value"},
        {"a,,c\n", "row 1: column 2 has no name"},
        {"a,b,a\n", "two columns are called 'a'"},
        {"a\n\xff\n", "UTF-8"},
        {"", "no name"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_null(lh_table_parse(wrong[i].text, "t.csv", &error));
        check_message("t.csv");
        check_message(wrong[i].message);
    }
}

static void templates_are_filled_and_name_what_they_lack(void **state)
{
    (void)state;
    lh_table *table = lh_table_parse("name,sum\nAnna,{7}\n", "t.csv", &error);
    assert_non_null(table);
    char *text = lh_table_fill(table, 1, "Dear {name},\n{{not}} {sum} } {name}", &error);
    assert_non_null(text);
    assert_string_equal(text, "Dear Anna,\n{not} {7} } Anna");
    free(text);
    static const char *const wrong[] = {"a\n\xc3\xa9 {nme}", "a\n\xc3\xa9 {name", "a\n\xc3\xa9 {}",
                                        "a\n\xc3\xa9 {na{me}"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        if (lh_table_fill(table, 1, wrong[i], &error))
            fail_msg("filled: %s", wrong[i]);
        check_message("row 2, column 3");
    }
    lh_table_free(table);
}

/* A template, filled with the one value of the column "v". */
static void check_filled(const char *template, const char *value, const char *expected)
{
    char table[300] = "v\n\"";
    for (char *end = table + strlen(table); *value; value++) {
        *end++ = *value;
        if (*value == '"')
            *end++ = '"';
        strcpy(end, "\"");
    }
    if (strlen(table) == 3)
        strcat(table, "\"");
    lh_table *values = lh_table_parse(table, "t.csv", &error);
    if (!values)
        fail_msg("%s", error.message);
    char *text = lh_table_fill(values, 1, template, &error);
    if (!text)
        fail_msg("%s", error.message);
    if (strcmp(text, expected) != 0)
        fail_msg("'%s' is filled as\n%s and not as\n%s", template, text, expected);
    free(text);
    lh_table_free(values);
}

#define ROW "\xe2\x80\xa8"
#define BLANK "\xe2\x90\xa3"
#define JOINER "\xe2\x81\xa0"

static void a_value_is_text_wherever_it_stands(void **state)
{
    (void)state;
    /* Commands are those of the template. */
    check_filled("{v}", "@page", "@@page");
    check_filled("{v}", "@@page", "@@@page");
    check_filled("a {v}", "@page", "a @page");
    check_filled("a\n{v}", "x\n@style b\r\n@ink red", "a\nx" ROW "@@style b" ROW "@@ink red");
    check_filled("{v}{v}", "@", "@@@");
    check_filled("{v}@page", "", "@@page");
    check_filled("{v}@@page", "", "@@@page");
    check_filled("@page\n@@{v}", "x", "@page\n@@x");
    check_filled("@style {v}\n{v}", "anna", "@style anna\nanna");
    check_filled("\xef\xbb\xbf{v}", "\xef\xbb\xbf\xef\xbb\xbf@page", "@@page");
    /* Rows stand as far in as the row of the template. */
    check_filled("  {v}\nb", "x\ny\n\nz", "  x" ROW "  y" ROW "  " ROW "  z\nb");
    check_filled("\t{v}", "x\f@y", "\tx" ROW "\t@y");
    check_filled(" To: {v}", "x\v y", " To: x" ROW "  y");
    /* Blanks stand. */
    check_filled("{v}", "  a  b c", "  a" BLANK BLANK "b c");
    check_filled("- {v} -", " a ", "- " BLANK "a" BLANK " -");
    check_filled("{v}{v}", "a ", "a a ");
    check_filled("{v}{v}", " a ", " a " BLANK "a ");
    /* No backslash joins or parts rows. */
    check_filled("{v}\n{v}x", "C:\\", "C:\\" JOINER "\nC:\\x");
    /* Nor does a value name one. */
    check_filled("@{v}\nb", "page", "@@page\nb");
    check_filled("@{v} x", "ink red", "@@ink red x");
    check_filled("@st{v}", "yle anna", "@@style anna");
    check_filled("@style {v}{v}", "an", "@style anan");
    check_filled("@right\f{v}", "x", "@right\fx");
    check_filled("@{v}@", "_x_", "@@" JOINER "_x_@");
    /* A row that begins with underlining is no command. */
    check_filled("@_Dear_@ {v}", "x\ny", "@_Dear_@ x" ROW "y");
    check_filled("{v}@_Dear_@", "", "@_Dear_@");
    check_filled("@_Dear {v} friend_@", "a_@ b", "@_Dear a_" JOINER "@ b friend_@");
    /* Braces of a value are no column. */
    check_filled("{v}{{{v}}}", "{v}", "{v}{{v}}");
}

static void a_value_of_several_rows_is_no_command(void **state)
{
    (void)state;
    lh_table *table = lh_table_parse("v\n\"anna\n@ink red\"\n", "t.csv", &error);
    assert_non_null(table);
    assert_null(lh_table_fill(table, 1, "a\n@style {v}\n", &error));
    check_message("row 2, column 8: a value of several rows stands in a command");
    lh_table_free(table);
}

/* ---- manuscripts ------------------------------------------------------------------------------
 */

static const char letters[] =
    " abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.,'-0123456789)";

static lh_status try_reading(lh_manuscript *m, const char *text, bool reflow, bool skip)
{
    lh_alphabet alphabet = new_alphabet(letters);
    lh_signs *signs = new_signs("\xc3\xbc ue\nU+0300-U+036F \"\"\n\xe2\x80\xa6 ...\nU+00A0 \" \"\n"
                                "\u2153 1-3\n\u2116 No.\n\u0665 5");
    lh_manuscript_options options = {
        .alphabet = &alphabet, .signs = signs, .reflow = reflow, .skip_unknown = skip};
    lh_status status = lh_manuscript_read(m, text, &options, &error);
    lh_signs_free(signs);
    return status;
}

static void each_character_knows_where_it_stood(void **state)
{
    (void)state;
    static const char text[] = "\xef\xbb\xbf a  \xc3\xbc\xe2\x80\xa6\n@_b \te";
    static const struct {
        const char *text;
        size_t byte[8];
    } wanted[] = {{"a", {4}}, {"ue...", {7, 7, 9, 9, 9}}, {"@_b", {13, 14, 15}}, {"e", {18}}};
    lh_alphabet alphabet = new_alphabet(" abcdefghijklmnopqrstuvwxyz.@_");
    lh_signs *signs = new_signs("\xc3\xbc ue\n\xe2\x80\xa6 ...");
    lh_manuscript_options options = {.alphabet = &alphabet, .signs = signs, .bare = true};
    lh_manuscript m;
    check_ok(lh_manuscript_read(&m, text, &options, &error), &error);
    assert_int_equal(m.passages, sizeof wanted / sizeof *wanted);
    for (size_t i = 0; i < m.passages; i++) {
        assert_string_equal(m.passage[i].text, wanted[i].text);
        assert_memory_equal(m.passage[i].byte, wanted[i].byte,
                            strlen(wanted[i].text) * sizeof *wanted[i].byte);
    }
    lh_manuscript_clear(&m);
    lh_signs_free(signs);
}

static lh_manuscript read_text(const char *text, bool reflow)
{
    lh_manuscript m;
    check_ok(try_reading(&m, text, reflow, false), &error);
    return m;
}

/* The passages as one string: "rows>indent t tabs b blanks:text|..." with what is 0 left out;
 * behind '*' the words of a list's mark, and '_' before words that are underlined. */
static void check_passages(const char *text, bool reflow, const char *expected)
{
    lh_manuscript m = read_text(text, reflow);
    char all[1000] = "";
    for (size_t i = 0; i < m.passages; i++) {
        const lh_passage *p = &m.passage[i];
        char *end = all + strlen(all);
        if (p->page)
            end += sprintf(end, "page ");
        if (p->rows > 0)
            end += sprintf(end, "%d", p->rows);
        if (p->indent > 0)
            end += sprintf(end, ">%d%s", p->indent, p->block ? "b" : "");
        if (p->tabs > 0)
            end += sprintf(end, "t%d", p->tabs);
        if (p->blanks > 0)
            end += sprintf(end, "b%d", p->blanks);
        if (p->hangs)
            end += sprintf(end, "*%d", p->mark);
        if (p->heading)
            end += sprintf(end, "h");
        end += sprintf(end, ":");
        const char *word = p->text;
        for (size_t k = 0; *word; k++) {
            const int length = (int)strcspn(word, " ");
            end += sprintf(end, "%s%s%.*s", k > 0 ? " " : "",
                           p->underlined && p->underlined[k] ? "_" : "", length, word);
            word += length + (word[length] == ' ');
        }
        sprintf(end, "|");
    }
    lh_manuscript_clear(&m);
    if (strcmp(all, expected) != 0)
        fail_msg("'%s' is read as\n%s and not as\n%s", text, all, expected);
}

static void rows_blank_rows_indents_and_tabs_are_kept(void **state)
{
    (void)state;
    check_passages("one\ntwo", false, "1:one|1:two|");
    check_passages("\xef\xbb\xbfone\r\n\r\n\r\ntwo\r\n\n", false, "1:one|3:two|");
    check_passages("a\rb\vc\xe2\x80\xa8"
                   "d\xe2\x80\xa9"
                   "e",
                   false, "1:a|1:b|1:c|1:d|2:e|");
    check_passages("  a  b \n\tc\n \td\n            e", false, "1>2:a|>2b2:b|1>4:c|1>4:d|1>12b:e|");
    check_passages("a\tb\t\tc\n", false, "1:a|t1:b|t2:c|");
    check_passages("\n\na", false, "3:a|");
    check_passages("a\fb\f\n\nc", false, "1:a|page 1:b|page 2:c|");
}

static void signs_that_become_numbers_stand_apart_from_digits(void **state)
{
    (void)state;
    check_passages("1\u2153 cup, 12\u2153\u2153", false, "1:1 1-3 cup, 12 1-3 1-3|");
    check_passages("\u21537 x\u2153 \u2153", false, "1:1-3 7 x1-3 1-3|");
    /* Where no digits meet, or they are one number, nothing goes between. */
    check_passages("\u21165 1\u2116 2,\u2153", false, "1:No.5 1No. 2,1-3|");
    check_passages("\u06651\u0665\u0665 25", false, "1:5155 25|");
}

static void blanks_that_stand_are_kept(void **state)
{
    (void)state;
    check_passages("a" BLANK BLANK "b", false, "1:a|b2:b|");
    check_passages("a " BLANK " b  c", false, "1:a|b3:b|b2:c|");
    check_passages("a   b    c  ", false, "1:a|b3:b|b4:c|");
    check_passages("a   b    c  ", true, "1:a b c|");
    check_passages("a" BLANK "b" BLANK "c", false, "1:a b c|");
    check_passages(BLANK BLANK "a" BLANK BLANK "\n " BLANK "\nb", false, "1:a|2:b|");
    check_passages("a" BLANK BLANK "\tb" BLANK BLANK "c\td", false, "1:a|t1:b|b2:c|t1:d|");
    check_passages("a" BLANK BLANK "b\nc" BLANK BLANK "d\ne\n\nf", true, "1:a|b2:b c|b2:d e|2:f|");
    check_passages("a\\" JOINER "\nb" JOINER JOINER "c", true, "1:a\\ bc|");
}

static void rows_of_a_value_stay_rows_with_reflow(void **state)
{
    (void)state;
    lh_table *table = lh_table_parse("v\n\"Anna\nBonn\n\n  D\"\n", "t.csv", &error);
    assert_non_null(table);
    char *text = lh_table_fill(table, 1, "to\nyou\n\n    {v}\nfrom\nme", &error);
    assert_non_null(text);
    check_passages(text, true, "1:to you|2>4:Anna|1>4:Bonn|2>6:D from me|");
    free(text);
    lh_table_free(table);
}

static void with_reflow_rows_of_a_paragraph_are_one(void **state)
{
    (void)state;
    check_passages("one\ntwo \nthree\n\nfour\nfive", true, "1:one two three|2:four five|");
    check_passages("hard  \nbreak\\\nhere\nnot", true, "1:hard|1:break|1:here not|");
    check_passages("one\n  two\nthree", true, "1:one|1>2:two three|");
    check_passages("one\n@page\ntwo\nthree", true, "1:one|page 1:two three|");
    check_passages("one\ntwo\fthree", true, "1:one two|page 1:three|");
    check_passages("a\tb\nc", true, "1:a|t1:b|1:c|");
}

static void lists_are_known_by_their_marks(void **state)
{
    (void)state;
    check_passages("- a b\n * c\n-d\n-\n- \n-- e", false,
                   "1*1:- a b|1>1*1:* c|1:-d|1:-|1:-|1:-- e|");

    check_passages("\u2022 a\n\u25e6 b", false, "1*1:\u2022 a|1*1:\u25e6 b|");
    check_passages("1. a\n12) b\n1234. c\nx) d\n1.5 e\n1.", false,
                   "1*1:1. a|1*1:12) b|1:1234. c|1*1:x) d|1:1.5 e|1:1.|");
    check_passages("[ ] a\n[x] b\n- [X] c\n[y] d\n\u2611 e", false,
                   "1*1:\u2610 a|1*1:\u2612 b|1*2:- \u2612 c|1:[y] d|1*1:\u2611 e|");
    /* Behind a mark there may be a tab, or several blanks. */
    check_passages("1.\ta b\tc", false, "1:1.|t1*0:a b|t1:c|");
    check_passages("-   a", false, "1:-|b3*0:a|");
    /* Items are paragraphs of their own, and rows that are farther in go on with them. */
    check_passages("a\n- b\nc\n  d\n- e\n\nf\n2. g\n1. h\n2. i", true,
                   "1:a|1*1:- b c d|1*1:- e|2:f 2. g|1*1:1. h|1*1:2. i|");
}

static void words_are_underlined_between_their_signs(void **state)
{
    (void)state;
    check_passages("a @_b c_@ d", false, "1:a _b _c d|");
    check_passages("@_a_@, b@_c_@d", false, "1:_a, _bcd|");
    check_passages("@_a\tb_@ c\nd", false, "1:_a|t1:_b c|1:d|");
    check_passages("a @_b_@\nc @_d_@ e", true, "1:a _b c _d e|");
    /* Over rows, up to the end of the paragraph. */
    check_passages("a @_b\nc_@ d_e", false, "1:a _b|1:_c d_e|");
    check_passages("a @_b\r\n c \nd_@ e\nf", true, "1:a _b|1>1:_c _d e f|");
    check_passages("@_a b\nc_@\nd @_e_@", true, "1:_a _b _c d _e|");
    check_passages("@heading @_b\nc_@ d", false, "1h:_b|1:_c d|");
    /* What is no pair there is text, and so is what is kept from being a pair. */
    check_passages("a @_b\n \nc_@ d_e", false, "1:a @_b|2:c_@ d_e|");
    check_passages("a @_b\u2029c_@ d", false, "1:a @_b|2:c_@ d|");
    check_passages("a @_b\n@page\nc_@", false, "1:a @_b|page 1:c_@|");
    check_passages("a @_b\nc @_d_@ e", false, "1:a @_b|1:c _d e|");
    check_passages("a @__@ b", false, "1:a @__@ b|");
    check_passages("@@_a_@", false, "1:@_a_@|");
    check_filled("{v} @_{v}_@", "@_a_@",
                 "@@" JOINER "_a_" JOINER "@ @_" JOINER "@" JOINER "_a_" JOINER "@_@");
    check_filled("x@{v}", "_a_@", "x@" JOINER "_a_" JOINER "@");
}

static void the_first_underline_without_an_end_is_told(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t row;
    } cases[] = {{"a @_b_@\nc", 0},
                 {"a\nb @_c\n\nd_@", 2},
                 {"a @_b\nc_@ d", 0},
                 {"@_a_@\nb @_c\n@page\nd @_e", 2}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        lh_manuscript m = read_text(cases[i].text, false);
        assert_int_equal(m.unclosed, cases[i].row);
        lh_manuscript_clear(&m);
    }
}

static void a_block_over_all_columns_ends_at_an_empty_row(void **state)
{
    (void)state;
    lh_manuscript m = read_text("a\n@across\n@heading b\nc\n\nd", false);
    const bool expected[] = {false, true, true, false};
    assert_int_equal(m.passages, 4);
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(m.manner[m.passage[i].manner].across, expected[i]);
    lh_manuscript_clear(&m);
}

static void headings_and_blocks_end_by_themselves(void **state)
{
    (void)state;
    check_passages("a\n@heading  B  c\nd\n\n@heading e\nf", true, "1:a|1h:B c|1:d|2h:e|1:f|");
    lh_manuscript m =
        read_text("a\n@size 2\n@heading b\nc\n@align centre\n@right\nd\n@ink red\ne\n\n"
                  "f\n@align\ng\n@reset\nh",
                  false);
    static const struct {
        float size;
        int block, align; /* -1: not set */
    } expected[] = {{1, 0, -1},
                    {2.8f, 0, -1},
                    {2, 0, -1},
                    {2, 1, LH_ALIGN_CENTRE},
                    {2, 1, LH_ALIGN_CENTRE},
                    {2, 0, LH_ALIGN_CENTRE},
                    {2, 0, -1},
                    {1, 0, -1}};
    assert_int_equal(m.passages, sizeof expected / sizeof *expected);
    for (size_t i = 0; i < m.passages; i++) {
        const lh_manner *manner = &m.manner[m.passage[i].manner];
        assert_true(fabsf(manner->size - expected[i].size) < 1e-6f);
        assert_int_equal(manner->block, expected[i].block);
        assert_int_equal(manner->aligned ? (int)manner->align : -1, expected[i].align);
    }
    lh_manuscript_clear(&m);
}

static void commands_set_style_bias_and_ink_from_there_on(void **state)
{
    (void)state;
    lh_manuscript m =
        read_text("@style anna\n@ink blue\none\n@bias 2.5\n@style\ntwo\n@reset\nthree\n"
                  "@page\nfour\n",
                  false);
    assert_int_equal(m.passages, 4);
    const lh_manner *manner[4];
    for (size_t i = 0; i < 4; i++)
        manner[i] = &m.manner[m.passage[i].manner];
    assert_string_equal(manner[0]->style, "anna");
    assert_true(isnan(manner[0]->bias) && manner[0]->inked);
    assert_null(manner[1]->style);
    assert_true(manner[1]->bias == 2.5 && manner[1]->ink == manner[0]->ink);
    assert_true(isnan(manner[2]->bias) && !manner[2]->inked && !manner[2]->style);
    assert_true(m.passage[3].page && !m.passage[2].page);
    assert_int_equal(m.passage[0].rows, 1);
    lh_manuscript_clear(&m);
}

static void wrong_commands_are_refused_with_their_row(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "a\n@bold\nb",  "a\n@bias much", "a\n@bias -1",    "a\n@bias",   "a\n@ink mud",
        "a\n@page 2",   "a\n@",          "a\n@ink #12345", "a\n@size 0", "a\n@size 11",
        "a\n@align up", "a\n@right 2",   "a\n@heading",    "a\n@_b"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        lh_manuscript m;
        if (try_reading(&m, wrong[i], false, true) != LH_ERROR_ARGUMENT)
            fail_msg("obeyed: %s", wrong[i]);
        check_message("row 2");
        lh_manuscript_clear(&m);
    }
}

static void accents_are_put_together_before_they_are_looked_up(void **state)
{
    (void)state;
    check_passages("\xc3\xbc u\xcc\x88 q\xcc\x88 a\xe2\x80\xa6 b\xc2\xa0\xc2\xa0 c", false,
                   "1:ue ue q a... b c|");
    /* The table comes first; what it does not have can be made of a letter. */
    check_passages("a\xcc\x81 \xc3\xa1 $", false, "1:\xc3\xa1 \xc3\xa1 $|");
}

static void unknown_characters_are_refused_by_name_with_row_and_column(void **state)
{
    (void)state;
    lh_manuscript m;
    assert_int_equal(try_reading(&m, "one\n \xc3\xbcx \xe2\x99\x9e!", false, false),
                     LH_ERROR_ARGUMENT);
    check_message("row 2, column 5");
    check_message("U+265E");
    lh_manuscript_clear(&m);
    assert_int_equal(try_reading(&m, "ab\xff", false, false), LH_ERROR_ARGUMENT);
    check_message("row 1, column 3: is not UTF-8");
    lh_manuscript_clear(&m);
}

static void skipped_characters_are_counted(void **state)
{
    (void)state;
    lh_manuscript m;
    check_ok(try_reading(&m,
                         "a\xe2\x99\x9e b\xe2\x99\x9e!\n\xe2\x99\xa5\n\xff"
                         "c",
                         false, true),
             &error);
    assert_int_equal(m.skipped.count, 5);
    assert_int_equal(m.skipped.signs.count, 4);
    assert_int_equal(m.passages, 2);
    assert_string_equal(m.passage[0].text, "a b");
    assert_int_equal(m.passage[1].rows, 2); /* the row that has nothing left is empty */
    lh_manuscript_clear(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_value_is_text_wherever_it_stands),
        cmocka_unit_test(a_value_of_several_rows_is_no_command),
        cmocka_unit_test(blanks_that_stand_are_kept),
        cmocka_unit_test(signs_that_become_numbers_stand_apart_from_digits),
        cmocka_unit_test(rows_of_a_value_stay_rows_with_reflow),
        cmocka_unit_test(the_first_replacement_that_can_be_written_is_taken),
        cmocka_unit_test(a_row_that_is_none_is_refused_with_its_number),
        cmocka_unit_test(the_installed_table_keeps_what_texts_mean),
        cmocka_unit_test(values_may_be_quoted_missing_and_of_several_rows),
        cmocka_unit_test(what_stands_between_values_is_recognised),
        cmocka_unit_test(a_value_that_is_missing_is_told_with_its_row),
        cmocka_unit_test(malformed_tables_are_refused_with_the_row),
        cmocka_unit_test(templates_are_filled_and_name_what_they_lack),
        cmocka_unit_test(each_character_knows_where_it_stood),
        cmocka_unit_test(rows_blank_rows_indents_and_tabs_are_kept),
        cmocka_unit_test(with_reflow_rows_of_a_paragraph_are_one),
        cmocka_unit_test(lists_are_known_by_their_marks),
        cmocka_unit_test(words_are_underlined_between_their_signs),
        cmocka_unit_test(the_first_underline_without_an_end_is_told),
        cmocka_unit_test(a_block_over_all_columns_ends_at_an_empty_row),
        cmocka_unit_test(headings_and_blocks_end_by_themselves),
        cmocka_unit_test(commands_set_style_bias_and_ink_from_there_on),
        cmocka_unit_test(wrong_commands_are_refused_with_their_row),
        cmocka_unit_test(accents_are_put_together_before_they_are_looked_up),
        cmocka_unit_test(unknown_characters_are_refused_by_name_with_row_and_column),
        cmocka_unit_test(skipped_characters_are_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
