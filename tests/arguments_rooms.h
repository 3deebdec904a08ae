/* The cases of test_arguments.c, a file for one room or two, and what is good of what their calls
 * are given. */
#ifndef LONGHAND_TESTS_ARGUMENTS_ROOMS_H
#define LONGHAND_TESTS_ARGUMENTS_ROOMS_H

#include "arguments.h"

extern char *folder;
extern lh_corpus *corpus; /* that lies there; of six lines */
extern lh_model *model, *prediction;
extern lh_ink *ink;
extern lh_style *style;
extern lh_writer *writer;
extern lh_written *written; /* "ab", with outputs kept */
extern lh_page *page;       /* with a line of `ink` */
extern FILE *stream;        /* where all goes nowhere */
extern const lh_write_options *const plain;

/* arguments_base.c */
void base_refuses(void **state);
void files_refuse(void **state);
void ink_refuses(void **state);

/* arguments_nn.c */
void networks_refuse(void **state);
void batches_refuse(void **state);
void states_refuse(void **state);
void mixtures_refuse(void **state);
void optimisers_refuse(void **state);
void model_files_refuse(void **state);
void adaptations_refuse(void **state);
void hands_refuse(void **state);

/* arguments_lab.c */
void tasks_refuse(void **state);
void texts_refuse(void **state);
void learning_refuses(void **state);

/* arguments_train.c */
void corpus_refuses(void **state);
void datasets_refuse(void **state);
void training_refuses(void **state);
void ranks_refuse(void **state);
void logs_refuse(void **state);

/* arguments_read.c */
void reading_refuses(void **state);

/* arguments_write.c */
void styles_refuse(void **state);
void writing_refuses(void **state);
void what_was_written_refuses(void **state);
void sampling_refuses(void **state);
void pens_refuse(void **state);

/* arguments_page.c */
void paper_refuses(void **state);
void pages_refuse(void **state);
void pictures_refuse(void **state);
void machines_refuse(void **state);

/* arguments_document.c */
void signs_and_tables_refuse(void **state);
void desks_refuse(void **state);
void growing_documents_refuse(void **state);
void sources_refuse(void **state);
void batches_of_texts_refuse(void **state);

#endif
