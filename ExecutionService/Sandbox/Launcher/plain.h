/* What the files about running without namespaces share. See plain.c for who does what. */
#ifndef ONLINECOMPILER_PLAIN_H
#define ONLINECOMPILER_PLAIN_H

#include "launcher.h"

/* How the launcher was started; checked, and the same for every stage. */
struct plain {
    const char *work_directory;  /* a folder for each run that lives, named after its user id */
    const char *claims;          /* the file in which the services of this machine claim user ids */
    uint32_t first_user, users;  /* what programs run as; as many ids behind them belong to those who kill them */
    char **readable;             /* what programs may read and execute, where Landlock can say so */
    size_t readable_count;
    char **left;                 /* work directories of services that died */
    size_t left_count;
    int landlock_abi;            /* 0: the kernel has none */
};
extern struct plain plain;

/* One run's ids and places. */
struct slot {
    uint32_t user, killer;
    char folder[4096 - 32], workspace[4096], temporary[4096];
};

/* plain_options.c: exits with a message when they make no sense. */
void plain_parse(int argc, char **argv);

/* plain.c: claims the user ids, sweeps what dead services left. Exits with a message when this machine does not allow it. */
void plain_prepare(void);
void plain_tell(void); /* the service: which Landlock there is */
void slot_of(uint32_t user, struct slot *slot);

/* plain_keeper.c: in place of pid 1. Does not return. */
_Noreturn void keeper_run(const struct inside *inside);

/* plain_program.c: becomes the slot's user and executes. Does not return. */
_Noreturn void plain_execute(const struct inside *inside, const struct slot *slot, int executed);

/* plain_landlock.c */
int landlock_version(void);                          /* 0: none */
int landlock_rules(const struct slot *slot);         /* a ruleset; -1 where there is no Landlock */
void landlock_enforce(int rules);                    /* on the calling process, for good */

/* plain_users.c */
int users_claim(void);                               /* 0, or -1: another service has some of them */
int user_lock(uint32_t user);                        /* until this process ends; -1: its last run has not ended yet */
int user_exists(const struct slot *slot);            /* whether a process of it lives */
void user_signal_kill(const struct slot *slot);      /* every process of it, at once */
void user_end(const struct slot *slot);              /* the same, and waits for their end, whosever children they are */
void users_visit(uint32_t first, uint32_t count, void (*visit)(pid_t pid, uint32_t user, void *context), void *context);
void become_effective(uint32_t user);                /* for the rights of files; 0 is ourselves again */

/* plain_folder.c */
void folder_make(const struct slot *slot);
void folder_remove(const struct slot *slot);
void folder_measure(const struct slot *slot, uint64_t *bytes, uint64_t *files);
void public_folders_clear(uint32_t user);            /* where everyone may write */

/* plain_watch.c: limits that rlimits cannot keep. Returns the milliseconds until the next look. */
struct watched {
    int workspace, memory;
    uint64_t workspace_bytes, workspace_files;       /* when it was too much */
};
int watch_look(const struct order *order, const struct slot *slot, struct watched *reached);

#endif
