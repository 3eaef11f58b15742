/*
 * The system calls that programs may not make. A deny list: what must run here is sixty languages' runtimes, whose calls
 * nobody can list, while the calls that reach beyond a process are few and known. Each group says why it is refused.
 * Refused calls fail with EPERM, as if unprivileged, so that runtimes that only try go on. Calls through another
 * architecture's entry (i386, x32) are never honest here and kill the program. Calls that we do not know, and those whose
 * arguments decide in ways that libseccomp cannot say, are filter_arguments.c's.
 *
 * What stays although a list of dangerous calls may name it: System V and POSIX message queues, semaphores and shared
 * memory (of an ipc namespace of their own), pidfd_open and pidfd_send_signal (they reach only processes that kill does),
 * Landlock (it can only take away), splice, and affinity and scheduling (no more than weights within the program's group).
 */
#include "filter.h"

#include <errno.h>
#include <seccomp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <linux/ioprio.h>
#include <linux/seccomp.h>
#include <unistd.h>

static const int refused[] = {
    /* File systems: what can be seen was decided before the program started. */
    SCMP_SYS(mount), SCMP_SYS(umount2), SCMP_SYS(pivot_root), SCMP_SYS(chroot), SCMP_SYS(fsopen), SCMP_SYS(fsconfig),
    SCMP_SYS(fsmount), SCMP_SYS(fspick), SCMP_SYS(move_mount), SCMP_SYS(open_tree), SCMP_SYS(mount_setattr),
    SCMP_SYS(swapon), SCMP_SYS(swapoff), SCMP_SYS(quotactl), SCMP_SYS(quotactl_fd),
    /* Handles reach files past every mount and permission above them. */
    SCMP_SYS(open_by_handle_at), SCMP_SYS(name_to_handle_at),
    /* Namespaces: inside a new user namespace every capability, and most of the kernel's old code, is back in reach. */
    SCMP_SYS(unshare), SCMP_SYS(setns),
    /* Other processes' memory and state. */
    SCMP_SYS(ptrace), SCMP_SYS(process_vm_readv), SCMP_SYS(process_vm_writev), SCMP_SYS(process_madvise), SCMP_SYS(kcmp),
    SCMP_SYS(pidfd_getfd), SCMP_SYS(process_mrelease),
    /* Keyrings are not divided by our namespaces. */
    SCMP_SYS(keyctl), SCMP_SYS(add_key), SCMP_SYS(request_key),
    /* Large, young parts of the kernel with a record of holes, which no program here needs. */
    SCMP_SYS(bpf), SCMP_SYS(perf_event_open), SCMP_SYS(io_uring_setup), SCMP_SYS(io_uring_enter), SCMP_SYS(io_uring_register),
    SCMP_SYS(userfaultfd), SCMP_SYS(fanotify_init), SCMP_SYS(fanotify_mark), SCMP_SYS(vmsplice), SCMP_SYS(memfd_secret),
    /* Filters of their own: code for the kernel to compile, and listeners that answer calls in another's place. */
    SCMP_SYS(seccomp),
    /* The machine itself: modules, boot, clock, name, raw ports, the kernel's log. */
    SCMP_SYS(init_module), SCMP_SYS(finit_module), SCMP_SYS(delete_module), SCMP_SYS(kexec_load), SCMP_SYS(kexec_file_load),
    SCMP_SYS(reboot), SCMP_SYS(acct), SCMP_SYS(settimeofday), SCMP_SYS(clock_settime), SCMP_SYS(clock_adjtime), SCMP_SYS(adjtimex),
    SCMP_SYS(sethostname), SCMP_SYS(setdomainname), SCMP_SYS(iopl), SCMP_SYS(ioperm), SCMP_SYS(modify_ldt), SCMP_SYS(syslog),
    SCMP_SYS(vhangup), SCMP_SYS(lookup_dcookie), SCMP_SYS(move_pages), SCMP_SYS(migrate_pages),
    /* All of the host's file systems, not only those that can be seen here: disks that every neighbour waits for. */
    SCMP_SYS(sync), SCMP_SYS(syncfs),
    /* Left from long ago, used by nothing and tested by nobody. */
    SCMP_SYS(uselib), SCMP_SYS(ustat), SCMP_SYS(sysfs), SCMP_SYS(_sysctl), SCMP_SYS(nfsservctl), SCMP_SYS(create_module),
    SCMP_SYS(get_kernel_syms), SCMP_SYS(query_module), SCMP_SYS(remap_file_pages),
};

