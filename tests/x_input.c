/* A person at an X server: see x_input.h. For clipboards and drags, the ICCCM and freedesktop.org's
 * "Drag-and-Drop Protocol for the X Window System", version 5. */
#include "x_input.h"

#include "check.h"

#include <X11/XKBlib.h>
#include <X11/Xatom.h>
#include <X11/Xutil.h>
#include <X11/extensions/XTest.h>

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { PATIENCE = 30 };     /* seconds */
enum { BETWEEN_LOOKS = 5 }; /* milliseconds */
/* Milliseconds between what hands do: SDL takes a key that is up for less than two of them for one
 * that is held down and repeats. */
enum { PACE = 4 };

static Atom atom(const x_input *x, const char *name)
{
    return XInternAtom(x->display, name, False);
}

/* For loops that wait: false, a moment later, until patience is at an end. */
static bool is_late(const struct timespec *began)
{
    struct timespec now, moment = {.tv_nsec = BETWEEN_LOOKS * 1000000L};
    nanosleep(&moment, NULL);
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec > began->tv_sec + PATIENCE;
}

static void begin(struct timespec *began)
{
    clock_gettime(CLOCK_MONOTONIC, began);
}

/* Windows come and go while one looks at them: that is no error. */
static int ignore(Display *display, XErrorEvent *event)
{
    (void)display;
    (void)event;
    return 0;
}

bool x_input_open(x_input *x)
{
    int ignored;
    *x = (x_input){.display = XOpenDisplay(NULL)};
    if (!x->display)
        return false;
    if (!XTestQueryExtension(x->display, &ignored, &ignored, &ignored, &ignored)) {
        x_input_close(x);
        return false;
    }
    XSetErrorHandler(ignore);
    x->self = XCreateSimpleWindow(x->display, DefaultRootWindow(x->display), 0, 0, 1, 1, 0, 0, 0);
    return true;
}

void x_input_close(x_input *x)
{
    if (x->display)
        XCloseDisplay(x->display);
    x->display = NULL;
}

/* ---- windows --------------------------------------------------------------------------------- */

/* A property, for the caller to XFree; NULL: there is none. */
static unsigned char *property(const x_input *x, Window window, const char *name,
                               unsigned long *count)
{
    Atom type;
    int format;
    unsigned long left;
    unsigned char *data = NULL;
    if (XGetWindowProperty(x->display, window, atom(x, name), 0, 1 << 20, False, AnyPropertyType,
                           &type, &format, count, &left, &data) != Success ||
        *count == 0) {
        if (data)
            XFree(data);
        return NULL;
    }
    return data;
}

/* The window with the title, among those that the window manager tells of; None: not yet. */
static Window find_window(const x_input *x, const char *title)
{
    unsigned long count;
    unsigned char *data = property(x, DefaultRootWindow(x->display), "_NET_CLIENT_LIST", &count);
    const Window *list = (const Window *)(const void *)data;
    Window found = None;
    for (unsigned long i = 0; data && i < count && found == None; i++) {
        char *name = NULL;
        if (XFetchName(x->display, list[i], &name) && name && strcmp(name, title) == 0)
            found = list[i];
        if (name)
            XFree(name);
    }
    if (data)
        XFree(data);
    return found;
}

/* A window manager that is still at its beginning may have announced itself and lose the request to
 * show a window, for good (openbox does). So one of our own is shown, again and again, until it is
 * managed. */
void x_input_await_manager(x_input *x)
{
    static const char title[] = "a trial";
    struct timespec began;
    Window trial =
        XCreateSimpleWindow(x->display, DefaultRootWindow(x->display), 0, 0, 9, 9, 0, 0, 0);
    XStoreName(x->display, trial, title);
    begin(&began);
    while (find_window(x, title) == None) {
        if (is_late(&began))
            fail_msg("no window manager came");
        XMapWindow(x->display, trial);
    }
    XDestroyWindow(x->display, trial);
    while (find_window(x, title) != None)
        if (is_late(&began))
            fail_msg("the window manager keeps windows that are gone");
}

static bool has_keyboard(const x_input *x, Window window)
{
    Window focus;
    int revert;
    XGetInputFocus(x->display, &focus, &revert);
    return focus == window;
}

