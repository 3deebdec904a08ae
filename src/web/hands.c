/* The hands that the page has: ink and its text, .hand files, and hands of nobody. A function that
 * can fail returns 0, as in bindings.c. */
#include "web.h"

#include "write/hand.h"
#include "write/hand_pool.h"

#include <emscripten.h>
#include <stdlib.h>
#include <string.h>

static int place_of_hand(const web *w, const char *name)
{
    for (int i = 0; i < w->hands; i++)
        if (strcmp(w->hand[i]->name, name) == 0)
            return i;
    return w->hands;
}

/* The style is the web's from now on, and one of the same name goes. */
static int keep_hand(web *w, lh_style *style)
{
    const int at = style ? place_of_hand(w, style->name) : 0;
    if (style && at == WEB_HANDS_MAX) {
        lh_fail(&w->error, LH_ERROR_ARGUMENT, "there are %d hands, and no more can be taken",
                WEB_HANDS_MAX);
        lh_style_free(style);
        style = NULL;
    }
    if (!style)
        return 0;
    web_drop_desk(w);
    if (at < w->hands)
        lh_style_free(w->hand[at]);
    w->hand[at] = style;
    w->hands += at == w->hands;
    return 1;
}

EMSCRIPTEN_KEEPALIVE int web_has_hand(const web *w, const char *name)
{
    return place_of_hand(w, name) < w->hands;
}

/* The visitor has it no more, or under another name; what is written in it stays. */
EMSCRIPTEN_KEEPALIVE void web_drop_hand(web *w, const char *name)
{
    const int at = place_of_hand(w, name);
    if (at == w->hands)
        return;
    lh_style_free(w->hand[at]);
    w->hand[at] = w->hand[--w->hands];
}

/* A style of its own, and called so; `hand` may be NULL. */
static lh_style *copy_style(const char *name, const lh_ink *ink, const char *text,
                            const lh_hand *hand, lh_error *error)
{
    lh_style *style = lh_style_new(name, ink, text, error);
    if (style && hand && !(style->hand = lh_hand_copy(hand, error))) {
        lh_style_free(style);
        return NULL;
    }
    return style;
}

lh_style *web_find_hand(void *user, const char *name, lh_error *error)
{
    const web *w = user;
    const int at = place_of_hand(w, name);
    if (at < w->hands)
        return copy_style(name, w->hand[at]->ink, w->hand[at]->text, w->hand[at]->hand, error);
    lh_fail(error, LH_ERROR_ARGUMENT, "no hand '%.80s' is here", name);
    return NULL;
}

/* ---- ink --------------------------------------------------------------------------------------
 */

/* Ink of points [count][4]: x, y, seconds, and 1 where a stroke ends. NULL on failure. */
static lh_ink *ink_of(const float *points, int count, lh_error *error)
{
    lh_ink *ink = lh_ink_new(error);
    lh_status status = ink ? LH_OK : error->status;
    for (int i = 0; i < count && status == LH_OK; i++) {
        const float *p = points + 4 * i;
        status = lh_ink_add(ink, (lh_point){p[0], p[1], p[2], p[3] > 0.5f}, error);
    }
    if (status == LH_OK)
        return ink;
    lh_ink_free(ink);
    return NULL;
}

/* A hand to write in: ink of `text` as `points` [count][4] of x, y, seconds, and 1 where a stroke
 * ends. One of the same name goes. */
EMSCRIPTEN_KEEPALIVE int web_take_hand(web *w, const char *name, const char *text,
                                       const float *points, int count)
{
    lh_ink *ink = ink_of(points, count, &w->error);
    lh_style *style = ink ? lh_style_new(name, ink, text, &w->error) : NULL;
    lh_ink_free(ink);
    return keep_hand(w, style);
}

/* ---- .hand files ------------------------------------------------------------------------------
 */

/* Can the network that is here write in it? */
static lh_status check_network(const lh_style *style, const char *path, const lh_model *model,
                               lh_error *error)
{
    lh_error why;
    lh_adaptation *fits = lh_hand_adaptation(style->hand, model, &why);
    const lh_status status = fits ? LH_OK : lh_fail(error, why.status, "%s: %s", path, why.message);
    lh_adaptation_free(fits);
    return status;
}

/* The hand of a .hand file, under another name; messages name the file. One of the same name goes.
 */
EMSCRIPTEN_KEEPALIVE int web_take_hand_file(web *w, const char *path, const char *name)
{
    if (!w->model || !lh_hand_is_file(path)) {
        lh_fail(&w->error, LH_ERROR_FORMAT,
                "%s: is no .hand file, as longhand hand and longhand-window make them", path);
        return 0;
    }
    lh_style *read = lh_hand_read(path, NULL, &w->error), *style = NULL;
    if (read && check_network(read, path, w->model, &w->error) == LH_OK)
        style = copy_style(name, read->ink, read->text, read->hand, &w->error);
    lh_style_free(read);
    return keep_hand(w, style);
}

/* ---- hands of nobody --------------------------------------------------------------------------
 */

/* Draws from how the hands vary whose names stand in `names`, a row each, as the program does from
 * those that are installed. Of one or none there is nothing to draw: NULL, and no error. */
static lh_hand *draw_hand(const web *w, const char *names, uint64_t seed, lh_error *error)
{
    lh_hand_pool pool = {0}; /* of hands that stay the web's */
    for (size_t length; *names; names += length + (names[length] != 0)) {
        length = strcspn(names, "\n");
        for (int i = 0; i < w->hands && pool.count < LH_HAND_POOL_MAX; i++)
            if (w->hand[i]->hand && strlen(w->hand[i]->name) == length &&
                strncmp(w->hand[i]->name, names, length) == 0)
                pool.hand[pool.count++] = w->hand[i]->hand;
    }
    return lh_hand_pool_draw(&pool, lh_network_fingerprint(w->model->network), seed, error);
}

/* A line that the network writes in the hand, or in one that it finds by itself. */
static lh_written *write_sample(const web *w, const lh_hand *hand, uint64_t seed, lh_error *error)
{
    static const char words[] = "a quiet walk in the morning";
    lh_write_options options = lh_write_defaults;
    options.seed = seed;
    options.threads = 1;
    options.reader = w->reader;
    lh_writer *writer =
        hand ? lh_writer_in_hand(w->model, hand, error) : lh_writer_new(w->model, NULL, error);
    lh_written *written = writer ? lh_write_text(writer, &options, words, error) : NULL;
    lh_writer_free(writer);
    return written;
}

/* A hand of nobody, another for each seed: drawn from those in `names` (draw_hand), in which the
 * network writes a line, which it then follows as that of any other hand. So the text may change
 * while the hand holds; the program finds what the drawn numbers leave open by the text's first
 * words instead. */
EMSCRIPTEN_KEEPALIVE int web_draw_own(web *w, const char *name, const char *names, double seed)
{
    if (!w->model) {
        lh_fail(&w->error, LH_ERROR_ARGUMENT, "no network is here that could write");
        return 0;
    }
    w->error.status = LH_OK;
    lh_hand *hand = draw_hand(w, names, (uint64_t)seed, &w->error);
    lh_written *line =
        w->error.status == LH_OK ? write_sample(w, hand, (uint64_t)seed, &w->error) : NULL;
    lh_style *style = line ? copy_style(name, line->ink, line->text, hand, &w->error) : NULL;
    lh_written_free(line);
    lh_hand_free(hand);
    return keep_hand(w, style);
}
