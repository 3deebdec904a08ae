/* The files of a page: names and bytes in memory, in place of the system's that the C library asks
 * for; emscripten's own, in JavaScript, would be a sixth of all that is fetched of the page. There
 * are two folders, "/" and "/hands", nothing is locked or linked, and who opens a file may read and
 * write it. Where there is no room for one more, the oldest of "/hands" goes, which holds what can
 * be learnt again (document/kept_hands.h): folders cannot be listed, so that nobody else drops any.
 * What the system would set in errno is returned below zero, or from __wasi_... as it is.
 *
 * Names and arguments are those of emscripten 3.1.6 (syscall_arch.h of its C library, wasi/api.h).
 */
#include <emscripten.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <wasi/api.h>

enum { FILES_MAX = 256, OPEN_MAX = 16, FIRST = 3, LARGEST = 1 << 30 };

typedef struct file {
    char *name; /* owned; NULL: no file */
    char *data; /* owned; [size], of `room` bytes */
    size_t size, room;
    uint64_t turn; /* larger than that of all that were there before */
} file;

/* The system has one of each. */
static file files[FILES_MAX];
static uint64_t turns;
static struct {
    bool taken;
    int file;
    size_t at;
} opened[OPEN_MAX];

static int find(const char *name)
{
    for (int i = 0; i < FILES_MAX; i++)
        if (files[i].name && strcmp(files[i].name, name) == 0)
            return i;
    return -ENOENT;
}

/* What has it open finds it closed. */
static void drop(int i)
{
    for (int k = 0; k < OPEN_MAX; k++)
        if (opened[k].file == i)
            opened[k].file = -1;
    free(files[i].name);
    free(files[i].data);
    files[i] = (file){0};
}

static bool is_open(int i)
{
    for (int k = 0; k < OPEN_MAX; k++)
        if (opened[k].taken && opened[k].file == i)
            return true;
    return false;
}

/* The file that has been in "/hands" for longest, of those that nobody has open. */
static int find_oldest_hand(void)
{
    static const char folder[] = "/hands/";
    int oldest = -ENOSPC;
    for (int i = 0; i < FILES_MAX; i++)
        if (files[i].name && strncmp(files[i].name, folder, sizeof folder - 1) == 0 &&
            !is_open(i) && (oldest < 0 || files[i].turn < files[oldest].turn))
            oldest = i;
    return oldest;
}

static int find_room(void)
{
    for (int i = 0; i < FILES_MAX; i++)
        if (!files[i].name)
            return i;
    const int oldest = find_oldest_hand();
    if (oldest >= 0)
        drop(oldest);
    return oldest;
}

static int make(const char *name)
{
    const int i = find_room();
    if (i < 0)
        return i;
    files[i] = (file){.name = strdup(name), .turn = ++turns};
    return files[i].name ? i : -ENOMEM;
}

/* Room for so many bytes; what is new of it is 0. */
static bool reserve(file *f, size_t size)
{
    if (size <= f->room)
        return true;
    const size_t room = size > 2 * f->room ? size : 2 * f->room;
    char *larger = size <= LARGEST ? realloc(f->data, room) : NULL;
    if (!larger)
        return false;
    memset(larger + f->room, 0, room - f->room);
    f->data = larger;
    f->room = room;
    return true;
}

static bool is_folder(const char *name)
{
    return strcmp(name, "/") == 0 || strcmp(name, "/hands") == 0;
}

/* ---- what the page puts there and takes ---------------------------------------------------------
 */

/* A file of `size` bytes, which the caller fills; one of the name goes. NULL: no memory. */
EMSCRIPTEN_KEEPALIVE char *files_put(const char *name, int size)
{
    int i = find(name);
    if (i >= 0)
        drop(i);
    i = make(name);
    if (i < 0 || !reserve(&files[i], size > 0 ? (size_t)size : 1)) {
        if (i >= 0)
            drop(i);
        return NULL;
    }
    files[i].size = (size_t)size;
    return files[i].data;
}

