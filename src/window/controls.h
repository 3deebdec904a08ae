/* What can be set and done, as tables: the panel, the keys, the help and the settings read them. */
#ifndef LONGHAND_WINDOW_CONTROLS_H
#define LONGHAND_WINDOW_CONTROLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum win_value {
    WIN_BIAS,
    WIN_SPEED,
    WIN_WIDTH,
    WIN_SIZE,
    WIN_COLOUR,
    WIN_RULING,
    WIN_SEED,
    WIN_VALUES
} win_value;

typedef struct win_setting {
    const char *name; /* as shown */
    const char *key;  /* as kept in the settings file */
    double low, high, start, step;
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
    WIN_CLEAR,
    WIN_LIFTS,
    WIN_HELP,
    WIN_FULL,
    WIN_LARGER,
    WIN_SMALLER,
    WIN_QUIT,
    WIN_ACTIONS
} win_action;

typedef struct win_deed {
    const char *name;    /* on its button; NULL: keys only */
    int row;             /* of buttons */
    int32_t key;         /* SDL keycode */
    bool control, shift; /* held with it */
    const char *keys;    /* as shown in the help */
    const char *help;
} win_deed;

enum { WIN_BUTTON_ROWS = 2 };
extern const win_deed win_deeds[WIN_ACTIONS];

#endif
