/* What the machine itself can do, measured: the limits that the benchmark holds training and
 * writing against. */
#ifndef LONGHAND_NN_MACHINE_H
#define LONGHAND_NN_MACHINE_H

#include <longhand/base.h>

/* "AMD EPYC 9B45", or "unknown processor". */
void lh_machine_processor(char *name, size_t size);
/* "OpenBLAS 0.3.21, kernels SkylakeX". */
lh_status lh_machine_blas(char *name, size_t size, lh_error *error);

/* GFLOPS of a large square sgemm (n = LH_SGEMM_SIZE, or LH_SGEMM_SLOW where that would take
 * seconds) on `threads` cores: the better of one product
 * that CBLAS splits over the threads and of one product a thread. One measurement; callers repeat
 * and take what they trust. */
enum { LH_SGEMM_SIZE = 2048, LH_SGEMM_SLOW = 512 };
lh_status lh_machine_sgemm(int threads, double *gflops, lh_error *error);

/* Bytes a second at which one core reads a buffer of `bytes` bytes over and over: the bandwidth of
 * the cache level (or memory) that it fits in. */
lh_status lh_machine_read(size_t bytes, double *bytes_per_second, lh_error *error);

#endif
