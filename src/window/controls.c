/* The tables of what can be set and done: see controls.h. */
#include "controls.h"

#include <SDL.h>
#include <math.h>
#include <stdio.h>

const char *const win_section_names[WIN_SECTIONS] = {
    "", "Hand", "Pen", "Paper", "Inside the network", "Save as"};

const win_setting win_settings[WIN_VALUES] = {
    [WIN_MODE] = {"Mode", "mode", WIN_TOP, WIN_SEGMENTS, 0, 2, 0, 1, "F2, F3", 0, 0},
    [WIN_STYLE] = {"Style", "style", WIN_HAND, WIN_STYLES, 0, 63, 0, 1, "Alt , .", SDLK_COMMA,
                   SDLK_PERIOD},
    [WIN_BIAS] = {"Neatness", "bias", WIN_HAND, WIN_SLIDER, 0, 3, 1, 0.05, "Alt [ ]",
                  SDLK_LEFTBRACKET, SDLK_RIGHTBRACKET},
    [WIN_SEED] = {"Seed", "seed", WIN_HAND, WIN_SLIDER, 1, 999, 1, 1, "Alt PgDn PgUp",
                  SDLK_PAGEDOWN, SDLK_PAGEUP},
    [WIN_SPEED] = {"Speed", "speed", WIN_PEN, WIN_SLIDER, -2, 5, 0, 1, "Alt \u2190 \u2192",
                   SDLK_LEFT, SDLK_RIGHT},
    [WIN_WIDTH] = {"Width", "width", WIN_PEN, WIN_SLIDER, 0.6, 6, 2, 0.1, "Alt - =", SDLK_MINUS,
                   SDLK_EQUALS},
    [WIN_COLOUR] = {"Ink", "colour", WIN_PEN, WIN_SWATCHES, 0, 5, 1, 1, "Alt C", 0, SDLK_c},
    [WIN_RULING] = {"Ruling", "ruling", WIN_SHEET, WIN_SEGMENTS, 0, 2, 0, 1, "Alt L", 0, SDLK_l},
    [WIN_SIZE] = {"Line height", "size", WIN_SHEET, WIN_SLIDER, 28, 140, 72, 2, "Alt \u2193 \u2191",
                  SDLK_DOWN, SDLK_UP},
};

static const struct {
    const char *name;
    uint32_t colour;
} inks[] = {{"black", 0x1b1b1du}, {"blue-black", 0x1d2f52u}, {"blue", 0x1f4bb4u},
            {"green", 0x1c6b45u}, {"red", 0xb02a2au},        {"sepia", 0x6a4526u}};

