/* Files that are not finished yet. Each stands in the folder of the file that it is to become,
 * under a name of its own, `.longhand-unfinished-XXXXXX`, and is locked while whoever writes it
 * lives. The first such file of a process in a folder removes those that killed processes have left
 * there: they are known by that name, by belonging to the same user, and by a lock that nobody
 * holds. */
#ifndef LONGHAND_BASE_TEMPORARY_H
#define LONGHAND_BASE_TEMPORARY_H

#define LH_TEMPORARY_NAME ".longhand-unfinished-"

typedef struct lh_temporary {
    char *path; /* owned; NULL: there is none */
    int lock;   /* a descriptor that holds the lock until the file is in its place */
    int listed; /* its place in the list for lh_temporaries_abandon, or -1 */
} lh_temporary;

/* Makes an unfinished file in the folder of `place`. Returns its descriptor, which the caller
 * closes; -1, and errno tells why. */
int lh_temporary_open(lh_temporary *temporary, const char *place);
/* Gives the file its place, or removes it if that fails: -1, and errno tells why. Ends it. */
int lh_temporary_finish(lh_temporary *temporary, const char *place);
/* Removes the file and ends it; errno stays. */
void lh_temporary_drop(lh_temporary *temporary);
/* Removes the unfinished files of this process, which is about to end. For signal handlers: calls
 * only what is safe there. */
void lh_temporaries_abandon(void);

#endif
