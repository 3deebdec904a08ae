/* Hands that are kept on disk: ink is the same with and without, and no file does harm. */
#include "check.h"
#include "write_model.h"

#include "base/folder.h"
#include "base/hash.h"
#include "document/kept_hands.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static char folder[] = "/tmp/longhand-hands-XXXXXX";
static lh_error error;

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
    (void)state;
    char command[100];
    snprintf(command, sizeof command, "rm -r %s", folder);
    return system(command);
}

/* A folder of hands for one test. */
static const char *place(const char *name)
{
    static char path[200];
    snprintf(path, sizeof path, "%s/%s/hands", folder, name);
    return path;
}

/* ---- what is written in a hand ----------------------------------------------------------------
 */

static lh_style *new_style(const char *name, size_t points, const char *text)
{
    lh_ink *ink = write_model_ink(points);
    lh_style *style = lh_style_new(name, ink, text, &error);
    if (!style)
        fail_msg("%s", error.message);
    lh_ink_free(ink);
    return style;
}

static lh_style *find_style(void *user, const char *name, lh_error *why)
{
    (void)user;
    (void)why;
    return strcmp(name, "short") == 0 ? new_style(name, 30, "of")
                                      : new_style(name, 90, "a text behind which the window was");
}

/* The documents' bytes; the caller frees. */
static char *write_svg(const lh_model *model, const char *hands, double bias)
{
    lh_document_options options = lh_document_defaults();
    options.style = "long";
    options.find_style = find_style;
    options.hands_folder = hands;
    options.write.bias = bias;
    lh_desk *desk = lh_desk_new(model, &options, &error);
    lh_document *document =
        desk ? lh_desk_write_one(desk, "one two\n@style short\nthree\n@bias 0\nfour", 3, &error)
             : NULL;
    if (!document)
        fail_msg("%s", error.message);
    char *svg = NULL;
    size_t size;
    FILE *stream = open_memstream(&svg, &size);
    check_ok(lh_svg_write((const lh_page *const *)document->page, document->pages, &lh_svg_defaults,
                          stream, &error),
             &error);
    fclose(stream);
    lh_document_free(document);
    lh_desk_free(desk);
    return svg;
}

/* A network whose memory matters: as it begins training. */
static lh_model *random_model(uint64_t seed)
{
    lh_model *model = write_model_new(&write_model_plain);
    lh_architecture larger = *lh_network_architecture(model->network);
    lh_rng rng;
    larger.layers = 3;
    larger.cells = 20;
    larger.windows = 4;
    lh_network_free(model->network);
    model->network = lh_network_new(&larger, &error);
    assert_non_null(model->network);
    lh_rng_seed(&rng, seed, 0);
    lh_network_init(model->network, &rng);
    lh_network_changed(model->network);
    return model;
}

static lh_model *some_model(int which)
{
    write_model_options options = write_model_plain;
    options.spread = 0.4;
    return which == 0   ? write_model_new(&write_model_plain)
           : which == 1 ? write_model_new(&options)
                        : random_model((uint64_t)which);
}

static int count_files(const char *path)
{
    int count = 0;
    DIR *directory = opendir(path);
    for (struct dirent *entry; directory && (entry = readdir(directory)) != NULL;)
        count += entry->d_name[0] != '.';
    if (directory)
        closedir(directory);
    return count;
}

static void ink_is_the_same_with_and_without_kept_hands(void **state)
{
    (void)state;
    static const double bias[] = {0, 0.75, 3};
    const char *hands = place("same");
    for (int which = 0; which < 4; which++)
        for (int b = 0; b < 3; b++) {
            lh_model *model = some_model(which);
            char *without = write_svg(model, NULL, bias[b]);
            for (int pass = 0; pass < 2; pass++) {
                char *with = write_svg(model, hands, bias[b]);
                if (strcmp(with, without) != 0)
                    fail_msg("model %d, bias %g: other ink %s", which, bias[b],
                             pass == 0 ? "while the hand is kept" : "from the kept hand");
                free(with);
                assert_int_equal(count_files(hands), 2 * (3 * which + b + 1));
            }
            free(without);
            lh_model_free(model);
        }
}

static void nothing_is_kept_where_nothing_can_be(void **state)
{
    (void)state;
    lh_model *model = some_model(0);
    char *without = write_svg(model, NULL, 0.5), *with = write_svg(model, "/dev/null/hands", 0.5);
    assert_string_equal(with, without);
    free(with);
    char path[300];
    snprintf(path, sizeof path, "%s/file", folder);
    fclose(fopen(path, "w"));
    with = write_svg(model, path, 0.5);
    assert_string_equal(with, without);
    free(with);
    free(without);
    lh_model_free(model);
}

