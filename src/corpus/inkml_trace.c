/* Points of InkML (W3C, "Ink Markup Language", 2011, section 3.2.1): the values of a point stand
 * one behind the other, with a comma behind each point. A value may be a difference (') from that
 * of the point before or a difference of differences ("), until another prefix says otherwise; * is
 * what was before once more. */
#include "inkml_trace.h"

#include "svg_number.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

const inkml_format inkml_format_plain = {2, {0, 1, -1}, {1, 1, 1}};

/* A channel as it stands. */
typedef struct channel {
    char kind; /* '!' a value, '\'' a difference, '"' a difference of differences */
    bool known;
    double value, step, bend; /* the value, its difference, and that one's */
} channel;

typedef struct reading {
    const char *at, *end;
    channel read[INKML_CHANNELS];
    channel other; /* any that is not read */
} reading;

static bool is_one_of(const reading *r, const char *set)
{
    return r->at < r->end && *r->at && strchr(set, *r->at);
}

static void add_number(channel *c, double number)
{
    if (c->kind == '"') {
        c->bend = number;
        c->step += c->bend;
        c->value += c->step;
    } else if (c->kind == '\'') {
        c->step = number;
        c->value += c->step;
    } else {
        c->value = number;
        c->known = true;
    }
}

static void repeat(channel *c)
{
    if (c->kind != '!')
        add_number(c, c->kind == '"' ? c->bend : c->step);
}

/* Reads the next value of a channel; false: there is none that can be. */
static bool read_value(reading *r, channel *c, bool any)
{
    double number;
    if (is_one_of(r, "!'\"")) {
        c->kind = *r->at++;
        svg_pass_blanks(&r->at, r->end, false);
    }
    if (is_one_of(r, "*")) {
        r->at++;
        repeat(c);
        return true;
    }
    if (any && is_one_of(r, "TF?")) { /* truth values, and what is not known */
        r->at++;
        return true;
    }
    if (any && is_one_of(r, "#")) { /* a whole number in hexadecimal digits */
        r->at++;
        while (is_one_of(r, "0123456789abcdefABCDEF"))
            r->at++;
        return true;
    }
    if (!svg_number_read(&r->at, r->end, &number))
        return false;
    add_number(c, number);
    return true;
}

/* The channel whose value is the `index`-th of a point. */
static channel *channel_at(reading *r, const inkml_format *format, int index)
{
    for (int i = 0; i < INKML_CHANNELS; i++)
        if (format->place[i] == index)
            return &r->read[i];
    return &r->other;
}

/* Reads a point and the comma behind it. */
static const char *read_point(reading *r, const inkml_format *format)
{
    int count = 0;
    for (; r->at < r->end && *r->at != ','; count++) {
        channel *c = channel_at(r, format, count);
        if (!read_value(r, c, c == &r->other))
            return "has a value that is none";
        svg_pass_blanks(&r->at, r->end, false);
    }
    r->at += r->at < r->end;
    for (int i = 0; i < INKML_CHANNELS; i++) {
        const channel *c = &r->read[i];
        if (format->place[i] >= count || (format->place[i] >= 0 && !c->known))
            return "has a point that lacks a value";
        if (!isfinite((float)(c->value * format->factor[i])))
            return "has a value beyond all measure";
    }
    return NULL;
}

const char *inkml_trace_read(const char *text, const char *end, const inkml_format *format,
                             inkml_take *take, void *user, const char **at)
{
    const channel unknown = {.kind = '!'};
    reading r = {text, end, {unknown, unknown, unknown}, unknown};
    for (svg_pass_blanks(&r.at, end, false); r.at < end; svg_pass_blanks(&r.at, end, false)) {
        *at = r.at;
        const char *fault = read_point(&r, format);
        if (fault)
            return fault;
        double value[INKML_CHANNELS];
        for (int i = 0; i < INKML_CHANNELS; i++)
            value[i] = r.read[i].value * format->factor[i];
        if (!take(user, value))
            return NULL;
    }
    return NULL;
}