/* Where the network, the host's shared memory and everyone's files are in sight: these reach or outlive other programs. */
static const int refused_without_namespaces[] = {
    /* The network is the service's, and local sockets are other programs' doors. Only pairs are left. */
    SCMP_SYS(socket), SCMP_SYS(bind), SCMP_SYS(connect), SCMP_SYS(listen), SCMP_SYS(accept), SCMP_SYS(accept4),
    /* IPC objects belong to nobody's folder and outlive who made them. */
    SCMP_SYS(shmget), SCMP_SYS(shmat), SCMP_SYS(shmctl), SCMP_SYS(semget), SCMP_SYS(semop), SCMP_SYS(semtimedop), SCMP_SYS(semctl),
    SCMP_SYS(msgget), SCMP_SYS(msgsnd), SCMP_SYS(msgrcv), SCMP_SYS(msgctl), SCMP_SYS(mq_open), SCMP_SYS(mq_unlink),
    /* Memory that no limit on a process counts. */
    SCMP_SYS(memfd_create),
    /* Tells what others do with files, which Landlock does not hide. */
    SCMP_SYS(inotify_add_watch),
};

/* Options of prctl that reach past the process, or that only someone who forges one needs. */
static const unsigned refused_prctl_options[] = {
    PR_SET_SECCOMP, PR_SET_MM, PR_SET_PTRACER, PR_SET_SYSCALL_USER_DISPATCH, PR_SCHED_CORE, PR_SET_IO_FLUSHER,
    67 /* PR_SET_MEMORY_MERGE: pages shared with strangers tell by their timing what those hold */,
};

/* Typing into a terminal, the console's menu, and line disciplines, which are old drivers loaded on demand. */
static const unsigned refused_ioctls[] = { TIOCSTI, TIOCLINUX, TIOCSETD };

/* Filters of packets are code for the kernel to compile. */
static const unsigned refused_socket_options[] = { SO_ATTACH_FILTER, SO_ATTACH_BPF, SO_ATTACH_REUSEPORT_CBPF, SO_ATTACH_REUSEPORT_EBPF };

static struct sock_fprog program;

static void must(int result, const char *rule)
{
    if (result == 0)
        return;
    fprintf(stderr, "launcher: cannot make the system call filter (%s): %s\n", rule, strerrorname_np(-result));
    exit(2);
}

/* The kernel takes these arguments for 32 bits wide; libseccomp's own 32-bit comparisons look at all 64, and miss what is
   asked with rubbish in the upper ones. */
#define IS(argument, value) SCMP_CMP(argument, SCMP_CMP_MASKED_EQ, 0xffffffffu, (uint32_t)(value))

static void refuse_where(scmp_filter_ctx filter, int call, const char *rule, struct scmp_arg_cmp one, struct scmp_arg_cmp other)
{
    must(seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), call, 2, one, other), rule);
}

static void refuse_option(scmp_filter_ctx filter, int call, const char *rule, struct scmp_arg_cmp option)
{
    must(seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), call, 1, option), rule);
}

#define EACH(i, list) (size_t i = 0; i < sizeof list / sizeof *list; i++)

