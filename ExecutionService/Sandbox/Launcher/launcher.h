#ifndef ONLINECOMPILER_LAUNCHER_H
#define ONLINECOMPILER_LAUNCHER_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "protocol.h"

#define ROOT_NAME_MAX_BYTES 64
#define INSIDE_ID 1000 /* uid and gid of "runner" in every sandbox */
#define RELEASE_FD 3   /* where a host, or a runtime's copy, reads its release */
#define OWN_ENTRIES 4  /* inodes of the workspace's file system that are ours: its root and the folders below */

struct bytes {
    const unsigned char *data;
    size_t length;
};

struct order_file {
    const char *path;
    mode_t mode;
    struct bytes content;
};

/* What a preparation and a release said, checked. The release's part is empty until it came. */
struct order {
    struct preparation_settings preparation;
    char **host; /* its argv, NULL-terminated; NULL: there is none */
    char **host_environment;
    char **cgroups;
    size_t cgroup_count;
    char **program_cgroups;
    size_t program_cgroup_count;
    const char *root; /* NULL: the machine's */

    struct release_settings settings;
    char **arguments; /* NULL-terminated */
    char **environment;
    struct order_file *files; /* their content lies in the release */
    size_t file_count;
    char **collect;
    size_t collect_count;
};

/* order.c: NULL when it is sound, else what is wrong with it. */
const char *order_parse_preparation(struct order *order, struct bytes fields);
const char *order_parse_release(struct order *order, struct bytes fields);

/* receive.c: the same, from the service's socket. */
const char *order_receive_preparation(int socket, struct order *order);
const char *order_receive_release(int socket, struct order *order, struct bytes *release);
/* Where a release will lie, for this process and those that it forks. Before any is received. NULL: no memory. */
const unsigned char *release_reserve(void);

int root_is_the_machines(void); /* whether our uid 0 is the first user namespace's; in others it stands for some user */

/* copying.c: the runtime of a language whose copies are all this launcher's programs, by a socket to it. -1: there is none. */
extern int runtime;
void runtime_start(char **command); /* exits with a message when it does not become one */

/* launcher.c */
void launcher_begin(void); /* first */
void leave_no_zombies(void); /* whoever ends need not be waited for */
void launcher_prepare_namespaces(void);

/* root.c: makes, once and from what the zone holds, the root that every stage sees. Exits with a message when it cannot. */
void root_prepare(void);
extern int root_namespace; /* a mount namespace that holds nothing else */

/* masks.c: what of /proc no stage shows. */
struct proc_mask {
    const char *path;
    const char *with; /* an empty file or folder of the root */
    int is_needed;
};
extern struct proc_mask proc_masks[]; /* ends with a NULL path */
void masks_prepare(void);

/* network.c: gives this process a network namespace of its own, with nothing but a loopback. -1 with errno when it cannot. */
int network_renew(void);

/* stage.c: serves one order from the service's socket, from outside of the stage's namespaces. Does not return. */
struct enclosure;
_Noreturn void stage_serve(int socket, const struct enclosure *enclosure);

/* inside.c: pid 1 of the stage's namespaces. Does not return. */
struct inside {
    struct order *order;
    int control;              /* stream socket to stage.c */
    const unsigned char *release; /* where it will lie */
    int stdin_read, stdout_write, stderr_write; /* -1 with a terminal */
};
_Noreturn void inside_run(const struct inside *inside);

/* privileges.c */
void privileges_drop(void);
void limits_fix(void); /* those that are the same for every program */
void limits_of_host(const struct preparation_settings *settings);
void limits_apply(pid_t pid, const struct release_settings *settings, uint64_t cpu_time_used_ns); /* lowers another process's too */

/* filter.c: compiles the system call filter once; applies it to the calling process, for good. */
void filter_prepare(int without_namespaces);
void filter_apply(void);

/* collect.c: sends FRAME_FILE for matching files; counts those left out. */
uint32_t collect_files(const struct order *order, int control);

/* glob.c: '*' and '?' stay within a path segment; "**" crosses segments. A longer glob matches nothing. */
#define GLOB_MAX_BYTES 255
int glob_matches(const char *glob, const char *path);

/* io.c */
int write_all(int fd, const void *data, size_t length);
int read_all(int fd, void *data, size_t length); /* 1: read; 0: end of file before the first byte; -1: error */
int send_frame(int fd, uint32_t type, const void *data, size_t length);
int write_text_file(const char *path, const char *text);
uint64_t monotonic_ns(void);

/* Messages between stage.c (outside) and inside.c, beside output frames. */
enum control_message {
    CONTROL_MAP_IDS = 100,   /* inside -> outside: in the new user namespace, waiting for its id maps; carries the workspace */
    CONTROL_IDS_MAPPED = 101,
    CONTROL_TERMINAL = 102,  /* inside -> outside: carries the terminal's controlling side */
    CONTROL_SIGNAL = 103,    /* outside -> inside: u32 signal for the program's process group */
    CONTROL_KILL = 104,      /* outside -> inside: kill every process but pid 1, then report */
    CONTROL_ENDED = 105,     /* inside -> outside: the program and all it started have ended; files and the report follow */
    CONTROL_RELEASE = 106,   /* outside -> inside: u32 length of the release, which lies where it was to */
};

#endif
