/* What a page in a browser does without: modules that elsewhere bring XML, archives and drawings.
 */
#include "corpus/unpack.h"
#include "corpus/xml_readers.h"
#include "page/drawing.h"

static const void *refuse(const char *what, lh_error *error)
{
    lh_fail(error, LH_ERROR_ARGUMENT, "in a browser Longhand does without %s", what);
    return NULL;
}

const lh_drawing *lh_drawing_get(lh_error *error)
{
    return refuse("PDF, PNG and plots of its own", error);
}

const unpack *unpack_get(lh_error *error)
{
    return refuse("archives", error);
}

const xml_readers *xml_readers_get(lh_error *error)
{
    return refuse("recordings in XML", error);
}
