/* `longhand write` and `longhand sample` run by tests: see write_command_run.h. */
#include "write_command_run.h"

#include "check.h"
#include "write_model.h"

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

char folder[] = "/tmp/longhand-write-XXXXXX";

int make_models(void **state)
{
    (void)state;
    lh_error error;
    char path[100];
    if (!mkdtemp(folder))
        return -1;
    write_model_options hopeless = write_model_plain, wild = write_model_plain;
    hopeless.wild = 1;
    wild.wild = 0.5;
    lh_model *models[] = {write_model_new(&write_model_plain), write_model_new(&hopeless),
                          write_model_new(&wild), write_model_prediction()};
    static const char *const names[] = {"plain", "hopeless", "wild", "prediction"};
    for (size_t i = 0; i < 4; i++) {
        snprintf(path, sizeof path, "%s/%s.safetensors", folder, names[i]);
        check_ok(lh_model_save(models[i], path, LH_PRECISION_FLOAT32, &error), &error);
        lh_model_free(models[i]);
    }
    return 0;
}

int remove_models(void **state)
{
    (void)state;
    char command[100];
    snprintf(command, sizeof command, "rm -r %s", folder);
    return system(command);
}

int run(const char *arguments)
{
    char command[1200];
    snprintf(command, sizeof command, "cd %s && rm -f *.svg && '%s' %s >out 2>err", folder,
             getenv("LONGHAND_PROGRAM"), arguments);
    int result = system(command);
    assert_true(WIFEXITED(result));
    return WEXITSTATUS(result);
}

char *contents(const char *name)
{
    char path[100];
    size_t size;
    lh_error error;
    snprintf(path, sizeof path, "%s/%s", folder, name);
    char *text = lh_file_read(path, 8 << 20, &size, &error);
    if (!text)
        fail_msg("%s", error.message);
    return text;
}

bool exists(const char *name)
{
    char path[100];
    struct stat info;
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return stat(path, &info) == 0;
}

void write_file(const char *name, const char *text)
{
    char path[200];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

void save_hand(const char *name, size_t points)
{
    char path[100];
    lh_error error;
    lh_ink *ink = write_model_ink(points);
    snprintf(path, sizeof path, "%s/%s", folder, name);
    check_ok(lh_iam_write(ink, path, &error), &error);
    lh_ink_free(ink);
}

void check_says(const char *file, const char *words)
{
    char *text = contents(file);
    if (!strstr(text, words))
        fail_msg("%s does not say '%s' but: %s", file, words, text);
    free(text);
}

void check_begins(const char *name, const char *start)
{
    char *text = contents(name);
    if (strncmp(text, start, strlen(start)) != 0)
        fail_msg("%s begins with '%.20s' and not with '%s'", name, text, start);
    free(text);
}

static void add_texts(xmlNode *node, char *all, size_t size, int *strokes)
{
    for (; node; node = node->next) {
        xmlChar *text = xmlGetProp(node, (const xmlChar *)"data-text");
        if (text)
            snprintf(all + strlen(all), size - strlen(all), "%s|", (const char *)text);
        xmlFree(text);
        *strokes += xmlStrcmp(node->name, (const xmlChar *)"path") == 0;
        add_texts(node->children, all, size, strokes);
    }
}

int read_svg(const char *name, char *texts, size_t size)
{
    char *xml = contents(name);
    xmlDoc *document = xmlReadMemory(xml, (int)strlen(xml), name, NULL, XML_PARSE_NONET);
    assert_non_null(document);
    int strokes = 0;
    texts[0] = '\0';
    add_texts(xmlDocGetRootElement(document), texts, size, &strokes);
    xmlFreeDoc(document);
    free(xml);
    return strokes;
}
