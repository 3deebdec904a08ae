/* The guard: see guard.h. Its limits come from real lines (testset_v of IAM-OnDB) that a trained
 * network followed with their texts; each is set where hardly one real line in a hundred goes. */
#include "guard.h"

#include "drawn.h"
#include "pace.h"

#include <math.h>
#include <stdlib.h>

enum {
    BACK_MAX = 2,       /* characters that the window may fall back behind the furthest */
    SKIP_MAX = 2,       /* characters that the window may move on in one step */
    ASTRAY_POINTS = 12, /* in which the window weighs next to nothing */
    BEHIND_POINTS = 60, /* before the next word is begun behind a word */
    SPAN = 4,           /* characters over which the pace is looked at */
};
static const float mass_min = 0.05f; /* sum of phi; about 1 when all is well */
static const float band = 600;       /* whiteboard units from the middle of the line */

/* Ink against what is due at the hand's pace. The window comes upon a character some points early
 * or late, which is a larger part of little ink: hence the points that are allowed besides. */
static const double stuck_most = 3, stuck_besides = 10; /* one character */
static const double span_least = 0.42, span_most = 1.7, span_besides = 8;
static const double word_least = 0.4, word_less = 6, word_most = 1.5, word_more = 30;

/* What is believed of a hand's pace before it is known, in points of the corpus, and how much wider
 * the limits then are: by the logarithm of the factor by which hands differ, and half as much. */
static const double belief = 60, doubt = 0.3;

/* Hands faster or slower than this are hardly to be found in the corpus; and a word that took
 * longer says little of the pace beyond this: the pen had stopped. */
static const double pace_least = 0.6, pace_most = 1.6, word_counts = 1.2;

/* ---- the window and its text ------------------------------------------------------------------
 */

lh_window_place lh_window_find(const lh_real *phi, int characters)
{
    int on = 0;
    double mass = 0, moment = 0;
    for (int u = 0; u <= characters; u++) {
        if (phi[u] > phi[on])
            on = u;
        mass += (double)phi[u];
        moment += (double)phi[u] * u;
    }
    return (lh_window_place){
        .on = on,
        .centre = mass > 0 ? (float)(moment / mass) : (float)characters,
        .mass = (float)mass,
    };
}

lh_status lh_course_init(lh_course *course, const lh_alphabet *alphabet, const int32_t *text,
                         int characters, int first, lh_error *error)
{
    *course = (lh_course){.characters = characters, .first = first, .pace = 1};
    course->due = calloc((size_t)characters + 2, sizeof *course->due);
    course->passed = calloc((size_t)characters + 1, sizeof *course->passed);
    if (!course->due || !course->passed)
        return lh_fail_memory(error, "the guard");
    for (int u = 0; u < characters; u++)
        course->due[u + 1] = course->due[u] + (float)lh_pace_points(alphabet->codepoint[text[u]]);
    course->due[characters + 1] = course->due[characters];
    return LH_OK;
}

void lh_course_clear(lh_course *course)
{
    free(course->due);
    free(course->passed);
    *course = (lh_course){0};
}

static double due_between(const lh_course *course, int from, int to)
{
    return (double)course->due[to] - (double)course->due[from];
}

/* ---- pace --------------------------------------------------------------------------------------
 */

double lh_guard_pace(const lh_guard *guard, const lh_course *course)
{
    double before = belief + course->known;
    double pace = (before * course->pace + guard->points) / (before + guard->due);
    return fmin(fmax(pace, pace_least), pace_most);
}

/* The factor by which limits are wider while the hand is little known. */
static double allowance(const lh_guard *guard, const lh_course *course)
{
    return exp(doubt * belief / (belief + course->known + guard->due));
}

/* Notes that `points` are not between `least` and `most`; the worst such blemish stands. */
static void judge(lh_guard *guard, double points, double least, double most)
{
    if (points >= least && points <= most)
        return;
    double badness = points < least ? log(least / fmax(points, 1)) : log(points / most);
    if (guard->blemish != LH_NO_FAULT && badness <= guard->badness)
        return;
    guard->badness = badness;
    guard->blemish = points < least ? LH_FAULT_SKIPPED : LH_FAULT_STUCK;
}

