/*
 * Pid 1 of a stage's namespaces. The order of steps matters:
 *   1. join the cgroups of memory and processes and open those of CPU, while their files can still be seen;
 *   2. enter the root and mount what is the stage's own, while mounting is still allowed;
 *   3. only then a user namespace (made earlier, the kernel refuses to mount /proc), whose id maps stage.c writes from
 *      outside, for only there are we privileged over both sides;
 *   4. become uid 1000 and fork the program's process, which joins its groups, hides them in a cgroup namespace, drops
 *      what is left of privileges, and waits (release.c); or is executed as a host, boots, and waits; or is a runtime's
 *      copy (runtime.c);
 *   5. drop every capability by hand, and wait for the release;
 *   6. write the files, lower the limits, let the program go, and from then on reap, pass signals on, and report.
 */
#include "inside.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

int control_fd;
static int was_killed;

void inside_tell_failure(const char *step)
{
    char text[256];
    int length = snprintf(text, sizeof text, "%s: %s", step, strerror(errno));
    send_frame(control_fd, FRAME_FAILURE, text, (size_t)length);
}

_Noreturn void inside_fail(const char *step)
{
    inside_tell_failure(step);
    _exit(125);
}

void inside_check(int result, const char *step)
{
    if (result < 0)
        inside_fail(step);
}

/* Tells stage.c something, and gives it a descriptor along with it. */
static void hand_over(uint32_t message_type, int fd)
{
    uint32_t header[2] = { message_type, 0 };
    union { struct cmsghdr align; char room[CMSG_SPACE(sizeof(int))]; } ancillary = { 0 };
    struct iovec data = { header, sizeof header };
    struct msghdr message = { .msg_iov = &data, .msg_iovlen = 1, .msg_control = ancillary.room, .msg_controllen = sizeof ancillary.room };
    struct cmsghdr *rights = CMSG_FIRSTHDR(&message);
    *rights = (struct cmsghdr){ .cmsg_len = CMSG_LEN(sizeof(int)), .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS };
    memcpy(CMSG_DATA(rights), &fd, sizeof fd);
    inside_check((int)sendmsg(control_fd, &message, 0), "hand a descriptor over");
    close(fd);
}

/*
 * The kernel takes programs first when memory runs out, here and on the whole machine. Set while we are privileged, it is
 * also the lowest value they can choose for themselves; stage.c exempts pid 1 when the program has been forked.
 */
void be_first_to_be_killed(void)
{
    write_text_file("/proc/self/oom_score_adj", "500");
}

void drop_groups(void)
{
    if (setgroups(0, NULL) != 0 && errno != EPERM) /* an ordinary user's zone may not, and has none to lose */
        inside_fail("drop groups");
}

void become_runner(void)
{
    inside_check(setresgid(INSIDE_ID, INSIDE_ID, INSIDE_ID), "become group runner");
    inside_check(setresuid(INSIDE_ID, INSIDE_ID, INSIDE_ID), "become user runner");
}

static void enter_user_namespace(void)
{
    uint32_t header[2];
    drop_groups();
    int workspace = open(".", O_PATH | O_DIRECTORY | O_CLOEXEC);
    inside_check(workspace, "open the workspace");
    inside_check(unshare(CLONE_NEWUSER), "new user namespace");
    hand_over(CONTROL_MAP_IDS, workspace);
    if (read_all(control_fd, header, sizeof header) != 1 || header[0] != CONTROL_IDS_MAPPED)
        _exit(125);
    become_runner();
}

static void close_programs(const struct inside *inside)
{
    cgroups_close();
    if (inside->stdin_read >= 0) {
        close(inside->stdin_read);
        close(inside->stdout_write);
        close(inside->stderr_write);
    }
}

static void obey(pid_t program)
{
    uint32_t header[2], number;
    if (read_all(control_fd, header, sizeof header) != 1)
        _exit(125); /* stage.c is gone; leaving ends everything inside */
    switch (header[0]) {
    case CONTROL_SIGNAL:
        if (header[1] == sizeof number && read_all(control_fd, &number, sizeof number) == 1)
            kill(-program, (int)number);
        break;
    case CONTROL_KILL:
        was_killed = 1;
        kill(-1, SIGKILL);
        break;
    default:
        _exit(125);
    }
}

/* Waits for the program's own end, reaping what others left behind. Returns its wait status. */
static int wait_for(pid_t program, int children)
{
    struct pollfd waiting[2] = { { .fd = control_fd, .events = POLLIN }, { .fd = children, .events = POLLIN } };
    while (1) {
        pid_t pid;
        int status;
        while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
            if (pid == program)
                return status;
        if (poll(waiting, 2, -1) < 0)
            continue;
        if (waiting[1].revents & POLLIN) {
            struct signalfd_siginfo information;
            if (read(children, &information, sizeof information) < 0)
                continue;
        }
        if (waiting[0].revents != 0)
            obey(program);
    }
}

static uint64_t microseconds(struct timeval time)
{
    return (uint64_t)time.tv_sec * 1000000u + (uint64_t)time.tv_usec;
}

