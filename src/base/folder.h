/* Folders: making them, and the user's own after the XDG Base Directory Specification. */
#ifndef LONGHAND_BASE_FOLDER_H
#define LONGHAND_BASE_FOLDER_H

#include <longhand/base.h>

#include <sys/types.h>

/* The path of `below` ("longhand/hands") in the folder that the environment variable `variable`
 * names ("XDG_CACHE_HOME") or, where that is not set to an absolute path, in `usual` (".cache") of
 * $HOME. Makes nothing. The caller frees; NULL where $HOME is not set either. */
char *lh_folder_of_user(const char *variable, const char *usual, const char *below);
/* Makes the folder and those above it that are not there, with this mode less the umask. */
lh_status lh_folder_make(const char *path, mode_t mode, lh_error *error);
/* Makes the folders that the file `path` lies in, up to its last slash. */
lh_status lh_folder_make_above(const char *path, lh_error *error);

#endif