/* ---- keys -------------------------------------------------------------------------------------
 */

static void every_hand_has_a_key_of_its_own(void **state)
{
    (void)state;
    enum { KEYS = 9 };
    uint64_t key[KEYS];
    lh_write_options plain = lh_write_defaults, other = plain;
    lh_model *model = some_model(0), *spread = some_model(1);
    lh_style *style = new_style("a", 60, "ink"), *text = new_style("a", 60, "inks");
    lh_style *shorter = new_style("a", 59, "ink");
    key[0] = lh_kept_hand_key(model, style, &plain);
    key[1] = lh_kept_hand_key(spread, style, &plain);
    key[2] = lh_kept_hand_key(model, text, &plain);
    key[3] = lh_kept_hand_key(model, shorter, &plain);
    style->ink->points[7].y += 0.5f;
    key[4] = lh_kept_hand_key(model, style, &plain);
    style->ink->points[7].y -= 0.5f;
    other.bias += 0.01;
    key[5] = lh_kept_hand_key(model, style, &other);
    other = plain;
    other.tries++;
    key[6] = lh_kept_hand_key(model, style, &other);
    model->scale_y += 1;
    key[7] = lh_kept_hand_key(model, style, &plain);
    model->scale_y -= 1;
    model->alphabet.codepoint[3]++;
    key[8] = lh_kept_hand_key(model, style, &plain);
    model->alphabet.codepoint[3]--;
    for (int i = 0; i < KEYS; i++)
        for (int j = 0; j < i; j++)
            if (key[i] == key[j])
                fail_msg("hands %d and %d have one key", i, j);
    other = plain;
    other.seed = 9;
    other.threads = 1;
    free(style->name);
    style->name = strdup("renamed");
    assert_true(lh_kept_hand_key(model, style, &other) == key[0]);
    lh_style_free(style);
    lh_style_free(text);
    lh_style_free(shorter);
    lh_model_free(model);
    lh_model_free(spread);
}

/* ---- files ------------------------------------------------------------------------------------
 */

typedef struct kept {
    lh_style *style;
    lh_model *model;
    uint64_t key;
    char folder[200], path[300];
    char *data; /* of the file as it was written */
    size_t size;
} kept;

static kept keep_one(const char *name)
{
    kept k = {.model = random_model(5), .style = new_style("a", 60, "ink")};
    lh_style *style = k.style;
    const lh_script_size size = {100, 220, 60};
    k.key = lh_kept_hand_key(k.model, style, &lh_write_defaults);
    snprintf(k.folder, sizeof k.folder, "%s", place(name));
    snprintf(k.path, sizeof k.path, "%s/%016llx.hand", k.folder, (unsigned long long)k.key);
    lh_writer *writer = lh_writer_new(k.model, style, &error);
    assert_non_null(writer);
    lh_kept_hand_write(k.folder, k.key, writer, &size);
    k.data = lh_file_read(k.path, 1 << 20, &k.size, &error);
    if (!k.data)
        fail_msg("%s", error.message);
    lh_writer_free(writer);
    return k;
}

static void let_go(kept *k)
{
    lh_model_free(k->model);
    lh_style_free(k->style);
    free(k->data);
}

