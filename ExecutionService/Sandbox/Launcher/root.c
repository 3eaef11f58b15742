/*
 * The root that programs see, made once: toolchains and a generated minimum, nothing of the host and nothing of ours.
 * Each stage gets a copy of these mounts as its own mount namespace, then adds what is its own (surroundings.c).
 */
#include "launcher.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define ROOT_DIRECTORY "/run/root" /* where it is put together in the zone */
#define IN_ROOT(path) ROOT_DIRECTORY path

static _Noreturn void fail(const char *step, const char *path)
{
    fprintf(stderr, "launcher: cannot %s %s: %s\n", step, path, strerror(errno));
    exit(2);
}

static void make_directory(const char *path)
{
    if (mkdir(path, 0755) != 0 && errno != EEXIST)
        fail("make", path);
}

static void bind_read_only(const char *source, const char *target)
{
    if (mount(source, target, NULL, MS_BIND | MS_REC, NULL) != 0)
        fail("bind", source);
    /* In an ordinary user's namespace flags that the source already had cannot be left off. */
    struct statvfs status;
    unsigned long kept = statvfs(target, &status) == 0 ? status.f_flag & (ST_NOEXEC | ST_NOATIME | ST_RELATIME) : 0;
    if (mount(NULL, target, NULL, MS_BIND | MS_REMOUNT | MS_RDONLY | MS_NOSUID | MS_NODEV | kept, NULL) != 0)
        fail("make read-only", target);
}

static void bind_device(const char *name)
{
    char source[64], target[128];
    snprintf(source, sizeof source, "/dev/%s", name);
    snprintf(target, sizeof target, IN_ROOT("/dev/%s"), name);
    int fd = open(target, O_CREAT | O_WRONLY | O_CLOEXEC, 0666);
    if (fd < 0)
        fail("make", target);
    close(fd);
    if (mount(source, target, NULL, MS_BIND, NULL) != 0)
        fail("bind", source);
}

int root_namespace;

/* A mount namespace in which the root is all there is, so that each stage copies little and need not leave anything behind. */
static void keep_in_namespace(void)
{
    int ready[2], error = 0;
    char path[64];
    if (pipe2(ready, O_CLOEXEC) != 0)
        fail("keep", ROOT_DIRECTORY);
    pid_t keeper = fork();
    if (keeper == 0) {
        if (unshare(CLONE_NEWNS) != 0 || chdir(ROOT_DIRECTORY) != 0 || syscall(SYS_pivot_root, ".", ".") != 0 || umount2(".", MNT_DETACH) != 0)
            error = errno;
        if (write_all(ready[1], &error, sizeof error) == 0)
            pause();
        _exit(0);
    }
    snprintf(path, sizeof path, "/proc/%d/ns/mnt", keeper);
    if (keeper < 0 || read_all(ready[0], &error, sizeof error) != 1 || (errno = error) != 0
        || (root_namespace = open(path, O_RDONLY | O_CLOEXEC)) < 0)
        fail("keep", ROOT_DIRECTORY);
    kill(keeper, SIGKILL);
    waitpid(keeper, NULL, 0);
    close(ready[0]);
    close(ready[1]);
}

/* In a user namespace the kernel mounts a /proc only where one can be seen already; every stage covers this one at once. */
static void show_proc(void)
{
    if (!root_is_the_machines() && mount("/proc", IN_ROOT("/proc"), NULL, MS_BIND | MS_REC, NULL) != 0)
        fail("bind", "/proc");
}

static void link_to(const char *target, const char *path)
{
    if (symlink(target, path) != 0)
        fail("link", path);
}

void root_prepare(void)
{
    if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0)
        fail("make private", "/");
    make_directory(ROOT_DIRECTORY);
    if (mount("root", ROOT_DIRECTORY, "tmpfs", MS_NOSUID | MS_NODEV, "mode=0755,size=1m,nr_inodes=256") != 0)
        fail("mount", ROOT_DIRECTORY);

    static const char *const directories[] = {
        IN_ROOT("/usr"), IN_ROOT("/etc"), IN_ROOT("/opt"), IN_ROOT("/dev"), IN_ROOT("/dev/pts"), IN_ROOT("/dev/shm"),
        IN_ROOT("/proc"), IN_ROOT("/tmp"), IN_ROOT("/workspace"), IN_ROOT("/var"), IN_ROOT("/run"),
    };
    for (size_t i = 0; i < sizeof directories / sizeof *directories; i++)
        make_directory(directories[i]);
    bind_read_only("/usr", IN_ROOT("/usr"));
    bind_read_only("/etc", IN_ROOT("/etc"));
    bind_read_only("/opt", IN_ROOT("/opt"));

    link_to("usr/bin", IN_ROOT("/bin"));
    link_to("usr/sbin", IN_ROOT("/sbin"));
    link_to("usr/lib", IN_ROOT("/lib"));
    link_to("usr/lib64", IN_ROOT("/lib64"));
    link_to("/tmp", IN_ROOT("/var/tmp"));
    /* Node looks for packages in every folder above the program's. */
    link_to("/opt/toolchains/node_modules", IN_ROOT("/node_modules"));
    link_to("pts/ptmx", IN_ROOT("/dev/ptmx"));
    link_to("/proc/self/fd", IN_ROOT("/dev/fd"));
    link_to("/proc/self/fd/0", IN_ROOT("/dev/stdin"));
    link_to("/proc/self/fd/1", IN_ROOT("/dev/stdout"));
    link_to("/proc/self/fd/2", IN_ROOT("/dev/stderr"));

    static const char *const devices[] = { "null", "zero", "full", "random", "urandom", "tty" };
    for (size_t i = 0; i < sizeof devices / sizeof *devices; i++)
        bind_device(devices[i]);

    if (mount(NULL, ROOT_DIRECTORY, NULL, MS_BIND | MS_REMOUNT | MS_RDONLY | MS_NOSUID | MS_NODEV, NULL) != 0)
        fail("make read-only", ROOT_DIRECTORY);
    show_proc();
    keep_in_namespace();
}
