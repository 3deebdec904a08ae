/* IAM-OnDB line files as XML. */
#ifndef LONGHAND_CORPUS_IAM_XML_H
#define LONGHAND_CORPUS_IAM_XML_H

#include "iam.h"

/* iam_read_line, in the module. */
lh_ink *iam_xml_read(const char *data, size_t size, const char *name, char writer[IAM_WRITER],
                     lh_error *error);

#endif
