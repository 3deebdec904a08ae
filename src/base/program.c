/* Which build of Longhand is running: see program.h. */
#define _GNU_SOURCE /* dladdr */
#include "base/program.h"

#include "base/hash.h"

#include <dlfcn.h>
#include <sys/stat.h>

static void add_file(hash_state *hash, const char *path)
{
    struct stat info;
    if (stat(path, &info) != 0)
        return;
    const int64_t is[] = {(int64_t)info.st_size, (int64_t)info.st_mtim.tv_sec,
                          (int64_t)info.st_mtim.tv_nsec, (int64_t)info.st_ino};
    hash_add(hash, is, sizeof is);
}

uint64_t lh_program_stamp(void)
{
    hash_state hash = hash_start();
    Dl_info in;
    add_file(&hash, "/proc/self/exe");
    if (dladdr((const void *)(uintptr_t)lh_program_stamp, &in) != 0 && in.dli_fname)
        add_file(&hash, in.dli_fname);
    return hash_end(&hash);
}
