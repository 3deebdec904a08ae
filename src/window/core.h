/* What the window is about, with no screen: texts, ink, what is set, and time, in which the scribe
 * writes and the pen goes over the paper. It knows nothing of where things lie (view.h) or of the
 * screen, keys and mouse (app.h), which look at it. */
#ifndef LONGHAND_WINDOW_CORE_H
#define LONGHAND_WINDOW_CORE_H

#include "controls.h"
#include "editor.h"
#include "freehand.h"
#include "ghost.h"
#include "gone.h"
#include "hands.h"
#include "learner.h"
#include "likeness.h"
#include "plain.h"
#include "scribe.h"
#include "search.h"
#include "sheet.h"
#include "style_list.h"
#include "telling.h"

/* The caret blinks for so many seconds after the last key, then stands: what rests costs nothing.
 */
#define WIN_CARET_BLINKS 10

/* The same words in four ways, side by side. */
typedef enum win_by { WIN_BY_SEED, WIN_BY_BIAS, WIN_BY_HAND, WIN_BYS } win_by;

typedef struct win_compare {
    win_by by;                  /* what differs */
    int page, chosen;           /* of the ways: 0, 1, ... */
    double value[WIN_COMPARED]; /* of the setting that differs */
    lh_ink ink[WIN_COMPARED];   /* owned; without points while it is waited for ... */
    bool came[WIN_COMPARED];    /* ... and where it could not be written */
    char *text;                 /* owned */
    unsigned turn;              /* counts what is asked */
    unsigned version;           /* counts changes */
} win_compare;

typedef struct win_core {
    /* what is set */
    double value[WIN_VALUES];
    bool on[WIN_ACTIONS]; /* the switches among them, and WIN_PAUSE and WIN_HELP */
    int gate_layer;       /* whose gates are shown, where no cell is picked: 0, 1, ... */
    int cell;             /* of all layers' cells, the one that colours the ink; -1: none */
    uint32_t cell_colours[256], cell_inks[256]; /* for -128..127: in the dock, in ink and text */
    double cell_gain;                           /* how much stronger these are shown */
    struct win_coloured {
        int cell;
        unsigned sheet;
        size_t shown;
    } coloured;                        /* what that was found from */
    char *model, *free_model, *reader; /* owned paths; NULL: none */
    unsigned model_turn, free_turn;    /* count those that were dropped, at whatever path */
    win_styles styles;
    win_gone gone;   /* of them, those that were deleted */
    char *installed; /* owned; the folder of those that are, or NULL */

    /* texts */
    win_editor text, caption; /* what is to be written; what the drawn ink says */
    win_editor *editor;       /* of them, the one in the field */
    bool welcome;             /* the text is ours, and goes with the first key */
    char composing[64];       /* what an input method has not yet finished */
    win_plain plain;          /* of `text` */
    win_plain says;           /* of `caption` */
    win_plain follows;        /* what the network follows drawn ink by: that and more */
    lh_alphabet alphabet;
    lh_signs *signs;             /* owned; NULL: none */
    win_parts parts;             /* of words that are wider than the paper ... */
    float parts_width;           /* ... whose rows are so many units wide */
    bool ready;                  /* a model is there, and that is its alphabet */
    char fault[WIN_FAULTS][512]; /* why there is no network; "": there is, for all we know */
    unsigned models;             /* counts those that were loaded */
    double finish_at;            /* when the last word counts as whole; infinite: it does already */
    bool finished;
    size_t marked;     /* byte of the text that is being written; SIZE_MAX: none */
    win_span selected; /* the text's anchor and caret when last looked at */
    size_t pressed;    /* the point of ink that is marked from, with the mouse */
    unsigned step;     /* counts what the user does: what is changed in one step is undone in one */

    /* ink */
    win_scribe *scribe;
    win_sheet sheet;
    win_freehand drawing;
    win_search search;
    win_marks marks;
    win_likeness likeness;
    win_telling telling;
    win_hands hands;
    win_ghosts ghosts;
    win_compare compare;
    win_learner *learner;  /* owned; NULL: nothing is learnt */
    win_learning learning; /* how far that is */

    /* time */
    double time; /* seconds since the start */
    double last_input;
    size_t pinned, hovered; /* points that all views show instead of the pen's; SIZE_MAX: none */
    bool follow;            /* the paper scrolls with the pen */
    bool replays; /* what is there already is written again, to be watched whatever the speed */

    bool held;         /* a script has the threads work when it waits for them, and only then */
    unsigned faults;   /* counts those of networks */
    char message[600]; /* shown over the paper until ... */
    double message_until;
    bool trouble;      /* it is a warning */
    unsigned messages; /* counts them */
} win_core;

static inline int win_mode(const win_core *core)
{
    return (int)core->value[WIN_MODE];
}

/* core.c. `wake` is called from another thread when there is news for win_core_update. */
lh_status win_core_start(win_core *core, const char *text, void (*wake)(void *data),
                         lh_error *error);
void win_core_stop(win_core *core);
/* Lets time pass: takes news in, moves the pen. */
void win_core_update(win_core *core, double seconds);
/* How long nothing will move by itself: 0: it moves now; negative: for ever. */
double win_core_rest(const win_core *core);
void win_core_text_changed(win_core *core);
/* Writes a text of ours where there is none, which goes when the user begins. */
void win_core_welcome(win_core *core, const char *text);

