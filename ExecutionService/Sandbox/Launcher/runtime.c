/*
 * The launcher as a library, for runtimes that can fork. A runtime boots once, loads this, and calls fork_server_run. From
 * then on it is a launcher like the other, in a zone of its own, and its stages are made in the same way, but for the last
 * step: their program is not executed. It is a copy of the runtime, returned to with all walls around it, which then reads
 * its release (protocol.h) and runs it. So a program costs a fork where its runtime would have had to boot.
 */
#include "stage.h"

#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <setjmp.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

/* Whose release was sent with the order has it by then. */
#define SOON_MS 20

static jmp_buf in_runtime;

/* Where it fails (a kernel before 5.14, no memory left), the program does it as it goes. */
static void populate(uintptr_t from, uintptr_t to, int is_written)
{
    if (from < to)
        (void)madvise((void *)from, to - from, is_written ? MADV_POPULATE_WRITE : MADV_POPULATE_READ);
}

/* Of what may be written, only what the runtime uses: the rest would count as the program's memory. */
static void populate_used(int pagemap, uintptr_t from, uintptr_t to)
{
    const uint64_t in_memory = (uint64_t)1 << 63;
    const uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    uint64_t entries[512];
    uintptr_t begin = from;
    while (from < to) {
        size_t count = (to - from) / page < 512 ? (to - from) / page : 512;
        if (pread(pagemap, entries, count * sizeof *entries, (off_t)(from / page * sizeof *entries)) != (ssize_t)(count * sizeof *entries))
            return;
        for (size_t i = 0; i < count; i++, from += page) {
            if (entries[i] & in_memory)
                continue;
            populate(begin, from, 1);
            begin = from + page;
        }
    }
    populate(begin, to, 1);
}

/*
 * A copy shares its memory with the runtime until it writes to it, and has to find again what of its files is in memory: a
 * fault of a microsecond or two for each page, hundreds of them in the shortest program. A copy that waits has the time.
 */
static void make_memory_own(void)
{
    FILE *maps = fopen("/proc/self/maps", "re");
    int pagemap = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);
    char line[512], access[5];
    uintptr_t from, to;
    while (maps != NULL && fgets(line, sizeof line, maps) != NULL) {
        if (sscanf(line, "%" SCNxPTR "-%" SCNxPTR " %4s", &from, &to, access) != 3 || access[0] != 'r' || access[3] != 'p')
            continue;
        if (access[1] == 'w')
            populate_used(pagemap, from, to);
        else
            populate(from, to, 0);
    }
    if (maps != NULL)
        fclose(maps);
    close(pagemap);
}

_Noreturn void runtime_become_program(void)
{
    /* As after an execution. Nothing of ours that a program may not read is in its memory. */
    if (prctl(PR_SET_DUMPABLE, 1) != 0)
        _exit(125);
    struct pollfd release = { .fd = RELEASE_FD, .events = POLLIN };
    if (poll(&release, 1, SOON_MS) == 0)
        make_memory_own();
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
