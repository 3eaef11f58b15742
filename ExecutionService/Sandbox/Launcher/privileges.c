/* What a program must not have: capabilities, more privileges through execution, our keyring; and its resource limits. */
#include "launcher.h"

#include <linux/capability.h>
#include <linux/keyctl.h>
#include <linux/securebits.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

void privileges_drop(void)
{
    /* A fresh user namespace starts with every capability in it; nothing takes them away but this. */
    prctl(PR_SET_SECUREBITS, SECBIT_KEEP_CAPS_LOCKED | SECBIT_NO_SETUID_FIXUP | SECBIT_NO_SETUID_FIXUP_LOCKED
        | SECBIT_NOROOT | SECBIT_NOROOT_LOCKED | SECBIT_NO_CAP_AMBIENT_RAISE | SECBIT_NO_CAP_AMBIENT_RAISE_LOCKED);
    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
    for (unsigned long capability = 0; prctl(PR_CAPBSET_READ, capability) >= 0; capability++)
        prctl(PR_CAPBSET_DROP, capability);

    struct __user_cap_header_struct header = { _LINUX_CAPABILITY_VERSION_3, 0 };
    struct __user_cap_data_struct none[2];
    memset(none, 0, sizeof none);
    if (syscall(SYS_capset, &header, none) != 0 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        _exit(125);

    syscall(SYS_keyctl, KEYCTL_JOIN_SESSION_KEYRING, NULL);
    /* After the ids changed, for that clears it: pid 1 follows stage.c into death, and its namespaces follow pid 1. */
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    /* Nobody inside may look into pid 1, which shares their uid. */
    prctl(PR_SET_DUMPABLE, 0);
}

static void limit(__rlimit_resource_t resource, uint64_t value)
{
    struct rlimit both = { value, value };
    if (setrlimit(resource, &both) != 0)
        _exit(125);
}

void limits_apply(const struct order_settings *settings)
{
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_MEMLOCK, 0);
    limit(RLIMIT_MSGQUEUE, 0);
    limit(RLIMIT_NOFILE, settings->open_files_limit);
    limit(RLIMIT_FSIZE, settings->file_size_limit_bytes);
    limit(RLIMIT_STACK, settings->stack_limit_bytes);
    if (settings->cpu_time_limit_s > 0)
        limit(RLIMIT_CPU, settings->cpu_time_limit_s);
    if (settings->process_limit > 0)
        limit(RLIMIT_NPROC, settings->process_limit);
}