EMSCRIPTEN_KEEPALIVE void files_drop(const char *name)
{
    const int i = find(name);
    if (i >= 0)
        drop(i);
}

EMSCRIPTEN_KEEPALIVE int files_most(void)
{
    return FILES_MAX;
}

/* The name of file i, NULL where there is none; its bytes, and how many. */
EMSCRIPTEN_KEEPALIVE const char *files_name(int i)
{
    return files[i].name;
}

EMSCRIPTEN_KEEPALIVE const char *files_data(int i)
{
    return files[i].data;
}

EMSCRIPTEN_KEEPALIVE int files_size(int i)
{
    return (int)files[i].size;
}

/* ---- names ------------------------------------------------------------------------------------
 */

static long take_handle(int i, int flags)
{
    for (int k = 0; k < OPEN_MAX; k++)
        if (!opened[k].taken) {
            opened[k].taken = true;
            opened[k].file = i;
            opened[k].at = flags & O_APPEND ? files[i].size : 0;
            return FIRST + k;
        }
    return -EMFILE;
}

long __syscall_open(long path, long flags, ...)
{
    const char *name = (const char *)path;
    int i = find(name);
    if (is_folder(name))
        return -EACCES;
    if (i >= 0 && (flags & O_CREAT) && (flags & O_EXCL))
        return -EEXIST;
    if (i < 0 && (flags & O_CREAT))
        i = make(name);
    if (i >= 0 && (flags & O_TRUNC))
        files[i].size = 0;
    return i < 0 ? i : take_handle(i, (int)flags);
}

long __syscall_openat(long folder, long path, long flags, ...)
{
    (void)folder;
    return __syscall_open(path, flags);
}

static long tell(int i, bool folder, long buffer)
{
    struct stat *info = (struct stat *)buffer;
    if (i < 0 && !folder)
        return i;
    memset(info, 0, sizeof *info);
    info->st_mode = folder ? S_IFDIR | 0755 : S_IFREG | 0644;
    info->st_nlink = 1;
    info->st_size = folder ? 0 : (off_t)files[i].size;
    info->st_ino = folder ? FILES_MAX : (ino_t)i;
    return 0;
}

long __syscall_stat64(long path, long buffer)
{
    const char *name = (const char *)path;
    return tell(find(name), is_folder(name), buffer);
}

long __syscall_lstat64(long path, long buffer)
{
    return __syscall_stat64(path, buffer);
}

long __syscall_fstatat64(long folder, long path, long buffer, long flags)
{
    (void)folder;
    (void)flags;
    return __syscall_stat64(path, buffer);
}

long __syscall_mkdir(long path, long mode)
{
    (void)mode;
    return is_folder((const char *)path) ? -EEXIST : -EACCES;
}

long __syscall_unlink(long path)
{
    const int i = find((const char *)path);
    if (i >= 0)
        drop(i);
    return i < 0 ? i : 0;
}

long __syscall_unlinkat(long folder, long path, long flags)
{
    (void)folder;
    (void)flags;
    return __syscall_unlink(path);
}

long __syscall_rename(long from, long to)
{
    const int i = find((const char *)from), old = find((const char *)to);
    char *name = i >= 0 && i != old ? strdup((const char *)to) : NULL;
    if (i < 0 || i == old)
        return i < 0 ? i : 0;
    if (!name)
        return -ENOMEM;
    if (old >= 0)
        drop(old);
    free(files[i].name);
    files[i].name = name;
    return 0;
}

long __syscall_chmod(long path, long mode)
{
    (void)path;
    (void)mode;
    return 0;
}

/* Folders cannot be opened, and so not be listed. */
long __syscall_getdents64(long descriptor, long entries, long size)
{
    (void)descriptor;
    (void)entries;
    (void)size;
    return -ENOTDIR;
}

long __syscall_geteuid32(void)
{
    return 0;
}

/* ---- open files -------------------------------------------------------------------------------
 */

