/* Boots Clojure ahead of need, as it is started for main.clj, with this library: its core is loaded when it opens that. */
#include "interpreter.h"

#include <dlfcn.h>
#include <stdarg.h>

int open64(const char *path, int flags, ...)
{
    int (*open_file)(const char *, int, ...) = (int (*)(const char *, int, ...))dlsym(RTLD_NEXT, "open64");
    va_list more;
    va_start(more, flags);
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(more, mode_t) : 0;
    va_end(more);
    halt_at("main.clj", path);
    return open_file(path, flags, mode);
}