/* The window has come upon a new character: looks back over the last few. */
static void look_at_span(lh_guard *guard, const lh_course *course)
{
    int from = guard->reached - SPAN;
    if (from < course->first)
        return;
    double wide = allowance(guard, course), pace = lh_guard_pace(guard, course);
    double due = pace * (due_between(course, from, guard->reached) + span_besides);
    judge(guard, guard->step - course->passed[from], due * span_least / wide,
          due * span_most * wide);
}

int lh_guard_word(lh_guard *guard, const lh_course *course, int start, int end, size_t points)
{
    double wide = allowance(guard, course), pace = lh_guard_pace(guard, course);
    double due = due_between(course, start, end);
    judge(guard, (double)points, pace * (due * word_least - word_less) / wide,
          pace * (due * word_most + word_more) * wide);
    if (guard->blemish != LH_NO_FAULT)
        return guard->blemish;
    guard->points += fmin((double)points, word_counts * pace * due);
    guard->due += due;
    return LH_NO_FAULT;
}

/* ---- a step ------------------------------------------------------------------------------------
 */

void lh_guard_start(lh_guard *guard, int start)
{
    *guard = (lh_guard){.reached = start, .blemish = LH_NO_FAULT};
}

static int look_at_window(lh_guard *guard, lh_course *course, const lh_window_place *place)
{
    guard->astray = place->mass < mass_min ? guard->astray + 1 : 0;
    if (guard->astray > ASTRAY_POINTS)
        return LH_FAULT_ASTRAY;
    if (place->mass < mass_min)
        return LH_NO_FAULT;
    if (place->on < guard->reached - BACK_MAX)
        return LH_FAULT_BACK;
    if (place->on > guard->reached + SKIP_MAX)
        return LH_FAULT_SKIPPED;
    if (place->on > guard->reached) {
        for (int u = guard->reached + 1; u <= place->on; u++)
            course->passed[u] = guard->step;
        guard->reached = place->on;
        guard->here = 0;
        look_at_span(guard, course);
    }
    return LH_NO_FAULT;
}

static bool is_stuck(const lh_guard *guard, const lh_course *course)
{
    double due = due_between(course, guard->reached, guard->reached + 1) + stuck_besides;
    return guard->here > due * stuck_most * allowance(guard, course) * lh_guard_pace(guard, course);
}

int lh_guard_step(lh_guard *guard, lh_course *course, const lh_window_place *place,
                  const lh_real x[3], float height, int word_end)
{
    if (lh_drawn_strange(x))
        return LH_FAULT_JUMP;
    if (!(fabsf(height) <= band))
        return LH_FAULT_LINE;
    int fault = look_at_window(guard, course, place);
    if (fault != LH_NO_FAULT)
        return fault;
    guard->step++;
    guard->here++;
    if (is_stuck(guard, course))
        return LH_FAULT_STUCK;
    guard->behind = guard->reached > word_end ? guard->behind + 1 : 0;
    return guard->behind > BEHIND_POINTS ? LH_FAULT_ENDLESS : LH_NO_FAULT;
}

const char *lh_fault_name(lh_fault fault)
{
    static const char *const names[LH_FAULT_COUNT] = {
        [LH_FAULT_STUCK] = "stuck",     [LH_FAULT_BACK] = "back",
        [LH_FAULT_SKIPPED] = "skipped", [LH_FAULT_ASTRAY] = "astray",
        [LH_FAULT_JUMP] = "jump",       [LH_FAULT_LINE] = "line",
        [LH_FAULT_ENDLESS] = "endless", [LH_FAULT_MISREAD] = "misread",
    };
    return fault >= 0 && fault < LH_FAULT_COUNT ? names[fault] : "none";
}

void lh_guard_report_add(lh_guard_report *report, const lh_guard_report *more)
{
    if (!(report && more))
        return;
    report->words += more->words;
    report->retried += more->retried;
    report->flawed += more->flawed;
    report->doubtful += more->doubtful;
    for (int i = 0; i < LH_FAULT_COUNT; i++)
        report->fault[i] += more->fault[i];
    report->points_drawn += more->points_drawn;
    report->points_kept += more->points_kept;
}
