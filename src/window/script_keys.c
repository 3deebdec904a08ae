/* Keys of scripts: see script_keys.h. */
#include "script_keys.h"

#include <string.h>

static void send_key(win_app *app, bool down, SDL_Keycode key, Uint16 mod)
{
    SDL_Event event = {.key = {.type = down ? SDL_KEYDOWN : SDL_KEYUP}};
    event.key.state = down ? SDL_PRESSED : SDL_RELEASED;
    event.key.keysym = (SDL_Keysym){.sym = key, .mod = mod};
    win_app_event(app, &event);
}

static const struct {
    const char *name; /* as a row has it */
    Uint16 mod;
    SDL_Keycode key;
} held_keys[] = {{"ctrl+", KMOD_LCTRL, SDLK_LCTRL},
                 {"shift+", KMOD_LSHIFT, SDLK_LSHIFT},
                 {"alt+", KMOD_LALT, SDLK_LALT},
                 {"altgr+", KMOD_RALT, SDLK_RALT},
                 {"gui+", KMOD_LGUI, SDLK_LGUI}};
enum { HELD_KEYS = sizeof held_keys / sizeof *held_keys };

/* A key by itself, or with others held down, as a keyboard sends it, with the letters that it
 * makes. */
static void press_key(win_app *app, SDL_Keycode key, Uint16 mod, const char *letters)
{
    Uint16 held = 0;
    for (int i = 0; i < HELD_KEYS; i++)
        if (mod & held_keys[i].mod)
            send_key(app, true, held_keys[i].key, held |= held_keys[i].mod);
    send_key(app, true, key, mod);
    if (*letters) {
        SDL_Event event = {.text = {.type = SDL_TEXTINPUT}};
        snprintf(event.text.text, sizeof event.text.text, "%s", letters);
        win_app_event(app, &event);
    }
    send_key(app, false, key, mod);
    for (int i = HELD_KEYS - 1; i >= 0; i--)
        if (mod & held_keys[i].mod)
            send_key(app, false, held_keys[i].key, held &= (Uint16)~held_keys[i].mod);
}

/* Signs of an American keyboard, and those that it has above them, with Shift. */
static const char low_signs[] = "`1234567890-=[]\\;',./", high_signs[] = "~!@#$%^&*()_+{}|:\"<>?";

/* What the key makes with these held down, as under X: Alt changes nothing, and Control makes
 * letters of few. */
static char letter_of(SDL_Keycode key, Uint16 mod)
{
    if (key < ' ' || key > '~')
        return '\0';
    char c = (char)key;
    const char *low = strchr(low_signs, c);
    if (mod & KMOD_SHIFT)
        c = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : low ? high_signs[low - low_signs] : c;
    bool command = (mod & KMOD_CTRL) && (c >= '@' || strchr(" 2345678/", c));
    return command ? '\0' : c;
}

bool win_script_key(win_app *app, const char *name)
{
    Uint16 mod = 0;
    for (int i = 0; i < HELD_KEYS; i++) {
        size_t length = strlen(held_keys[i].name);
        if (strncmp(name, held_keys[i].name, length) != 0)
            continue;
        mod |= held_keys[i].mod;
        name += length;
        i = -1; /* the next may be any of them */
    }
    SDL_Keycode key = SDL_GetKeyFromName(name);
    if (key == SDLK_UNKNOWN)
        return false;
    press_key(app, key, mod, (char[]){letter_of(key, mod), '\0'});
    return true;
}

void win_script_type(win_app *app, const char *text)
{
    for (const char *next = text; *text; text = next) {
        char letter[5] = "";
        uint32_t c = lh_utf8_next(&next);
        memcpy(letter, text, (size_t)(next - text));
        const char *high = c < 128 ? strchr(high_signs, (int)c) : NULL;
        if (c == '\\' && *next == 'n') {
            next++;
            press_key(app, SDLK_RETURN, 0, "");
        } else if (c >= 'A' && c <= 'Z') {
            press_key(app, (SDL_Keycode)(c - 'A' + 'a'), KMOD_LSHIFT, letter);
        } else if (high) {
            press_key(app, low_signs[high - high_signs], KMOD_LSHIFT, letter);
        } else {
            press_key(app, (SDL_Keycode)c, 0, letter);
        }
    }
}

bool win_script_focus(win_app *app, const char *name)
{
    for (int i = 0; i < 2 * WIN_CONTROLS; i++) {
        if (strcmp(win_focus_name(&app->view), name) == 0)
            return true;
        press_key(app, SDLK_TAB, 0, "");
    }
    return false;
}
