/* Documents: see arguments_rooms.h. */
#include "arguments_rooms.h"

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
    REFUSES(lh_signs_parse(NULL, "a b", "x.txt", error));
    REFUSES(lh_signs_parse(signs, NULL, "x.txt", error));
    REFUSES(lh_signs_parse(signs, "a b", NULL, error));
    GIVES(NULL, lh_signs_find(NULL, 'a', &model->alphabet));
    GIVES(NULL, lh_signs_find(signs, 'a', NULL));
    MAKES_NOTHING(lh_table_read(NULL, error));
    MAKES_NOTHING(lh_table_parse(NULL, "x.csv", error));
    MAKES_NOTHING(lh_table_parse("a\n", NULL, error));
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
