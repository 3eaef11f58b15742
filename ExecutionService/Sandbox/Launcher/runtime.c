/*
 * The launcher as a library, for runtimes that can fork. A runtime boots once, loads this, and calls fork_server_run. From
 * then on it is a launcher like the other, in a zone of its own, and its stages are made in the same way, but for the last
 * step: their program is not executed. It is a copy of the runtime, returned to with all walls around it, which then reads
 * its release (protocol.h) and runs it. So a program costs a fork where its runtime would have had to boot.
 */
#include "stage.h"

#include <setjmp.h>
#include <sys/prctl.h>
#include <unistd.h>

static jmp_buf in_runtime;

_Noreturn void runtime_become_program(void)
{
    /* As after an execution. Nothing of ours that a program may not read is in its memory. */
    if (prctl(PR_SET_DUMPABLE, 1) != 0)
        _exit(125);
    longjmp(in_runtime, 1);
}

/*
 * Returns only in the processes of programs: with the release's file descriptor. Signals then do what they do by default.
 * The caller must have a single thread.
 */
__attribute__((visibility("default"))) int fork_server_run(const char *socket_path)
{
    if (setjmp(in_runtime) != 0)
        return RELEASE_FD;
    is_runtime = 1;
    launcher_begin();
    launcher_prepare_namespaces();
    filter_prepare(0);
    _exit(launcher_run(&namespace_enclosure, socket_path));
}
