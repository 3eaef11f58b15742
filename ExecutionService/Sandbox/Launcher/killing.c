/* How pid 1 ends what a program has left. */
#include "inside.h"

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/wait.h>

/*
 * A host leaves its memory to an heir (packs/leaving.h), which has no files and does nothing. To end it takes the kernel some
 * milliseconds, of the processors that the answer needs. What it has used is not worth counting.
 */
static int is_heir(pid_t pid)
{
    char path[64], line[512] = "";
    unsigned long user_ticks, system_ticks;
    long threads;
    snprintf(path, sizeof path, "/proc/%d/stat", pid);
    FILE *file = fopen(path, "re");
    const char *all = file == NULL ? NULL : fgets(line, sizeof line, file);
    if (file != NULL)
        fclose(file);
    const char *name = strchr(line, '('), *rest = strrchr(line, ')');
    return all != NULL && name != NULL && rest != NULL && strncmp(name, "(" HEIR_NAME ")", sizeof HEIR_NAME + 1) == 0
        && sscanf(rest + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu %*d %*d %*d %*d %ld", &user_ticks, &system_ticks, &threads) == 3
        && threads == 1 && user_ticks + system_ticks == 0;
}

/* The heir, if it is all that is left, or -1. */
static pid_t find_heir(void)
{
    pid_t found = -1;
    int count = 0;
    DIR *processes = opendir("/proc");
    if (processes == NULL)
        return -1;
    for (const struct dirent *entry; (entry = readdir(processes)) != NULL;) {
        pid_t pid = (pid_t)atoi(entry->d_name);
        if (pid > 1 && ++count == 1)
            found = pid;
    }
    closedir(processes);
    return count == 1 && is_heir(found) ? found : -1;
}

/*
 * Stops it as debuggers do, so that nothing but us can let it go on, no signal and no timer of its own: who merely bears the
 * name runs as little as who is dead. It ends with us.
 */
static int freeze(pid_t heir)
{
    int status;
    return ptrace(PTRACE_SEIZE, heir, NULL, PTRACE_O_EXITKILL) == 0 && ptrace(PTRACE_INTERRUPT, heir, NULL, NULL) == 0
        && waitpid(heir, &status, __WALL) == heir && WIFSTOPPED(status);
}

void kill_others(void)
{
    pid_t ended;
    while ((ended = waitpid(-1, NULL, WNOHANG)) >= 0 || errno == EINTR) {
        if (ended != 0)
            continue;
        pid_t heir = find_heir();
        if (heir > 0 && freeze(heir) && find_heir() == heir) /* still alone */
            return;
        kill(-1, SIGKILL); /* one that forks meanwhile loses the race at the next turn */
        waitpid(-1, NULL, 0);
    }
}
