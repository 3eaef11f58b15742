/* What a release asks for: a main class for the JVM that waits, or another `java`. */
#define _GNU_SOURCE
#include "host.h"

#include <fcntl.h>
#include <pthread.h>

#define MOST_FILES 1024

extern char **environ;

int release_set_aside(void)
{
    enum { OUT_OF_THE_WAY = 200 };
    int kept = fcntl(RELEASE_FD, F_DUPFD_CLOEXEC, OUT_OF_THE_WAY);
    if (kept < 0)
        host_fail("no release to wait for");
    close(RELEASE_FD);
    return kept;
}

static int holds(char *const *texts, const char *text)
{
    for (; *texts != NULL; texts++)
        if (strcmp(*texts, text) == 0)
            return 1;
    return 0;
}

static int is_as_booted(const struct release *release)
{
    uint32_t variables = 0;
    for (; environ[variables] != NULL; variables++)
        if (!holds(release->environment.items, environ[variables]))
            return 0;
    if (variables != release->environment.count || release->command.count < runtime.booted.count)
        return 0;
    for (uint32_t i = 0; i < runtime.booted.count; i++)
        if (strcmp(release->command.items[i], runtime.booted.items[i]) != 0)
            return 0;
    return 1;
}

/* `java` splits and unquotes what it reads from a file; of these there is nothing to split. */
static int is_plain(const char *name)
{
    for (const unsigned char *c = (const unsigned char *)name; *c != '\0'; c++) {
        int is_letter = (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') || (*c >= '0' && *c <= '9') || *c == '_' || *c == '$' || *c >= 0x80;
        if (!is_letter && (*c != '.' || (const char *)c == name))
            return 0;
    }
    return *name != '\0';
}

char *release_main_class(const struct release *release)
{
    if (!is_as_booted(release))
        return NULL;
    const char *path = runtime.booted.items[runtime.booted.count - 1] + 1;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return NULL;
    size_t length;
    char *name = read_everything(fd, &length);
    close(fd);
    if (length > 0 && name[length - 1] == '\n')
        name[--length] = '\0';
    if (strlen(name) == length && is_plain(name))
        return name;
    free(name);
    return NULL;
}

void release_start_cold(const struct release *release)
{
    /* Not all files that the JVM has opened are closed on exec, and its threads block a signal. */
    for (int fd = RELEASE_FD; fd < MOST_FILES; fd++)
        fcntl(fd, F_SETFD, FD_CLOEXEC);
    pthread_sigmask(SIG_SETMASK, &runtime.signals, NULL);
    execvpe(release->command.items[0], release->command.items, release->environment.items);
    host_fail("cannot start java");
}
