/*
 * Which files are handed back. Both sides may be a stranger's choice, so the time is bounded by the product of their
 * lengths: all places in the glob that the path so far could have reached are followed at once, nothing is tried again.
 */
#include "launcher.h"

#include <string.h>

/* Adds a place, and those behind stars that may stand for nothing. */
static void reach(unsigned char *places, const char *glob, size_t at, int is_segment_start)
{
    while (!places[at]) {
        places[at] = 1;
        if (glob[at] != '*')
            return;
        if (glob[at + 1] != '*')
            at++;
        else if (glob[at + 2] != '/')
            at += 2;
        else if (is_segment_start)
            at += 3; /* any whole number of folders, none included */
        else
            return;
    }
}

int glob_matches(const char *glob, const char *path)
{
    unsigned char now[GLOB_MAX_BYTES + 1] = { 0 }, next[GLOB_MAX_BYTES + 1];
    size_t length = strlen(glob);
    if (length > GLOB_MAX_BYTES)
        return 0;
    reach(now, glob, 0, 1);
    for (; *path != '\0'; path++) {
        int starts_segment = *path == '/';
        memset(next, 0, length + 1);
        for (size_t at = 0; at < length; at++) {
            if (!now[at])
                continue;
            if (glob[at] == '*') {
                if (*path != '/' || glob[at + 1] == '*')
                    reach(next, glob, at, starts_segment);
            } else if (glob[at] == '?' ? *path != '/' : glob[at] == *path) {
                reach(next, glob, at + 1, starts_segment);
            }
        }
        memcpy(now, next, length + 1);
    }
    return now[length];
}
