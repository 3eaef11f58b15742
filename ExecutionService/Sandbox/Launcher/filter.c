/*
 * The system calls that programs may not make. A deny list: what must run here is sixty languages' runtimes, whose calls
 * nobody can list, while the calls that reach beyond a process are few and known. Each group says why it is refused.
 * Refused calls fail with EPERM, as if unprivileged, so that runtimes that only try go on. Calls through another
 * architecture's entry (i386, x32) are never honest here and kill the program.
 */
#include "launcher.h"

#include <errno.h>
#include <sched.h>
#include <seccomp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <linux/filter.h>
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
    SCMP_SYS(pidfd_getfd),
    /* Keyrings are not divided by our namespaces. */
    SCMP_SYS(keyctl), SCMP_SYS(add_key), SCMP_SYS(request_key),
    /* Large, young parts of the kernel with a record of holes, which no program here needs. */
    SCMP_SYS(bpf), SCMP_SYS(perf_event_open), SCMP_SYS(io_uring_setup), SCMP_SYS(io_uring_enter), SCMP_SYS(io_uring_register),
    SCMP_SYS(userfaultfd), SCMP_SYS(fanotify_init), SCMP_SYS(fanotify_mark), SCMP_SYS(vmsplice), SCMP_SYS(memfd_secret),
    /* The machine itself: modules, boot, clock, name, raw ports, the kernel's log. */
    SCMP_SYS(init_module), SCMP_SYS(finit_module), SCMP_SYS(delete_module), SCMP_SYS(kexec_load), SCMP_SYS(kexec_file_load),
    SCMP_SYS(reboot), SCMP_SYS(acct), SCMP_SYS(settimeofday), SCMP_SYS(clock_settime), SCMP_SYS(clock_adjtime), SCMP_SYS(adjtimex),
    SCMP_SYS(sethostname), SCMP_SYS(setdomainname), SCMP_SYS(iopl), SCMP_SYS(ioperm), SCMP_SYS(modify_ldt), SCMP_SYS(syslog),
    SCMP_SYS(vhangup), SCMP_SYS(lookup_dcookie), SCMP_SYS(move_pages), SCMP_SYS(migrate_pages),
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

/* Sockets of these families stay in the sandbox's own network; others (vsock above all) know no network namespaces. */
static const int socket_families[] = { AF_UNIX, AF_INET, AF_INET6, AF_NETLINK };

static struct sock_fprog program;

static void must(int result, const char *rule)
{
    if (result == 0)
        return;
    fprintf(stderr, "launcher: cannot make the system call filter (%s): %s\n", rule, strerrorname_np(-result));
    exit(2);
}

static void refuse_other_sockets(scmp_filter_ctx filter)
{
    /* Families between and beyond the allowed ones; ranges, for a filter cannot say "none of these". */
    int highest = 0;
    for (size_t i = 0; i < sizeof socket_families / sizeof *socket_families; i++)
        if (socket_families[i] > highest)
            highest = socket_families[i];
    for (int family = 0; family <= highest; family++) {
        int allowed = 0;
        for (size_t i = 0; i < sizeof socket_families / sizeof *socket_families; i++)
            allowed |= socket_families[i] == family;
        if (!allowed)
            must(seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(socket), 1, SCMP_A0_32(SCMP_CMP_EQ, (unsigned)family)), "socket");
    }
    must(seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(socket), 1, SCMP_A0_32(SCMP_CMP_GT, (unsigned)highest)), "socket");
}

static void refuse_what_is_shared(scmp_filter_ctx filter)
{
    for (size_t i = 0; i < sizeof refused_without_namespaces / sizeof *refused_without_namespaces; i++)
        must(seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), refused_without_namespaces[i], 0), "shared things");
    /* One end of a datagram pair may send to any datagram socket of the machine. */
    const unsigned type_mask = 0xf;
    must(seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(socketpair), 1, SCMP_A1_32(SCMP_CMP_MASKED_EQ, type_mask, SOCK_DGRAM)), "socketpair");
}

static void refuse_namespaces(scmp_filter_ctx filter)
{
    static const unsigned flags[] = { CLONE_NEWNS, CLONE_NEWUTS, CLONE_NEWIPC, CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET, CLONE_NEWCGROUP };
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
        must(seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(clone), 1, SCMP_A0(SCMP_CMP_MASKED_EQ, flags[i], flags[i])), "clone");
    /* Its flags lie in memory, where a filter cannot look; every C library falls back to clone on ENOSYS. */
    must(seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0), "clone3");
}

static void refuse_terminal_injection(scmp_filter_ctx filter)
{
    must(seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(ioctl), 1, SCMP_A1_32(SCMP_CMP_EQ, TIOCSTI)), "ioctl");
    must(seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(ioctl), 1, SCMP_A1_32(SCMP_CMP_EQ, TIOCLINUX)), "ioctl");
}

/* Other personalities change what mappings and calls mean; asking (0xffffffff) and plain Linux (0) are all anyone needs. */
static void refuse_personalities(scmp_filter_ctx filter)
{
    const unsigned asking = 1u << 31; /* set in no personality there is */
    for (unsigned flag = 1; flag != asking; flag <<= 1)
        must(seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(personality), 1, SCMP_A0_32(SCMP_CMP_MASKED_EQ, asking | flag, flag)), "personality");
}

/* Pid 1 shares the program's uid, which would let it take away the descriptors and the processor that pid 1 needs to obey. */
static void protect_pid_1(scmp_filter_ctx filter)
{
    static const int of_first_argument[] = {
        SCMP_SYS(prlimit64), SCMP_SYS(sched_setscheduler), SCMP_SYS(sched_setparam), SCMP_SYS(sched_setattr), SCMP_SYS(sched_setaffinity),
    };
    for (size_t i = 0; i < sizeof of_first_argument / sizeof *of_first_argument; i++)
        must(seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), of_first_argument[i], 1, SCMP_A0_32(SCMP_CMP_EQ, 1)), "limits of pid 1");
    must(seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(setpriority), 1, SCMP_A1_32(SCMP_CMP_EQ, 1)), "priority of pid 1");
    must(seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(ioprio_set), 1, SCMP_A1_32(SCMP_CMP_EQ, 1)), "priority of pid 1");
}

void filter_prepare(int without_namespaces)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    if (filter == NULL)
        must(-ENOMEM, "init");
    must(seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS), "foreign architectures");
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        must(seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), refused[i], 0), "refused calls");
    if (without_namespaces)
        refuse_what_is_shared(filter);
    else
        refuse_other_sockets(filter);
    refuse_namespaces(filter);
    refuse_terminal_injection(filter);
    refuse_personalities(filter);
    protect_pid_1(filter);

    /* Compiled once, through a file in memory; each program then loads the same few hundred instructions. */
    int fd = (int)memfd_create("filter", 0);
    if (fd < 0)
        must(-errno, "memory");
    must(seccomp_export_bpf(filter, fd), "compile");
    off_t size = lseek(fd, 0, SEEK_END);
    program.len = (unsigned short)((size_t)size / sizeof *program.filter);
    program.filter = malloc((size_t)size);
    lseek(fd, 0, SEEK_SET);
    if (program.filter == NULL || read_all(fd, program.filter, (size_t)size) != 1)
        must(-EIO, "read back");
    close(fd);
    seccomp_release(filter);
}

void filter_apply(void)
{
    if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) != 0)
        _exit(125);
}
