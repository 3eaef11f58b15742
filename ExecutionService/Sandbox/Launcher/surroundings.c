/* What a stage's program finds around it: cgroups, a network, a workspace, terminals, a root. See inside.c for the order. */
#include "inside.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <net/if.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

void raise_loopback(void)
{
    struct ifreq request = { .ifr_flags = IFF_UP | IFF_RUNNING };
    strcpy(request.ifr_name, "lo");
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    inside_check(fd < 0 ? -1 : ioctl(fd, SIOCSIFFLAGS, &request), "raise loopback");
    close(fd);
}

static void own_directory(const struct order_settings *settings, const char *name, mode_t mode, const char *target)
{
    char source[PATH_MAX];
    snprintf(source, sizeof source, ROOT_DIRECTORY "/run/%s", name);
    inside_check(mkdir(source, mode), "make a folder of the workspace");
    inside_check(chown(source, settings->outer_uid, settings->outer_gid), "own a folder of the workspace");
    inside_check(mount(source, target, NULL, MS_BIND, NULL), "bind a folder of the workspace");
}

/* One file system, so that one limit covers everything a program can write: workspace, /tmp and shared memory. */
void mount_workspace(const struct order_settings *settings)
{
    char options[160];
    snprintf(options, sizeof options, "mode=0755,size=%llu,nr_inodes=%llu",
        (unsigned long long)settings->workspace_limit_bytes, (unsigned long long)settings->workspace_limit_files + OWN_ENTRIES);
    inside_check(mount("workspace", ROOT_DIRECTORY "/run", "tmpfs", MS_NOSUID | MS_NODEV, options), "mount workspace");
    own_directory(settings, "workspace", 0755, ROOT_DIRECTORY "/workspace");
    own_directory(settings, "tmp", 01777, ROOT_DIRECTORY "/tmp");
    own_directory(settings, "shm", 01777, ROOT_DIRECTORY "/dev/shm");
    inside_check(umount(ROOT_DIRECTORY "/run"), "hide the workspace's root");
}

int mount_terminals(const struct order_settings *settings)
{
    char options[96];
    snprintf(options, sizeof options, "newinstance,ptmxmode=0666,mode=0620,uid=%u,gid=%u,max=64", settings->outer_uid, settings->outer_gid);
    inside_check(mount("devpts", ROOT_DIRECTORY "/dev/pts", "devpts", MS_NOSUID | MS_NOEXEC, options), "mount terminals");
    if (settings->terminal_columns == 0)
        return -1;
    int terminal = open(ROOT_DIRECTORY "/dev/pts/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC);
    int unlocked = 0;
    struct winsize size = { .ws_col = (unsigned short)settings->terminal_columns, .ws_row = (unsigned short)settings->terminal_rows };
    inside_check(terminal, "open terminal");
    inside_check(ioctl(terminal, TIOCSPTLCK, &unlocked), "unlock terminal");
    inside_check(ioctl(terminal, TIOCSWINSZ, &size), "size terminal");
    return terminal;
}

/* What tells about the host or its other users, and no program needs. Absent ones (it is the kernel's choice) stay absent. */
static void mask_proc(void)
{
    static const char *const files[] = {
        "cmdline", "config.gz", "diskstats", "interrupts", "kallsyms", "kcore", "key-users", "keys", "kmsg", "kpagecgroup",
        "kpagecount", "kpageflags", "latency_stats", "locks", "modules", "mtrr", "partitions", "sched_debug", "slabinfo",
        "softirqs", "swaps", "sysrq-trigger", "timer_list", "vmallocinfo",
    };
    static const char *const folders[] = { "acpi", "asound", "bus", "driver", "dynamic_debug", "fs", "irq", "pressure", "scsi", "tty" };
    char path[64];
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        snprintf(path, sizeof path, ROOT_DIRECTORY "/proc/%s", files[i]);
        if (mount(ROOT_DIRECTORY "/dev/null", path, NULL, MS_BIND, NULL) != 0 && errno != ENOENT)
            inside_fail("mask a file of proc");
    }
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        snprintf(path, sizeof path, ROOT_DIRECTORY "/proc/%s", folders[i]);
        if (mount(ROOT_DIRECTORY "/run", path, NULL, MS_BIND, NULL) != 0 && errno != ENOENT)
            inside_fail("mask a folder of proc");
    }
}

void pivot(void)
{
    inside_check(mount("proc", ROOT_DIRECTORY "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL), "mount proc");
    mask_proc();
    inside_check(chdir(ROOT_DIRECTORY), "enter root");
    inside_check((int)syscall(SYS_pivot_root, ".", "."), "pivot");
    inside_check(umount2(".", MNT_DETACH), "detach the old root");
    inside_check(chdir("/workspace"), "enter workspace");
}
