/* Pages of writing with printed captions, for people to read. */
#ifndef LONGHAND_TOOLS_CAPTIONED_H
#define LONGHAND_TOOLS_CAPTIONED_H

#include <longhand/longhand.h>

/* Begins a caption at (x, y) in mm, `size` mm high; text follows
 * (lh_xml_text), then end_caption. */
void begin_caption(FILE *stream, float x, float y, float size);
void end_caption(FILE *stream);

/* Saves the page as SVG, with what `print` writes of `from` put before its end. */
lh_status save_captioned(const lh_page *page, const char *path,
                         void (*print)(FILE *stream, const void *from), const void *from,
                         lh_error *error);

#endif