/* The user begins: a welcome goes. */
void win_core_end_welcome(win_core *core);
/* The paper is another, or the letters' size: sets out anew what is written. False: no memory. */
bool win_core_lay_out(win_core *core);
/* Another hand writes, or none that is known: words are parted anew. */
void win_core_forget_parts(win_core *core);
/* What the hand can write. */
win_letters win_core_letters(const win_core *core);
/* What the ink says that the views show; NULL: nobody knows. */
const win_plain *win_core_says(const win_core *core);
/* Is the drawn ink without a caption, and has been read? */
bool win_core_can_caption(const win_core *core);
/* The path of the style that is chosen; NULL: a hand that the seed finds. */
const char *win_core_style(const win_core *core);
/* Tells the scribe what is wanted now. */
void win_core_order(win_core *core);
void win_core_say(win_core *core, bool trouble, const char *format, ...) LH_PRINTF(3, 4);
/* The share of the text that is on the paper; 1: all of it, or there is no text. */
double win_core_progress(const win_core *core);
/* Is the caret lit, which blinks? */
bool win_core_caret_lit(const win_core *core);
/* How the network's ink looks. */
win_ink_look win_core_look(const win_core *core);
/* Pixels of the interface in a unit of drawn ink. */
double win_core_unit(const win_core *core);

/* changes.c: what is set, and what is asked of the pen. Returns whether the value is another. */
bool win_core_set(win_core *core, win_value which, double value);
/* Style `index` is no more: where it was chosen, the default hand is. */
void win_core_style_gone(win_core *core, int index);
/* A style is read anew, and may be another: what is written in it is written anew. */
void win_core_style_anew(win_core *core);
/* Colours the ink by a cell, if there is one of that number; -1: by none. */
void win_core_show_cell(win_core *core, int cell);
/* The same, and by none where that cell does already. */
void win_core_pick(win_core *core, int cell);
/* Picks the next of the cells that tell of something, way 1, or the one before. */
void win_core_step_telling(win_core *core, int way);
/* Another layer's gates; the cell that is picked goes. */
void win_core_step_gates(win_core *core, int way);
/* Pauses, and draws one point. */
void win_core_step(win_core *core);
/* Writes the same again. */
void win_core_rewind(win_core *core);
/* Writes anew in another hand: that which the next seed finds. */
void win_core_anew(win_core *core);
/* Clears text and paper. */
void win_core_clear(win_core *core);

/* cell_colours.c */
void win_cell_colours_start(win_core *core);
/* Finds how strongly the picked cell is shown, where it is another or there is much more ink. */
void win_cell_colours_update(win_core *core);

/* moment.c: one moment in time, which all views show: where the pen is, unless the mouse is over
 * another point of the ink, or the user has pinned one. */
/* Is it another than the pen's? */
bool win_moment_held(const win_core *core);
/* The last point that is drawn at this moment; 0 also where there is none. */
size_t win_moment_point(const win_core *core);
/* The point whose prediction is looked at: the one that is held, or the next of the pen. */
size_t win_moment_next(const win_core *core);
/* Holds a point; the pen pauses. */
void win_moment_pin(win_core *core, size_t point);
/* Back to the pen. */
void win_moment_drop(win_core *core);
/* So many points on, or back. */
void win_moment_step(win_core *core, long way);
/* Lets the pen go on from there; where none is held it pauses, or goes on. */
void win_moment_play(win_core *core);
/* The point near a place of the paper; SIZE_MAX: there is none. */
size_t win_moment_at(const win_core *core, double x, double y);
/* The middle of the ink of the letter that stands at a byte of the text; SIZE_MAX: it has none. */
size_t win_moment_of_letter(const win_core *core, size_t byte);

/* compare.c: the same words four times, while WIN_COMPARE is on. */
void win_compare_begin(win_core *core);
void win_compare_end(win_core *core);
/* Something else differs, or another four do. */
void win_compare_by(win_core *core, int way);
void win_compare_page(win_core *core, int way);
/* Another is chosen. */
void win_compare_choose(win_core *core, int which);
/* What is chosen is set from now on. */
void win_compare_pick(win_core *core);
/* Takes the ink of a sample. */
void win_compare_take(win_core *core, const win_news *news);
/* The setting that differs, and what it is in way `i`, in words: "Seed 4". */
win_value win_compare_value(const win_core *core);
void win_compare_name(const win_core *core, int i, char *text, size_t size);

/* undo.c: of what is typed and drawn, and of hands that were deleted; a layout is due where there
 * are more or fewer styles. */
/* Deletes a hand of the user's own. */
lh_status win_undo_delete(win_core *core, int index, lh_error *error);
void win_undo(win_core *core, bool redo);
bool win_undo_can(const win_core *core, bool redo);

/* marking.c: marks ink to be searched for, as the user says it. */
/* The point on the paper that is nearest to a place of it, within so many rows; SIZE_MAX: none. */
size_t win_marking_point(const win_core *core, double x, double y, double rows);
/* A press on the paper, at a place of it; false: no ink is there. */
bool win_marking_press(win_core *core, double x, double y);
void win_marking_drag(win_core *core, double x, double y);
/* The stroke before or behind (way -1, 1), or with `extend` that as well; way 0: none. */
void win_marking_step(win_core *core, int way, bool extend);
/* Another layer. */
void win_marking_layer(win_core *core, int way);
/* The next place found is shown, behind the last the pen again: returns the point to look at, or
 * SIZE_MAX. */
size_t win_marking_next(win_core *core);
/* Moves the beginning of what is marked, or its end, to a point, and on by so many. */
void win_marking_move(win_core *core, bool end, size_t point, long on);
/* Picks the next of the cells that were found. */
void win_marking_next_cell(win_core *core);
/* Looks for what was kept: mark `which`, or the next one if that is less than 0. */
void win_marking_recall(win_core *core, int which);
/* Takes in what was selected in the text, and searches again where there is new ink. */
void win_marking_update(win_core *core);

#endif
