/* Orders to ink: see penman.h. */
#include "penman.h"

#include "controls.h"
#include "followed.h"
#include "free.h"
#include "kept_words.h"
#include "writing.h"

#include <stdlib.h>
#include <string.h>

enum {
    AHEAD = 1500,        /* points written ahead of the pen: half a minute of ink */
    FREE_SHEET = 9000,   /* points after which writing of no text begins on a new sheet */
    WAY_POINTS = 90,     /* of each way to go on */
    FOLLOWED_MAX = 4000, /* points of drawn ink that the network follows, with its text ... */
    FREE_FOLLOWED = 600  /* ... and without: more is not remembered anyway */
};

/* A file that was last named, whether or not it could be loaded. */
typedef struct tried {
    char *path; /* owned */
    unsigned turn;
} tried;

struct win_penman {
    void (*post)(void *to, win_news *news);
    void *to;
    win_order now;
    lh_model *model, *free_model;
    lh_reader *reader;
    bool reader_tried;
    tried tried, free_tried;
    lh_writer *writer;
    char *learnt;         /* owned; the style that the writer has learnt, or NULL ... */
    unsigned learnt_turn; /* ... and which file at that path */
    lh_pen *pen;
    win_free free;
    lh_hand_pool pool; /* read when a hand is first to be found by seed */
    win_rows_read rows;
    size_t sent_words, sent_points;
    win_fault fault; /* what the work at hand fails of, if it does */
};

/* ---- news ------------------------------------------------------------------------------------ */

static void tell(win_penman *p, win_news *news)
{
    p->post(p->to, news);
}

static void tell_nothing_stands(win_penman *p)
{
    static lh_ink none;
    lh_written empty = {.ink = &none};
    p->sent_words = p->sent_points = 0;
    tell(p, win_news_ink(&empty, 0, 0));
}

/* Tells what has been taken back and written since last told. */
static void tell_ink(win_penman *p, const lh_written *w)
{
    size_t words = w->words < p->sent_words ? w->words : p->sent_words;
    size_t points = w->ink->count < p->sent_points ? w->ink->count : p->sent_points;
    if (words == p->sent_words && w->words == words && w->ink->count == points)
        return;
    win_news *news = win_news_ink(w, words, points);
    if (!news)
        return;
    p->sent_words = w->words;
    p->sent_points = w->ink->count;
    tell(p, news);
}

/* ---- networks and hands ---------------------------------------------------------------------- */

static void drop_pen(win_penman *p)
{
    lh_pen_free(p->pen);
    win_free_clear(&p->free);
    p->pen = NULL;
}

static void drop_hand(win_penman *p)
{
    drop_pen(p);
    lh_writer_free(p->writer);
    free(p->learnt);
    p->writer = NULL;
    p->learnt = NULL;
}

static lh_model *load(const char *path, lh_purpose purpose, lh_error *error)
{
    lh_model *model = lh_model_load(path, error);
    if (!model)
        return NULL;
    const lh_purpose found = lh_purpose_of(lh_network_architecture(model->network));
    if (found == purpose)
        return model;
    lh_model_free(model);
    lh_fail(error, LH_ERROR_ARGUMENT, "%s: this network %s; here is needed one that %s", path,
            lh_purpose_words(found), lh_purpose_words(purpose));
    return NULL;
}

static lh_status take_model(win_penman *p, lh_error *error)
{
    lh_model *model = load(p->tried.path, LH_FOR_TEXT, error);
    if (!model)
        return error->status;
    drop_hand(p);
    lh_model_free(p->model);
    p->model = model;
    win_news *news = win_news_new(WIN_NEWS_MODEL);
    if (news)
        news->alphabet = model->alphabet;
    tell(p, news);
    return LH_OK;
}

static lh_status take_free_model(win_penman *p, lh_error *error)
{
    lh_model *model = load(p->free_tried.path, LH_FOR_INK, error);
    if (!model)
        return error->status;
    win_free_clear(&p->free);
    lh_model_free(p->free_model);
    p->free_model = model;
    return LH_OK;
}

/* The reader, which is loaded when it is first needed; without one nothing is read over. */
static const lh_reader *reader_of(win_penman *p)
{
    lh_error ignored;
    if (!p->reader_tried && p->now.reader)
        p->reader = lh_reader_load(p->now.reader, &ignored);
    p->reader_tried = true;
    return p->reader;
}