/* Asks the window manager for the window, as a bar of windows does. */
static void ask_for_window(const x_input *x, Window window)
{
    enum { FROM_A_BAR = 2 };
    XEvent event = {.xclient = {.type = ClientMessage,
                                .window = window,
                                .message_type = atom(x, "_NET_ACTIVE_WINDOW"),
                                .format = 32,
                                .data.l = {FROM_A_BAR, CurrentTime}}};
    XSendEvent(x->display, DefaultRootWindow(x->display), False,
               SubstructureRedirectMask | SubstructureNotifyMask, &event);
    XFlush(x->display);
}

/* A window manager may show a new window without the keyboard, if it takes long to come: its user
 * may be at something else by then. */
void x_input_await_window(x_input *x, const char *title)
{
    enum { LOOKS = 400 };
    struct timespec began;
    Window child;
    begin(&began);
    for (int i = 1; (x->window = find_window(x, title)) == None || !has_keyboard(x, x->window);
         i++) {
        if (is_late(&began))
            fail_msg("no window '%s' came to have the keyboard", title);
        if (i % LOOKS == 0 && x->window != None)
            ask_for_window(x, x->window);
    }
    XTranslateCoordinates(x->display, x->window, DefaultRootWindow(x->display), 0, 0, &x->x, &x->y,
                          &child);
}

/* ---- keys and mouse -------------------------------------------------------------------------- */

static void send_key(x_input *x, KeySym key, bool down)
{
    KeyCode code = XKeysymToKeycode(x->display, key);
    if (code == 0)
        fail_msg("the keyboard has no %s", XKeysymToString(key));
    XTestFakeKeyEvent(x->display, code, down, PACE);
    XFlush(x->display);
}

void x_input_down(x_input *x, KeySym key)
{
    send_key(x, key, true);
}

void x_input_up(x_input *x, KeySym key)
{
    send_key(x, key, false);
}

void x_input_key(x_input *x, KeySym key, const KeySym *held)
{
    int count = 0;
    while (held && held[count] != 0)
        x_input_down(x, held[count++]);
    x_input_down(x, key);
    x_input_up(x, key);
    while (count > 0)
        x_input_up(x, held[--count]);
}

void x_input_type(x_input *x, const char *text)
{
    static const KeySym shift[] = {XK_Shift_L, 0};
    for (; *text; text++) {
        KeySym sign = (KeySym)(unsigned char)*text; /* the same numbers */
        KeyCode code = XKeysymToKeycode(x->display, sign);
        bool above = XkbKeycodeToKeysym(x->display, code, 0, 0) != sign;
        x_input_key(x, sign, above ? shift : NULL);
    }
}

void x_input_move(x_input *x, int px, int py)
{
    XTestFakeMotionEvent(x->display, -1, x->x + px, x->y + py, PACE);
    XFlush(x->display);
}

void x_input_press(x_input *x, int px, int py)
{
    x_input_move(x, px, py);
    XTestFakeButtonEvent(x->display, 1, True, PACE);
    XFlush(x->display);
}

void x_input_release(x_input *x, int px, int py)
{
    x_input_move(x, px, py);
    XTestFakeButtonEvent(x->display, 1, False, PACE);
    XFlush(x->display);
}

void x_input_click(x_input *x, int px, int py)
{
    x_input_press(x, px, py);
    x_input_release(x, px, py);
}

void x_input_click_by(x_input *x, unsigned button, int px, int py)
{
    x_input_move(x, px, py);
    XTestFakeButtonEvent(x->display, button, True, PACE);
    XTestFakeButtonEvent(x->display, button, False, PACE);
    XFlush(x->display);
}

/* ---- selections ------------------------------------------------------------------------------ */

/* Answers who asks for what is given: with that, with the types it comes in, or with nothing. */
static void answer(const x_input *x, const XSelectionRequestEvent *ask)
{
    Atom targets = atom(x, "TARGETS"), types[] = {targets, x->given_type};
    XSelectionEvent reply = {.type = SelectionNotify,
                             .requestor = ask->requestor,
                             .selection = ask->selection,
                             .target = ask->target,
                             .property = ask->property,
                             .time = ask->time};
    if (ask->target == targets)
        XChangeProperty(x->display, ask->requestor, ask->property, XA_ATOM, 32, PropModeReplace,
                        (const unsigned char *)types, 2);
    else if (ask->target == x->given_type)
        XChangeProperty(x->display, ask->requestor, ask->property, ask->target, 8, PropModeReplace,
                        (const unsigned char *)x->given, (int)strlen(x->given));
    else
        reply.property = None;
    XSendEvent(x->display, ask->requestor, False, 0, (XEvent *)&reply);
    XFlush(x->display);
}

