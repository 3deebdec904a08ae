/* Texts that come and go while a crew writes: see errand.h. */
#include "errand.h"

#include "crew.h"
#include "writer.h"

#include <pthread.h>
#include <stdlib.h>

typedef struct errands {
    const lh_model *model;
    const lh_errand_source *source;
    pthread_mutex_t mutex; /* for the list, and for what errands count */
    lh_errand *first;      /* those with pieces to give, in the order in which they came */
    size_t count;          /* that have come */
} errands;

/* ---- pieces -----------------------------------------------------------------------------------
 */

/* A text without a hand finds one by its first piece; those after it wait for that. */
static size_t count_pieces(const lh_errand *e)
{
    bool first_only = e->finds_hand || !e->line.start->state;
    size_t pieces = 0;
    for (size_t at = e->next; at < e->words.count && !(first_only && pieces > 0); pieces++)
        at = lh_words_cut(&e->words, at) + 1;
    return pieces;
}

/* Makes clerks for the pieces that can be written now. */
static lh_status make_pieces(lh_errand *e, lh_error *error)
{
    size_t wanted = count_pieces(e);
    lh_status status = LH_OK;
    e->pieces = e->given = 0;
    e->piece = calloc(wanted + 1, sizeof *e->piece);
    if (!e->piece)
        return lh_fail_memory(error, "pieces of text");
    while (e->pieces < wanted && status == LH_OK) {
        lh_piece *piece = &e->piece[e->pieces];
        size_t end = lh_words_cut(&e->words, e->next);
        piece->errand = e;
        status = lh_line_clerk(&e->line, &piece->clerk, &e->words, e->next, end, error);
        e->pieces += status == LH_OK;
        e->next = end + 1;
    }
    e->left = e->pieces;
    return status;
}

static void drop_pieces(lh_errand *e)
{
    for (size_t i = 0; i < e->pieces; i++)
        lh_clerk_clear(&e->piece[i].clerk);
    free(e->piece);
    e->piece = NULL;
    e->pieces = e->given = e->left = 0;
}

/* Sets the ink of all pieces on the line. */
static lh_status take_pieces(lh_errand *e, lh_error *error)
{
    lh_status status = LH_OK;
    for (size_t i = 0; i < e->pieces && status == LH_OK; i++)
        status = lh_line_take(&e->line, &e->piece[i].clerk, &e->words, error);
    drop_pieces(e);
    return status;
}

lh_status lh_errands_check(const lh_write_options *options, lh_error *error)
{
    if (!(options->bias >= 0) || options->tries < 0 || options->tries > 200 || options->rows < 1 ||
        options->threads < 0)
        return lh_fail(error, LH_ERROR_ARGUMENT,
                       "options to write with: bias >= 0, tries from 0 to 200, rows >= 1, "
                       "threads >= 0 are needed");
    return LH_OK;
}

/* ---- errands ----------------------------------------------------------------------------------
 */

static lh_status begin(lh_errand *e, const lh_model *model, lh_error *error)
{
    const lh_text *t = &e->text;
    e->none = (lh_start){.adaptation = t->writer->adaptation};
    lh_line_init(&e->line, model, t->options, e->finds_hand ? &e->none : &t->writer->start,
                 t->index);
    lh_status status = lh_errands_check(t->options, error);
    if (status == LH_OK)
        status = lh_words_read(&e->words, &model->alphabet, t->text, error);
    if (status == LH_OK && e->words.count == 0)
        status = lh_fail(error, LH_ERROR_ARGUMENT, "the text is empty");
    return status == LH_OK ? make_pieces(e, error) : status;
}

static lh_status finish(lh_errand *e, lh_error *error)
{
    if (!e->finds_hand) {
        e->written = lh_line_finish(&e->line, e->words.text, error);
        if (!e->written)
            return error->status;
    }
    return LH_OK;
}

void lh_errand_clear(lh_errand *e)
{
    drop_pieces(e);
    lh_words_clear(&e->words);
    lh_line_clear(&e->line);
    lh_written_free(e->written);
    e->written = NULL;
}

void lh_errand_teach(lh_errand *e, lh_writer *writer)
{
    lh_start_clear(&writer->start);
    writer->start = e->line.own;
    e->line.own = (lh_start){0};
}

/* ---- what the crew asks for -------------------------------------------------------------------
 */

static void line_up(errands *all, lh_errand *e)
{
    pthread_mutex_lock(&all->mutex);
    lh_errand **at = &all->first;
    while (*at && (*at)->number < e->number)
        at = &(*at)->behind;
    e->behind = *at;
    *at = e;
    pthread_mutex_unlock(&all->mutex);
}

/* A piece of the errand that came first among those that have one; NULL: none has. */
static lh_clerk *give_piece(errands *all)
{
    pthread_mutex_lock(&all->mutex);
    lh_errand *e = all->first;
    lh_clerk *clerk = e ? &e->piece[e->given++].clerk : NULL;
    if (e && e->given == e->pieces)
        all->first = e->behind;
    pthread_mutex_unlock(&all->mutex);
    return clerk;
}

static lh_status next_clerk(void *user, lh_clerk **clerk, lh_error *error)
{
    errands *all = user;
    *clerk = give_piece(all);
    if (*clerk)
        return LH_OK;
    lh_errand *e = NULL;
    lh_status status = all->source->next(all->source->user, &e, error);
    if (status != LH_OK || !e)
        return status;
    e->number = all->count++;
    status = begin(e, all->model, error);
    if (status != LH_OK)
        return status;
    line_up(all, e);
    *clerk = give_piece(all);
    return LH_OK;
}

/* The last clerk of an errand sets the ink of all, and then there may be more to write. */
static lh_status clerk_done(void *user, lh_clerk *clerk, lh_error *error)
{
    errands *all = user;
    lh_errand *e = ((lh_piece *)clerk)->errand;
    pthread_mutex_lock(&all->mutex);
    bool last = --e->left == 0;
    pthread_mutex_unlock(&all->mutex);
    if (!last)
        return LH_OK;
    lh_status status = take_pieces(e, error);
    if (status != LH_OK)
        return status;
    if (!e->finds_hand && e->next < e->words.count) {
        status = make_pieces(e, error);
        if (status == LH_OK)
            line_up(all, e);
        return status;
    }
    status = finish(e, error);
    return status == LH_OK ? all->source->done(all->source->user, e, error) : status;
}

lh_status lh_errands_write(const lh_model *model, const lh_write_options *options,
                           const lh_errand_source *source, lh_error *error)
{
    errands all = {.model = model, .source = source};
    const lh_crew_source clerks = {next_clerk, clerk_done, &all};
    lh_status status = lh_errands_check(options, error);
    if (status != LH_OK)
        return status;
    pthread_mutex_init(&all.mutex, NULL);
    status = lh_crew_write(model, options, &clerks, error);
    pthread_mutex_destroy(&all.mutex);
    return status;
}
