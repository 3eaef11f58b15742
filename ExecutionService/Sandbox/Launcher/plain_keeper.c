/*
 * In place of pid 1 where there are no pid namespaces: starts the program, adopts and reaps what it leaves, kills, reports,
 * removes. It stays root, so that the program can neither signal nor read it, and has no signal to die by when stage.c
 * dies: it notices by the end of its socket, and leaves only when nothing of the run is left.
 */
#include "plain.h"
#include "inside.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

static struct {
    pid_t program;
    int status, has_ended, was_killed, is_abandoned;
    struct watched reached;
    uint64_t started_ns, ended_ns;
} run;

/* Takes note of one that ended. Returns whether there was one. */
static int reap(int options)
{
    int status;
    pid_t pid = waitpid(-1, &status, options);
    if (pid == run.program && !run.has_ended) {
        run.status = status;
        run.has_ended = 1;
        run.ended_ns = monotonic_ns();
    }
    return pid > 0 || (pid < 0 && errno == EINTR);
}

/* All that the program left is ours to wait for, so that none is left when there is nobody to wait for. */
static void kill_all(const struct slot *slot)
{
    do {
        user_signal_kill(slot);
        while (reap(WNOHANG))
            ;
    } while (reap(0));
}

static _Noreturn void leave(const struct slot *slot, int status)
{
    kill_all(slot);
    inside_check(chdir("/"), "leave the workspace");
    folder_remove(slot);
    if (plain.landlock_abi == 0)
        public_folders_clear(slot->user);
    _exit(status);
}

static void obey(const struct slot *slot)
{
    uint32_t header[2], number;
    if (read_all(control_fd, header, sizeof header) != 1) {
        run.is_abandoned = 1;
    } else if (header[0] == CONTROL_SIGNAL && header[1] == sizeof number && read_all(control_fd, &number, sizeof number) == 1) {
        if (!run.has_ended)
            kill(-run.program, (int)number);
    } else if (header[0] == CONTROL_KILL) {
        run.was_killed = 1;
        kill_all(slot);
    } else {
        run.is_abandoned = 1;
    }
}

static void wait_for_end(const struct order *order, const struct slot *slot, int children)
{
    struct pollfd waiting[2] = { { .fd = control_fd, .events = POLLIN }, { .fd = children, .events = POLLIN } };
    struct signalfd_siginfo information;
    uint64_t next_look_ns = 0;
    while (!run.has_ended && !run.is_abandoned) {
        uint64_t now = monotonic_ns();
        if (now >= next_look_ns) {
            next_look_ns = now + (uint64_t)watch_look(order, slot, &run.reached) * 1000000u;
            if (run.reached.workspace || run.reached.memory)
                kill_all(slot);
        }
        if (poll(waiting, 2, (int)((next_look_ns - now) / 1000000u) + 1) > 0) {
            if (waiting[1].revents & POLLIN)
                (void)!read(children, &information, sizeof information);
            if (waiting[0].revents != 0)
                obey(slot);
        }
        while (reap(WNOHANG))
            ;
    }
}

static void report(const struct order *order, const struct slot *slot)
{
    struct rusage used;
    struct exit_report exit_report = {
        .exited_by_itself = WIFEXITED(run.status),
        .status = (uint32_t)(WIFEXITED(run.status) ? WEXITSTATUS(run.status) : WTERMSIG(run.status)),
        .memory_limit_reached = (uint32_t)run.reached.memory,
        .wall_time_ns = run.ended_ns - run.started_ns,
    };
    getrusage(RUSAGE_CHILDREN, &used);
    exit_report.user_time_us = (uint64_t)used.ru_utime.tv_sec * 1000000u + (uint64_t)used.ru_utime.tv_usec;
    exit_report.system_time_us = (uint64_t)used.ru_stime.tv_sec * 1000000u + (uint64_t)used.ru_stime.tv_usec;
    exit_report.memory_peak_bytes = (uint64_t)used.ru_maxrss * 1024u;
    /* What ended the program is reported, even if it took some of it away before it was hit. */
    if (run.reached.workspace) {
        exit_report.workspace_used_bytes = run.reached.workspace_bytes;
        exit_report.workspace_used_files = run.reached.workspace_files;
    } else {
        folder_measure(slot, &exit_report.workspace_used_bytes, &exit_report.workspace_used_files);
    }
    if (!run.was_killed) {
        /* With the program's rights: a name in its workspace may stand for a file that it could not read itself. */
        become_effective(slot->user);
        exit_report.files_left_out = collect_files(order, control_fd);
        become_effective(0);
    }
    send_frame(control_fd, FRAME_EXIT, &exit_report, sizeof exit_report);
}

static void make_places(const struct order *order, const struct slot *slot)
{
    inside_check(user_lock(slot->user), "wait for the end of the user's run before");
    /* A folder that is left tells that processes of this user are ours; without it they are somebody's. */
    if (access(slot->folder, F_OK) == 0) {
        user_end(slot);
        folder_remove(slot);
    } else if (user_exists(slot)) {
        errno = EBUSY;
        inside_fail("find the slot's user without a process");
    }
    folder_make(slot);
    inside_check(chdir(slot->workspace), "enter the workspace");
    become_effective(slot->user);
    program_write_files(order);
    become_effective(0);
}

static void start(const struct inside *inside, const struct slot *slot)
{
    int executed[2];
    char path[64], nothing;
    inside_check(pipe2(executed, O_CLOEXEC), "make the exec marker");
    run.program = fork();
    if (run.program == 0)
        plain_execute(inside, slot, executed[1]);
    inside_check(run.program, "fork the program");
    /* Held, so that the folder that its Landlock rule names is not made anew by the kernel. Closed with us. */
    snprintf(path, sizeof path, "/proc/%d", run.program);
    (void)!open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
    close(executed[1]);
    close(inside->stdin_read);
    if (inside->stdout_write >= 0)
        close(inside->stdout_write);
    if (inside->stderr_write >= 0)
        close(inside->stderr_write);
    while (read(executed[0], &nothing, 1) < 0 && errno == EINTR)
        ;
    close(executed[0]);
    run.started_ns = monotonic_ns();
    send_frame(control_fd, FRAME_STARTED, NULL, 0);
}

_Noreturn void keeper_run(const struct inside *inside)
{
    struct slot slot;
    control_fd = inside->control;
    slot_of(inside->order->preparation.outer_uid, &slot);
    prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
    sigset_t child_ends;
    sigemptyset(&child_ends);
    sigaddset(&child_ends, SIGCHLD);
    signal(SIGCHLD, SIG_DFL);
    sigprocmask(SIG_BLOCK, &child_ends, NULL);
    int children = signalfd(-1, &child_ends, SFD_CLOEXEC | SFD_NONBLOCK);
    inside_check(children, "watch for ended processes");

    make_places(inside->order, &slot);
    start(inside, &slot);
    wait_for_end(inside->order, &slot, children);
    kill_all(&slot);
    if (run.is_abandoned)
        leave(&slot, 1);
    send_frame(control_fd, CONTROL_ENDED, NULL, 0);
    report(inside->order, &slot);
    leave(&slot, 0);
}
