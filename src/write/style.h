/* Where a style's text lies. */
#ifndef LONGHAND_WRITE_STYLE_H
#define LONGHAND_WRITE_STYLE_H

/* The file beside `path` that ends in .txt instead of .xml. The caller frees; NULL without memory.
 */
char *lh_style_text_path(const char *path);

#endif
