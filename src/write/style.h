/* Where a style's text lies, and what it is called. */
#ifndef LONGHAND_WRITE_STYLE_H
#define LONGHAND_WRITE_STYLE_H

/* The file beside `path` that ends in .txt instead of .xml. The caller frees; NULL without memory.
 */
char *lh_style_text_path(const char *path);
/* The first line of that file. The caller frees; NULL on failure. */
char *lh_style_text_beside(const char *path, lh_error *error);
/* "styles/anna.xml" without its folders and without `ending`, into `name` [size]. */
void lh_style_name_of(const char *path, const char *ending, char *name, size_t size);

/* The folder of the user's where longhand-window keeps hands, or the file of that name in it; they
 * may not be there. The caller frees; NULL where the user has no home. */
char *lh_style_kept(const char *file);

#endif
