/* The guard: see guard.h. Its limits come from real lines (testset_v of IAM-OnDB) that a trained
 * network followed with their texts; each is set where almost no real line goes. */
#include "guard.h"

#include <math.h>

enum {
    STUCK_POINTS = 150, /* on one character; the mean is 21, a large M takes 60 */
    BACK_MAX = 2,       /* characters that the window may fall back behind the furthest */
    SKIP_MAX = 2,       /* characters that the window may move on in one step */
    ASTRAY_POINTS = 12, /* in which the window weighs next to nothing */
    BEHIND_POINTS = 60, /* to the next pen lift behind a word */
};
static const float mass_min = 0.05f;       /* sum of phi; about 1 when all is well */
static const float jump_max = 30;          /* normalised units, some 1,200 on the whiteboard */
static const float band = 600;             /* whiteboard units from the middle of the line */
static const double word_points_min = 4.5; /* a character, in the mean over a word */

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

void lh_guard_start(lh_guard *guard, int start)
{
    *guard = (lh_guard){.reached = start};
}

static int look_at_window(lh_guard *guard, const lh_window_place *place)
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
        guard->reached = place->on;
        guard->here = 0;
    }
    return LH_NO_FAULT;
}

int lh_guard_step(lh_guard *guard, const lh_window_place *place, const lh_real x[3], float height,
                  int word_end)
{
    /* Written so that NaN is a fault. */
    if (!(fabs((double)x[0]) <= jump_max && fabs((double)x[1]) <= jump_max))
        return LH_FAULT_JUMP;
    if (!(fabsf(height) <= band))
        return LH_FAULT_LINE;
    int fault = look_at_window(guard, place);
    if (fault != LH_NO_FAULT)
        return fault;
    if (++guard->here > STUCK_POINTS)
        return LH_FAULT_STUCK;
    guard->behind = guard->reached > word_end ? guard->behind + 1 : 0;
    return guard->behind > BEHIND_POINTS ? LH_FAULT_ENDLESS : LH_NO_FAULT;
}

int lh_guard_word(int characters, size_t points)
{
    return (double)points < word_points_min * characters ? LH_FAULT_SKIPPED : LH_NO_FAULT;
}

const char *lh_fault_name(lh_fault fault)
{
    static const char *const names[LH_FAULT_COUNT] = {
        [LH_FAULT_STUCK] = "stuck",     [LH_FAULT_BACK] = "back", [LH_FAULT_SKIPPED] = "skipped",
        [LH_FAULT_ASTRAY] = "astray",   [LH_FAULT_JUMP] = "jump", [LH_FAULT_LINE] = "line",
        [LH_FAULT_ENDLESS] = "endless",
    };
    return fault >= 0 && fault < LH_FAULT_COUNT ? names[fault] : "none";
}

void lh_guard_report_add(lh_guard_report *report, const lh_guard_report *more)
{
    report->words += more->words;
    report->retried += more->retried;
    report->flawed += more->flawed;
    for (int i = 0; i < LH_FAULT_COUNT; i++)
        report->fault[i] += more->fault[i];
    report->points_drawn += more->points_drawn;
    report->points_kept += more->points_kept;
}
