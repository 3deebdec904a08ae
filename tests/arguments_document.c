/* Documents: see arguments_rooms.h. */
#include "arguments_rooms.h"

#include "document/table.h"

#include <math.h>

void signs_and_tables_refuse(void **state)
{
    (void)state;
    lh_signs *signs = lh_signs_new(NULL);
    arguments_note("lh_signs_new(error)");
    lh_table *table = lh_table_parse("a,b\n1,2\n", "x.csv", NULL);
    IGNORES(lh_signs_free(NULL));
    REFUSES(lh_signs_read(NULL, "x.txt", error));
    REFUSES(lh_signs_read(signs, NULL, error));
    MAKES_NOTHING(lh_table_read(NULL, error));
    IGNORES(lh_table_free(NULL));
    GIVES(NULL, lh_table_get(NULL, 1, "a"));
    GIVES(NULL, lh_table_get(table, 0, "a"));
    GIVES(NULL, lh_table_get(table, 2, "a"));
    GIVES(NULL, lh_table_get(table, 1, NULL));
    MAKES_NOTHING(lh_table_fill(NULL, 1, "{a}", error));
    MAKES_NOTHING(lh_table_fill(table, 2, "{a}", error));
    MAKES_NOTHING(lh_table_fill(table, 1, NULL, error));
    lh_table_free(table);
    lh_signs_free(signs);
}

void desks_refuse(void **state)
{
    (void)state;
    lh_document_options options = lh_document_defaults(), odd = options;
    lh_model hollow = {.network = NULL};
    lh_desk *desk = lh_desk_new(model, &options, NULL);
    lh_document_job job = {.text = "a"}, none = {.text = NULL};
    lh_error told;
    lh_align align;
    REFUSES(lh_align_parse(NULL, &align, error));
    REFUSES(lh_align_parse("left", NULL, error));
    REFUSES(lh_align_parse("", &align, error));
    MAKES_NOTHING(lh_desk_new(NULL, &options, error));
    MAKES_NOTHING(lh_desk_new(&hollow, &options, error));
    MAKES_NOTHING(lh_desk_new(model, NULL, error));
    odd.pen = NAN;
    MAKES_NOTHING(lh_desk_new(model, &odd, error));
    odd = options;
    odd.width = -1;
    MAKES_NOTHING(lh_desk_new(model, &odd, error));
    odd = options;
    odd.write.rows = 0;
    MAKES_NOTHING(lh_desk_new(model, &odd, error));
    IGNORES(lh_desk_free(NULL));
    REFUSES(lh_desk_write(NULL, &job, 1, error));
    REFUSES(lh_desk_write(desk, NULL, 1, error));
    assert_int_equal(lh_desk_write(desk, &none, 1, &told), LH_OK);
    assert_int_equal(none.error.status, LH_ERROR_ARGUMENT);
    lh_document_flow no_flow = {.user = NULL};
    REFUSES(lh_desk_write_all(NULL, &no_flow, error));
    REFUSES(lh_desk_write_all(desk, NULL, error));
    REFUSES(lh_desk_write_all(desk, &no_flow, error));
    MAKES_NOTHING(lh_desk_write_one(NULL, "a", 1, error));
    MAKES_NOTHING(lh_desk_write_one(desk, NULL, 1, error));
    IGNORES(lh_document_free(NULL));
    GIVES(0, lh_document_seed(1, NULL));
    lh_desk_free(desk);
}

void growing_documents_refuse(void **state)
{
    (void)state;
    lh_document_options options = lh_document_defaults();
    lh_desk *desk = lh_desk_new(model, &options, NULL);
    lh_growing *growing = lh_growing_new(desk, 1, NULL);
    MAKES_NOTHING(lh_growing_new(NULL, 1, error));
    IGNORES(lh_growing_free(NULL));
    REFUSES(lh_growing_set_text(NULL, "a", true, error));
    REFUSES(lh_growing_set_text(growing, NULL, true, error));
    REFUSES(lh_growing_write(NULL, error));
    GIVES(false, lh_growing_behind(NULL));
    GIVES(0, lh_growing_passages(NULL));
    GIVES(NULL, lh_growing_written(NULL, 0));
    GIVES(NULL, lh_growing_written(growing, 0));
    GIVES(0, lh_growing_row(NULL, 0));
    GIVES(0, lh_growing_row(growing, 0));
    GIVES(0, lh_growing_column(NULL, 0));
    GIVES(0, lh_growing_column(growing, 0));
    size_t count = 1;
    GIVES(NULL, lh_growing_places(NULL, 0, &count));
    GIVES(NULL, lh_growing_places(growing, 0, &count));
    assert_int_equal(count, 0);
    GIVES(NULL, lh_growing_places(growing, 0, NULL));
    IGNORES(lh_growing_forget(NULL));
    MAKES_NOTHING(lh_growing_lay_out(NULL, error));
    GIVES(0, lh_growing_line_of(NULL, 0).words);
    GIVES(0, lh_growing_line_of(growing, 0).words);
    lh_growing_free(growing);
    lh_desk_free(desk);
}

void sources_refuse(void **state)
{
    (void)state;
    const char *const paths[] = {"a.txt", NULL};
    lh_sources *sources = lh_sources_of_text("a", NULL);
    MAKES_NOTHING(lh_sources_of_files(NULL, 1, error));
    MAKES_NOTHING(lh_sources_of_files(paths, 0, error));
    MAKES_NOTHING(lh_sources_of_files(paths, 2, error));
    MAKES_NOTHING(lh_sources_of_table(NULL, NULL, error));
    MAKES_NOTHING(lh_sources_of_text(NULL, error));
    IGNORES(lh_sources_free(NULL));
    REFUSES(lh_sources_choose(NULL, "text", error));
    IGNORES(lh_sources_choose(sources, NULL, NULL));
    REFUSES(lh_sources_choose(sources, "nobody", error));
    IGNORES(lh_sources_take_missing(NULL, true));
    GIVES(0, lh_sources_count(NULL));
    GIVES(NULL, lh_sources_name(NULL, 0));
    GIVES(NULL, lh_sources_name(sources, 1));
    lh_sources_free(sources);
}

void batches_of_texts_refuse(void **state)
{
    (void)state;
    const lh_document_options document = lh_document_defaults();
    const lh_model hollow = {.network = NULL};
    lh_sources *sources = lh_sources_of_text("a", NULL);
    lh_batch_options options = lh_batch_defaults();
    lh_batch_report report;
    REFUSES(lh_batch_write(model, &document, sources, &options, &report, error)); /* no output */
    options.output = "-";
    REFUSES(lh_batch_write(NULL, &document, sources, &options, &report, error));
    REFUSES(lh_batch_write(&hollow, &document, sources, &options, &report, error));
    REFUSES(lh_batch_write(model, NULL, sources, &options, &report, error));
    REFUSES(lh_batch_write(model, &document, NULL, &options, &report, error));
    REFUSES(lh_batch_write(model, &document, sources, NULL, &report, error));
    lh_batch_options odd = options;
    odd.format = NULL;
    REFUSES(lh_batch_write(model, &document, sources, &odd, NULL, error));
    odd = options;
    odd.read_count = 1;
    REFUSES(lh_batch_write(model, &document, sources, &odd, &report, error));
    lh_sources_free(sources);
}