static const char *const papers[] = {"plain", "ruled", "squared"};
static const char *const modes[] = {"Write", "Free", "Draw"};

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
    int choice = (int)win_value_fit(which, value);
    if (which == WIN_COLOUR)
        snprintf(text, size, "%s", inks[choice].name);
    else if (which == WIN_RULING)
        snprintf(text, size, "%s", papers[choice]);
    else if (which == WIN_MODE)
        snprintf(text, size, "%s", modes[choice]);
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
    [WIN_PAUSE] = {"Pause", NULL, WIN_BAR, 0, SDLK_p, true, false, "Ctrl P", "pause and go on"},
    [WIN_STEP] = {"Step", NULL, WIN_BAR, 0, SDLK_PERIOD, true, false, "Ctrl .",
                  "pause, and draw one point"},
    [WIN_REPLAY] = {"Replay", NULL, WIN_BAR, 0, SDLK_r, true, false, "Ctrl R",
                    "write the same again"},
    [WIN_ANEW] = {"New hand", NULL, WIN_BAR, 0, SDLK_n, true, false, "Ctrl N",
                  "write anew in a hand that the next seed finds"},
    [WIN_COMPARE] = {"Compare", NULL, WIN_BAR, 0, SDLK_b, true, false, "Ctrl B",
                     "compare four seeds, biases or hands, pick one"},
    [WIN_UNDO] = {"Undo", NULL, WIN_BAR, 0, SDLK_z, true, false, "Ctrl Z",
                  "take back what you did last"},
    [WIN_REDO] = {"Redo", NULL, WIN_BAR, 0, SDLK_z, true, true, "Ctrl Y, Ctrl \u21e7 Z",
                  "do again what you took back"},
    [WIN_CLEAR] = {"Clear", NULL, WIN_BAR, 0, SDLK_l, true, false, "Ctrl L",
                   "clear text and paper"},
    [WIN_KEEP] = {"Learn hand", NULL, WIN_BAR, 0, SDLK_k, true, false, "Ctrl K",
                  "learn your hand from what you drew"},
    [WIN_GHOST] = {"Ghost", "ghost", WIN_BAR, 0, SDLK_h, true, false, "Ctrl H",
                   "faint sentences on the lines, to be written over"},
    [WIN_OWN_HAND] = {NULL, NULL, WIN_NOWHERE, 0, SDLK_t, true, false, "Ctrl T",
                      "rename or delete a hand of your own"},
    [WIN_LIFTS] = {"Pen lifts", "lifts", WIN_PANEL, WIN_SHEET, SDLK_u, true, false, "Ctrl U",
                   "show the pen\u2019s way in the air"},
    [WIN_AHEAD] = {"Next point", "ahead", WIN_PANEL, WIN_INSIDE, SDLK_1, true, false, "Ctrl 1",
                   "where the network expects the pen to go"},
    [WIN_ATTENTION] = {"Attention", "attention", WIN_PANEL, WIN_INSIDE, SDLK_2, true, false,
                       "Ctrl 2", "the letters it looks at, in time"},
    [WIN_CELLS] = {"Cells", "cells", WIN_PANEL, WIN_INSIDE, SDLK_3, true, false, "Ctrl 3",
                   "what all cells give; a click colours the ink"},
    [WIN_GATES] = {"Gates", "gates", WIN_PANEL, WIN_INSIDE, SDLK_4, true, false, "Ctrl 4",
                   "how many gates are shut, and open"},
    [WIN_FIND] = {"Find", "find", WIN_PANEL, WIN_INSIDE, SDLK_f, true, false, "Ctrl F",
                  "where else the cells of a span are active"},
    [WIN_TELLING] = {"Telling", "telling", WIN_PANEL, WIN_INSIDE, SDLK_5, true, false, "Ctrl 5",
                     "six cells that tell most of what one can name"},
    [WIN_NEXT] = {NULL, NULL, WIN_NOWHERE, 0, SDLK_g, true, false, "Ctrl G",
                  "go to the next place found, and back to the pen"},
    [WIN_FOUND_NEXT] = {NULL, NULL, WIN_NOWHERE, 0, SDLK_j, true, false, "Ctrl J",
                        "of the cells that Find found, pick the next"},
    [WIN_KEEP_MARK] = {NULL, NULL, WIN_NOWHERE, 0, SDLK_f, true, true, "Ctrl \u21e7 F",
                       "keep the cells that Find found under a name"},
    [WIN_RECALL] = {NULL, NULL, WIN_NOWHERE, 0, SDLK_g, true, true, "Ctrl \u21e7 G",
                    "find the next of what was kept again"},
    [WIN_SVG] = {"SVG", NULL, WIN_PANEL, WIN_OUT, SDLK_s, true, false, "Ctrl S", "save as SVG"},
    [WIN_PNG] = {"PNG", NULL, WIN_PANEL, WIN_OUT, SDLK_s, true, true, "Ctrl \u21e7 S",
                 "save as PNG"},
    [WIN_PDF] = {"PDF", NULL, WIN_PANEL, WIN_OUT, SDLK_d, true, false, "Ctrl D", "save as PDF"},
    [WIN_MOVING_SVG] = {"Moving", NULL, WIN_PANEL, WIN_OUT, SDLK_m, true, false, "Ctrl M",
                        "save as SVG that writes itself"},
    [WIN_COPY_SVG] = {"Copy", NULL, WIN_PANEL, WIN_OUT, SDLK_c, true, true, "Ctrl \u21e7 C",
                      "copy as a picture, SVG and PNG"},
    [WIN_SAVE_AS] = {"More \u2026", NULL, WIN_PANEL, WIN_OUT, SDLK_e, true, false, "Ctrl E",
                     "choose folder, name and format, for plotters too"},
    [WIN_FOLDER] = {NULL, NULL, WIN_NOWHERE, 0, SDLK_o, true, false, "Ctrl O",
                    "show the folder where files are saved"},
    [WIN_PAGE_FREE] = {NULL, NULL, WIN_NOWHERE, 0, SDLK_F2, false, false, "F2",
                       "writing of no text, and back"},
    [WIN_PAGE_DRAW] = {NULL, NULL, WIN_NOWHERE, 0, SDLK_F3, false, false, "F3",
                       "your own hand, and back"},
    [WIN_TOUR] = {"Tour", NULL, WIN_BAR, 0, SDLK_F4, false, false, "F4",
                  "a tour of eight stops, which tells what one sees"},
    [WIN_HELP] = {"Keys", NULL, WIN_BAR, 0, SDLK_F1, false, false, "F1",
                  "this list, and what one sees"},
    [WIN_FULL] = {NULL, NULL, WIN_NOWHERE, 0, SDLK_F11, false, false, "F11",
                  "for a projector: paper and views, larger"},
    [WIN_LARGER] = {NULL, NULL, WIN_NOWHERE, 0, SDLK_EQUALS, true, false, "Ctrl +",
                    "everything larger"},
    [WIN_SMALLER] = {NULL, NULL, WIN_NOWHERE, 0, SDLK_MINUS, true, false, "Ctrl \u2212",
                     "everything smaller"},
    [WIN_QUIT] = {NULL, NULL, WIN_NOWHERE, 0, SDLK_q, true, false, "Ctrl Q", "close"},
};

