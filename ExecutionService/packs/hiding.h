/* How a host that is a library, loaded into the language's own runtime (LD_PRELOAD), is seen by nobody. */
#pragma once

#include <stdlib.h>
#include <string.h>

/* From the program and its children; also in /proc/self/environ, where only a gap remains. */
static inline void hide_preload(void)
{
    char *libraries = getenv("LD_PRELOAD");
    if (libraries == NULL)
        return;
    char *entry = libraries - strlen("LD_PRELOAD=");
    size_t length = strlen(entry);
    unsetenv("LD_PRELOAD");
    memset(entry, 0, length);
}