static void refuse_by_argument(scmp_filter_ctx filter)
{
    for EACH (i, refused_prctl_options)
        refuse_option(filter, SCMP_SYS(prctl), "prctl", IS(0, refused_prctl_options[i]));
    for EACH (i, refused_ioctls)
        refuse_option(filter, SCMP_SYS(ioctl), "ioctl", IS(1, refused_ioctls[i]));
    for EACH (i, refused_socket_options)
        refuse_where(filter, SCMP_SYS(setsockopt), "setsockopt", IS(1, SOL_SOCKET), IS(2, refused_socket_options[i]));
    /* Protocols laid over TCP, such as the kernel's own TLS: modules loaded on demand. */
    refuse_where(filter, SCMP_SYS(setsockopt), "setsockopt", IS(1, IPPROTO_TCP), IS(2, TCP_ULP));
    /* See PR_SET_MEMORY_MERGE. */
    refuse_option(filter, SCMP_SYS(madvise), "madvise", IS(2, MADV_MERGEABLE));
    /* Any other value than ours (privileges.c) would hand core dumps to the host's program for them. */
    refuse_option(filter, SCMP_SYS(setrlimit), "setrlimit", IS(0, RLIMIT_CORE));
    refuse_where(filter, SCMP_SYS(prlimit64), "prlimit64", IS(1, RLIMIT_CORE), SCMP_A2(SCMP_CMP_NE, 0));
    /* Its flags lie in memory, where a filter cannot look; every C library falls back to clone on ENOSYS. */
    must(seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0), "clone3");
}

static void refuse_what_is_shared(scmp_filter_ctx filter)
{
    for EACH (i, refused_without_namespaces)
        must(seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), refused_without_namespaces[i], 0), "shared things");
    /* One end of a datagram pair may send to any datagram socket of the machine. */
    const unsigned type_mask = 0xf;
    must(seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(socketpair), 1, SCMP_A1_32(SCMP_CMP_MASKED_EQ, type_mask, SOCK_DGRAM)), "socketpair");
}

/* Pid 1 shares the program's uid, which would let it take away the descriptors and the processor that pid 1 needs to obey. */
static void protect_pid_1(scmp_filter_ctx filter)
{
    static const int of_first_argument[] = {
        SCMP_SYS(prlimit64), SCMP_SYS(sched_setscheduler), SCMP_SYS(sched_setparam), SCMP_SYS(sched_setattr), SCMP_SYS(sched_setaffinity),
    };
    for EACH (i, of_first_argument)
        refuse_option(filter, of_first_argument[i], "limits of pid 1", IS(0, 1));
    refuse_option(filter, SCMP_SYS(setpriority), "priority of pid 1", IS(1, 1));
    refuse_option(filter, SCMP_SYS(setpriority), "priority of the user", IS(0, PRIO_USER));
    refuse_option(filter, SCMP_SYS(ioprio_set), "priority of pid 1", IS(1, 1));
    refuse_option(filter, SCMP_SYS(ioprio_set), "priority of the user", IS(0, IOPRIO_WHO_USER));
}

void filter_prepare(int without_namespaces)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    if (filter == NULL)
        must(-ENOMEM, "init");
    /* As a tree: the kernel follows it once for every call there is, each time a program loads it. */
    must(seccomp_attr_set(filter, SCMP_FLTATR_CTL_OPTIMIZE, 2), "order");
    must(seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS), "foreign architectures");
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        must(seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), refused[i], 0), "refused calls");
    refuse_by_argument(filter);
    if (without_namespaces)
        refuse_what_is_shared(filter);
    protect_pid_1(filter);

    /* Compiled once, through a file in memory; each program then loads the same few hundred instructions. */
    int fd = (int)memfd_create("filter", 0);
    if (fd < 0)
        must(-errno, "memory");
    must(seccomp_export_bpf(filter, fd), "compile");
    off_t size = lseek(fd, 0, SEEK_END);
    program.filter = malloc((size_t)size + FILTER_ARGUMENTS_ROOM * sizeof *program.filter);
    if (program.filter == NULL)
        must(-ENOMEM, "memory");
    size_t before = filter_arguments(program.filter);
    program.len = (unsigned short)(before + (size_t)size / sizeof *program.filter);
    lseek(fd, 0, SEEK_SET);
    if (read_all(fd, program.filter + before, (size_t)size) != 1)
        must(-EIO, "read back");
    close(fd);
    seccomp_release(filter);
}

void filter_apply(void)
{
    if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) != 0)
        _exit(125);
}
