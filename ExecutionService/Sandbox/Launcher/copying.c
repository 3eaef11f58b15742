/*
 * A launcher's side of a runtime that is copied (runtime.c). It starts the runtime once; then each stage's pid 1 asks it for a
 * copy, which becomes pid 1's child.
 */
#include "runtime.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

int runtime = -1;

static _Noreturn void execute(char **command, int socket)
{
    /* Started as by anyone, in a folder of the program's name. What it prints is for whoever reads our errors, and no word of ours. */
    int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    signal(SIGPIPE, SIG_DFL);
    umask(022);
    if ((mkdir("/workspace", 0755) == 0 || errno == EEXIST) && chdir("/workspace") == 0 && nothing >= 0 && dup2(nothing, STDIN_FILENO) >= 0 && dup2(STDERR_FILENO, STDOUT_FILENO) >= 0 && dup2(socket, RUNTIME_FD) >= 0)
        execvp(command[0], command);
    fprintf(stderr, "launcher: cannot start %s: %s\n", command[0], strerror(errno));
    _exit(127);
}

void runtime_start(char **command)
{
    int ends[2];
    char said = 0;
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) {
        fprintf(stderr, "launcher: cannot make a socket to a runtime: %s\n", strerror(errno));
        exit(2);
    }
    pid_t pid = fork();
    if (pid == 0)
        execute(command, ends[1]);
    close(ends[1]);
    if (pid < 0 || read_all(ends[0], &said, 1) != 1 || said != RUNTIME_READY) {
        fprintf(stderr, "launcher: %s did not become a runtime that can be copied\n", command[0]);
        exit(2);
    }
    runtime = ends[0];
}

/*
 * A copy is born of a process that is in the stage's namespace of processes already (runtime.c). That one is to have none of
 * the numbers that the program and its children get without a runtime. Where the kernel does not let us choose
 * (CONFIG_CHECKPOINT_RESTORE), the program is process 3 and not 2.
 */
void runtime_leave_numbers(void)
{
    (void)write_text_file("/proc/sys/kernel/ns_last_pid", "299");
}

static int namespace_of_ours(const char *name)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/self/ns/%s", name);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    inside_check(fd, "open a namespace");
    return fd;
}

static int send_order(const struct copy_order *order, const int *descriptors, size_t count)
{
    union { struct cmsghdr align; char room[CMSG_SPACE(COPY_MAX_DESCRIPTORS * sizeof(int))]; } ancillary = { 0 };
    struct iovec data = { (void *)(uintptr_t)order, sizeof *order };
    struct msghdr message = { .msg_iov = &data, .msg_iovlen = 1, .msg_control = ancillary.room, .msg_controllen = CMSG_SPACE(count * sizeof(int)) };
    struct cmsghdr *rights = CMSG_FIRSTHDR(&message);
    *rights = (struct cmsghdr){ .cmsg_len = CMSG_LEN(count * sizeof(int)), .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS };
    memcpy(CMSG_DATA(rights), descriptors, count * sizeof(int));
    ssize_t sent;
    do
        sent = sendmsg(runtime, &message, 0);
    while (sent < 0 && errno == EINTR);
    return (int)sent;
}

void runtime_order_copy(const struct inside *inside, int executed, int release)
{
    static const char *const namespaces[] = { "pid", "net", "ipc", "uts", "mnt", "user" };
    int descriptors[COPY_MAX_DESCRIPTORS];
    int is_terminal = inside->order->preparation.has_terminal != 0;
    for (int i = COPY_PIDS; i <= COPY_USER; i++)
        descriptors[i] = namespace_of_ours(namespaces[i]);
    descriptors[COPY_CONTROL] = control_fd;
    descriptors[COPY_EXECUTED] = executed;
    descriptors[COPY_RELEASE] = release;
    descriptors[COPY_STDIN] = is_terminal ? release : inside->stdin_read;
    descriptors[COPY_STDOUT] = is_terminal ? release : inside->stdout_write;
    descriptors[COPY_STDERR] = is_terminal ? release : inside->stderr_write;
    size_t groups = cgroups_all(descriptors + COPY_GROUPS, COPY_MAX_GROUPS);
    struct copy_order order = { .has_terminal = (uint32_t)is_terminal, .groups = (uint32_t)groups };
    inside_check(send_order(&order, descriptors, COPY_GROUPS + groups), "order a copy");
    for (int i = COPY_PIDS; i <= COPY_USER; i++)
        close(descriptors[i]);
}
