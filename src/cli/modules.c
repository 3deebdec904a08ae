/* What modules give. Elsewhere than in this program the functions here stand in the files that the
 * modules are made of. */
#include "corpus/unpack.h"
#include "corpus/xml_readers.h"
#include "document/accents.h"
#include "module_open.h"
#include "page/drawing.h"

const lh_accents *lh_accents_get(lh_error *error)
{
    return cli_module_open("longhand-accents.so", error);
}

const lh_drawing *lh_drawing_get(lh_error *error)
{
    return cli_module_open("longhand-drawing.so", error);
}

const unpack *unpack_get(lh_error *error)
{
    return cli_module_open("longhand-unpack.so", error);
}

const xml_readers *xml_readers_get(lh_error *error)
{
    return cli_module_open("longhand-xml.so", error);
}
