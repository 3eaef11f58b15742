/*
 * What each step into a sandbox costs: runs /bin/true many times, each round with one step more than the round before, and
 * prints the median time of each ("name median_us low_us high_us", a tenth of all beyond low and high). Needs root.
 *
 *   steps ROUNDS FILTER      FILTER: a compiled filter's length in instructions, tried with as many that allow everything
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { PID = 1, MOUNT = 2, IPC_UTS = 4, NET = 8, CGROUP_JOIN = 16, TMPFS = 32, PROC = 64, MASKS = 128, DEVPTS = 256, USER = 512, FILTER = 1024 };

static const struct { const char *name; int steps; } rounds[] = {
    { "fork and exec", 0 },
    { "+ pid namespace", PID },
    { "+ mount namespace", PID | MOUNT },
    { "+ ipc and uts namespaces", PID | MOUNT | IPC_UTS },
    { "+ network namespace", PID | MOUNT | IPC_UTS | NET },
    { "+ join 4 cgroups", PID | MOUNT | IPC_UTS | NET | CGROUP_JOIN },
    { "+ workspace tmpfs, 3 binds", PID | MOUNT | IPC_UTS | NET | CGROUP_JOIN | TMPFS },
    { "+ devpts", PID | MOUNT | IPC_UTS | NET | CGROUP_JOIN | TMPFS | DEVPTS },
    { "+ proc", PID | MOUNT | IPC_UTS | NET | CGROUP_JOIN | TMPFS | DEVPTS | PROC },
    { "+ 20 masks in proc", PID | MOUNT | IPC_UTS | NET | CGROUP_JOIN | TMPFS | DEVPTS | PROC | MASKS },
    { "+ user namespace", PID | MOUNT | IPC_UTS | NET | CGROUP_JOIN | TMPFS | DEVPTS | PROC | MASKS | USER },
    { "+ filter", PID | MOUNT | IPC_UTS | NET | CGROUP_JOIN | TMPFS | DEVPTS | PROC | MASKS | USER | FILTER },
};

static const char *const hierarchies[] = { "memory", "pids", "cpu", "cpuacct" };

/* Some of what the sandbox masks, which every kernel has. */
static const char *const masked[] = {
    "cmdline", "diskstats", "interrupts", "kallsyms", "keys", "key-users", "kmsg", "locks", "modules", "partitions",
    "softirqs", "swaps", "timer_list", "vmallocinfo", "slabinfo", "stat", "version", "uptime", "loadavg", "filesystems",
};

static char directory[64];
static struct sock_fprog filter;

static void must(int result, const char *what)
{
    if (result >= 0)
        return;
    fprintf(stderr, "steps: %s: %s\n", what, strerror(errno));
    _exit(1);
}

static int write_text(const char *path, const char *text)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    if (fd < 0)
        return -1;
    ssize_t written = write(fd, text, strlen(text));
    close(fd);
    return written < 0 ? -1 : 0;
}

static void cgroup_path(char *path, size_t size, size_t hierarchy, const char *file)
{
    snprintf(path, size, "/sys/fs/cgroup/%s%s%s", hierarchies[hierarchy], strrchr(directory, '/'), file);
}

static void mount_tmpfs(void)
{
    char workspace[96], target[96];
    snprintf(workspace, sizeof workspace, "%s/run", directory);
    must(mount("workspace", workspace, "tmpfs", MS_NOSUID | MS_NODEV, "mode=0755,size=64m,nr_inodes=4096"), "mount tmpfs");
    static const char *const names[] = { "workspace", "tmp", "shm" };
    for (size_t i = 0; i < 3; i++) {
        snprintf(workspace, sizeof workspace, "%s/run/%s", directory, names[i]);
        snprintf(target, sizeof target, "%s/%s", directory, names[i]);
        must(mkdir(workspace, 0755), "make a folder");
        must(mount(workspace, target, NULL, MS_BIND, NULL), "bind a folder");
    }
}

