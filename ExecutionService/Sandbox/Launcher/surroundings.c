/* What a stage's program finds around it: cgroups, a network, a workspace, terminals, a root. See inside.c for the order. */
#include "inside.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Covers the machine's. The toolchains that hold it are read-only, without devices and set-id programs; so is what is bound of them. */
static void cover_with(const char *root, const char *part)
{
    char source[sizeof "/opt/toolchains/roots//usr" + ROOT_NAME_MAX_BYTES];
    snprintf(source, sizeof source, "/opt/toolchains/roots/%s%s", root, part);
    inside_check(mount(source, part, NULL, MS_BIND, NULL), "enter the toolchain's own root");
}

void enter_root(const char *name)
{
    /* A private copy of what root.c prepared, small and without a way back to the zone. */
    inside_check(setns(root_namespace, CLONE_NEWNS), "enter the root");
    inside_check(unshare(CLONE_NEWNS), "new mount namespace");
    if (name != NULL) {
        cover_with(name, "/usr");
        cover_with(name, "/etc");
    }
}

static void own_directory(const struct preparation_settings *settings, const char *source, mode_t mode, const char *target)
{
    inside_check(mkdir(source, mode), "make a folder of the workspace");
    inside_check(chown(source, settings->outer_uid, settings->outer_gid), "own a folder of the workspace");
    inside_check(mount(source, target, NULL, MS_BIND, NULL), "bind a folder of the workspace");
}

/*
 * One file system, so that one limit covers everything a program can write: workspace, /tmp and shared memory. Its own
 * root must not be seen; it lies where proc will cover it, which costs less than to take it away again.
 */
void mount_workspace(const struct preparation_settings *settings)
{
    char options[160];
    snprintf(options, sizeof options, "mode=0755,size=%llu,nr_inodes=%llu",
        (unsigned long long)settings->workspace_limit_bytes, (unsigned long long)settings->workspace_limit_files + OWN_ENTRIES);
    inside_check(mount("workspace", "/proc", "tmpfs", MS_NOSUID | MS_NODEV, options), "mount workspace");
    own_directory(settings, "/proc/workspace", 0755, "/workspace");
    own_directory(settings, "/proc/tmp", 01777, "/tmp");
    own_directory(settings, "/proc/shm", 01777, "/dev/shm");
}

int mount_terminals(const struct preparation_settings *settings)
{
    char options[96];
    snprintf(options, sizeof options, "newinstance,ptmxmode=0666,mode=0620,uid=%u,gid=%u,max=64", settings->outer_uid, settings->outer_gid);
    inside_check(mount("devpts", "/dev/pts", "devpts", MS_NOSUID | MS_NOEXEC, options), "mount terminals");
    if (!settings->has_terminal)
        return -1;
    int terminal = open("/dev/pts/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC);
    int unlocked = 0;
    inside_check(terminal, "open terminal");
    inside_check(ioctl(terminal, TIOCSPTLCK, &unlocked), "unlock terminal");
    return terminal;
}

void mount_proc(void)
{
    inside_check(mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL), "mount proc");
    /* Absent ones (it is the kernel's choice, and may change while we run) stay absent. */
    for (const struct proc_mask *mask = proc_masks; mask->path != NULL; mask++)
        if (mask->is_needed && mount(mask->with, mask->path, NULL, MS_BIND, NULL) != 0 && errno != ENOENT)
            inside_fail("mask proc");
    inside_check(chdir("/workspace"), "enter workspace");
}
