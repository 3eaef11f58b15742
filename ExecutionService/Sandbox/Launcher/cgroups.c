/*
 * Control groups. Pid 1 joins those of memory and processes, so that all it prepares is counted; the program alone joins
 * those of CPU, so that its time starts with itself and pid 1 need not compete with it to be able to kill it.
 */
#include "inside.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int *of_stage, *of_program;
static size_t stage_count, program_count;

static int open_group(const char *directory)
{
    /* v1's file for single threads, which we have one of, needs no lock over all processes of the machine. */
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/tasks", directory);
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    if (fd >= 0 || errno != ENOENT)
        return fd;
    snprintf(path, sizeof path, "%s/cgroup.procs", directory);
    return open(path, O_WRONLY | O_CLOEXEC);
}

static void join(const int *groups, size_t count)
{
    for (size_t i = 0; i < count; i++)
        inside_check(write(groups[i], "0", 1) != 1 ? -1 : 0, "join cgroup");
}

/* What may be written is decided by who opened the file, so a program can still join when it is nobody. */
static int *open_groups(char *const *directories, size_t count)
{
    int *groups = calloc(count + 1, sizeof *groups);
    inside_check(groups == NULL ? -1 : 0, "hold cgroups");
    for (size_t i = 0; i < count; i++)
        inside_check(groups[i] = open_group(directories[i]), "open a cgroup");
    return groups;
}

void cgroups_open(const struct order *order)
{
    of_stage = open_groups(order->cgroups, stage_count = order->cgroup_count);
    of_program = open_groups(order->program_cgroups, program_count = order->program_cgroup_count);
}

void cgroups_join(void)
{
    join(of_stage, stage_count);
}

void cgroups_join_program(void)
{
    join(of_program, program_count);
}

void cgroups_close(void)
{
    for (size_t i = 0; i < stage_count; i++)
        close(of_stage[i]);
    for (size_t i = 0; i < program_count; i++)
        close(of_program[i]);
}

size_t cgroups_all(int *groups, size_t room)
{
    errno = E2BIG;
    inside_check(stage_count + program_count > room ? -1 : 0, "pass cgroups on");
    memcpy(groups, of_stage, stage_count * sizeof *groups);
    memcpy(groups + stage_count, of_program, program_count * sizeof *groups);
    return stage_count + program_count;
}

void cgroups_join_all(const int *groups, size_t count)
{
    join(groups, count);
}