static void mount_proc(int steps)
{
    char target[96];
    snprintf(target, sizeof target, "%s/proc", directory);
    must(mount("proc", target, "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL), "mount proc");
    for (size_t i = 0; (steps & MASKS) && i < sizeof masked / sizeof *masked; i++) {
        snprintf(target, sizeof target, "%s/proc/%s", directory, masked[i]);
        mount("/dev/null", target, NULL, MS_BIND, NULL); /* the kernel may lack one */
    }
}

static _Noreturn void inside(int steps)
{
    char path[128];
    for (size_t i = 0; (steps & CGROUP_JOIN) && i < sizeof hierarchies / sizeof *hierarchies; i++) {
        cgroup_path(path, sizeof path, i, "/cgroup.procs");
        must(write_text(path, "0"), "join a cgroup");
    }
    if (steps & MOUNT)
        must(mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL), "make mounts private");
    if (steps & TMPFS)
        mount_tmpfs();
    if (steps & DEVPTS) {
        snprintf(path, sizeof path, "%s/pts", directory);
        must(mount("devpts", path, "devpts", MS_NOSUID | MS_NOEXEC, "newinstance,ptmxmode=0666,mode=0620"), "mount devpts");
    }
    if (steps & PROC)
        mount_proc(steps);
    if (steps & USER)
        must(unshare(CLONE_NEWUSER), "make a user namespace");
    must(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "set no_new_privs");
    if (steps & FILTER)
        must(prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter, 0, 0), "load the filter");
    execl("/bin/true", "true", (char *)NULL);
    _exit(127);
}

static uint64_t now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static uint64_t run_once(int steps)
{
    unsigned long namespaces = (steps & PID ? CLONE_NEWPID : 0u) | (steps & MOUNT ? CLONE_NEWNS : 0u)
        | (steps & IPC_UTS ? CLONE_NEWIPC | CLONE_NEWUTS : 0u) | (steps & NET ? CLONE_NEWNET : 0u);
    int status;
    uint64_t from = now_ns();
    pid_t child = (pid_t)syscall(SYS_clone, namespaces | SIGCHLD, NULL, NULL, NULL, NULL);
    if (child == 0)
        inside(steps);
    must(child, "clone");
    must(waitpid(child, &status, 0), "wait");
    uint64_t taken = now_ns() - from;
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        fprintf(stderr, "steps: a child failed\n");
        exit(1);
    }
    return taken;
}

static int compare(const void *left, const void *right)
{
    uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;
    return a < b ? -1 : a > b;
}

static void make_filter(unsigned short length)
{
    static struct sock_filter instructions[4096];
    if (length < 1 || length > 4096)
        length = 1;
    for (unsigned short i = 0; i + 1 < length; i++)
        instructions[i] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
    instructions[length - 1] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    filter = (struct sock_fprog){ .len = length, .filter = instructions };
}

static void surroundings(int (*cgroup)(const char *), int (*folder)(const char *))
{
    static const char *const folders[] = { "/run", "/workspace", "/tmp", "/shm", "/pts", "/proc" };
    char path[128];
    for (size_t i = 0; i < sizeof hierarchies / sizeof *hierarchies; i++) {
        cgroup_path(path, sizeof path, i, "");
        cgroup(path);
    }
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        snprintf(path, sizeof path, "%s%s", directory, folders[i]);
        folder(path);
    }
}

static int make_directory(const char *path) { return mkdir(path, 0755); }

int main(int argc, char **argv)
{
    size_t count = argc == 3 ? strtoul(argv[1], NULL, 10) : 0;
    if (count == 0 || count > 100000) {
        fprintf(stderr, "usage: steps ROUNDS FILTER\n");
        return 2;
    }
    make_filter((unsigned short)strtoul(argv[2], NULL, 10));
    strcpy(directory, "/tmp/steps-XXXXXX");
    if (mkdtemp(directory) == NULL)
        return 1;
    surroundings(make_directory, make_directory);
    const size_t kinds = sizeof rounds / sizeof *rounds;
    uint64_t *taken = calloc(kinds * count, sizeof *taken);
    /* All kinds in turn, so that what the machine does meanwhile is borne by all alike. */
    for (size_t i = 0; taken != NULL && i < count; i++)
        for (size_t kind = 0; kind < kinds; kind++)
            taken[kind * count + i] = run_once(rounds[kind].steps);
    surroundings(rmdir, rmdir);
    rmdir(directory);
    for (size_t kind = 0; taken != NULL && kind < kinds; kind++) {
        uint64_t *own = taken + kind * count;
        qsort(own, count, sizeof *own, compare);
        printf("%s\t%.1f\t%.1f\t%.1f\n", rounds[kind].name, (double)own[count / 2] / 1000, (double)own[count / 10] / 1000, (double)own[count - 1 - count / 10] / 1000);
    }
    free(taken);
    return 0;
}
