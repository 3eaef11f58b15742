/*
 * How long the kernel alone takes for the same: runs a command as pid 1 of a fresh pid namespace and nothing else, waits for
 * its first output and a while longer, kills it, and prints the time until all of the namespace is gone, in microseconds.
 * Usage: bare_death <rounds> <command> <arguments>...
 */
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define AT_WORK_US 300000

static double measure(char **command)
{
    int said[2];
    char nothing;
    struct timespec from, to;
    if (pipe2(said, O_CLOEXEC) != 0)
        return -1;
    pid_t first = (pid_t)syscall(SYS_clone, CLONE_NEWPID | SIGCHLD, NULL, NULL, NULL, NULL);
    if (first == 0) {
        dup2(said[1], STDOUT_FILENO);
        execv(command[0], command);
        _exit(127);
    }
    close(said[1]);
    int is_ready = first > 0 && read(said[0], &nothing, 1) == 1;
    usleep(AT_WORK_US);
    clock_gettime(CLOCK_MONOTONIC, &from);
    if (first > 0) {
        kill(first, SIGKILL);
        waitpid(first, NULL, 0);
    }
    clock_gettime(CLOCK_MONOTONIC, &to);
    close(said[0]);
    return is_ready ? (double)(to.tv_sec - from.tv_sec) * 1e6 + (double)(to.tv_nsec - from.tv_nsec) / 1e3 : -1;
}

int main(int argc, char **argv)
{
    char folder[] = "/tmp/bare-death-XXXXXX";
    long rounds = argc > 2 ? strtol(argv[1], NULL, 10) : 0;
    int failed = rounds == 0 || mkdtemp(folder) == NULL || chdir(folder) != 0;
    for (long round = 0; round < rounds && !failed; round++) {
        double taken = measure(argv + 2);
        failed = taken < 0;
        if (!failed)
            printf("%.1f\n", taken);
    }
    unlink("stamps");
    rmdir(folder);
    return failed;
}
