/* Where each character of a line of writing lies. */
#ifndef LONGHAND_DOCUMENT_LINE_BOXES_H
#define LONGHAND_DOCUMENT_LINE_BOXES_H

#include <longhand/page.h>

typedef struct lh_line_boxes {
    const char **at; /* [count + 1]: where each begins in the line's text; owned, of its lifetime */
    lh_box *box;     /* [count], mm on the page, of what the pen's middle did; owned */
    lh_box others;   /* likewise of what is of no character: lines below words */
    int count;       /* characters, blanks as well, which lie nowhere */
} lh_line_boxes;

/* A box around nothing: left is right of right. */
extern const lh_box lh_box_nothing;
void lh_box_widen(lh_box *box, const lh_box *by);

/* Of a line that keeps its steps. The caller frees with lh_line_boxes_free, also after a failure.
 */
lh_status lh_line_boxes_find(lh_line_boxes *boxes, const lh_page_line *line, lh_error *error);
void lh_line_boxes_free(lh_line_boxes *boxes);
bool lh_line_boxes_blank(const lh_line_boxes *boxes, int character);

#endif
