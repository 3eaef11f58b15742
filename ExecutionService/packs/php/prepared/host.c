/* Boots PHP ahead of need, as it is started for main.php, with this library: its extensions are loaded when it opens that. */
#include "interpreter.h"

#include <dlfcn.h>
#include <stdio.h>

FILE *fopen(const char *path, const char *mode)
{
    FILE *(*open_file)(const char *, const char *) = (FILE *(*)(const char *, const char *))dlsym(RTLD_NEXT, "fopen");
    halt_at("main.php", path);
    return open_file(path, mode);
}