static void put(const char *path, const char *data, size_t size)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(data, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

/* Is there a hand to be had from the file when it holds `data`? */
static bool is_read(const kept *k, const char *data, size_t size)
{
    lh_script_size found = {-1, -1, -1};
    put(k->path, data, size);
    lh_writer *writer = lh_kept_hand_read(k->folder, k->key, k->model, k->style, &found);
    bool is = writer != NULL;
    assert_true(is ? found.small >= 0 : found.small == -1);
    lh_writer_free(writer);
    return is;
}

static void put_right(char *data, size_t size)
{
    uint64_t sum = hash_of(data, size - sizeof sum);
    for (size_t i = 0; i < sizeof sum; i++)
        data[size - sizeof sum + i] = (char)(unsigned char)(sum >> 8 * i);
}

static void a_damaged_file_counts_as_none(void **state)
{
    (void)state;
    kept k = keep_one("damaged");
    char *changed = calloc(k.size + 9, 1);
    assert_non_null(changed);
    assert_true(is_read(&k, k.data, k.size));
    for (size_t size = 0; size < k.size; size++)
        assert_false(is_read(&k, k.data, size));
    memcpy(changed, k.data, k.size);
    for (size_t more = 1; more <= 8; more++)
        assert_false(is_read(&k, changed, k.size + more));
    for (size_t i = 0; i < k.size; i++) {
        changed[i] ^= 1;
        assert_false(is_read(&k, changed, k.size));
        changed[i] ^= 1;
    }
    /* Longer and shorter with a checksum that is right. */
    memcpy(changed, k.data, k.size);
    put_right(changed, k.size + 4);
    assert_false(is_read(&k, changed, k.size + 4));
    put_right(changed, k.size - 4);
    assert_false(is_read(&k, changed, k.size - 4));
    free(changed);
    let_go(&k);
}

/* With a checksum put right: each four bytes become a number that is none, one beyond all sense,
 * and noise. What is taken all the same must do no harm in writing. */
static void a_forged_file_does_no_harm(void **state)
{
    (void)state;
    static const unsigned char forged[][4] = {
        {0, 0, 0xc0, 0x7f}, {0xff, 0xff, 0x7f, 0x7f}, {0xff, 0xff, 0xff, 0xff}, {0, 0, 0, 0x80}};
    lh_write_options options = lh_write_defaults;
    kept k = keep_one("forged");
    options.tries = 0;
    options.threads = 1;
    char *changed = malloc(k.size);
    assert_non_null(changed);
    for (size_t i = 0; i + 12 <= k.size; i += 4)
        for (size_t f = 0; f < sizeof forged / sizeof *forged; f++) {
            memcpy(changed, k.data, k.size);
            memcpy(changed + i, forged[f], 4);
            put_right(changed, k.size);
            put(k.path, changed, k.size);
            lh_script_size size;
            lh_writer *writer = lh_kept_hand_read(k.folder, k.key, k.model, k.style, &size);
            lh_written *written = writer ? lh_write_text(writer, &options, "a", &error) : NULL;
            lh_written_free(written);
            lh_writer_free(writer);
        }
    free(changed);
    let_go(&k);
}

static void numbers_that_are_not_finite_are_refused(void **state)
{
    (void)state;
    static const unsigned char nan[4] = {0, 0, 0xc0, 0x7f}, infinite[4] = {0, 0, 0x80, 0xff};
    kept k = keep_one("finite");
    char *changed = malloc(k.size);
    assert_non_null(changed);
    for (size_t last = 1; last <= 20; last++) { /* of what the network remembers */
        memcpy(changed, k.data, k.size);
        memcpy(changed + k.size - 8 - 4 * last, last % 2 ? nan : infinite, 4);
        put_right(changed, k.size);
        assert_false(is_read(&k, changed, k.size));
    }
    for (size_t of = 0; of < 3; of++) { /* the size */
        memcpy(changed, k.data, k.size);
        memcpy(changed + 16 + 4 * of, nan, 4);
        put_right(changed, k.size);
        assert_false(is_read(&k, changed, k.size));
    }
    free(changed);
    let_go(&k);
}

static void a_damaged_file_is_replaced(void **state)
{
    (void)state;
    const char *hands = place("replaced");
    char path[600], *was[2];
    size_t size[2], count = 0, whole[2] = {0}, again;
    lh_model *model = some_model(2);
    free(write_svg(model, hands, 1));
    DIR *directory = opendir(hands);
    for (struct dirent *entry; (entry = readdir(directory)) != NULL;) {
        snprintf(path, sizeof path, "%s/%s", hands, entry->d_name);
        if (entry->d_name[0] == '.')
            continue;
        assert_true(count < 2);
        was[count] = lh_file_read(path, 1 << 20, &size[count], &error);
        put(path, was[count], count == 0 ? 100 : 0);
        count++;
    }
    free(write_svg(model, hands, 1));
    rewinddir(directory);
    for (struct dirent *entry; (entry = readdir(directory)) != NULL;) {
        snprintf(path, sizeof path, "%s/%s", hands, entry->d_name);
        if (entry->d_name[0] == '.')
            continue;
        char *now = lh_file_read(path, 1 << 20, &again, &error);
        for (int i = 0; now && i < 2; i++)
            whole[i] += again == size[i] && memcmp(now, was[i], again) == 0;
        free(now);
    }
    closedir(directory);
    assert_int_equal(count, 2);
    assert_true(whole[0] == 1 && whole[1] == 1);
    free(was[0]);
    free(was[1]);
    lh_model_free(model);
}

/* An empty file that was written `age` seconds ago. */
static void put_old(const char *in, const char *name, time_t age)
{
    char path[400];
    snprintf(path, sizeof path, "%s/%s", in, name);
    put(path, "", 0);
    const struct timespec times[2] = {{time(NULL) - age, 0}, {time(NULL) - age, 0}};
    assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
}

static bool is_there(const char *in, const char *name)
{
    char path[400];
    snprintf(path, sizeof path, "%s/%s", in, name);
    return access(path, F_OK) == 0;
}

static void the_oldest_of_many_files_go(void **state)
{
    (void)state;
    char name[100];
    const char *hands = place("many");
    assert_int_equal(lh_folder_make(hands, 0700, NULL), LH_OK);
    for (int i = 0; i < LH_KEPT_HANDS + 5; i++) {
        snprintf(name, sizeof name, "%016x.hand%s", i, i == 3 ? ".Ab12cd" : "");
        put_old(hands, name, 1000 - 2 * i);
    }
    put_old(hands, "notes.txt", 5000); /* not ours */
    kept k = keep_one("many");
    assert_int_equal(count_files(hands), LH_KEPT_HANDS + 1);
    assert_true(is_there(hands, "notes.txt"));
    assert_false(is_there(hands, "0000000000000003.hand.Ab12cd"));
    assert_false(is_there(hands, "0000000000000005.hand"));
    assert_true(is_there(hands, "0000000000000006.hand"));
    assert_true(is_read(&k, k.data, k.size));
    let_go(&k);
}

/* ---- the folder -------------------------------------------------------------------------------
 */

static void the_users_folder_is_found(void **state)
{
    (void)state;
    static const struct {
        const char *variable, *home, *expected;
    } cases[] = {
        {"/cache", "/home/me", "/cache/longhand/hands"},
        {NULL, "/home/me", "/home/me/.cache/longhand/hands"},
        {"", "/home/me", "/home/me/.cache/longhand/hands"},
        {"cache", "/home/me", "/home/me/.cache/longhand/hands"}, /* the specification has it so */
        {"/cache", NULL, "/cache/longhand/hands"},
        {NULL, "", NULL},
        {NULL, NULL, NULL},
    };
    char *home = getenv("HOME") ? strdup(getenv("HOME")) : NULL;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        unsetenv("HOME");
        unsetenv("LONGHAND_TEST_CACHE");
        if (cases[i].home)
            setenv("HOME", cases[i].home, 1);
        if (cases[i].variable)
            setenv("LONGHAND_TEST_CACHE", cases[i].variable, 1);
        char *found = lh_folder_of_user("LONGHAND_TEST_CACHE", ".cache", "longhand/hands");
        if (cases[i].expected)
            assert_string_equal(found, cases[i].expected);
        else
            assert_null(found);
        free(found);
    }
    if (home)
        setenv("HOME", home, 1);
    free(home);
}

