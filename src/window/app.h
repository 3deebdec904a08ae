/* The window as a program: the core, its view, and what comes from the screen's side. events.c,
 * keys.c and pointer.c take in what the user does, deeds.c does what buttons and keys ask for, and
 * window.c shows the frames. */
#ifndef LONGHAND_WINDOW_APP_H
#define LONGHAND_WINDOW_APP_H

#include "offer.h"
#include "view.h"

#include <SDL.h>

struct win_script; /* see script.h */

typedef struct win_app {
    win_core core;
    win_view view;
    SDL_Window *window;
    SDL_Renderer *renderer;
    SDL_Texture *texture;
    SDL_Rect windowed; /* where the window was before it took the whole screen */
    SDL_Rect size;     /* of the window, in pixels of the interface, to be remembered */
    SDL_Cursor *cursor[SDL_NUM_SYSTEM_CURSORS]; /* those that were shown */
    SDL_SystemCursor cursor_shown;
    bool quit;
    int hand;           /* the style that a form is about: 0, 1, ... */
    int held;           /* the control that the mouse drags; less than 0: see pointer.c */
    Uint16 modifiers;   /* SDL's, held down at the last key's event */
    bool picked;        /* a cell was, when the window was laid out */
    bool space_pressed; /* the last key was the space bar, and pressed a control */
    struct {
        struct win_script *script; /* of the stop; owned, NULL: there is no tour */
        bool playing;              /* keys come from it */
        double mode;               /* before the tour, and the rest likewise */
        bool on[WIN_ACTIONS], paused;
        int cell;
    } tour;
    bool touched; /* a finger is on the paper, this one: */
    SDL_FingerID finger;
    char *folder;     /* that files are saved to, owned; NULL: where the program was started */
    char *name;       /* that they get, owned; NULL: that of the program */
    int kind;         /* of file that was last chosen: see export.h */
    win_offer *offer; /* pictures on the clipboard; NULL: none are */
} win_app;

/* screen.c */
lh_status win_app_start(win_app *app, const char *text, lh_error *error);
void win_app_stop(win_app *app);
/* Wakes the window from another thread. */
void win_app_wake(void *data);
/* Lets time pass. */
void win_app_update(win_app *app, double seconds);
/* How long nothing will move by itself: 0: it moves now; negative: for ever. */
double win_app_rest(const win_app *app);
/* How much larger all is than is wanted: for a projector. */
double win_app_times(const win_app *app);
/* Lays the window out as large as it is. */
void win_app_layout(win_app *app);
bool win_app_open_screen(win_app *app, int width, int height);
void win_app_close_screen(win_app *app);
/* Puts what changed of the frame on screen. */
void win_app_show(win_app *app);

/* renderer.c */
/* NULL: SDL_GetError tells why. */
SDL_Renderer *win_renderer_open(SDL_Window *window);
/* Does OpenGL that calls itself so draw by the processor? */
bool win_renderer_is_software(const char *name);

/* cursors.c: the mouse's pointer. */
void win_cursor_show(win_app *app);
void win_cursors_free(win_app *app);

/* deeds.c */
void win_app_set(win_app *app, win_value which, double value);
void win_app_do(win_app *app, win_action action);
/* A file or a text was dropped on the window. */
void win_app_drop(win_app *app, const char *path);

/* Chooses the style of a file, and says so: "said path." */
void win_app_choose_style(win_app *app, const char *path, const char *said);

/* hand_form.c: renames and deletes hands of one's own. */
enum { WIN_FORM_HAND = 3 }; /* of win_form.kind; forms.c has the others */
void win_hand_form_open(win_app *app, int index);
void win_hand_form_do(win_app *app, int deed);

/* learning.c: the hand of who drew. */
void win_learning_begin(win_app *app);
/* False: nothing is learnt, that could be stopped. */
bool win_learning_stop(win_app *app);
/* Tells how far it is, and takes over what was learnt. */
void win_learning_update(win_app *app);

/* print_state.c: prints the state, a row a thing. */
void win_app_print(const win_app *app, FILE *stream);
/* What has the focus: "text", "time", or a control's name. */
const char *win_focus_name(const win_view *view);

/* events.c */
void win_app_event(win_app *app, const SDL_Event *event);
/* The input method is to begin anew, as the caret goes elsewhere. */
void win_app_end_composing(win_app *app);

/* export.c: saves by a number as the action says, copies, or shows the folder. */
void win_export(win_app *app, win_action how);

/* forms.c: forms that are open take keys, letters and presses; these tell whether it was one. */
void win_forms_save(win_app *app);
void win_forms_mark(win_app *app);
bool win_forms_key(win_app *app, const SDL_KeyboardEvent *event);
bool win_forms_letters(win_app *app, const char *letters);
bool win_forms_press(win_app *app, double x, double y);

/* tour.c: while WIN_TOUR is on. */
void win_tour_toggle(win_app *app);
/* To the next stop, way 1, or the one before; behind the last it ends. */
void win_tour_step(win_app *app, int way);
/* Does what is due of it, and when the next is. */
void win_tour_play(win_app *app);
double win_tour_due(const win_app *app);
/* Are these the tour's? Letters end it. */
bool win_tour_key(win_app *app, const SDL_KeyboardEvent *event);
bool win_tour_press(win_app *app, double x, double y);
void win_tour_letters(win_app *app);

/* settings.c: remembered between runs. `path` NULL: in the user's configuration folder. */
char *win_settings_path(void);
/* False: there are none yet. */
bool win_settings_read(win_app *app, const char *path);
lh_status win_settings_write(const win_app *app, const char *path, lh_error *error);

#endif
