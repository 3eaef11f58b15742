#include "probe.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/personality.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define MOST_FORKS 64
#define MOST_WORKSPACE_BYTES (64u << 20)
#define MOST_MEMORY_BYTES (64u << 20)
#define CPU_TIME_NS 10000000

/*
 * Calls that the kernel itself would not refuse to an unprivileged user in this way, so that a refusal is the filter's:
 * these either succeed or complain about their arguments.
 */
static const struct { const char *name; long number; long arguments[5]; } refused[] = {
    { "unshare_user", SYS_unshare, { CLONE_NEWUSER } },
    { "clone_user", SYS_clone, { CLONE_NEWUSER | SIGCHLD } },
    { "clone3", SYS_clone3, { 0 } },
    { "ptrace", SYS_ptrace, { 0 } }, /* PTRACE_TRACEME */
    { "keyctl", SYS_keyctl, { 0, -3 } }, /* the session keyring's id */
    { "io_uring_setup", SYS_io_uring_setup, { 1 } },
    { "userfaultfd", SYS_userfaultfd, { 1 } }, /* of the kind that anyone may have */
    { "name_to_handle_at", SYS_name_to_handle_at, { AT_FDCWD } },
    { "personality", SYS_personality, { ADDR_NO_RANDOMIZE } },
    { "socket_vsock", SYS_socket, { AF_VSOCK, SOCK_STREAM } },
};

/* Runs in a child, for a filter may kill for a call. Says the error, "signal N", or 0 when nothing refused it. */
static void tell_of_child(const char *name, pid_t child)
{
    int status;
    if (child < 0 || waitpid(child, &status, 0) != child)
        tell(name, "not tried");
    else if (WIFSIGNALED(status))
        tell(name, "signal %d", WTERMSIG(status));
    else
        tell(name, "%d", WEXITSTATUS(status));
}

void try_refused_calls(void)
{
    fflush(stdout);
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        char name[64];
        snprintf(name, sizeof name, "refused.%s", refused[i].name);
        pid_t child = fork();
        if (child == 0) {
            const long *with = refused[i].arguments;
            long result = syscall(refused[i].number, with[0], with[1], with[2], with[3], with[4]);
            _exit(result < 0 ? errno : 0);
        }
        tell_of_child(name, child);
        fflush(stdout);
    }
#ifdef __x86_64__
    pid_t child = fork();
    if (child == 0) {
        int result;
        __asm__ volatile("int $0x80" : "=a"(result) : "a"(20) : "memory"); /* i386's getpid */
        _exit(result < 0 ? ENOSYS : 0);
    }
    tell_of_child("refused.foreign_architecture", child);
    fflush(stdout);
#endif
}

void try_to_fork(void)
{
    pid_t children[MOST_FORKS];
    int made = 0, error = 0;
    while (made < MOST_FORKS) {
        pid_t child = fork();
        if (child == 0) {
            pause();
            _exit(0);
        }
        if (child < 0) {
            error = errno;
            break;
        }
        children[made++] = child;
    }
    for (int i = 0; i < made; i++)
        kill(children[i], SIGKILL);
    for (int i = 0; i < made; i++)
        waitpid(children[i], NULL, 0);
    tell("forks", "%d", made);
    tell("forks.error", "%d", error);
}

void try_to_fill_the_workspace(void)
{
    static char block[64 * 1024];
    size_t written = 0;
    int error = 0;
    int fd = open("filler", O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
    if (fd < 0) {
        tell("workspace.error", "%d", errno);
        return;
    }
    while (written < MOST_WORKSPACE_BYTES) {
        ssize_t length = write(fd, block, sizeof block);
        if (length < 0) {
            error = errno;
            break;
        }
        written += (size_t)length;
    }
    close(fd);
    unlink("filler");
    tell("workspace", "%zu", written);
    tell("workspace.error", "%d", error);
}

void spend_cpu_time(void)
{
    struct timespec used;
    do
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
    while (used.tv_sec == 0 && used.tv_nsec < CPU_TIME_NS);
    tell("cpu_us", "%ld", used.tv_sec * 1000000L + used.tv_nsec / 1000);
}

/* As daemons do: another session, another parent, nothing open, no signal heeded. Only the end of its world ends it. */
void leave_a_daemon(void)
{
    fflush(stdout);
    pid_t between = fork();
    if (between == 0) {
        setsid();
        if (fork() == 0) {
            for (int number = 1; number < 32; number++)
                signal(number, SIG_IGN);
            syscall(SYS_close_range, 0u, ~0u, 0u);
            while (1)
                pause();
        }
        _exit(0);
    }
    tell_of_child("daemon", between);
}

void eat_memory(void)
{
    unsigned char *memory = mmap(NULL, MOST_MEMORY_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED)
        return;
    for (size_t at = 0; at < MOST_MEMORY_BYTES; at += 4096)
        memory[at] = 1;
}
