/* What the files about the inside of a stage share. */
#ifndef ONLINECOMPILER_INSIDE_H
#define ONLINECOMPILER_INSIDE_H

#include "launcher.h"

/* Tells the service which step failed, with errno, and ends. */
_Noreturn void inside_fail(const char *step);
void inside_tell_failure(const char *step); /* and goes on */
void inside_check(int result, const char *step);

extern int control_fd; /* stream socket to stage.c */

/* inside.c: what pid 1 and a copy of a runtime, which is not its child from the start, each do. */
void be_first_to_be_killed(void); /* when memory runs out */
void drop_groups(void);
void become_runner(void); /* in the stage's user namespace */

/* program.c */
void program_write_files(const struct order *order); /* below the current directory */
void program_connect(int in, int out, int error, int is_terminal); /* in a session of its own */
void program_settle(const int *kept, int count); /* of ours only these stay open, as 3 and up, until a program is executed */
_Noreturn void program_execute(char **arguments, char **environment);

/* killing.c: all processes but pid 1, which calls it. Returns when none of them runs any more. */
void kill_others(void);

/* release.c: the program's process, forked ahead, and its host, if it has one. */
struct waiting_program {
    pid_t pid;
    int executed;  /* ends when the program has been executed */
    int release;   /* takes what it waits for */
    uint64_t cpu_time_ns, system_time_us; /* that a host had used before its release */
};
void program_fork(const struct inside *inside, struct waiting_program *program);
int host_waits(const struct waiting_program *program); /* for its release */
uint64_t program_release(struct waiting_program *program, const struct order *order, uint32_t release_length); /* when, by the clock */

_Noreturn void program_prepare(const struct inside *inside, int executed, int release); /* in its process */

/* copying.c */
void runtime_order_copy(const struct inside *inside, int executed, int release); /* in place of a fork */
void runtime_leave_numbers(void); /* before, while we are privileged */

/* runtime.c: where a copy of a runtime ends its preparation. */
_Noreturn void runtime_become_program(void);

/* cgroups.c */
void cgroups_open(const struct order *order); /* while their files can still be seen */
void cgroups_join(void);         /* the stage's */
void cgroups_join_program(void); /* in the program */
void cgroups_close(void);        /* in pid 1 */
size_t cgroups_all(int *groups, size_t room); /* the descriptors of the stage's and the program's */
void cgroups_join_all(const int *groups, size_t count);

/* surroundings.c */
void enter_root(const char *name); /* with the machine's toolchains, or those of the root of this name */
void mount_workspace(const struct preparation_settings *settings);
int mount_terminals(const struct preparation_settings *settings); /* the controlling side of a terminal, or -1 when there is none */
void mount_proc(void);

#endif
