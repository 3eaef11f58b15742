/* The last steps before a program, the same in every enclosure: its files, its streams, its limits, its execution. */
#include "inside.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

void program_write_files(const struct order *order)
{
    for (size_t i = 0; i < order->file_count; i++) {
        const struct order_file *file = &order->files[i];
        char path[PATH_MAX];
        snprintf(path, sizeof path, "%s", file->path);
        for (char *slash = strchr(path, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
            *slash = '\0';
            if (mkdir(path, 0755) != 0 && errno != EEXIST)
                inside_fail("make a folder for the program's files");
            *slash = '/';
        }
        int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0644);
        inside_check(fd, "make a file of the program");
        inside_check(fchmod(fd, file->mode), "set a file's mode");
        inside_check(write_all(fd, file->content.data, file->content.length), "write a file of the program");
        close(fd);
    }
}

void program_connect(int in, int out, int error, int is_terminal)
{
    setsid();
    if (is_terminal && ioctl(in, TIOCSCTTY, 0) != 0)
        _exit(125);
    if (dup2(in, STDIN_FILENO) < 0 || dup2(out, STDOUT_FILENO) < 0 || dup2(error, STDERR_FILENO) < 0)
        _exit(125);
}

void program_settle(const int *kept, int count)
{
    umask(022);
    signal(SIGPIPE, SIG_DFL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    /* Out of each other's way first. */
    enum { ASIDE = 32, MOST = 4 };
    int aside[MOST];
    for (int i = 0; i < count; i++)
        if ((aside[i] = fcntl(kept[i], F_DUPFD_CLOEXEC, ASIDE)) < 0)
            _exit(125);
    for (int i = 0; i < count; i++)
        if (dup3(aside[i], 3 + i, O_CLOEXEC) < 0)
            _exit(125);
    if (syscall(SYS_close_range, (unsigned)(3 + count), ~0u, 0u) != 0)
        _exit(125);
    limits_fix();
}

_Noreturn void program_execute(char **arguments, char **environment)
{
    extern char **environ;
    environ = environment;
    execvp(arguments[0], arguments);
    /* As a shell says it: to the program's user this is a result like any other. */
    int error = errno;
    dprintf(STDERR_FILENO, "%s: %s\n", arguments[0], strerror(error));
    _exit(error == ENOENT ? 127 : 126);
}
