/*
 * How a host's process ends before its memory does. The kernel takes the memory of a large process apart, some milliseconds
 * for a JVM or Node.js, before anybody hears of its end. So the last that a host does is to leave its memory to a process
 * that does nothing, and to end. Pid 1 of the stage freezes that one, and ends it after the answer (Sandbox/Launcher/killing.c).
 *
 * All that a program could tell has happened by then: every handler of exit has run. Programs that end in other ways, by a
 * signal, _exit, or as another program, end as ever.
 */
#pragma once

#include <linux/futex.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

/* By this name pid 1 knows the process (Sandbox/Launcher/protocol.h). */
#define HEIR_NAME "heir of memory"

static pid_t leaver;
static _Alignas(16) char heir_stack[4096];
static atomic_uint heir_is_ready;

/* It must not hold what others wait for the end of: pipes above all. Shares its thread's own variables with the leaver. */
static _Noreturn int inherit(void *unused)
{
    (void)unused;
    syscall(SYS_close_range, 0u, ~0u, 0u);
    atomic_store(&heir_is_ready, 1);
    syscall(SYS_futex, &heir_is_ready, FUTEX_WAKE, 1, NULL, NULL, 0);
    while (1)
        syscall(SYS_ppoll, NULL, 0, NULL, NULL, 0);
}

static void leave_memory(int status, void *unused)
{
    (void)unused;
    /* A child of the program, forked, has run this far with a copy of our memory. */
    if (getpid() != leaver)
        return;
    fcloseall(); /* as the rest of exit does, for files that were left open; it waits for no thread that is in one of them */
    const struct timespec patience = { .tv_nsec = 10 * 1000 * 1000 };
    sigset_t all;
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, NULL); /* the program's handlers are not for the heir */
    prctl(PR_SET_NAME, HEIR_NAME);
    /* A child of pid 1, as the leaver is; at the limit of processes there is none. */
    if (clone(inherit, heir_stack + sizeof heir_stack, CLONE_VM | CLONE_PARENT | SIGCHLD, NULL) > 0)
        syscall(SYS_futex, &heir_is_ready, FUTEX_WAIT, 0, &patience, NULL, 0);
    _exit(status);
}

/* As early as can be, for of exit's handlers the first runs last. */
__attribute__((constructor(101))) static void prepare_to_leave(void)
{
    leaver = getpid();
    on_exit(leave_memory, NULL);
}
