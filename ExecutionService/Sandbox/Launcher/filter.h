/* What the two files of the system call filter share. */
#ifndef ONLINECOMPILER_FILTER_H
#define ONLINECOMPILER_FILTER_H

#include "launcher.h"

#include <linux/filter.h>

#define FILTER_ARGUMENTS_ROOM 64

/* filter_arguments.c: writes its instructions, to be followed by others; returns how many. */
size_t filter_arguments(struct sock_filter *instructions);

#endif