static void a_folder_is_made_with_those_above_it(void **state)
{
    (void)state;
    char path[200];
    struct stat info;
    snprintf(path, sizeof path, "%s/a/b/c", folder);
    assert_int_equal(lh_folder_make(path, 0700, NULL), LH_OK);
    assert_int_equal(lh_folder_make(path, 0700, NULL), LH_OK);
    assert_true(stat(path, &info) == 0 && S_ISDIR(info.st_mode));
    assert_int_equal(info.st_mode & 077, 0);
    assert_int_equal(lh_folder_make("/dev/null/a/b", 0700, &error), LH_ERROR_IO);
    assert_ptr_equal(strstr(error.message, "/dev/null/a: "), error.message);
    assert_int_equal(lh_folder_make_above("/dev/null/a", &error), LH_OK);
    assert_int_equal(lh_folder_make_above("/dev/null/a/b", &error), LH_ERROR_IO);
    assert_ptr_equal(strstr(error.message, "/dev/null/a: "), error.message);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ink_is_the_same_with_and_without_kept_hands),
        cmocka_unit_test(nothing_is_kept_where_nothing_can_be),
        cmocka_unit_test(every_hand_has_a_key_of_its_own),
        cmocka_unit_test(a_damaged_file_counts_as_none),
        cmocka_unit_test(a_forged_file_does_no_harm),
        cmocka_unit_test(numbers_that_are_not_finite_are_refused),
        cmocka_unit_test(a_damaged_file_is_replaced),
        cmocka_unit_test(the_oldest_of_many_files_go),
        cmocka_unit_test(the_users_folder_is_found),
        cmocka_unit_test(a_folder_is_made_with_those_above_it),
    };
    return cmocka_run_group_tests_name("hands", tests, make_folder, remove_folder);
}