static lh_write_options options_of(const win_order *order)
{
    lh_write_options options = lh_write_defaults;
    options.bias = order->bias;
    options.seed = order->seed;
    options.threads = 1;
    options.keep = LH_KEEP_OUTPUT | LH_KEEP_WINDOW | LH_KEEP_CELLS | LH_KEEP_GATES;
    return options;
}

static lh_writer *new_writer(win_penman *p, const char *style, const lh_write_options *options,
                             lh_error *error)
{
    lh_error ignored; /* what cannot be read is no hand */
    if (!style)
        lh_hand_pool_read(&p->pool, p->now.hands, &ignored);
    return win_writer_new(p->model, style, &p->pool, options, error);
}

static lh_status make_writer(win_penman *p, const lh_write_options *options, lh_error *error)
{
    drop_hand(p);
    p->writer = new_writer(p, p->now.style, options, error);
    if (!p->writer)
        return error->status;
    p->learnt = p->now.style ? strdup(p->now.style) : NULL;
    p->learnt_turn = p->now.style_turn;
    return LH_OK;
}

/* A style that was learnt does for every bias and seed; a hand that the network finds is of both.
 */
static lh_status take_hand(win_penman *p, lh_error *error)
{
    drop_pen(p);
    lh_write_options options = options_of(&p->now);
    const bool learnt = p->learnt && !win_order_text_differs(p->learnt, p->now.style) &&
                        p->learnt_turn == p->now.style_turn;
    lh_status status = learnt ? LH_OK : make_writer(p, &options, error);
    if (status == LH_OK && !(p->pen = lh_pen_new(p->writer, &options, 0, error)))
        status = error->status;
    return status;
}

/* ---- writing a text -------------------------------------------------------------------------- */

/* Makes the first `length` bytes of `text` the pen's. */
static lh_status give_text(win_penman *p, const char *text, size_t length, lh_error *error)
{
    char *first = strndup(text, length);
    lh_status status =
        first ? lh_pen_set_text(p->pen, first, error) : lh_fail_memory(error, "a text");
    free(first);
    if (status == LH_OK && (p->now.finished || text[length]))
        lh_pen_finish(p->pen);
    return status;
}

static lh_status write_text(win_penman *p, const win_order *order, bool fresh, lh_error *error)
{
    bool hand = !p->pen || p->now.mode != order->mode || p->now.bias != order->bias ||
                p->now.seed != order->seed || p->now.style_turn != order->style_turn ||
                win_order_text_differs(p->now.style, order->style);
    lh_status status = LH_OK;
    if (fresh && !win_order_copy(&p->now, order))
        return lh_fail_memory(error, "a text");
    if (!p->model)
        return LH_OK;
    const char *text = p->now.text ? p->now.text : "";
    if (fresh && hand) {
        status = take_hand(p, error);
        tell_nothing_stands(p);
    }
    if (status != LH_OK || !p->pen)
        return status;
    if (lh_pen_written(p->pen)->words == 0 && text[win_first_piece(text)]) {
        status = give_text(p, text, win_first_piece(text), error);
    } else if (fresh || !lh_pen_behind(p->pen)) {
        if (lh_pen_written(p->pen)->words > 0) /* the first words are to be there at once */
            lh_pen_proofread(p->pen, reader_of(p));
        status = give_text(p, text, strlen(text), error);
    }
    tell_ink(p, lh_pen_written(p->pen)); /* what was taken back */
    if (status == LH_OK)
        status = lh_pen_write(p->pen, error);
    if (status == LH_OK) {
        tell_ink(p, lh_pen_written(p->pen));
        lh_pen_forget(p->pen);
    }
    return status;
}

/* ---- writing of no text, and going on from drawn ink ------------------------------------------
 */

static lh_status write_freely(win_penman *p, const win_order *order, bool fresh, lh_error *error)
{
    bool anew = p->now.mode != order->mode || p->now.bias != order->bias ||
                p->now.seed != order->seed || p->free.ink.count == 0 ||
                p->free.ink.count > FREE_SHEET;
    if (fresh && !win_order_copy(&p->now, order))
        return lh_fail_memory(error, "an order");
    if (!p->free_model)
        return lh_fail(error, LH_ERROR_ARGUMENT,
                       "Writing of no text needs a prediction network, and none is installed. "
                       "Drop a model file on the window, or name one with --prediction.");
    if (anew) {
        uint64_t piece = p->free.ink.count > FREE_SHEET ? p->free.piece : 0;
        win_free_clear(&p->free);
        p->free.piece = piece;
        tell_nothing_stands(p);
    }
    lh_write_options options = options_of(&p->now);
    lh_status status = win_free_write(&p->free, p->free_model, &options, error);
    if (status == LH_OK)
        tell_ink(p, &p->free.shown);
    return status;
}

