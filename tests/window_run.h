/* longhand-window on a screen of its own (Xvfb), with the small models of write_model.h, for tests
 * that play it by scripts and for those that use it as a person does. */
#ifndef LONGHAND_TESTS_WINDOW_RUN_H
#define LONGHAND_TESTS_WINDOW_RUN_H

#include <longhand/longhand.h>

#include <cairo.h>

/* A folder of the test, where windows run; its models and styles are those that windows find. */
extern char folder[];
extern lh_error error;

/* Of a group of tests: the folder and the screen, which DISPLAY names. */
int set_up(void **state);
int tear_down(void **state);
/* Says so where there is no program that shows a screen: the group is skipped then. */
bool without_screen(void);

/* The path of a file of the folder; good for four calls. */
const char *in_folder(const char *name);
void write_file(const char *name, const char *text);
/* The caller frees. */
char *contents(const char *name);

#define PLAIN "--model plain.safetensors "
#define SMALL PLAIN "--size 640x480 "
/* The paper of such a small window without views: panel 208, bar, field. */
enum { PAPER_W = 376, PAPER_H = 300 };

/* Runs the window with a script; standard output and error go to files "said" and "err". Returns
 * the exit code. */
int run(const char *options, const char *script);
/* The same; a failure is one of the test. */
void play(const char *options, const char *script);
/* Fails the test when the last run did not say so on standard error. */
void assert_said(const char *what);
/* Adds rows that draw a zigzag with the mouse, one second of it. */
void draw_rows(char *script, double from, int x0);

/* The value of `key` in the `nth` printed state, from 0; good for eight calls. */
const char *held(int nth, const char *key);
double number(int nth, const char *key);
/* A whole one: of a double below 0 that is taken for a counting number every processor makes
 * another. */
long whole(int nth, const char *key);
/* In a printed state; NULL: it is not there. */
const char *held_in(const char *state, const char *key);

/* NAME.png of the folder, for the caller to destroy. */
cairo_surface_t *picture(const char *name);
uint32_t pixel(cairo_surface_t *s, int x, int y);
/* Dark pixels on the paper of a small window. */
int ink_in(const char *name);
/* Pixels that differ in the box. */
int difference(const char *a, const char *b, int left, int top, int right, int bottom);
/* Fails the test when the paper of a small window is about the same. */
void assert_paper_differs(const char *a, const char *b);

#endif
