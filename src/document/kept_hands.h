/* Hands that were learnt, kept on disk for other processes: one small file each in a folder of
 * their own. A file that is damaged, or of another model, style or build, is as good as none. */
#ifndef LONGHAND_DOCUMENT_KEPT_HANDS_H
#define LONGHAND_DOCUMENT_KEPT_HANDS_H

#include "document/script_size.h"

/* Files that are kept; when there are more, the oldest go. */
enum { LH_KEPT_HANDS = 64 };

/* A number that is another when anything is that a hand's memory or size depends on: the model, the
 * style's ink and text, how the words are written that show its size, this build of Longhand and
 * its kernels. */
uint64_t lh_kept_hand_key(const lh_model *model, const lh_style *style,
                          const lh_write_options *options);
/* The hand kept in `folder` under `key`, for the model and the style of that key; `*size` takes its
 * size. NULL when there is none that can be used. */
lh_writer *lh_kept_hand_read(const char *folder, uint64_t key, const lh_model *model,
                             const lh_style *style, lh_script_size *size);
/* Keeps a hand in `folder`, which is made if it is not there, and drops the oldest of many. Does
 * nothing where the folder cannot be written to. */
void lh_kept_hand_write(const char *folder, uint64_t key, const lh_writer *writer,
                        const lh_script_size *size);

#endif