/* The next event for the test, answering who asks meanwhile. False: none has come yet. */
static bool next_event(const x_input *x, XEvent *event)
{
    while (XPending(x->display) > 0) {
        XNextEvent(x->display, event);
        if (event->type != SelectionRequest)
            return true;
        answer(x, &event->xselectionrequest);
    }
    return false;
}

void x_input_give(x_input *x, const char *text, bool (*is_done)(void *data), void *data)
{
    struct timespec began;
    XEvent event;
    begin(&began);
    x->given = text;
    x->given_type = atom(x, "UTF8_STRING");
    XSetSelectionOwner(x->display, atom(x, "CLIPBOARD"), x->self, CurrentTime);
    if (XGetSelectionOwner(x->display, atom(x, "CLIPBOARD")) != x->self)
        fail_msg("the clipboard cannot be had");
    while (!is_done(data)) {
        next_event(x, &event);
        if (is_late(&began))
            fail_msg("'%s' on the clipboard was not taken as it should be", text);
    }
}

char *x_input_take_as(x_input *x, const char *type, size_t *size)
{
    struct timespec began;
    XEvent event = {0};
    unsigned long count = 0;
    begin(&began);
    XDeleteProperty(x->display, x->self, atom(x, "TAKEN"));
    XConvertSelection(x->display, atom(x, "CLIPBOARD"), atom(x, type), atom(x, "TAKEN"), x->self,
                      CurrentTime);
    while (!next_event(x, &event) || event.type != SelectionNotify)
        if (is_late(&began))
            fail_msg("nobody answers for the clipboard");
    unsigned char *data = property(x, x->self, "TAKEN", &count);
    char *copy = data ? calloc(count + 1, 1) : NULL;
    if (copy)
        memcpy(copy, data, count);
    if (data)
        XFree(data);
    *size = count;
    return copy;
}

char *x_input_take(x_input *x)
{
    size_t size;
    char *text = x_input_take_as(x, "UTF8_STRING", &size);
    if (!text)
        fail_msg("there is no text on the clipboard");
    return text;
}

/* ---- dragging -------------------------------------------------------------------------------- */

static void tell(const x_input *x, const char *message, const long data[5])
{
    XEvent event = {.xclient = {.type = ClientMessage,
                                .window = x->window,
                                .message_type = atom(x, message),
                                .format = 32}};
    memcpy(event.xclient.data.l, data, 5 * sizeof *data);
    XSendEvent(x->display, x->window, False, NoEventMask, &event);
    XFlush(x->display);
}

/* Waits for a message of the window that things are dragged to; returns its second number. */
static long await_message(const x_input *x, const char *message)
{
    struct timespec began;
    XEvent event = {0};
    begin(&began);
    while (!next_event(x, &event) || event.type != ClientMessage ||
           event.xclient.message_type != atom(x, message))
        if (is_late(&began))
            fail_msg("the window does not say %s", message);
    return event.xclient.data.l[1];
}

void x_input_drop(x_input *x, const char *type, const char *what, int px, int py)
{
    enum { VERSION = 5, WILL_TAKE = 1 };
    long self = (long)x->self, place = (long)(x->x + px) << 16 | (x->y + py);
    x->given = what;
    x->given_type = atom(x, type);
    XSetSelectionOwner(x->display, atom(x, "XdndSelection"), x->self, CurrentTime);
    tell(x, "XdndEnter", (long[5]){self, (long)VERSION << 24, (long)x->given_type});
    tell(x, "XdndPosition",
         (long[5]){self, 0, place, CurrentTime, (long)atom(x, "XdndActionCopy")});
    if (!(await_message(x, "XdndStatus") & WILL_TAKE))
        fail_msg("the window does not take %s", type);
    tell(x, "XdndDrop", (long[5]){self, 0, CurrentTime});
    if (!(await_message(x, "XdndFinished") & WILL_TAKE))
        fail_msg("the window did not take what was dropped");
}
