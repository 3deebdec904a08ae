/* The text that is typed: caret, selection, undo. Knows nothing of fonts or of the screen. */
#ifndef LONGHAND_WINDOW_EDITOR_H
#define LONGHAND_WINDOW_EDITOR_H

#include <stdbool.h>
#include <stddef.h>

enum { WIN_UNDO_MAX = 200 };

typedef struct win_past {
    char *text;
    size_t caret;
    unsigned step; /* in which it was changed */
} win_past;

/* Places are bytes of `text`, at the beginning of a character or at the end. */
typedef struct win_editor {
    char *text;                                        /* owned; UTF-8, never NULL once started */
    size_t caret, anchor;                              /* between them is the selection */
    win_past past[WIN_UNDO_MAX], future[WIN_UNDO_MAX]; /* owned */
    int pasts, futures;
    unsigned version;     /* counts changes of the text */
    bool typing;          /* the last change was a letter typed: the next joins it in one undo */
    const unsigned *step; /* counts what the user does, from 1; NULL: nobody asks */
} win_editor;

bool win_editor_start(win_editor *editor, const char *text);
void win_editor_clear(win_editor *editor);

/* Puts another text in its place, which is no change that could be undone: those before it still
 * can. False: no memory, and nothing changed. */
bool win_editor_show(win_editor *editor, const char *text);
/* Replaces the selection with `more`; carriage returns and malformed bytes are left out. These
 * return whether the text changed. */
bool win_editor_insert(win_editor *editor, const char *more, bool typed);
/* Erases the selection, or the character (or word) before (way < 0) or behind the caret. */
bool win_editor_erase(win_editor *editor, int way, bool word);
bool win_editor_undo(win_editor *editor);
bool win_editor_redo(win_editor *editor);
/* The step of the change that would be undone, or redone; 0: there is none. */
unsigned win_editor_past(const win_editor *editor);
unsigned win_editor_future(const win_editor *editor);

/* Moves the caret; without `extend` a selection collapses to that side. */
void win_editor_step(win_editor *editor, int way, bool word, bool extend);
void win_editor_place(win_editor *editor, size_t byte, bool extend);
void win_editor_select_all(win_editor *editor);
void win_editor_select_word(win_editor *editor, size_t byte);
/* The selection, for the caller to free; NULL when there is none. */
char *win_editor_selection(const win_editor *editor);

#endif
