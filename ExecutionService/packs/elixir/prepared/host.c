/*
 * Boots Elixir ahead of need, as `elixir main.exs` with this library. The virtual machine and Elixir's own processes run when
 * it looks whether there is such a file; it halts in a thread that is there for such calls.
 */
#define INTERPRETER "beam.smp"
#define COMMAND { "elixir", "main.exs", NULL }
#include "interpreter.h"

#include <dlfcn.h>
#include <sys/stat.h>

int stat(const char *restrict path, struct stat *restrict status)
{
    int (*look)(const char *, struct stat *) = (int (*)(const char *, struct stat *))dlsym(RTLD_NEXT, "stat");
    halt_at("main.exs", path);
    return look(path, status);
}