/* The network that goes on from the drawn ink; NULL: none can. With the text of the ink it is the
 * one that writes texts, unless there is so much ink that following it would take too long. */
static const lh_model *model_of_ways(const win_penman *p)
{
    bool text = p->now.text && *p->now.text;
    if (p->model && text && (p->now.drawn.count <= FOLLOWED_MAX || !p->free_model))
        return p->now.drawn.count <= FOLLOWED_MAX ? p->model : NULL;
    return p->free_model;
}

/* Tells also what the drawn ink says, once a stroke is whole. */
static void tell_ways(win_penman *p, lh_written *const *way, size_t count)
{
    win_news *news = win_news_ways(way, count, &p->now);
    if (news && !p->now.down)
        win_reading_find(&news->reading, &p->rows, reader_of(p), &p->now.drawn);
    tell(p, news);
}

/* Takes back what was told of drawn ink. */
static void tell_nothing_more(win_penman *p)
{
    if (p->sent_points > 0)
        tell_nothing_stands(p);
}

/* Tells what the network does while it follows the drawn ink. What it cannot follow it shows
 * nothing of. */
static void tell_followed(win_penman *p, const lh_model *model, const lh_ink *ink)
{
    lh_error ignored;
    lh_write_options options = options_of(&p->now);
    win_news *news =
        win_followed_news(model, ink, model == p->model ? p->now.text : NULL, &options, &ignored);
    if (!news) {
        tell_nothing_more(p);
        return;
    }
    p->sent_words = news->words;
    p->sent_points = news->points;
    tell(p, news);
}

static lh_status find_ways(win_penman *p, const win_order *order, lh_error *error)
{
    if (p->now.mode != order->mode)
        tell_nothing_stands(p);
    if (!win_order_copy(&p->now, order))
        return lh_fail_memory(error, "an order");
    const lh_model *model = model_of_ways(p);
    if (!model || p->now.drawn.count == 0) {
        tell_nothing_more(p);
        tell_ways(p, NULL, 0);
        return LH_OK;
    }
    lh_written *way[WIN_WAYS];
    lh_write_options options = options_of(&p->now);
    options.keep = 0;
    lh_ink *ink = win_followed_ink(&p->now, model == p->free_model ? FREE_FOLLOWED : 0, error);
    if (!ink)
        return error->status;
    lh_status status = lh_complete(model, ink, model == p->model ? p->now.text : NULL, &options,
                                   WAY_POINTS, WIN_WAYS, way, error);
    if (status == LH_OK && p->now.views)
        tell_followed(p, model, ink);
    else
        tell_nothing_more(p);
    lh_ink_free(ink);
    if (status != LH_OK)
        return status;
    tell_ways(p, way, WIN_WAYS);
    for (int i = 0; i < WIN_WAYS; i++)
        lh_written_free(way[i]);
    return LH_OK;
}

/* ---- orders ---------------------------------------------------------------------------------- */

/* Is this a file that has not been tried yet? Then it is from now on. */
static bool is_new(tried *last, const char *path, unsigned turn)
{
    if (!path || (last->turn == turn && !win_order_text_differs(last->path, path)))
        return false;
    char *copy = strdup(path);
    if (!copy)
        return false;
    free(last->path);
    *last = (tried){copy, turn};
    return true;
}

/* Loads what the order names, needs, and is not loaded: writing of a text is not to wait for the
 * network that writes without one. */
static lh_status take_models(win_penman *p, const win_order *order, lh_error *error)
{
    bool model = is_new(&p->tried, order->model, order->model_turn);
    bool other = order->mode != WIN_MODE_WRITE &&
                 is_new(&p->free_tried, order->free_model, order->free_turn);
    if (model || other)
        p->now.mode = -1; /* all is written anew */
    p->fault = WIN_FAULT_MODEL;
    lh_status status = model ? take_model(p, error) : LH_OK;
    if (!other)
        return status;
    if (status != LH_OK)
        tell(p, win_news_fault(WIN_FAULT_MODEL, error));
    p->fault = WIN_FAULT_FREE_MODEL;
    return take_free_model(p, error);
}

