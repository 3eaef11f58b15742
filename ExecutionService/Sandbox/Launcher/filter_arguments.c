/*
 * The part of the system call filter that libseccomp cannot say, or only in hundreds of rules: "none of these". Written in
 * the filter machine's own instructions, which run before those that libseccomp makes of filter.c.
 */
#include "filter.h"

#include <errno.h>
#include <linux/bpf_common.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <seccomp.h>
#include <stddef.h>
#include <sys/socket.h>

/*
 * The last call of Linux 5.16. Later ones exist only where the kernel has them, so every runtime does without; nobody has
 * reviewed for this filter what they reach, and what comes next year cannot be reviewed yet. They fail as on an old kernel.
 */
#define LAST_REVIEWED_CALL SCMP_SYS(futex_waitv)

#define X32_CALLS 0x40000000u
#define NEW_NAMESPACES (CLONE_NEWNS | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWCGROUP)

/* Each instruction by name, so that jumps are written as what they mean. */
enum {
    LOAD_ARCHITECTURE, IF_FOREIGN, LOAD_CALL, IF_X32, IF_UNKNOWN, IF_CLONE, IF_SOCKET, IF_SOCKET_PAIR, IF_PERSONALITY,
    CLONE, CLONE_FLAGS,
    SOCKET, SOCKET_UNIX, SOCKET_INET, SOCKET_INET6, SOCKET_NETLINK,
    PROTOCOL, PROTOCOL_ANY, PROTOCOL_TCP, PROTOCOL_UDP, PROTOCOL_ICMP, PROTOCOL_ICMPV6,
    NETLINK, NETLINK_ROUTE_ONLY,
    SOCKET_PAIR, SOCKET_PAIR_UNIX,
    PERSONALITY, PERSONALITY_ASKED, PERSONALITY_PLAIN,
    REFUSE, NO_PROTOCOL, NO_CALL,
    THE_REST, /* libseccomp's first instruction: what is not refused here may still be there */
};

#define LOAD(field) { BPF_LD | BPF_W | BPF_ABS, 0, 0, (uint32_t)offsetof(struct seccomp_data, field) }
#define RETURN(action) { BPF_RET | BPF_K, 0, 0, action }
#define JUMP_IF(at, test, value, then, otherwise) \
    [at] = { BPF_JMP | (test) | BPF_K, (uint8_t)((then) - (at) - 1), (uint8_t)((otherwise) - (at) - 1), (uint32_t)(value) }
#define ERROR(number) (SECCOMP_RET_ERRNO | (number))

size_t filter_arguments(struct sock_filter *instructions)
{
    const struct sock_filter made[THE_REST] = {
        [LOAD_ARCHITECTURE] = LOAD(arch),
        JUMP_IF(IF_FOREIGN, BPF_JEQ, seccomp_arch_native(), LOAD_CALL, THE_REST),
        [LOAD_CALL] = LOAD(nr),
        JUMP_IF(IF_X32, BPF_JGE, X32_CALLS, THE_REST, IF_UNKNOWN),
        JUMP_IF(IF_UNKNOWN, BPF_JGT, LAST_REVIEWED_CALL, NO_CALL, IF_CLONE),
        JUMP_IF(IF_CLONE, BPF_JEQ, SCMP_SYS(clone), CLONE, IF_SOCKET),
        JUMP_IF(IF_SOCKET, BPF_JEQ, SCMP_SYS(socket), SOCKET, IF_SOCKET_PAIR),
        JUMP_IF(IF_SOCKET_PAIR, BPF_JEQ, SCMP_SYS(socketpair), SOCKET_PAIR, IF_PERSONALITY),
        JUMP_IF(IF_PERSONALITY, BPF_JEQ, SCMP_SYS(personality), PERSONALITY, THE_REST),

        /* Inside a new user namespace every capability, and most of the kernel's old code, is back in reach. */
        [CLONE] = LOAD(args[0]),
        JUMP_IF(CLONE_FLAGS, BPF_JSET, NEW_NAMESPACES, REFUSE, THE_REST),

        /* Sockets of these families stay in the sandbox's own network; others (vsock above all) know no network namespaces. */
        [SOCKET] = LOAD(args[0]),
        JUMP_IF(SOCKET_UNIX, BPF_JEQ, AF_UNIX, THE_REST, SOCKET_INET),
        JUMP_IF(SOCKET_INET, BPF_JEQ, AF_INET, PROTOCOL, SOCKET_INET6),
        JUMP_IF(SOCKET_INET6, BPF_JEQ, AF_INET6, PROTOCOL, SOCKET_NETLINK),
        JUMP_IF(SOCKET_NETLINK, BPF_JEQ, AF_NETLINK, NETLINK, REFUSE),

        /* Merely asking for another protocol (SCTP, MPTCP, SMC …) makes the kernel load its module. */
        [PROTOCOL] = LOAD(args[2]),
        JUMP_IF(PROTOCOL_ANY, BPF_JEQ, 0, THE_REST, PROTOCOL_TCP),
        JUMP_IF(PROTOCOL_TCP, BPF_JEQ, 6, THE_REST, PROTOCOL_UDP),
        JUMP_IF(PROTOCOL_UDP, BPF_JEQ, 17, THE_REST, PROTOCOL_ICMP),
        JUMP_IF(PROTOCOL_ICMP, BPF_JEQ, 1, THE_REST, PROTOCOL_ICMPV6),
        JUMP_IF(PROTOCOL_ICMPV6, BPF_JEQ, 58, THE_REST, NO_PROTOCOL),

        /* NETLINK_ROUTE is how C libraries list interfaces; the others talk to firewalls, crypto, auditing. */
        [NETLINK] = LOAD(args[2]),
        JUMP_IF(NETLINK_ROUTE_ONLY, BPF_JEQ, 0, THE_REST, NO_PROTOCOL),

        [SOCKET_PAIR] = LOAD(args[0]),
        JUMP_IF(SOCKET_PAIR_UNIX, BPF_JEQ, AF_UNIX, THE_REST, REFUSE),

        /* Other personalities change what mappings and calls mean; asking and plain Linux are all anyone needs. */
        [PERSONALITY] = LOAD(args[0]),
        JUMP_IF(PERSONALITY_ASKED, BPF_JEQ, 0xffffffffu, THE_REST, PERSONALITY_PLAIN),
        JUMP_IF(PERSONALITY_PLAIN, BPF_JEQ, 0, THE_REST, REFUSE),

        [REFUSE] = RETURN(ERROR(EPERM)),
        [NO_PROTOCOL] = RETURN(ERROR(EPROTONOSUPPORT)),
        [NO_CALL] = RETURN(ERROR(ENOSYS)),
    };
    for (size_t i = 0; i < THE_REST; i++)
        instructions[i] = made[i];
    return THE_REST;
}
