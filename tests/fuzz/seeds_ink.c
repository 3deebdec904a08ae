/* Writes lines to the folder given, for fuzz_ink to begin with: writing of three sizes, and points
 * that are large and small. */
#include <longhand/ink.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const float with[9] = {1, -2, 3, 0.5f, 500, 150, 0.045f, 0.015f, 1000};

static void put(FILE *stream, const float *values, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        uint32_t bits;
        memcpy(&bits, &values[i], sizeof bits);
        for (int b = 0; b < 32; b += 8)
            fputc((int)(bits >> b & 255), stream);
    }
}

static FILE *start(const char *folder, const char *name)
{
    char path[4096];
    snprintf(path, sizeof path, "%.4000s/%s", folder, name);
    FILE *stream = fopen(path, "wb");
    if (stream)
        put(stream, with, 9);
    return stream;
}

/* Letters up and down between 0 and -60, a stroke of twelve readings each. */
static bool write_steps(const char *folder, const char *name, float unit_x, float unit_y)
{
    FILE *stream = start(folder, name);
    if (!stream)
        return false;
    const float units[2] = {unit_x, unit_y};
    fputc('s', stream);
    put(stream, units, 2);
    for (int i = 0; i < 240; i++) {
        fputc(i % 12 == 11 ? 128 : 8, stream);
        fputc((int)lrint(-30 + 30 * cos(i * 0.8)) & 255, stream);
    }
    return fclose(stream) == 0;
}

static bool write_points(const char *folder)
{
    static const float points[][3] = {
        {0, 0, 0},         {3e38f, -3e38f, 1}, {1e-45f, 1e-40f, -3e38f},
        {1e30f, 0, 3e38f}, {7, 1e9f, 2},       {7, 1e9f, 2}};
    FILE *stream = start(folder, "points");
    if (!stream)
        return false;
    fputc('p', stream);
    put(stream, points[0], sizeof points / sizeof(float));
    return fclose(stream) == 0;
}

int main(int argc, char **argv)
{
    bool done = argc == 2 && write_steps(argv[1], "plain", 2.5f, 2) &&
                write_steps(argv[1], "low", 2.5f, 1e-41f) &&
                write_steps(argv[1], "large", 1e36f, 1e36f) && write_points(argv[1]);
    if (!done)
        fprintf(stderr, "seeds_ink: cannot write to the folder given\n");
    return done ? EXIT_SUCCESS : EXIT_FAILURE;
}
