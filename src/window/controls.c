/* The tables of what can be set and done: see controls.h. */
#include "controls.h"

#include <SDL.h>
#include <math.h>
#include <stdio.h>

const win_setting win_settings[WIN_VALUES] = {
    [WIN_BIAS] = {"Neatness", "bias", 0, 3, 0.75, 0.05},
    [WIN_SPEED] = {"Speed", "speed", -2, 5, 0, 1},
    [WIN_WIDTH] = {"Pen width", "width", 0.6, 6, 2, 0.1},
    [WIN_SIZE] = {"Line height", "size", 28, 140, 64, 2},
    [WIN_COLOUR] = {"Ink", "colour", 0, 5, 0, 1},
    [WIN_RULING] = {"Paper", "ruling", 0, 2, 0, 1},
    [WIN_SEED] = {"Hand (seed)", "seed", 1, 999, 1, 1},
};

static const struct {
    const char *name;
    uint32_t colour;
} inks[] = {{"black", 0x1b1b1du}, {"blue-black", 0x1d2f52u}, {"blue", 0x1f4bb4u},
            {"green", 0x1c6b45u}, {"red", 0xb02a2au},        {"sepia", 0x6a4526u}};

static const char *const papers[] = {"plain", "ruled", "squared"};

double win_pace(double value)
{
    return value >= win_settings[WIN_SPEED].high ? INFINITY : exp2(value);
}

uint32_t win_ink_colour(double value)
{
    return inks[(int)win_value_fit(WIN_COLOUR, value)].colour;
}

void win_value_text(win_value which, double value, char *text, size_t size)
{
    if (which == WIN_COLOUR)
        snprintf(text, size, "%s", inks[(int)win_value_fit(which, value)].name);
    else if (which == WIN_RULING)
        snprintf(text, size, "%s", papers[(int)win_value_fit(which, value)]);
    else if (which == WIN_SPEED && isinf(win_pace(value)))
        snprintf(text, size, "at once");
    else if (which == WIN_SPEED)
        snprintf(text, size, "\u00d7%g", win_pace(value));
    else if (which == WIN_BIAS)
        snprintf(text, size, "%.2f", value);
    else
        snprintf(text, size, "%g", value);
}

double win_value_fit(win_value which, double value)
{
    const win_setting *s = &win_settings[which];
    double steps = round((fmin(fmax(value, s->low), s->high) - s->low) / s->step);
    double fit = fmin(s->high, s->low + steps * s->step);
    return isfinite(fit) ? round(fit * 100) / 100 : s->start;
}

const win_deed win_deeds[WIN_ACTIONS] = {
    [WIN_PAUSE] = {"Pause", 0, SDLK_p, true, false, "Ctrl P", "pause and go on"},
    [WIN_STEP] = {"Step", 0, SDLK_PERIOD, true, false, "Ctrl .", "pause and draw one point"},
    [WIN_REPLAY] = {"Replay", 0, SDLK_r, true, false, "Ctrl R", "write the same again"},
    [WIN_ANEW] = {"New", 1, SDLK_n, true, false, "Ctrl N", "write anew with the next seed"},
    [WIN_CLEAR] = {"Clear", 1, SDLK_l, true, false, "Ctrl L", "clear text and paper"},
    [WIN_LIFTS] = {"Lifts", 1, SDLK_u, true, false, "Ctrl U", "show the pen's way in the air"},
    [WIN_HELP] = {"?", 1, SDLK_F1, false, false, "F1", "all keys (? outside the text)"},
    [WIN_FULL] = {NULL, 0, SDLK_F11, false, false, "F11", "full screen"},
    [WIN_LARGER] = {NULL, 0, SDLK_EQUALS, true, false, "Ctrl +", "everything larger"},
    [WIN_SMALLER] = {NULL, 0, SDLK_MINUS, true, false, "Ctrl -", "everything smaller"},
    [WIN_QUIT] = {NULL, 0, SDLK_q, true, false, "Ctrl Q", "close"},
};
