/* Any bytes as a recording: SVG, JSON lines or IAM-OnDB's XML, as they say themselves. */
#include "fuzz.h"
#include "recorded_line.h"

#include "corpus/recording_read.h"

#include <stdlib.h>
#include <string.h>

const char *const fuzz_goals[] = {"a line of an SVG is read", "strokes are sorted to rows",
                                  "JSON lines are read", "filled shapes are refused", NULL};

#define SVG "<svg xmlns=\"http://www.w3.org/2000/svg\" stroke=\"red\">"

void fuzz_seeds(fuzz_take *take, void *user)
{
    fuzz_seed_text(take, user,
                   "<?xml version=\"1.0\"?>\n" SVG
                   "<style>.a{stroke:none}#b,path{visibility:visible}</style>"
                   "<path class=\"ruling\" d=\"M0 0h9\"/><g class=\"line\" data-text=\"a &lt; b\">"
                   "<path style=\"--t:1s;--d:.5s\" d=\"M1 2c.5.5 1-1 2 0s1 1 2 0-1-1-1 0z\"/>"
                   "<path style=\"--t:1s;--d:.5s\" d=\"M1 2h.01\"/></g></svg>");
    fuzz_seed_text(
        take, user,
        "<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://x.invalid/svg.dtd\">\n" SVG
        "<g transform=\"translate(1 2) rotate(30,1,2)scale(2)skewX(9)matrix(1 0 0 1 2 3)\">"
        "<path d=\"M1e1-2A5 9 30 0110 10q1 2 3 4t5 6T1 1\"/><defs><path d=\"M0 0\"/></defs>"
        "<polyline points=\"1,2 3,40 5 60\"/><polygon points=\"1 200 3 240 9 200\"/>"
        "<line x1=\"1mm\" y1=\"220\" y2=\"260px\"/></g></svg>");
    fuzz_seed_text(
        take, user,
        "{\"page\":1,\"line\":1,\"text\":\"a \\\"b\\\"\",\"x\":20,\"y\":26,\"scale\":0.0195,"
        "\"color\":\"#101010\",\"strokes\":[[[0,1.5,0],[2,-3e2,0.01]],[[7,8,0.5]]]}\n"
        "\n{\"strokes\":[[[1,2,3]]]}\n");
    fuzz_seed_text(take, user, "<svg><path d=\"M0 0h9v9z\"/></svg>");
    fuzz_seed_text(
        take, user,
        "<WhiteboardCaptureSession><Stroke><Point x=\"1\" y=\"2\" time=\"0.5\"/></Stroke>"
        "</WhiteboardCaptureSession>");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    lh_error error = {0};
    char *text = fuzz_text(data, size);
    lh_recording *recording = recording_read_memory(text, size, "fuzz", &error);
    free(text);
    if (!recording) {
        if (strstr(error.message, "filled shapes"))
            fuzz_reach(3);
        return 0;
    }
    if (recording->count == 0)
        abort();
    for (size_t i = 0; i < recording->count; i++)
        check_line(&recording->line[i]);
    bool json = size > 0 && data[0] == '{', xml = size > 0 && data[0] == '<';
    if (xml && recording->line[0].text)
        fuzz_reach(0);
    if (xml && recording->count > 1)
        fuzz_reach(1);
    if (json)
        fuzz_reach(2);
    lh_recording_free(recording);
    return 0;
}
