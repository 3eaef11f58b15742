/* What the files about the inside of a stage share. */
#ifndef ONLINECOMPILER_INSIDE_H
#define ONLINECOMPILER_INSIDE_H

#include "launcher.h"

#define OWN_ENTRIES 4 /* inodes of the workspace's file system that are ours: its root and the folders below */

/* Tells the service which step failed, with errno, and ends. */
_Noreturn void inside_fail(const char *step);
void inside_check(int result, const char *step);

extern int control_fd; /* stream socket to stage.c */

/* program.c */
void program_write_files(const struct order *order); /* below the current directory */
void program_connect(int in, int out, int error, int is_terminal); /* in a session of its own */
_Noreturn void program_execute(const struct order *order, int executed); /* "executed" closes itself on success */

/* cgroups.c */
void cgroups_join(const struct order *order);
void cgroups_open_program(const struct order *order); /* while their files can still be seen */
void cgroups_join_program(const struct order *order); /* in the program */
void cgroups_close_program(const struct order *order); /* in pid 1 */

/* surroundings.c */
void enter_root(void);
void mount_workspace(const struct order_settings *settings);
int mount_terminals(const struct order_settings *settings); /* the controlling side of a terminal, or -1 when there is none */
void mount_proc(void);

#endif
