/* Longhand, ink: the one currency of the project. Ink is a row of pen points, some of which end a
 * stroke; it comes from a whiteboard, a mouse or a network, and goes to a page or a file.
 *
 * Units are those of the whiteboard (IAM-OnDB): x to the right, y down, a line of writing about
 * 500 units high and 5,500 wide; time in seconds.
 *
 * All functions take any ink: where its numbers are finite, so are those that come out. A number
 * that would be too large for a float is the largest there is. */
#ifndef LONGHAND_INK_H
#define LONGHAND_INK_H

#include <longhand/base.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct lh_point {
    float x, y;   /* whiteboard units, y down */
    float time;   /* seconds since the first point */
    uint32_t end; /* 1: the last point of its stroke, else 0 */
} lh_point;

/* A growable row of points. Plain data: `points` may be read and changed in place; the last point
 * of whole ink has `end` set. Zero-initialised it is empty ink. */
typedef struct lh_ink {
    lh_point *points;
    size_t count, capacity;
} lh_ink;

/* One pen movement, as the network sees it: the way from the previous point, and whether the point
 * reached is the last of its stroke (1) or not (0). Three floats: an array of these is x [T][3]. */
typedef struct lh_offset {
    float dx, dy, end;
} lh_offset;

/* ---- making ink ------------------------------------------------------------------------------ */

LH_API lh_ink *lh_ink_new(lh_error *error);
/* Frees what lh_ink_new, lh_ink_copy and readers of ink return; NULL is fine. */
LH_API void lh_ink_free(lh_ink *ink);
LH_API lh_ink *lh_ink_copy(const lh_ink *ink, lh_error *error);
/* Makes it empty, keeping its memory. */
LH_API void lh_ink_clear(lh_ink *ink);
LH_API lh_status lh_ink_add(lh_ink *ink, lh_point point, lh_error *error);
/* Adds all points of `more` behind those of `ink`, moved by (dx, dy) and later by `dt`. */
LH_API lh_status lh_ink_append(lh_ink *ink, const lh_ink *more, float dx, float dy, float dt,
                               lh_error *error);

/* Visits strokes: start with `*position` = 0; each call gives the next stroke's points and their
 * number and returns true, or false behind the last. A tail without `end` counts as a stroke. */
LH_API bool lh_ink_next_stroke(const lh_ink *ink, size_t *position, const lh_point **points,
                               size_t *count);

/* ---- offsets <-> positions --------------------------------------------------------------------
 */

/* The T = count - 1 offsets of ink, x_1..x_T, into `offsets` [count - 1]; offset t leads from point
 * t to point t + 1 (counted from 1) and carries the end flag of the latter. Fewer than two points
 * have none. Returns T. */
LH_API size_t lh_ink_to_offsets(const lh_ink *ink, lh_offset *offsets);

/* ---- cleaning -------------------------------------------------------------------------------- */

/* Cleaning as in Graves 2013, section 4.2: missing readings interpolated, steps over a length
 * threshold removed; nothing else is changed. */
typedef struct lh_cleaning {
    float max_step;     /* whiteboard units; at a longer step inside a stroke the pen was lifted
                         * unseen: the stroke ends before it, and if no more than two readings of
                         * it are left, these are removed. 0: keep all */
    float max_stride;   /* whiteboard units; one or two readings that are further than this from
                         * the readings before and behind them are removed; other steps of a
                         * stroke that are longer have missing readings in them, which are
                         * interpolated. 0: neither */
    float max_gap;      /* seconds; readings of one stroke further apart than this have missing
                         * readings between them, which are interpolated. 0: do not */
    float interval;     /* seconds; interpolated readings are no closer than this, nor closer in
                         * space than the pen's usual steps; pauses of over a second inside a
                         * stroke, which the clock made, are cut to it. 0: neither */
    float max_pen_lift; /* whiteboard units; a longer way between strokes is shortened to this,
                         * keeping its direction, and what follows moves along. 0: keep all */
} lh_cleaning;

/* What cleaning did; lh_ink_clean adds to it, so that one struct counts a whole corpus. */
typedef struct lh_cleaning_report {
    size_t points;        /* seen */
    size_t removed;       /* readings away from their stroke */
    size_t split;         /* by max_step: strokes ended where the pen was lifted unseen */
    size_t interpolated;  /* by max_stride and max_gap */
    size_t lifts_limited; /* by max_pen_lift */
    size_t time_reversed; /* steps back in time, of which the time was mended */
    size_t pauses_cut;    /* steps of over a second inside a stroke, cut to an interval */
} lh_cleaning_report;

/* The defaults: documented beside their definition, with how much they change on IAM-OnDB. */
LH_API extern const lh_cleaning lh_cleaning_default;

/* Cleans `ink` in place; `report` may be NULL. Ink of one stroke or one point survives as it is. A
 * point that is then still further than 2^24 units from (0, 0), or at a time beyond 1e30 seconds,
 * is LH_ERROR_FORMAT: no recording has it. On failure ink and report are as they were. */
