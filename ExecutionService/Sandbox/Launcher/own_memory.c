/* Gives a copy of a runtime its memory before its program needs it. */
#include "runtime.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

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
void make_memory_own(void)
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
