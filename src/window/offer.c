/* The clipboard of X11: see offer.h. libxcb is opened when it is first needed, as it is there
 * wherever SDL talks to an X server, and nobody else needs it. */
#include "offer.h"

#include <stdlib.h>
#include <string.h>

static void drop(win_offered *offered, int count)
{
    for (int i = 0; i < count; i++)
        free(offered[i].bytes);
}

#ifdef LONGHAND_XCB

#include <xcb/xcb.h>

#include <dlfcn.h>
#include <poll.h>
#include <pthread.h>
#include <unistd.h>

/* The functions used, by their names and types in libxcb. */
#define FUNCTIONS(X)             \
    X(connect)                   \
    X(connection_has_error)      \
    X(disconnect)                \
    X(get_setup)                 \
    X(setup_roots_iterator)      \
    X(generate_id)               \
    X(create_window)             \
    X(intern_atom)               \
    X(intern_atom_reply)         \
    X(set_selection_owner)       \
    X(get_selection_owner)       \
    X(get_selection_owner_reply) \
    X(change_property)           \
    X(send_event)                \
    X(flush)                     \
    X(poll_for_event)            \
    X(get_file_descriptor)       \
    X(get_maximum_request_length)

#define DECLARE(name) __typeof__(xcb_##name) *name;
typedef struct xcb_functions {
    FUNCTIONS(DECLARE)
} xcb_functions;
#undef DECLARE

struct win_offer {
    void *library;
    xcb_functions x;
    xcb_connection_t *connection;
    xcb_window_t window;
    xcb_atom_t clipboard, targets, type[WIN_OFFERED_MAX];
    win_offered offered[WIN_OFFERED_MAX];
    int count;
    int stop[2]; /* a pipe: what is written to its end 1 ends the thread */
    pthread_t thread;
};

/* ---- the thread ------------------------------------------------------------------------------ */

/* Puts what is asked for where it is asked to be; false: it is not offered, or is more than the
 * server takes at once. */
static bool put(const win_offer *o, const xcb_selection_request_event_t *ask, xcb_atom_t property)
{
    if (ask->target == o->targets) {
        xcb_atom_t all[WIN_OFFERED_MAX + 1];
        memcpy(all, o->type, sizeof o->type);
        all[o->count] = o->targets;
        o->x.change_property(o->connection, XCB_PROP_MODE_REPLACE, ask->requestor, property,
                             XCB_ATOM_ATOM, 32, (uint32_t)o->count + 1, all);
        return true;
    }
    size_t most = 4 * (size_t)o->x.get_maximum_request_length(o->connection) - 64;
    for (int i = 0; i < o->count; i++)
        if (ask->target == o->type[i] && o->offered[i].size <= most) {
            o->x.change_property(o->connection, XCB_PROP_MODE_REPLACE, ask->requestor, property,
                                 o->type[i], 8, (uint32_t)o->offered[i].size, o->offered[i].bytes);
            return true;
        }
    return false;
}

static void answer(const win_offer *o, const xcb_selection_request_event_t *ask)
{
    /* Those of old name no property (ICCCM, section 2.2). */
    xcb_atom_t property = ask->property != XCB_NONE ? ask->property : ask->target;
    xcb_selection_notify_event_t reply = {.response_type = XCB_SELECTION_NOTIFY,
                                          .time = ask->time,
                                          .requestor = ask->requestor,
                                          .selection = ask->selection,
                                          .target = ask->target,
                                          .property = put(o, ask, property) ? property : XCB_NONE};
    char event[32] = {0}; /* as large as all events are */
    memcpy(event, &reply, sizeof reply);
    o->x.send_event(o->connection, 0, ask->requestor, 0, event);
    o->x.flush(o->connection);
}

/* Gives what is asked for until somebody else has the clipboard. */
static void *run(void *data)
{
    const win_offer *o = data;
    struct pollfd wait[2] = {{.fd = o->x.get_file_descriptor(o->connection), .events = POLLIN},
                             {.fd = o->stop[0], .events = POLLIN}};
    bool lost = false;
    while (!lost && !o->x.connection_has_error(o->connection)) {
        xcb_generic_event_t *event = o->x.poll_for_event(o->connection);
        if (!event) {
            poll(wait, 2, -1);
            lost = wait[1].revents != 0;
            continue;
        }
        int type = event->response_type & 0x7f; /* without the bit of what was sent */
        if (type == XCB_SELECTION_REQUEST)
            answer(o, (const void *)event);
        lost = type == XCB_SELECTION_CLEAR;
        free(event);
    }
    return NULL;
}

