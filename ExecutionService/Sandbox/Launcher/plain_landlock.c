/*
 * Landlock: what a program may read, write and reach, said by itself and kept by the kernel, without any privilege. See
 * the kernel's userspace-api/landlock.rst. The numbers are our own, for the headers of a distribution are older than the
 * kernels it runs on; what a kernel does not know yet is left out, by the version it tells.
 */
#include "plain.h"
#include "inside.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef SYS_landlock_create_ruleset /* the same on every architecture */
#define SYS_landlock_create_ruleset 444
#define SYS_landlock_add_rule 445
#define SYS_landlock_restrict_self 446
#endif

#define ASK_VERSION 1u
#define RULE_PATH_BENEATH 1

enum access {
    EXECUTE = 1 << 0, WRITE_FILE = 1 << 1, READ_FILE = 1 << 2, READ_DIR = 1 << 3, REMOVE_DIR = 1 << 4, REMOVE_FILE = 1 << 5,
    MAKE_CHAR = 1 << 6, MAKE_DIR = 1 << 7, MAKE_REG = 1 << 8, MAKE_SOCK = 1 << 9, MAKE_FIFO = 1 << 10, MAKE_BLOCK = 1 << 11,
    MAKE_SYM = 1 << 12,
    REFER = 1 << 13,     /* version 2: moving between folders; before, always refused */
    TRUNCATE = 1 << 14,  /* version 3 */
    IOCTL_DEV = 1 << 15, /* version 5 */
};
enum network { BIND_TCP = 1 << 0, CONNECT_TCP = 1 << 1 };         /* version 4 */
enum scope { ABSTRACT_UNIX_SOCKET = 1 << 0, SIGNAL = 1 << 1 };    /* version 6 */

#define FIRST_ACCESSES ((1u << 13) - 1)
#define ON_FILES (EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEV)

struct ruleset_attributes {
    uint64_t file_system, network, scoped;
};

struct path_beneath {
    uint64_t allowed;
    int32_t parent;
} __attribute__((packed));

int landlock_version(void)
{
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, ASK_VERSION);
    return version > 0 ? (int)version : 0;
}

static uint64_t known_accesses(void)
{
    int version = plain.landlock_abi;
    return FIRST_ACCESSES | (version >= 2 ? REFER : 0) | (version >= 3 ? TRUNCATE : 0) | (version >= 5 ? IOCTL_DEV : 0);
}

/* What is not there needs no rule. */
static void allow(int rules, const char *path, uint64_t accesses)
{
    struct stat status;
    int fd = open(path, O_PATH | O_CLOEXEC);
    if (fd < 0)
        return;
    inside_check(fstat(fd, &status), "look at what may be read");
    struct path_beneath rule = { .allowed = accesses & known_accesses() & (S_ISDIR(status.st_mode) ? ~0u : ON_FILES), .parent = fd };
    inside_check((int)syscall(SYS_landlock_add_rule, rules, RULE_PATH_BENEATH, &rule, 0), "add a Landlock rule");
    close(fd);
}

int landlock_rules(const struct slot *slot)
{
    if (plain.landlock_abi == 0)
        return -1;
    struct ruleset_attributes attributes = {
        .file_system = known_accesses(), .network = BIND_TCP | CONNECT_TCP, .scoped = ABSTRACT_UNIX_SOCKET | SIGNAL,
    };
    size_t size = plain.landlock_abi >= 6 ? sizeof attributes : plain.landlock_abi >= 4 ? 16 : 8;
    int rules = (int)syscall(SYS_landlock_create_ruleset, &attributes, size, 0);
    inside_check(rules, "make a Landlock ruleset");

    for (size_t i = 0; i < plain.readable_count; i++)
        allow(rules, plain.readable[i], EXECUTE | READ_FILE | READ_DIR);
    /* Its own process, which runtimes ask about themselves; keeper_run holds this folder, so that it stays this one. */
    allow(rules, "/proc/self", READ_FILE | READ_DIR);
    static const char *const devices[] = { "/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom", "/dev/tty" };
    for (size_t i = 0; i < sizeof devices / sizeof *devices; i++)
        allow(rules, devices[i], READ_FILE | WRITE_FILE | TRUNCATE | IOCTL_DEV);
    /* Its terminal by name, where it has one. */
    char terminal[64];
    if (isatty(STDIN_FILENO) && ttyname_r(STDIN_FILENO, terminal, sizeof terminal) == 0)
        allow(rules, terminal, READ_FILE | WRITE_FILE | TRUNCATE | IOCTL_DEV);
    const uint64_t own = (FIRST_ACCESSES & ~(uint64_t)(MAKE_CHAR | MAKE_BLOCK | MAKE_SOCK)) | REFER | TRUNCATE;
    allow(rules, slot->workspace, own);
    allow(rules, slot->temporary, own);
    return rules;
}

void landlock_enforce(int rules)
{
    if (rules < 0)
        return;
    inside_check((int)syscall(SYS_landlock_restrict_self, rules, 0), "enforce Landlock");
    close(rules);
}
