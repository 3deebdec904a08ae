/* What is kept of each step of the network, beside the ink: outputs, window, cells and gates. */
#include "check.h"
#include "write_line.h"
#include "write_model.h"

#include <math.h>

static void what_is_kept_of_each_step_is_what_was_asked_for(void **state)
{
    (void)state;
    lh_model *model = write_model_new(&write_model_plain);
    lh_writer *writer = new_writer(model, NULL);
    lh_write_options options = lh_write_defaults;
    lh_written *written = write_one(writer, &options, "words here");
    assert_null(written->output);
    assert_null(written->window);
    assert_null(written->gate);
    options.keep = LH_KEEP_OUTPUT | LH_KEEP_WINDOW;
    lh_written *kept = write_one(writer, &options, "words here");
    assert_same_ink(written->ink, kept->ink);
    assert_int_equal(kept->mixtures, 2);
    assert_int_equal(kept->trace[0].component, -1);
    assert_true(kept->ink->count > 100);
    for (size_t i = 1; i < kept->ink->count; i++) {
        lh_mixture mixture;
        lh_pen_mixture(kept->output + 13 * i, kept->mixtures, kept->bias, kept->trace[i].rested,
                       &mixture);
        assert_true(fabs(mixture.mu_x[0] - 0.5) < 1e-6);
        assert_true(fabs(mixture.end - (double)kept->trace[i].end) < 1e-6);
        assert_int_equal(kept->trace[i].component, 0);
        const lh_window_view *view = &kept->window[i];
        int heaviest = 0;
        for (int u = 0; u < LH_WINDOW_SPAN; u++)
            if (view->phi[u] > view->phi[heaviest])
                heaviest = u;
        int on = view->first + heaviest;
        assert_int_equal(on < 9 ? on : 9, kept->trace[i].character);
    }
    lh_written_free(kept);
    lh_written_free(written);
    lh_writer_free(writer);
    lh_model_free(model);
}

static void cells_and_gates_are_kept_of_every_layer(void **state)
{
    (void)state;
    lh_model *model = write_model_new(&write_model_plain);
    lh_writer *writer = new_writer(model, NULL);
    lh_write_options options = lh_write_defaults;
    options.keep = LH_KEEP_CELLS | LH_KEEP_WINDOW | LH_KEEP_GATES;
    lh_written *w = write_one(writer, &options, "a b");
    assert_null(w->output);
    assert_int_equal(w->layers, 2);
    assert_int_equal(w->cells, 8);
    assert_int_equal(w->windows, 1);
    size_t blanks = 0;
    for (size_t i = 1; i < w->ink->count; i++) {
        /* Cell 0 of layer 2 is 1 on a blank, so it gives tanh(1) = 0.76 there; it forgets all: of
         * eight forget gates one is shut, of the input and output gates one each is open. */
        const int8_t *layer2 = w->cell + (i * 2 + 1) * 8;
        bool on_blank = w->trace[i].place > 0.8f && w->trace[i].place < 1.2f;
        blanks += on_blank;
        if (on_blank)
            assert_in_range(layer2[0], 80, 97);
        assert_int_equal(layer2[1], 0);
        const lh_saturation *s = &w->saturation[i * 2 + 1];
        assert_true(s->shut[1] == 0.125f && s->open[0] == 0.125f && s->open[2] == 0.125f);
        /* The gates themselves, of that cell and of one that does nothing; h = o tanh c. */
        const int8_t *gate = w->gate + (i * 2 + 1) * (LH_GATE_COUNT + 1) * 8;
        assert_true(gate[0] > 114 && gate[8] < 13 && gate[16] > 114);
        assert_true(gate[1] > 13 && gate[1] < 114);
        for (int k = 0; k < 8; k++)
            assert_true(fabs(layer2[k] / 127.0 - gate[16 + k] / 127.0 * gate[24 + k] / 127.0) <
                        0.012);
        if (on_blank)
            assert_true(fabsf(w->kappa[i] - w->trace[i].place) < 0.1f);
    }
    assert_true(blanks > 0);
    assert_null(w->output);
    lh_written_free(w);
    lh_writer_free(writer);
    lh_model_free(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_kept_of_each_step_is_what_was_asked_for),
        cmocka_unit_test(cells_and_gates_are_kept_of_every_layer),
    };
    return cmocka_run_group_tests_name("write_kept", tests, NULL, NULL);
}
