/*
 * Tells when the kernel has killed a process of the stage for want of memory, by the kernel's own event: an eventfd on
 * memory.oom_control (cgroup v1), a watch on memory.events (v2). The rest of the program is then to end too, for what
 * goes on without a part of itself may sleep until its wall-time limit. Without a memory group there is no event.
 */
#include "stage.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <unistd.h>

/* v1 says "under oom" before it kills, and may find a way not to. So an event starts a short time of looking again. */
#define DOUBT_NS 200000000ull

static int open_in(const char *directory, const char *file, int flags)
{
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/%s", directory, file);
    return open(path, flags | O_CLOEXEC);
}

static int watch_v1(const char *directory, int counter)
{
    char order[32];
    int events = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    int control = open_in(directory, "cgroup.event_control", O_WRONLY);
    snprintf(order, sizeof order, "%d %d", events, counter);
    int done = events >= 0 && control >= 0 && write(control, order, strlen(order)) == (ssize_t)strlen(order);
    close_once(&control);
    if (!done)
        close_once(&events);
    return events;
}

static int watch_v2(const char *directory)
{
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/memory.events", directory);
    int events = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    if (events >= 0 && inotify_add_watch(events, path, IN_MODIFY) < 0)
        close_once(&events);
    return events;
}

static int has_killed(const struct memory_watch *watch)
{
    char text[512];
    ssize_t length = pread(watch->counter, text, sizeof text - 1, 0);
    if (length < 0)
        return 0;
    text[length] = '\0';
    const char *at = strstr(text, "oom_kill ");
    return at != NULL && strtol(at + strlen("oom_kill "), NULL, 10) > 0;
}

void memory_watch_begin(struct stage *stage)
{
    struct memory_watch *watch = &stage->memory;
    *watch = (struct memory_watch){ .events = -1, .counter = -1 };
    for (size_t i = 0; i < stage->order.cgroup_count; i++) {
        const char *directory = stage->order.cgroups[i];
        if ((watch->counter = open_in(directory, "memory.oom_control", O_RDONLY)) >= 0)
            watch->events = watch_v1(directory, watch->counter);
        else if ((watch->counter = open_in(directory, "memory.events", O_RDONLY)) >= 0)
            watch->events = watch_v2(directory);
        else
            continue;
        if (watch->events < 0)
            stage_refuse(stage->service, "watch the memory group", strerror(errno));
        return;
    }
}

void memory_watch_read(struct stage *stage)
{
    char events[4096];
    while (read(stage->memory.events, events, sizeof events) > 0)
        ;
    stage->memory.doubt_until_ns = monotonic_ns() + DOUBT_NS;
}

void memory_watch_look(struct stage *stage, uint64_t now_ns)
{
    struct memory_watch *watch = &stage->memory;
    if (has_killed(watch)) {
        stage->memory_limit_reached = 1;
        kill_program(stage);
    }
    if (stage->memory_limit_reached || now_ns >= watch->doubt_until_ns)
        watch->doubt_until_ns = 0;
}
