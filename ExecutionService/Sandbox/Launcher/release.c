/*
 * The program's process, forked before anyone knows what it will execute. Everything that can be done ahead is done then:
 * its groups, its privileges, its streams, the filter. What is left for the release is to execute the program; or, with a
 * host, to hand the release to a runtime that has booted meanwhile.
 */
#include "inside.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static _Noreturn void execute_host(const struct order *order, int executed, int release)
{
    const int kept[] = { release, executed };
    program_settle(kept, 2);
    if (fcntl(RELEASE_FD, F_SETFD, 0) != 0)
        _exit(125);
    limits_of_host(&order->preparation);
    filter_apply();
    program_execute(order->host, order->host_environment);
}

static _Noreturn void become_copy(int release)
{
    program_settle(&release, 1); /* the exec marker is closed by that */
    filter_apply();
    runtime_become_program();
}

static _Noreturn void execute_released(const struct inside *inside, int executed, int release)
{
    const int kept[] = { executed, release };
    uint32_t length;
    program_settle(kept, 2);
    filter_apply();
    if (read_all(4, &length, sizeof length) != 1 || order_parse_release(inside->order, (struct bytes){ inside->release, length }) != NULL)
        _exit(125);
    program_execute(inside->order->arguments, inside->order->environment);
}

_Noreturn void program_prepare(const struct inside *inside, int executed, int release)
{
    cgroups_join_program();
    /* From in here every group it is in looks like the root. */
    inside_check(unshare(CLONE_NEWCGROUP), "new cgroup namespace");
    privileges_drop();
    if (inside->order->preparation.has_terminal) {
        int terminal = open("/dev/pts/0", O_RDWR | O_NOCTTY);
        program_connect(terminal, terminal, terminal, 1);
    } else {
        program_connect(inside->stdin_read, inside->stdout_write, inside->stderr_write, 0);
    }
    if (inside->order->preparation.is_copy)
        become_copy(release);
    if (inside->order->host != NULL)
        execute_host(inside->order, executed, release);
    execute_released(inside, executed, release);
}

/* Whether the program is there already, as a host or a copy. */
static int reads_release(const struct order *order)
{
    return order->host != NULL || order->preparation.is_copy;
}

/* A copy's number is known to itself alone; where there is none it has told why. */
static pid_t number_of_copy(int executed)
{
    pid_t pid;
    if (read_all(executed, &pid, sizeof pid) != 1)
        _exit(125);
    return pid;
}

static void await_execution(struct waiting_program *program)
{
    char nothing;
    while (read(program->executed, &nothing, 1) < 0 && errno == EINTR)
        ;
    close(program->executed);
}

void program_fork(const struct inside *inside, struct waiting_program *program)
{
    int executed[2], release[2];
    inside_check(pipe2(executed, O_CLOEXEC), "make the exec marker");
    inside_check(pipe2(release, O_CLOEXEC), "make the way of the release");
    int is_copy = inside->order->preparation.is_copy != 0;
    if (is_copy) {
        runtime_order_copy(inside, executed[1], release[0]);
    } else {
        program->pid = fork();
        if (program->pid == 0)
            program_prepare(inside, executed[1], release[0]);
        inside_check(program->pid, "fork the program");
    }
    close(executed[1]);
    close(release[0]);
    if (is_copy)
        program->pid = number_of_copy(executed[0]);
    program->executed = executed[0];
    program->release = release[1];
    if (reads_release(inside->order))
        await_execution(program);
}

