/*
 * The launcher as a library, for runtimes that can fork. A launcher starts the runtime in its zone (copying.c). It boots once,
 * loads this, and calls fork_server_run, which returns in copies of it, each with all walls of a stage around it; the copy then
 * reads its release (protocol.h) and runs it. So a program costs a fork where its runtime would have had to boot.
 *
 * The stages themselves are the launcher's, which is small, and so are their pid 1s, whose child a copy has to be. Therefore:
 *
 *   runtime ──► enters the stage's namespaces, but that of users; its children are in that of processes
 *                └──► is in it ──fork──► the copy
 *
 * The two in between share the runtime's memory and live while it stands still (vfork); when they end, the copy is left to the
 * one who takes up orphans in its namespace of processes, pid 1.
 */
#include "runtime.h"

#include <errno.h>
#include <malloc.h>
#include <poll.h>
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* Whose release was sent with the order has it by then. */
#define SOON_MS 20
#define STACK_BYTES (64 * 1024)

struct copy {
    struct copy_order order;
    int descriptors[COPY_MAX_DESCRIPTORS];
    size_t count;
};

static jmp_buf in_runtime;

_Noreturn void runtime_become_program(void)
{
    /* As after an execution. Nothing of ours that a program may not read is in its memory. */
    if (prctl(PR_SET_DUMPABLE, 1) != 0)
        _exit(125);
    struct pollfd release = { .fd = RELEASE_FD, .events = POLLIN };
    if (poll(&release, 1, SOON_MS) == 0)
        make_memory_own();
    longjmp(in_runtime, 1);
}

static _Noreturn void become(const struct copy *copy)
{
    const int *descriptors = copy->descriptors;
    struct order order = { .preparation = { .has_terminal = copy->order.has_terminal, .is_copy = 1 } };
    struct inside inside = {
        .order = &order, .stdin_read = descriptors[COPY_STDIN], .stdout_write = descriptors[COPY_STDOUT], .stderr_write = descriptors[COPY_STDERR],
    };
    pid_t pid = getpid();
    inside_check(write_all(descriptors[COPY_EXECUTED], &pid, sizeof pid), "tell the copy's number");
    signal(SIGCHLD, SIG_DFL);
    cgroups_join_all(descriptors + COPY_GROUPS, copy->order.groups);
    inside_check(chdir("/workspace"), "enter the workspace");
    be_first_to_be_killed();
    drop_groups();
    inside_check(setns(descriptors[COPY_USER], CLONE_NEWUSER), "enter the user namespace");
    become_runner();
    program_prepare(&inside, descriptors[COPY_EXECUTED], descriptors[COPY_RELEASE]);
}

static int fork_copy(void *copy)
{
    /* See runtime_leave_numbers. */
    (void)write_text_file("/proc/sys/kernel/ns_last_pid", "1");
    pid_t pid = fork();
    if (pid == 0)
        become(copy);
    inside_check(pid, "copy the runtime");
    _exit(0);
}

/* Runs while this process stands still, on its memory. -1 with errno when it cannot. */
static int run_beside(int (*function)(void *), struct copy *copy, char *stack)
{
    return clone(function, stack + STACK_BYTES, CLONE_VM | CLONE_VFORK | SIGCHLD, copy);
}

static int enter(void *argument)
{
    static _Alignas(16) char stack[STACK_BYTES];
    struct copy *copy = argument;
    for (int i = COPY_PIDS; i <= COPY_MOUNTS; i++)
        inside_check(setns(copy->descriptors[i], 0), "enter the stage");
    pid_t between = run_beside(fork_copy, copy, stack);
    inside_check(between, "enter the stage's processes");
    /*
     * It lets us go on before the kernel gives its child away. A program that ended before that would be its child still, and
     * nobody's to wait for.
     */
    while (waitpid(between, NULL, 0) < 0 && errno == EINTR)
        ;
    _exit(0);
}

/* 0: nobody will order any more. */
static int receive(struct copy *copy)
{
    union { struct cmsghdr align; char room[CMSG_SPACE(COPY_MAX_DESCRIPTORS * sizeof(int))]; } ancillary = { 0 };
    struct iovec data = { &copy->order, sizeof copy->order };
    struct msghdr message = { .msg_iov = &data, .msg_iovlen = 1, .msg_control = ancillary.room, .msg_controllen = sizeof ancillary.room };
    ssize_t got;
    do
        got = recvmsg(RUNTIME_FD, &message, MSG_CMSG_CLOEXEC);
    while (got < 0 && errno == EINTR);
    struct cmsghdr *rights = CMSG_FIRSTHDR(&message);
    if (got != (ssize_t)sizeof copy->order || rights == NULL || rights->cmsg_type != SCM_RIGHTS)
        return 0;
    copy->count = (rights->cmsg_len - CMSG_LEN(0)) / sizeof(int);
    memcpy(copy->descriptors, CMSG_DATA(rights), copy->count * sizeof(int));
    return copy->count == COPY_GROUPS + copy->order.groups;
}

/* Otherwise every copy does it that first asks for much at once, and copies the memory that what is free lies in. */
static void gather_free_memory(void)
{
    malloc_trim(0);
    void *volatile much = malloc(64 * 1024);
    free(much);
}

/*
 * Returns only in the processes of programs: with the release's file descriptor. Signals then do what they do by default.
 * The caller must have a single thread.
 */
__attribute__((visibility("default"))) int fork_server_run(void)
{
    static _Alignas(16) char stack[STACK_BYTES];
    static struct copy copy;
    const char ready = RUNTIME_READY;
    if (setjmp(in_runtime) != 0)
        return RELEASE_FD;
    launcher_begin();
    filter_prepare(0);
    leave_no_zombies();
    gather_free_memory();
    if (write_all(RUNTIME_FD, &ready, 1) != 0)
        _exit(2);
    while (receive(&copy)) {
        control_fd = copy.descriptors[COPY_CONTROL];
        if (run_beside(enter, &copy, stack) < 0)
            inside_tell_failure("stand beside the runtime");
        for (size_t i = 0; i < copy.count; i++)
            close(copy.descriptors[i]);
    }
    _exit(0);
}
