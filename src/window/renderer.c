/* What puts frames on the screen: the graphics card, where there is one, else the processor itself.
 * OpenGL drawn by the processor (llvmpipe) is told apart, for it takes four times as long. */
#include "app.h"

#include <string.h>
#include <unistd.h>

/* Linux shows a graphics card with a driver of its own as one of these. */
static bool has_graphics_card(void)
{
    static const char *const devices[] = {"/dev/dri/renderD128", "/dev/dri/card0", "/dev/dri/card1",
                                          "/dev/nvidiactl"};
    for (size_t i = 0; i < sizeof devices / sizeof *devices; i++)
        if (access(devices[i], R_OK | W_OK) == 0)
            return true;
    return false;
}

bool win_renderer_is_software(const char *name)
{
    static const char *const software[] = {"llvmpipe", "softpipe", "swrast", "SwiftShader",
                                           "Software Rasterizer"};
    for (size_t i = 0; name && i < sizeof software / sizeof *software; i++)
        if (strstr(name, software[i]))
            return true;
    return !name;
}

/* Is this one that draws with OpenGL, by the processor? */
static bool pretends(SDL_Renderer *renderer)
{
    enum { GL_RENDERER = 0x1F01 };
    SDL_RendererInfo info;
    if (SDL_GetRendererInfo(renderer, &info) != 0 || !strstr(info.name, "opengl"))
        return false;
    const unsigned char *(*get_string)(unsigned) = NULL;
    void *found = SDL_GL_GetProcAddress("glGetString");
    memcpy(&get_string, &found, sizeof get_string);
    return !get_string || win_renderer_is_software((const char *)get_string(GL_RENDERER));
}

SDL_Renderer *win_renderer_open(SDL_Window *window)
{
    SDL_Renderer *renderer = NULL;
    if (SDL_getenv("SDL_RENDER_DRIVER") || has_graphics_card())
        renderer = SDL_CreateRenderer(window, -1, SDL_RENDERER_PRESENTVSYNC);
    if (renderer && !SDL_getenv("SDL_RENDER_DRIVER") && pretends(renderer)) {
        SDL_DestroyRenderer(renderer);
        renderer = NULL;
    }
    return renderer ? renderer : SDL_CreateRenderer(window, -1, SDL_RENDERER_SOFTWARE);
}
