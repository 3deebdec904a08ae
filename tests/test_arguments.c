/* Every public function with arguments that cannot be: none crashes, and what can fail says why.
 * arguments.h tells how it is noticed that a function, or an argument of one, was left out; which
 * is why all rooms are one program, of a file each: arguments_NAME.c. */
#include "arguments_rooms.h"

#include "tiny_corpus.h"
#include "write_model.h"

#include <stdlib.h>

char *folder;
lh_corpus *corpus;
lh_model *model, *prediction;
lh_ink *ink;
lh_style *style;
lh_writer *writer;
lh_written *written;
lh_page *page;
FILE *stream;
const lh_write_options *const plain = &lh_write_defaults;

static int set_up(void **state)
{
    (void)state;
    folder = tiny_folder();
    corpus = tiny_corpus(folder, 4, 2, 1);
    model = write_model_new(&write_model_plain);
    prediction = write_model_prediction();
    ink = write_model_ink(20);
    style = lh_style_new("style", ink, "a b", NULL);
    writer = lh_writer_new(model, style, NULL);
    lh_write_options options = lh_write_defaults;
    options.tries = 0;
    options.keep = LH_KEEP_OUTPUT;
    written = lh_write_text(writer, &options, "ab", NULL);
    page = lh_page_new(&lh_paper_default, NULL);
    stream = fopen("/dev/null", "w");
    return !(written && page && stream &&
             lh_page_add_line(page, ink, "ab", (lh_placing){1, 1, 1, 0}, NULL) == LH_OK);
}

static int tear_down(void **state)
{
    (void)state;
    fclose(stream);
    lh_page_free(page);
    lh_written_free(written);
    lh_writer_free(writer);
    lh_style_free(style);
    lh_ink_free(ink);
    lh_model_free(prediction);
    lh_model_free(model);
    lh_corpus_free(corpus);
    tiny_remove(folder);
    return 0;
}

static void every_function_and_argument_was_tried(void **state)
{
    (void)state;
    arguments_check_all();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(base_refuses),
        cmocka_unit_test(files_refuse),
        cmocka_unit_test(ink_refuses),
        cmocka_unit_test(corpus_refuses),
        cmocka_unit_test(networks_refuse),
        cmocka_unit_test(batches_refuse),
        cmocka_unit_test(states_refuse),
        cmocka_unit_test(mixtures_refuse),
        cmocka_unit_test(optimisers_refuse),
        cmocka_unit_test(model_files_refuse),
        cmocka_unit_test(adaptations_refuse),
        cmocka_unit_test(hands_refuse),
        cmocka_unit_test(tasks_refuse),
        cmocka_unit_test(texts_refuse),
        cmocka_unit_test(learning_refuses),
        cmocka_unit_test(datasets_refuse),
        cmocka_unit_test(training_refuses),
        cmocka_unit_test(ranks_refuse),
        cmocka_unit_test(logs_refuse),
        cmocka_unit_test(reading_refuses),
        cmocka_unit_test(styles_refuse),
        cmocka_unit_test(writing_refuses),
        cmocka_unit_test(what_was_written_refuses),
        cmocka_unit_test(sampling_refuses),
        cmocka_unit_test(pens_refuse),
        cmocka_unit_test(paper_refuses),
        cmocka_unit_test(pages_refuse),
        cmocka_unit_test(pictures_refuse),
        cmocka_unit_test(machines_refuse),
        cmocka_unit_test(signs_and_tables_refuse),
        cmocka_unit_test(desks_refuse),
        cmocka_unit_test(growing_documents_refuse),
        cmocka_unit_test(sources_refuse),
        cmocka_unit_test(batches_of_texts_refuse),
        cmocka_unit_test(every_function_and_argument_was_tried),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
