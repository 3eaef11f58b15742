/* What the files about runtimes that are copied share: copying.c, runtime.c, own_memory.c. */
#ifndef ONLINECOMPILER_RUNTIME_H
#define ONLINECOMPILER_RUNTIME_H

#include "inside.h"

/* Where a runtime finds the socket to its launcher: above what it opens itself, within a first table of descriptors. */
#define RUNTIME_FD 63
#define RUNTIME_READY 'r' /* all that it says there */

/* The descriptors that come with an order for a copy, in this order; behind them those of the groups it joins. */
enum copy_descriptor {
    COPY_PIDS, COPY_NETWORK, COPY_IPC, COPY_HOST_NAME, COPY_MOUNTS, COPY_USER, /* the stage's namespaces */
    COPY_CONTROL, COPY_EXECUTED, COPY_RELEASE,
    COPY_STDIN, COPY_STDOUT, COPY_STDERR, /* of any kind with a terminal, which is opened inside */
    COPY_GROUPS,
};
#define COPY_MAX_GROUPS 16
#define COPY_MAX_DESCRIPTORS (COPY_GROUPS + COPY_MAX_GROUPS)

struct copy_order {
    uint32_t has_terminal, groups;
};

/* own_memory.c */
void make_memory_own(void);

#endif
