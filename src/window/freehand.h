/* What the user draws on the paper: ink in whiteboard units, with the pen's pressure where the
 * device tells it, what can be taken back of it, and what the network thinks could come next. */
#ifndef LONGHAND_WINDOW_FREEHAND_H
#define LONGHAND_WINDOW_FREEHAND_H

#include "editor.h"
#include "nib.h"
#include "scribe.h"
#include "sheet.h"

/* Ways to go on from the drawn ink as it was when the network was asked. */
typedef struct win_ways {
    lh_ink way[WIN_WAYS]; /* owned; from the point they go on from, which is (0, 0) */
    size_t from;          /* how many points there were; 0: these are no ways */
    bool joined;          /* the pen was down: the first step is ink */
} win_ways;

/* A change of the drawn ink: what takes the place of the points from `from` on when it is undone;
 * once undone, when it is done again. */
typedef struct win_edit {
    lh_ink tail;     /* owned */
    float *pressure; /* owned; [tail.count] */
    size_t from;
    double began; /* win_freehand.began that goes with it */
    unsigned step;
} win_edit;

typedef struct win_freehand {
    lh_ink ink;      /* placed where it was drawn, in units of the paper's line height */
    float *pressure; /* [ink.count] 0..1; 0.5 where the device does not tell */
    size_t pressures;
    bool down; /* a stroke is being drawn */
    win_edit edit[WIN_UNDO_MAX];
    int edits, done;       /* all that are kept; the first `done` of them are done, others undone */
    const unsigned *step;  /* as in win_editor */
    double began;          /* time of its first point, seconds */
    unsigned version;      /* counts changes of the ink, but for points that are added */
    unsigned turn;         /* counts what the network is asked */
    unsigned first_turn;   /* the first that is about this ink */
    size_t asked;          /* points when it was last asked */
    double asked_time;     /* and when that was, seconds of the pen's clock */
    win_ways ways, fading; /* what is shown, and what that takes the place of ... */
    double changed;        /* ... since this time, seconds of the window's clock */
    win_reading reading;   /* of the ink when the network was asked; owned */
} win_freehand;

/* Frees all that it holds. */
void win_freehand_clear(win_freehand *drawing);
/* These return false when there is no memory. Units; `time` in seconds. */
bool win_freehand_press(win_freehand *drawing, float x, float y, double time, float pressure);
bool win_freehand_move(win_freehand *drawing, float x, float y, double time, float pressure);
void win_freehand_release(win_freehand *drawing);
/* Takes all ink off the paper. */
bool win_freehand_wipe(win_freehand *drawing);
/* Ink from elsewhere instead of what was drawn, its first line at (x, y). */
bool win_freehand_take(win_freehand *drawing, const lh_ink *ink, float x, float y);

/* A stroke, a wiping, or ink that was taken is undone, or done again. False also when there is
 * none. */
bool win_freehand_undo(win_freehand *drawing);
bool win_freehand_redo(win_freehand *drawing);
/* The step of the change that would be undone, or redone; 0: there is none. */
unsigned win_freehand_past(const win_freehand *drawing);
unsigned win_freehand_future(const win_freehand *drawing);

/* Is there enough new ink to ask the network again, while the pen is down? Then the turn is another
 * one. */
bool win_freehand_ask(win_freehand *drawing, double time);
/* Takes over what was read. */
void win_freehand_take_ways(win_freehand *drawing, win_news *news, double now);
/* Are new ways still taking the place of others? */
bool win_freehand_fades(const win_freehand *drawing, double now);

/* How many points will look as they do now whatever is drawn next. */
size_t win_freehand_dry(const win_freehand *drawing);
/* How the way to a point looks, drawn with a pen `width` pixels wide. */
win_tint win_freehand_tint(const win_freehand *drawing, size_t point, double width,
                           uint32_t colour);
/* Draws the way to points from..to-1, `scale` pixels a unit. */
void win_freehand_draw(const win_freehand *drawing, cairo_t *cr, size_t from, size_t to,
                       double scale, double width, uint32_t colour);

/* Ways are fainter and thinner than ink. */
extern const uint32_t win_way_colours[WIN_WAYS];
#define WIN_WAY_SHARE 0.34
#define WIN_WAY_WIDTH 0.7
void win_freehand_draw_ways(const win_freehand *drawing, cairo_t *cr, double scale, double width,
                            double now);

#endif
