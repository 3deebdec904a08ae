/* What can be set and done, as tables: the panel, the bar, the keys, the help and the settings read
 * them. */
#ifndef LONGHAND_WINDOW_CONTROLS_H
#define LONGHAND_WINDOW_CONTROLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum win_value {
    WIN_MODE,
    WIN_STYLE,
    WIN_BIAS,
    WIN_SEED,
    WIN_SPEED,
    WIN_WIDTH,
    WIN_COLOUR,
    WIN_RULING,
    WIN_SIZE,
    WIN_VALUES
} win_value;

enum { WIN_MODE_WRITE, WIN_MODE_FREE, WIN_MODE_DRAW }; /* of WIN_MODE */

typedef enum win_look { WIN_SLIDER, WIN_SEGMENTS, WIN_SWATCHES, WIN_STYLES } win_look;

typedef enum win_section { WIN_TOP, WIN_HAND, WIN_PEN, WIN_SHEET, WIN_INSIDE, WIN_OUT } win_section;
enum { WIN_SECTIONS = WIN_OUT + 1 };
extern const char *const win_section_names[WIN_SECTIONS];

typedef struct win_setting {
    const char *name; /* as shown */
    const char *key;  /* as kept in the settings file */
    win_section section;
    win_look look;
    double low, high, start, step;
    const char *keys;   /* as shown in the help */
    int32_t less, more; /* SDL keycodes that, held with Alt, step it down and up; 0: none */
} win_setting;

extern const win_setting win_settings[WIN_VALUES];

/* The value as shown, "x0.5" or "blue". */
void win_value_text(win_value which, double value, char *text, size_t size);
/* Within range, on a step. */
double win_value_fit(win_value which, double value);
uint32_t win_ink_colour(double value);
/* Seconds of ink a second; infinite for "at once". */
double win_pace(double value);

typedef enum win_action {
    WIN_PAUSE,
    WIN_STEP,
    WIN_REPLAY,
    WIN_ANEW,
    WIN_COMPARE,
    WIN_UNDO,
    WIN_REDO,
    WIN_CLEAR,
    WIN_KEEP,
    WIN_GHOST,
    WIN_OWN_HAND,
    WIN_LIFTS,
    WIN_AHEAD,
    WIN_ATTENTION,
    WIN_CELLS,
    WIN_GATES,
    WIN_FIND,
    WIN_TELLING,
    WIN_NEXT,
    WIN_FOUND_NEXT,
    WIN_KEEP_MARK,
    WIN_RECALL,
    WIN_SVG,
    WIN_PNG,
    WIN_PDF,
    WIN_MOVING_SVG,
    WIN_COPY_SVG,
    WIN_SAVE_AS,
    WIN_FOLDER,
    WIN_PAGE_FREE,
    WIN_PAGE_DRAW,
    WIN_TOUR,
    WIN_HELP,
    WIN_FULL,
    WIN_LARGER,
    WIN_SMALLER,
    WIN_QUIT,
    WIN_ACTIONS
} win_action;

typedef enum win_place { WIN_NOWHERE, WIN_BAR, WIN_PANEL } win_place;

typedef struct win_deed {
    const char *name;        /* on its button */
    const char *key_in_file; /* a switch that is remembered under this key; NULL: none */
    win_place place;
    win_section section;
    int32_t key;         /* SDL keycode */
    bool control, shift; /* held with it */
    const char *keys;    /* as shown in the help */
    const char *help;
} win_deed;

extern const win_deed win_deeds[WIN_ACTIONS];

/* Does it do anything in the mode? */
bool win_value_works(win_value which, int mode);
bool win_deed_works(win_action which, int mode);
/* Why it does nothing: "Attention works in Write only." */
void win_value_idle(win_value which, char *text, size_t size);
void win_deed_idle(win_action which, char *text, size_t size);

#endif
