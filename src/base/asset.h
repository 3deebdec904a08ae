/* Where the programs find what is installed with them. */
#ifndef LONGHAND_BASE_ASSET_H
#define LONGHAND_BASE_ASSET_H

/* Of the hands in assets/styles/ the one that is read best: that of who names none. */
#define LH_DEFAULT_STYLE "felix"

/* The path of `name` in assets/: under $LONGHAND_ASSETS if that is set; else as installed beside
 * the program, in the source that the program's build folder is of, or in the folder `installed`.
 * The caller frees; NULL when there is none. */
char *lh_asset_find(const char *name, const char *installed);

#endif