static void report(const struct order *order, const struct waiting_program *program, int status, uint64_t wall_time_ns)
{
    struct rusage used;
    struct statvfs workspace;
    struct exit_report exit_report = {
        .exited_by_itself = WIFEXITED(status),
        .status = (uint32_t)(WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status)),
        .wall_time_ns = wall_time_ns,
    };
    getrusage(RUSAGE_CHILDREN, &used);
    /* The kernel tells how a host's time before its release divides in ticks only, so a part may seem less than nothing. */
    uint64_t user_us = microseconds(used.ru_utime), system_us = microseconds(used.ru_stime);
    uint64_t before_us = program->cpu_time_ns / 1000u, before_system_us = program->system_time_us;
    uint64_t all_us = user_us + system_us > before_us ? user_us + system_us - before_us : 0;
    exit_report.system_time_us = system_us > before_system_us ? system_us - before_system_us : 0;
    if (exit_report.system_time_us > all_us)
        exit_report.system_time_us = all_us;
    exit_report.user_time_us = all_us - exit_report.system_time_us;
    if (statvfs("/workspace", &workspace) == 0) {
        exit_report.workspace_used_bytes = (workspace.f_blocks - workspace.f_bfree) * workspace.f_frsize;
        exit_report.workspace_used_files = workspace.f_files - workspace.f_ffree - OWN_ENTRIES;
    }
    exit_report.memory_peak_bytes = (uint64_t)used.ru_maxrss * 1024u;
    if (!was_killed)
        exit_report.files_left_out = collect_files(order, control_fd);
    inside_check(send_frame(control_fd, FRAME_EXIT, &exit_report, sizeof exit_report), "report");
}

static void pause_for(struct waiting_program *program, int children, int timeout_ms, short *control)
{
    struct pollfd waiting[2] = { { .fd = control_fd, .events = POLLIN }, { .fd = children, .events = POLLIN } };
    struct signalfd_siginfo information;
    if (poll(waiting, 2, timeout_ms) > 0 && (waiting[1].revents & POLLIN))
        (void)!read(children, &information, sizeof information);
    pid_t pid;
    while ((pid = waitpid(-1, NULL, WNOHANG)) > 0)
        if (pid == program->pid) {
            errno = ECHILD;
            inside_fail("keep the program until its release");
        }
    *control = waiting[0].revents;
}

/* Until the host asks for its release, or is to have it anyway. */
static void await_boot(struct waiting_program *program, int children)
{
    enum { LOOK_AGAIN_MS = 5, PATIENCE_MS = 30000 };
    short control = 0;
    for (int waited_ms = 0; control == 0 && !host_waits(program); waited_ms += LOOK_AGAIN_MS) {
        if (waited_ms > PATIENCE_MS) {
            errno = ETIME;
            inside_fail("see the host read its release");
        }
        pause_for(program, children, LOOK_AGAIN_MS, &control);
    }
}

static uint32_t await_release(struct waiting_program *program, int children)
{
    uint32_t message[3];
    short control = 0;
    while (control == 0)
        pause_for(program, children, -1, &control);
    /* Also when stage.c is gone; leaving ends everything inside. */
    if (read_all(control_fd, message, sizeof message) != 1 || message[0] != CONTROL_RELEASE || message[1] != sizeof message[2])
        _exit(125);
    return message[2];
}

/*
 * Our end starts the kernel taking the namespaces apart, on the processors that the answer needs now. Nothing of the program
 * lives, and whoever answers does not wait for us (LaunchedRun.cs); stage.c still ends us whenever it likes.
 */
static void give_way(void)
{
    enum { GIVE_WAY_MS = 10 };
    struct pollfd control = { .fd = control_fd, .events = POLLIN };
    poll(&control, 1, GIVE_WAY_MS);
}

_Noreturn void inside_run(const struct inside *inside)
{
    struct order *order = inside->order;
    control_fd = inside->control;

    cgroups_open(order);
    cgroups_join();
    inside_check(sethostname("sandbox", 7), "name the host");
    enter_root(order->root);
    mount_workspace(&order->preparation);
    int terminal = mount_terminals(&order->preparation);
    mount_proc();
    be_first_to_be_killed();
    if (order->preparation.is_copy)
        runtime_leave_numbers();
    enter_user_namespace();
    /* After the ids changed, for that clears it: pid 1 follows stage.c into death, and its namespaces follow pid 1. */
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    /* Nobody inside may look into pid 1, which shares their uid. */
    prctl(PR_SET_DUMPABLE, 0);
    if (terminal >= 0)
        hand_over(CONTROL_TERMINAL, terminal);

    sigset_t child_ends;
    sigemptyset(&child_ends);
    sigaddset(&child_ends, SIGCHLD);
    sigprocmask(SIG_BLOCK, &child_ends, NULL);
    int children = signalfd(-1, &child_ends, SFD_CLOEXEC | SFD_NONBLOCK);
    inside_check(children, "watch for ended processes");

    struct waiting_program program = { .pid = -1 };
    program_fork(inside, &program);
    privileges_drop();
    close_programs(inside);
    if (order->host != NULL)
        await_boot(&program, children);
    inside_check(send_frame(control_fd, FRAME_PREPARED, NULL, 0), "report that all is prepared");

    struct bytes release = { inside->release, await_release(&program, children) };
    if (order_parse_release(order, release) != NULL)
        _exit(125); /* stage.c found it sound */
    program_write_files(order);
    uint64_t started = program_release(&program, order, (uint32_t)release.length);

    int status = wait_for(program.pid, children);
    uint64_t ended = monotonic_ns();
    kill_others();
    inside_check(send_frame(control_fd, CONTROL_ENDED, NULL, 0), "report the end");
    report(order, &program, status, ended - started);
    if (WIFEXITED(status) && !was_killed)
        give_way();
    _exit(0);
}