/* ---- beginning and end ----------------------------------------------------------------------- */

static bool find_functions(win_offer *o)
{
    o->library = dlopen("libxcb.so.1", RTLD_NOW | RTLD_LOCAL);
    if (!o->library)
        return false;
    bool all = true;
#define FIND(name)                                          \
    *(void **)&o->x.name = dlsym(o->library, "xcb_" #name); \
    all &= o->x.name != NULL;
    FUNCTIONS(FIND)
#undef FIND
    return all;
}

static xcb_atom_t atom(const win_offer *o, const char *name)
{
    xcb_intern_atom_reply_t *reply = o->x.intern_atom_reply(
        o->connection, o->x.intern_atom(o->connection, 0, (uint16_t)strlen(name), name), NULL);
    xcb_atom_t found = reply ? reply->atom : (xcb_atom_t)XCB_NONE;
    free(reply);
    return found;
}

/* Owns the clipboard, by a window that nobody sees. */
static bool take_clipboard(win_offer *o)
{
    o->connection = o->x.connect(NULL, NULL);
    if (o->x.connection_has_error(o->connection))
        return false;
    xcb_window_t root = o->x.setup_roots_iterator(o->x.get_setup(o->connection)).data->root;
    o->window = o->x.generate_id(o->connection);
    o->x.create_window(o->connection, 0, o->window, root, 0, 0, 1, 1, 0,
                       XCB_WINDOW_CLASS_INPUT_ONLY, XCB_COPY_FROM_PARENT, 0, NULL);
    o->clipboard = atom(o, "CLIPBOARD");
    o->targets = atom(o, "TARGETS");
    for (int i = 0; i < o->count; i++)
        o->type[i] = atom(o, o->offered[i].type);
    o->x.set_selection_owner(o->connection, o->window, o->clipboard, XCB_CURRENT_TIME);
    xcb_get_selection_owner_reply_t *owner = o->x.get_selection_owner_reply(
        o->connection, o->x.get_selection_owner(o->connection, o->clipboard), NULL);
    bool ours = owner && owner->owner == o->window;
    free(owner);
    return ours;
}

static void free_offer(win_offer *o)
{
    if (o->connection)
        o->x.disconnect(o->connection);
    if (o->library)
        dlclose(o->library);
    for (int i = 0; i < 2; i++)
        if (o->stop[i] >= 0)
            close(o->stop[i]);
    drop(o->offered, o->count);
    free(o);
}

win_offer *win_offer_start(win_offered *offered, int count, lh_error *error)
{
    win_offer *o = calloc(1, sizeof *o);
    if (!o) {
        drop(offered, count);
        lh_fail_memory(error, "a copy");
        return NULL;
    }
    o->stop[0] = o->stop[1] = -1;
    o->count = count;
    memcpy(o->offered, offered, (size_t)count * sizeof *offered);
    if (!find_functions(o))
        lh_fail(error, LH_ERROR_IO, "there is no libxcb");
    else if (!take_clipboard(o))
        lh_fail(error, LH_ERROR_IO, "the X server does not give the clipboard");
    else if (pipe(o->stop) != 0 || pthread_create(&o->thread, NULL, run, o) != 0)
        lh_fail(error, LH_ERROR_MEMORY, "there is no thread for the clipboard");
    else
        return o;
    free_offer(o);
    return NULL;
}

void win_offer_stop(win_offer *o)
{
    if (!o)
        return;
    if (write(o->stop[1], "", 1) == 1)
        pthread_join(o->thread, NULL);
    free_offer(o);
}

#else

win_offer *win_offer_start(win_offered *offered, int count, lh_error *error)
{
    drop(offered, count);
    lh_fail(error, LH_ERROR_IO, "built without libxcb");
    return NULL;
}

void win_offer_stop(win_offer *o)
{
    (void)o;
}

#endif
