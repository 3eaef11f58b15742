/*
 * What rlimits cannot keep, the keeper looks after several times a second: how much a run has written, and, where there
 * is no cgroup, how much memory each process really has (shared mappings escape the limit on data). A program can be
 * quicker than a look, by as much as it can write in the time between two.
 */
#include "plain.h"
#include "inside.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define LOOK_MS 100
#define LOOKING_SHARE 20 /* at most one part in so many of the time is spent looking */

struct search {
    uint64_t limit_pages;
    int found;
};

static void check_memory(pid_t pid, uint32_t user, void *context)
{
    struct search *search = context;
    char path[64], text[128];
    (void)user;
    snprintf(path, sizeof path, "/proc/%d/statm", pid);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return;
    ssize_t length = read(fd, text, sizeof text - 1);
    close(fd);
    unsigned long total, resident;
    text[length > 0 ? length : 0] = '\0';
    if (sscanf(text, "%lu %lu", &total, &resident) == 2 && resident > search->limit_pages)
        search->found = 1;
}

int watch_look(const struct order *order, const struct slot *slot, struct watched *reached)
{
    const struct release_settings *settings = &order->settings;
    uint64_t began = monotonic_ns(), bytes, files;
    folder_measure(slot, &bytes, &files);
    if (bytes > settings->workspace_limit_bytes || files > settings->workspace_limit_files) {
        reached->workspace = 1;
        reached->workspace_bytes = bytes;
        reached->workspace_files = files;
    }
    if (order->cgroup_count == 0 && settings->data_limit_bytes > 0) {
        struct search search = { .limit_pages = settings->data_limit_bytes / (uint64_t)sysconf(_SC_PAGESIZE) };
        users_visit(slot->user, 1, check_memory, &search);
        reached->memory |= search.found;
    }
    uint64_t took_ms = (monotonic_ns() - began) / 1000000;
    return took_ms * LOOKING_SHARE > LOOK_MS ? (int)(took_ms * LOOKING_SHARE) : LOOK_MS;
}
