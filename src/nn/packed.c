/* The store of packed weights: see packed.h. */
#include "packed.h"

#include "panels.h"

#include <stdlib.h>

lh_packed *lh_packed_new(void)
{
    lh_packed *p = calloc(1, sizeof *p);
    if (p && pthread_mutex_init(&p->lock, NULL) != 0) {
        free(p);
        return NULL;
    }
    return p;
}

static void free_layer(lh_packed *p, int layer)
{
    lh_pair_layer *pairs = &p->pairs[layer];
    lh_panels_free(&p->layer[layer].recurrent);
    lh_panels_free(&p->layer[layer].recurrent_transpose);
    lh_panels_free(&p->step_layer[layer].inputs);
    lh_panels_free(&p->step_layer[layer].recurrent);
    lh_pair_panels_free(&pairs->recurrent);
    lh_pair_panels_free(&pairs->recurrent_transpose);
    lh_pair_panels_free(&pairs->window);
    lh_pair_panels_free(&pairs->window_transpose);
    lh_pair_panels_free(&pairs->below);
    lh_pair_panels_free(&pairs->below_transpose);
}

void lh_packed_free(lh_packed *p)
{
    if (!p)
        return;
    for (int l = 0; l < LH_DIRECTED_LAYERS_MAX; l++)
        free_layer(p, l);
    lh_panels_free(&p->window_input);
    lh_panels_free(&p->window_input_transpose);
    lh_panels_free(&p->window);
    lh_panels_free(&p->window_transpose);
    lh_panels_free(&p->step_window);
    lh_panels_free(&p->step_output);
    pthread_mutex_destroy(&p->lock);
    free(p);
}

void lh_packed_spoil(lh_packed *p)
{
    p->layers_fresh = p->window_fresh = p->pairs_fresh = p->steps_fresh = false;
    p->fingerprint_fresh = false;
}
