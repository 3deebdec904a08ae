/* A network's weights packed for the small products. */
#ifndef LONGHAND_NN_PACK_H
#define LONGHAND_NN_PACK_H

#include "network.h"

/* The panels for batches (the layers' in bfloat16 with `pairs`, else in float32), or those for
 * writing a step at a time, made fresh if they are not. */
lh_status lh_network_pack(const lh_network *network, bool pairs, lh_error *error);
lh_status lh_network_pack_steps(const lh_network *network, lh_error *error);
/* Bytes of packed weights that a step reads, once each; 0 before they are packed. */
size_t lh_network_step_bytes(const lh_network *network);

#endif