static lh_status work(win_penman *p, const win_order *order, bool fresh, lh_error *error)
{
    lh_status status = fresh ? take_models(p, order, error) : LH_OK;
    if (status != LH_OK)
        return status;
    p->fault = WIN_FAULT_OTHER;
    if (order->mode == WIN_MODE_FREE)
        return write_freely(p, order, fresh, error);
    if (order->mode == WIN_MODE_DRAW)
        return find_ways(p, order, error);
    return write_text(p, order, fresh, error);
}

bool win_penman_write(win_penman *p, const win_order *order, bool fresh)
{
    lh_error error;
    lh_status status = work(p, order, fresh, &error);
    if (status != LH_OK)
        tell(p, win_news_fault(p->fault, &error));
    return status == LH_OK;
}

bool win_penman_wants_ink(const win_penman *p, size_t shown)
{
    if (p->now.mode == WIN_MODE_DRAW || p->sent_points >= shown + AHEAD)
        return false;
    if (p->now.mode == WIN_MODE_FREE)
        return p->free_model && (p->sent_points <= FREE_SHEET || shown >= p->sent_points);
    if (!p->pen)
        return false;
    const char *text = p->now.text ? p->now.text : "";
    return lh_pen_behind(p->pen) ||
           (text[win_first_piece(text)] && lh_pen_written(p->pen)->words > 0 &&
            strlen(lh_pen_text(p->pen)) <= win_first_piece(text));
}

/* ---- samples --------------------------------------------------------------------------------- */

bool win_penman_can_sample(const win_penman *p)
{
    return p->model != NULL;
}

/* Tells a sample as it was kept; false: it was not. */
static bool tell_kept(win_penman *p, const win_sample *sample, const char *path)
{
    lh_ink *ink = win_kept_word_read(path);
    if (ink)
        tell(p, win_news_sample(sample, ink));
    lh_ink_free(ink);
    return ink != NULL;
}

static void write_sample(win_penman *p, const win_sample *sample, const lh_write_options *options,
                         const char *kept)
{
    lh_error ignored; /* what cannot be written is not shown */
    lh_writer *writer = new_writer(p, sample->style, options, &ignored);
    lh_pen *pen = writer ? lh_pen_new(writer, options, 0, &ignored) : NULL;
    bool written = pen && win_write_whole(pen, reader_of(p), sample->text, &ignored) == LH_OK;
    if (written && kept)
        win_kept_word_write(kept, lh_pen_written(pen)->ink);
    tell(p, win_news_sample(sample, written ? lh_pen_written(pen)->ink : NULL));
    lh_pen_free(pen);
    lh_writer_free(writer);
}

void win_penman_sample(win_penman *p, const win_sample *sample)
{
    lh_write_options options = lh_write_defaults;
    options.bias = sample->bias;
    options.seed = sample->seed;
    options.threads = 1;
    bool keeps = sample->slot >= WIN_SLOT_HANDS && sample->style;
    char *kept =
        keeps ? win_kept_word_path(p->model, sample->style, p->now.reader, &options, sample->text)
              : NULL;
    if (!kept || !tell_kept(p, sample, kept))
        write_sample(p, sample, &options, kept);
    free(kept);
}

/* ---- making one ------------------------------------------------------------------------------ */

win_penman *win_penman_new(void (*post)(void *to, win_news *news), void *to, lh_error *error)
{
    win_penman *p = calloc(1, sizeof *p);
    if (!p) {
        lh_fail_memory(error, "a penman");
        return NULL;
    }
    p->post = post;
    p->to = to;
    p->now.mode = -1;
    return p;
}

void win_penman_free(win_penman *p)
{
    if (!p)
        return;
    drop_hand(p);
    lh_model_free(p->model);
    lh_model_free(p->free_model);
    lh_reader_free(p->reader);
    win_rows_read_clear(&p->rows);
    lh_hand_pool_clear(&p->pool);
    free(p->tried.path);
    free(p->free_tried.path);
    win_order_clear(&p->now);
    free(p);
}