LH_API lh_status lh_ink_clean(lh_ink *ink, const lh_cleaning *cleaning, lh_cleaning_report *report,
                              lh_error *error);

/* ---- measuring and straightening --------------------------------------------------------------
 */

typedef struct lh_box {
    float left, top, right, bottom; /* empty ink: all 0 */
} lh_box;

LH_API lh_box lh_ink_bounds(const lh_ink *ink);
LH_API void lh_ink_move(lh_ink *ink, float dx, float dy);

/* Where a line of writing stands: y = offset + slope * x is its baseline, robust against
 * descenders; `height` is the height of the small letters above it (x-height), both estimated from
 * the turning points of the ink. Of ink that is too short to tell, or has hardly any height for its
 * width, they are the bottom of its box, no slope, and the height of the box. */
typedef struct lh_baseline {
    float offset, slope, height;
} lh_baseline;

LH_API lh_baseline lh_ink_baseline(const lh_ink *ink);

/* Heights of small letters, in whiteboard units: nine hands of ten in IAM-OnDB have 79 to 197, half
 * of them no more than the ordinary height. What measures beyond the other two is not a hand's
 * height. */
enum { LH_HEIGHT_LEAST = 50, LH_HEIGHT_ORDINARY = 118, LH_HEIGHT_MOST = 400 };

/* Takes out the slope and the slow drift of the baseline (a hand that wanders up or down along the
 * line), so that the line stands level on y = 0; letter shapes are sheared by no more than the
 * drift. Ink too short or too low to tell is only moved. A point that is not finite is
 * LH_ERROR_ARGUMENT. */
LH_API lh_status lh_ink_level(lh_ink *ink, lh_error *error);

/* ---- smooth curves ----------------------------------------------------------------------------
 */

typedef struct lh_vec2 {
    float x, y;
} lh_vec2;

/* A stroke as a chain of cubic Bezier curves: point[0] is its start, and curve i has the control
 * points point[3i], point[3i+1], point[3i+2], point[3i+3]. `curves` == 0 is a dot at point[0].
 * first[i] is the index of the stroke's reading at which curve i starts (first[curves] is the
 * last reading), so that speed and other per-reading values can be drawn along the curve. */
typedef struct lh_curve {
    lh_vec2 *point;  /* [3 * curves + 1] */
    uint32_t *first; /* [curves + 1] */
    size_t curves;
} lh_curve;

/* Fits a chain of curves to `count` points so that no reading is further than `tolerance`
 * (same units as the points) from it, smooth where the pen was smooth and with a corner where the
 * pen turned sharply (Schneider, "An algorithm for automatically fitting digitized curves",
 * Graphics Gems, 1990). `count` >= 1. The caller frees with lh_curve_free. No point, a point
 * further than 1e30 from 0, or a tolerance that is not >= 0 is LH_ERROR_ARGUMENT. */
LH_API lh_status lh_curve_fit(const lh_point *points, size_t count, float tolerance,
                              lh_curve *curve, lh_error *error);
/* Frees what the curve holds, and leaves it empty. */
LH_API void lh_curve_free(lh_curve *curve);

/* ---- what a network that reads sees ------------------------------------------------------------
 */

/* Ink as a row of steps, far fewer than its readings (after Carbune et al., "Fast multi-language
 * LSTM-based online handwriting recognition", IJDAR 2020): one for each curve that a stroke is
 * fitted with, one for each lift of the pen between two strokes. Lengths are in heights of small
 * letters above the baseline, so that ink of any size and place looks alike:
 *
 *   0, 1   where the step leads to from where it begins: x, and y downwards
 *   2, 3   from its beginning to the curve's first control point
 *   4, 5   from the curve's second control point to its end
 *   6      1 where the pen writes, 0 where it is lifted
 *   7      how high above the baseline the step ends
 *
 * A lift has a third of its way at 2, 3 and at 4, 5. Each number is between -10 and 10. */
enum { LH_FEATURES = 8 };

typedef struct lh_features {
    float *x;        /* [count][LH_FEATURES] */
    uint32_t *point; /* [count] the reading at which a step ends */
    size_t count, capacity;
} lh_features;

/* How curves are fitted: no reading is further from its curve than this share of the height. */
#define LH_FEATURES_TOLERANCE 0.05f

/* The baseline that a line is read by: lh_ink_baseline, but ink without height, a dash or a dot, is
 * as high as it is wide. */
LH_API lh_baseline lh_features_baseline(const lh_ink *ink);

/* The features of readings [count]; what `features` held before is replaced. Zero-initialised they
 * are empty; the caller frees. A baseline that is no line, or has no height, is
 * LH_ERROR_ARGUMENT. */
LH_API lh_status lh_features_of(const lh_point *points, size_t count, const lh_baseline *baseline,
                                float tolerance, lh_features *features, lh_error *error);
LH_API void lh_features_free(lh_features *features);

#ifdef __cplusplus
}
#endif
#endif