/* The handle's place in the table, or -1: also of the three that every program begins with. */
static int handle_of(long descriptor)
{
    const long k = (long)descriptor - FIRST;
    return k >= 0 && k < OPEN_MAX && opened[k].taken && opened[k].file >= 0 ? (int)k : -1;
}

long __syscall_fstat64(long descriptor, long buffer)
{
    const int k = handle_of((long)descriptor);
    return k < 0 ? -EBADF : tell(opened[k].file, false, buffer);
}

long __syscall_fchmod(long descriptor, long mode)
{
    (void)mode;
    return handle_of((long)descriptor) < 0 ? -EBADF : 0;
}

long __syscall_fcntl64(long descriptor, long command, ...)
{
    if (handle_of((long)descriptor) < 0)
        return -EBADF;
    return command == F_GETFL ? O_RDWR : 0;
}

long __syscall_ioctl(long descriptor, long request, ...)
{
    (void)descriptor;
    (void)request;
    return -ENOTTY;
}

__wasi_errno_t __wasi_fd_close(__wasi_fd_t descriptor)
{
    const long k = (long)descriptor - FIRST;
    if (k < 0 || k >= OPEN_MAX || !opened[k].taken)
        return EBADF;
    opened[k].taken = false;
    return 0;
}

/* Asked of what may be a terminal. */
__wasi_errno_t __wasi_fd_fdstat_get(__wasi_fd_t descriptor, __wasi_fdstat_t *state)
{
    (void)descriptor;
    (void)state;
    return EBADF;
}

__wasi_errno_t __wasi_fd_sync(__wasi_fd_t descriptor)
{
    return handle_of((long)descriptor) < 0 ? EBADF : 0;
}

/* Moves bytes between the file, from where its handle is, and `bytes`. */
static __wasi_errno_t move(int k, char *bytes, size_t count, bool into, size_t *moved)
{
    file *f = &files[opened[k].file];
    size_t *at = &opened[k].at;
    const size_t left = *at < f->size ? f->size - *at : 0;
    if (into && (count > LARGEST || !reserve(f, *at + count)))
        return ENOSPC;
    if (!into && count > left)
        count = left;
    if (count > 0)
        memcpy(into ? f->data + *at : bytes, into ? bytes : f->data + *at, count);
    *at += count;
    f->size = *at > f->size ? *at : f->size;
    *moved += count;
    return 0;
}

/* The same of all parts; those to read into lie as those to write from do. */
static __wasi_errno_t move_parts(__wasi_fd_t descriptor, const __wasi_ciovec_t *part, size_t parts,
                                 bool into, size_t *moved)
{
    const int k = handle_of((long)descriptor);
    __wasi_errno_t wrong = k < 0 ? EBADF : 0;
    *moved = 0;
    for (size_t i = 0; i < parts && wrong == 0; i++)
        wrong = move(k, (char *)(uintptr_t)part[i].buf, part[i].buf_len, into, moved);
    return wrong;
}

__wasi_errno_t __wasi_fd_read(__wasi_fd_t descriptor, const __wasi_iovec_t *part, size_t parts,
                              __wasi_size_t *moved)
{
    return move_parts(descriptor, (const __wasi_ciovec_t *)part, parts, false, moved);
}

__wasi_errno_t __wasi_fd_write(__wasi_fd_t descriptor, const __wasi_ciovec_t *part, size_t parts,
                               __wasi_size_t *moved)
{
    return move_parts(descriptor, part, parts, true, moved);
}

__wasi_errno_t __wasi_fd_seek(__wasi_fd_t descriptor, __wasi_filedelta_t offset,
                              __wasi_whence_t whence, __wasi_filesize_t *place)
{
    const int k = handle_of((long)descriptor);
    if (k < 0)
        return EBADF;
    const int64_t from = whence == __WASI_WHENCE_SET   ? 0
                         : whence == __WASI_WHENCE_CUR ? (int64_t)opened[k].at
                                                       : (int64_t)files[opened[k].file].size;
    if (offset < -from || offset > LARGEST - from)
        return EINVAL;
    opened[k].at = (size_t)(from + offset);
    *place = opened[k].at;
    return 0;
}
