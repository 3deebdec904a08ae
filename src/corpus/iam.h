/* IAM-OnDB files: limits that no real one comes near, so that a hostile one cannot take all
 * memory. */
#ifndef LONGHAND_CORPUS_IAM_H
#define LONGHAND_CORPUS_IAM_H

enum {
    IAM_MAX_FILE = 64 << 20,  /* bytes of a line file; real ones have up to 120,000 */
    IAM_MAX_POINTS = 1 << 20, /* points of a line; real ones have up to 1,940 */
};

#endif
