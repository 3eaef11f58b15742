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
#include <unistd.h>

static int *of_program;

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

static void join(int fd)
{
    inside_check(fd < 0 || write(fd, "0", 1) != 1 ? -1 : 0, "join cgroup");
    close(fd);
}

void cgroups_join(const struct order *order)
{
    for (size_t i = 0; i < order->cgroup_count; i++)
        join(open_group(order->cgroups[i]));
}

void cgroups_open_program(const struct order *order)
{
    /* What may be written is decided by who opened the file, so the program can still join when it is nobody. */
    of_program = calloc(order->program_cgroup_count + 1, sizeof *of_program);
    inside_check(of_program == NULL ? -1 : 0, "hold cgroups");
    for (size_t i = 0; i < order->program_cgroup_count; i++)
        inside_check(of_program[i] = open_group(order->program_cgroups[i]), "open a cgroup of the program");
}

void cgroups_join_program(const struct order *order)
{
    for (size_t i = 0; i < order->program_cgroup_count; i++)
        join(of_program[i]);
}

void cgroups_close_program(const struct order *order)
{
    for (size_t i = 0; i < order->program_cgroup_count; i++)
        close(of_program[i]);
}
