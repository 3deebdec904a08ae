/* Progress on a terminal. */
#define _XOPEN_SOURCE 700 /* for a terminal of our own */

#include "check.h"
#include "stop_run.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void progress_is_one_row_that_is_rewritten(void **state)
{
    (void)state;
    char said[1 << 16], command[1200];
    size_t length = 0;
    int terminal = posix_openpt(O_RDWR | O_NOCTTY);
    if (terminal < 0 || grantpt(terminal) != 0 || unlockpt(terminal) != 0)
        skip();
    write_table(12);
    shell("rm -rf shown && mkdir shown", NULL, NULL);
    snprintf(command, sizeof command, "cd %s && exec '%s' " BATCH " 2>%s", at("shown"),
             getenv("LONGHAND_PROGRAM"), ptsname(terminal));
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        execl("/bin/sh", "sh", "-c", command, (char *)NULL);
        _exit(127);
    }
    /* Ends with an error when the program has closed its side. */
    for (ssize_t got; length < sizeof said - 1; length += (size_t)got) {
        got = read(terminal, said + length, sizeof said - 1 - length);
        if (got <= 0 && !has_ended(child)) {
            nap();
            got = 0;
        } else if (got <= 0) {
            break;
        }
    }
    said[length] = '\0';
    close(terminal);
    assert_int_equal(finish(child), 1);
    static const char *const rows[] = {"\r\x1b[Klonghand: 0 of 12 documents",
                                       "\r\x1b[Klonghand: d2: row 2, column 1",
                                       "\r\x1b[Klonghand: 12 of 12 documents, "};
    for (size_t i = 0; i < 3; i++)
        if (!strstr(said, rows[i]))
            fail_msg("row %zu of progress is missing: %s", i, said);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(progress_is_one_row_that_is_rewritten),
    };
    return cmocka_run_group_tests_name("progress", tests, make_model, remove_folder);
}
