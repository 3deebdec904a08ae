/* A form above the window: rows of text, choices, and what can be done with them. What it is about
 * is told by who opens it (forms.c); here is where its parts lie and how they look. Places are
 * pixels of the interface. */
#ifndef LONGHAND_WINDOW_FORM_H
#define LONGHAND_WINDOW_FORM_H

#include "editor.h"
#include "theme.h"

enum { WIN_FORM_TEXTS = 2, WIN_FORM_CHOICES = 16, WIN_FORM_DEEDS = 3 };

typedef struct win_form {
    int kind; /* whose it is; 0: none is open */
    const char *title;
    int texts, choices, deeds;
    const char *label[WIN_FORM_TEXTS];
    win_editor text[WIN_FORM_TEXTS]; /* the first `texts` are owned */
    const char *choice[WIN_FORM_CHOICES];
    int chosen;
    char note[240];                   /* what is to be known of it, below the choices */
    bool warns;                       /* the note is a warning ... */
    bool sure;                        /* ... that was heeded: what is done next is meant */
    const char *deed[WIN_FORM_DEEDS]; /* the first is done by the return key */
    int row; /* in focus: of the texts, behind them the choices if there are any, and the deeds */
} win_form;

/* Takes it from the window; its texts are freed. */
void win_form_close(win_form *form);
/* Opens it for a name, which is marked, and three deeds. False: no memory, and it is closed. */
bool win_form_ask_name(win_form *form, int kind, const char *title, const char *name,
                       const char *const deed[WIN_FORM_DEEDS]);
/* The text in focus; NULL: the focus is elsewhere. */
win_editor *win_form_editor(win_form *form);
/* Is the focus on the choices? */
bool win_form_choosing(const win_form *form);
/* The deed in focus, or -1. */
int win_form_deed(const win_form *form);
/* The focus goes to another row. */
void win_form_step(win_form *form, int way);
/* Another choice. */
void win_form_choose(win_form *form, int way);

/* Where it lies in a window of this size; w 0: it is closed. */
win_box win_form_box(const win_form *form, double width, double height);
void win_form_draw(const win_form *form, cairo_t *cr, win_box box);
/* A press at a place of the window: focus, choice and caret go there. Returns the deed that was
 * pressed, or -1. */
int win_form_press(win_form *form, win_box box, double x, double y);

#endif
