/* How the shapes of an SVG file are drawn, as far as it tells strokes of a pen from other things:
 * whether they are stroked, filled, seen, and when they draw themselves. Attributes, style
 * attributes and style sheets say it (SVG 1.1, chapter 6); of a sheet the rules for all elements,
 * those of a name, of a class or an id, and of these the ones outside of @rules. */
#ifndef LONGHAND_CORPUS_SVG_STYLE_H
#define LONGHAND_CORPUS_SVG_STYLE_H

#include "xml_walk.h"

typedef struct svg_style {
    bool stroked, filled, visible; /* as those around it, unless it says otherwise */
    bool shown;                    /* false: neither it nor what is in it */
    double start, duration;        /* seconds, as our own files say it (--t, --d); else -1 */
} svg_style;

typedef struct svg_sheet svg_sheet;

svg_sheet *svg_sheet_new(lh_error *error);
void svg_sheet_free(svg_sheet *sheet);
/* More of the text of a <style> element; svg_sheet_read reads it where the element ends. */
lh_status svg_sheet_add(svg_sheet *sheet, const char *text, size_t length, lh_error *error);
lh_status svg_sheet_read(svg_sheet *sheet, lh_error *error);

/* What SVG draws where nothing is said: filled, not stroked. */
extern const svg_style svg_style_initial;
/* The style of an element that is in another. */
svg_style svg_style_of(const svg_style *around, const svg_sheet *sheet, const xml_tag *tag);

/* The attribute of that name that has no prefix, or NULL. */
const xml_attribute *svg_attribute(const xml_tag *tag, const char *name);
/* True when the attribute, which may be NULL, has `word` among its words. */
bool svg_has_word(const xml_attribute *attribute, const char *word);

#endif
