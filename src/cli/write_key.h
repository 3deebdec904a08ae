/* What a document is made from, as one number: that by which --resume knows it again. */
#ifndef LONGHAND_CLI_WRITE_KEY_H
#define LONGHAND_CLI_WRITE_KEY_H

#include "write.h"

/* What all documents are made from: settings, the weights (lh_network_fingerprint), the model's
 * alphabet, the tables of signs. */
uint64_t write_key_of_run(const write_job *job, const lh_model *model, uint64_t fingerprint);
/* That, the text, and the ink and text of every style in it. */
uint64_t write_key_of_text(const write_job *job, const lh_model *model, uint64_t run,
                           const char *text);

#endif
