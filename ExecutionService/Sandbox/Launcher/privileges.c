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

#define SIGNALS_PENDING 1024 /* queued ones and timers */

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
}

static void limit_between(pid_t pid, __rlimit_resource_t resource, uint64_t soft, uint64_t hard)
{
    struct rlimit both;
    /* An ordinary user's service may have less itself, and cannot give more. */
    if (prlimit(pid, resource, NULL, &both) != 0)
        _exit(125);
    both.rlim_max = hard < both.rlim_max ? hard : both.rlim_max;
    both.rlim_cur = soft < both.rlim_max ? soft : both.rlim_max;
    if (prlimit(pid, resource, &both, NULL) != 0)
        _exit(125);
}

static void limit(pid_t pid, __rlimit_resource_t resource, uint64_t value)
{
    limit_between(pid, resource, value, value);
}

void limits_fix(void)
{
    /* One byte, not none: where the host pipes core dumps to a program, 0 would start that program, and 1 does not. */
    limit(0, RLIMIT_CORE, 1);
    limit(0, RLIMIT_MEMLOCK, 0);
    limit(0, RLIMIT_MSGQUEUE, 0);
    limit(0, RLIMIT_NICE, 0);
    limit(0, RLIMIT_RTPRIO, 0);
    limit(0, RLIMIT_SIGPENDING, SIGNALS_PENDING);
}

void limits_of_host(const struct preparation_settings *settings)
{
    limit(0, RLIMIT_NOFILE, settings->open_files_limit);
    limit(0, RLIMIT_STACK, settings->stack_limit_bytes);
}

void limits_apply(pid_t pid, const struct release_settings *settings, uint64_t cpu_time_used_ns)
{
    limit(pid, RLIMIT_NOFILE, settings->open_files_limit);
    limit(pid, RLIMIT_FSIZE, settings->file_size_limit_bytes);
    limit(pid, RLIMIT_STACK, settings->stack_limit_bytes);
    if (settings->cpu_time_limit_s > 0) {
        uint64_t seconds = settings->cpu_time_limit_s + (cpu_time_used_ns + 999999999u) / 1000000000u;
        limit_between(pid, RLIMIT_CPU, seconds, seconds + 1);
    }
    if (settings->process_limit > 0)
        limit(pid, RLIMIT_NPROC, settings->process_limit);
    if (settings->data_limit_bytes > 0)
        limit(pid, RLIMIT_DATA, settings->data_limit_bytes);
}