/* ---- where they work --------------------------------------------------------------------------
 */

enum { IN_WRITE = 1 << WIN_MODE_WRITE, IN_FREE = 1 << WIN_MODE_FREE, IN_DRAW = 1 << WIN_MODE_DRAW };

/* The modes in which they do something; 0: all. */
static const unsigned value_modes[WIN_VALUES] = {
    [WIN_STYLE] = IN_WRITE, [WIN_SPEED] = IN_WRITE | IN_FREE};
static const unsigned deed_modes[WIN_ACTIONS] = {
    [WIN_PAUSE] = IN_WRITE | IN_FREE,
    [WIN_STEP] = IN_WRITE | IN_FREE,
    [WIN_COMPARE] = IN_WRITE,
    [WIN_REPLAY] = IN_WRITE | IN_FREE,
    [WIN_LIFTS] = IN_WRITE | IN_FREE,
    [WIN_ATTENTION] = IN_WRITE | IN_DRAW,
    [WIN_GHOST] = IN_DRAW,
};

static bool works(unsigned where, int mode)
{
    return where == 0 || (where >> mode & 1);
}

bool win_value_works(win_value which, int mode)
{
    return works(value_modes[which], mode);
}

bool win_deed_works(win_action which, int mode)
{
    return works(deed_modes[which], mode);
}

static void say_idle(const char *name, unsigned only, char *text, size_t size)
{
    snprintf(text, size, "%s works in %s only.", name,
             only == IN_WRITE               ? "Write"
             : only == IN_DRAW              ? "Draw"
             : only == (IN_WRITE | IN_DRAW) ? "Write and Draw"
                                            : "Write and Free");
}

void win_value_idle(win_value which, char *text, size_t size)
{
    say_idle(win_settings[which].name, value_modes[which], text, size);
}

void win_deed_idle(win_action which, char *text, size_t size)
{
    say_idle(win_deeds[which].name ? win_deeds[which].name : "That", deed_modes[which], text, size);
}