/* Whether a thread is in the middle of reading the release, by what the kernel tells of its system call. */
static int thread_waits(const struct waiting_program *program, const char *thread, const char *release)
{
    char path[96], text[128], link[64];
    snprintf(path, sizeof path, "/proc/%d/task/%.20s/syscall", program->pid, thread);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t length = fd < 0 ? -1 : read(fd, text, sizeof text - 1);
    close(fd);
    text[length > 0 ? length : 0] = '\0';
    long call;
    unsigned long first_argument;
    if (sscanf(text, "%ld %lx", &call, &first_argument) != 2 || (call != SYS_read && call != SYS_readv && call != SYS_pread64 && call != SYS_preadv))
        return 0;
    snprintf(path, sizeof path, "/proc/%d/fd/%lu", program->pid, first_argument);
    length = readlink(path, link, sizeof link - 1);
    link[length > 0 ? length : 0] = '\0';
    return strcmp(link, release) == 0;
}

int host_waits(const struct waiting_program *program)
{
    char path[64], release[64];
    struct stat status;
    if (fstat(program->release, &status) != 0)
        return 0;
    snprintf(release, sizeof release, "pipe:[%lu]", (unsigned long)status.st_ino);
    snprintf(path, sizeof path, "/proc/%d/task", program->pid);
    DIR *threads = opendir(path);
    struct dirent *entry;
    int waits = 0;
    while (threads != NULL && !waits && (entry = readdir(threads)) != NULL)
        waits = entry->d_name[0] != '.' && thread_waits(program, entry->d_name, release);
    if (threads != NULL)
        closedir(threads);
    return waits;
}

/* What the host has used to boot is not the program's. */
static void note_used_time(struct waiting_program *program)
{
    clockid_t clock;
    struct timespec used;
    if (clock_getcpuclockid(program->pid, &clock) == 0 && clock_gettime(clock, &used) == 0)
        program->cpu_time_ns = (uint64_t)used.tv_sec * 1000000000u + (uint64_t)used.tv_nsec;

    char path[64], text[1024];
    snprintf(path, sizeof path, "/proc/%d/stat", program->pid);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t length = fd < 0 ? -1 : read(fd, text, sizeof text - 1);
    close(fd);
    text[length > 0 ? length : 0] = '\0';
    /* Its name, in parentheses, may hold anything. */
    const char *rest = strrchr(text, ')');
    unsigned long system_ticks;
    if (rest != NULL && sscanf(rest + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %*u %lu", &system_ticks) == 1)
        program->system_time_us = system_ticks * (1000000u / (unsigned long)sysconf(_SC_CLK_TCK));
}

struct blob {
    unsigned char *data;
    size_t length;
};

static void put(struct blob *blob, const void *data, size_t length)
{
    memcpy(blob->data + blob->length, data, length);
    blob->length += length;
}

static void put_texts(struct blob *blob, char *const *texts)
{
    uint32_t count = 0;
    while (texts[count] != NULL)
        count++;
    put(blob, &count, sizeof count);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t length = (uint32_t)strlen(texts[i]);
        put(blob, &length, sizeof length);
        put(blob, texts[i], length);
    }
}

static void tell_host(const struct waiting_program *program, const struct order *order, uint32_t release_length)
{
    /* Each text takes as much room here as it took in the release. */
    struct blob blob = { malloc(release_length + 2 * sizeof(uint32_t)), 0 };
    if (blob.data == NULL)
        _exit(125);
    put_texts(&blob, order->arguments);
    put_texts(&blob, order->environment);
    /* A host that ended meanwhile is reported like any program. */
    (void)!write_all(program->release, blob.data, blob.length);
    free(blob.data);
}

uint64_t program_release(struct waiting_program *program, const struct order *order, uint32_t release_length)
{
    if (reads_release(order))
        note_used_time(program);
    limits_apply(program->pid, &order->settings, program->cpu_time_ns);
    if (!reads_release(order)) {
        (void)!write_all(program->release, &release_length, sizeof release_length);
        await_execution(program);
    }
    uint64_t started = monotonic_ns();
    inside_check(send_frame(control_fd, FRAME_STARTED, NULL, 0), "report the start");
    /* Behind the announcement, for it waits while the host does not read, and then the wall-time limit must count already. */
    if (reads_release(order))
        tell_host(program, order, release_length);
    close(program->release);
    return started;
}
