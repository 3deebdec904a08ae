/* make_model FILE: writes the small network of write_model.h as a model file, for tests that are
 * scripts. */
#include "write_model.h"

#include <stdio.h>

int main(int argc, char **argv)
{
    lh_error error = {.message = "needs the name of a file"};
    lh_model *model = argc == 2 ? write_model_new(&write_model_plain) : NULL;
    bool saved = model && lh_model_save(model, argv[1], LH_PRECISION_FLOAT32, &error) == LH_OK;
    if (!saved)
        fprintf(stderr, "make_model: %s\n", error.message);
    lh_model_free(model);
    return saved ? 0 : 1;
}
