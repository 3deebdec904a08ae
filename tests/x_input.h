/* A person at an X server, as a program: keys and mouse by the XTEST extension, the clipboard, and
 * things dragged from another window (XDND). What these wait for comes within seconds, or the test
 * fails and says what did not come. */
#ifndef LONGHAND_TESTS_X_INPUT_H
#define LONGHAND_TESTS_X_INPUT_H

#include <X11/Xlib.h>
#include <X11/keysym.h>

#include <stdbool.h>

typedef struct x_input {
    Display *display;
    Window self;       /* of the test: owns the clipboard, and is what things are dragged from */
    Window window;     /* the one that is used */
    int x, y;          /* its corner on the screen */
    const char *given; /* what `self` gives to who asks for its selection ... */
    Atom given_type;   /* ... and of what type that is */
} x_input;

/* Opens the display that DISPLAY names. False: there is none, or it has no XTEST. */
bool x_input_open(x_input *x);
void x_input_close(x_input *x);
/* Waits until a window manager is there. */
void x_input_await_manager(x_input *x);
/* Waits until a window with the title is on the screen and has the keyboard: that is used now. */
void x_input_await_window(x_input *x, const char *title);

/* A key, while those in `held`, at most four and 0 behind the last, are held down. */
void x_input_key(x_input *x, KeySym key, const KeySym *held);
void x_input_down(x_input *x, KeySym key);
void x_input_up(x_input *x, KeySym key);
/* Letters of ASCII that the keyboard has. */
void x_input_type(x_input *x, const char *text);

/* The mouse, in pixels of the window. */
void x_input_move(x_input *x, int px, int py);
void x_input_press(x_input *x, int px, int py);
void x_input_release(x_input *x, int px, int py);
void x_input_click(x_input *x, int px, int py);
/* By another button: 2 is the middle one, 3 the right one, 4 and 5 the wheel. */
void x_input_click_by(x_input *x, unsigned button, int px, int py);

/* Puts a text on the clipboard, and gives it to who asks while `is_done(data)` is false. */
void x_input_give(x_input *x, const char *text, bool (*is_done)(void *data), void *data);
/* What is on the clipboard; the caller frees. */
char *x_input_take(x_input *x);
/* What is on the clipboard under a type ("image/png"); a zero lies behind its `size` bytes. The
 * caller frees. NULL: it is not there under that type. */
char *x_input_take_as(x_input *x, const char *type, size_t *size);
/* Drags what is of this type, "text/uri-list" or "text/plain", to a place of the window, drops it
 * there, and waits until the window says that it has it. */
void x_input_drop(x_input *x, const char *type, const char *what, int px, int py);

#endif
