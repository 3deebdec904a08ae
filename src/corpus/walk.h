/* A walk through a folder or an archive. */
#ifndef LONGHAND_CORPUS_WALK_H
#define LONGHAND_CORPUS_WALK_H

#include "source.h"

/* Walks a folder or an archive: tar and zip, in what compressions unpack.c reads itself. What is no
 * such archive is an error, and so is a walk beyond the budget; a file of an archive that cannot be
 * read is visited and says so. Files whose names start with a dot are passed over. */
lh_status source_walk(const char *path, source_budget *budget, source_visit *visit, void *user,
                      lh_error *error);

#endif
