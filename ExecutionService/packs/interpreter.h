/*
 * What is the same in every host that is a library, loaded into the language's own interpreter (LD_PRELOAD): it lets the
 * interpreter boot, halts it at a place that the host chooses, and learns there what it is to run. The interpreter then goes
 * its own way into the program, so nothing of the host is in the program's stack traces.
 */
#include "hiding.h"
#include "leaving.h"
#include "release.h"

#include <fcntl.h>
#include <signal.h>

extern char **environ;

/* Where scripts start the interpreter, a host names it, and the command that they were started with. */
#ifndef INTERPRETER
#define INTERPRETER program_invocation_short_name
#define COMMAND { NULL }
#endif

static int release_fd;
static char *command_of_scripts[] = COMMAND;
static char **booted_as = command_of_scripts;

/* Before the interpreter opens anything: its descriptors get the numbers that they have in a cold start. */
__attribute__((constructor)) static void put_aside_release(int count, char **arguments)
{
    enum { OUT_OF_THE_WAY = 14 }; /* a stage may open 16 files at least */
    if (strcmp(program_invocation_short_name, INTERPRETER) != 0)
        return;
    release_fd = fcntl(RELEASE_FD, F_DUPFD_CLOEXEC, OUT_OF_THE_WAY);
    if (release_fd < 0)
        host_fail("no release to wait for");
    close(RELEASE_FD);
    hide_preload();
    if (booted_as[0] != NULL)
        return;
    /* Interpreters change the list while they boot. */
    booted_as = checked(calloc((size_t)count + 1, sizeof *booted_as));
    for (int i = 0; i < count; i++)
        booted_as[i] = checked(strdup(arguments[i]));
}

/* The same process, with the same descriptors and limits, becomes what a cold start would have made. */
static _Noreturn void start_cold(const struct release *release)
{
    signal(SIGPIPE, SIG_DFL);
    environ = release->environment.items;
    execvp(release->command.items[0], release->command.items);
    _exit(127);
}

/*
 * Returns the program's own arguments; where the interpreter was booted for another program, it starts anew. The environment
 * is right already, for requests with variables of their own are served without a host.
 */
static char **await_release(struct release *released)
{
    *released = release_read(release_fd);
    char **arguments = released->command.items;
    for (char **booted = booted_as; *booted != NULL; booted++, arguments++)
        if (*arguments == NULL || strcmp(*booted, *arguments) != 0)
            start_cold(released);
    return arguments;
}

/*
 * Halts the interpreter where it first reaches for the program's file. It has taken its arguments by then, so programs with
 * arguments start cold.
 */
static inline void halt_at(const char *program, const char *path)
{
    static int is_released;
    if (is_released || strcmp(path, program) != 0)
        return;
    struct release released;
    is_released = 1;
    if (*await_release(&released) != NULL)
        start_cold(&released);
}
