/*
 * Boots R ahead of need, as it is started for main.R, with this library and an empty main.R. When R is about to read that, its
 * packages are loaded. It then reads the true main.R through the same open file.
 */
#include "interpreter.h"

#include <dlfcn.h>
#include <stdio.h>

/* Of R's interface. */
extern void *R_GlobalEnv;
void *R_ParseEvalString(const char *text, void *environment);
void R_set_command_line_arguments(int count, char **arguments);
void R_setStartTime(void);
void setup_Rmainloop(void);
void run_Rmainloop(void);

static const char program[] = "main.R";
static FILE *opened;

__attribute__((constructor)) static void put_placeholder(void)
{
    close(open(program, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644));
}

FILE *fopen(const char *path, const char *mode)
{
    FILE *(*open_file)(const char *, const char *) = (FILE *(*)(const char *, const char *))dlsym(RTLD_NEXT, "fopen");
    FILE *file = open_file(path, mode);
    if (opened == NULL && strcmp(path, program) == 0)
        opened = file;
    return file;
}

void Rf_mainloop(void)
{
    struct release released;
    setup_Rmainloop();
    unlink(program);
    await_release(&released);
    if (freopen(program, "r", opened) == NULL)
        start_cold(&released);
    R_set_command_line_arguments((int)released.command.count, released.command.items);
    R_setStartTime();
    /* Its first time was for the empty program. */
    R_ParseEvalString("eval(parse(Sys.getenv('R_PROFILE_USER'), keep.source = FALSE))", R_GlobalEnv);
    run_Rmainloop();
}
