/*
 * What the service (C#, Sandbox/Launching) and the launcher say to each other, over one Unix stream socket per stage.
 * All integers are little-endian, as both ends always share one machine. Keep in step with LauncherProtocol.cs.
 *
 *   service -> launcher:  one preparation, one release, then any number of input frames. A cold start sends the first two
 *                         together; a prepared stage waits between them, for as long as it takes. Shutting down the
 *                         sending side kills the program, which is still reported; closing the socket kills it and
 *                         nothing more is said.
 *   launcher -> service:  frames, the last one FRAME_END or FRAME_FAILURE.
 *
 * Files are handed back only when the program ended by itself: what a killed one left may be cut anywhere, and its user
 * waits for the end, not for files.
 *
 * Preparation and release are each a header (magic, length of the rest) and fields: u32 tag, u32 length, bytes.
 * A frame is u32 type, u32 length, bytes.
 *
 * A preparation may name a host: a program of ours that is executed at once and boots a runtime; or ask for a copy of the
 * runtime that the launcher has. Its release then comes by its file descriptor 3, which it reads until the end of file: u32
 * count of arguments, for each u32 length and bytes; the same for the environment. Nothing before the end of file: it is not
 * needed any more.
 */
#ifndef ONLINECOMPILER_PROTOCOL_H
#define ONLINECOMPILER_PROTOCOL_H

#include <stdint.h>

#define PREPARATION_MAGIC 0x3150434Fu /* "OCP1" */
#define RELEASE_MAGIC 0x3152434Fu     /* "OCR1" */
#define PREPARATION_MAX_BYTES (1024u * 1024)
#define RELEASE_MAX_BYTES (640u * 1024 * 1024) /* the largest workspace and the request around it */

/* The name of the process that a host leaves its memory to when it ends (packs/leaving.h says why, and has this name, too). */
#define HEIR_NAME "heir of memory"

enum order_tag {
    ORDER_SETTINGS = 1,    /* struct preparation_settings or struct release_settings, exactly once */
    ORDER_ARGUMENT = 2,    /* argv entry, no NUL. Release: at least one. Preparation: the host's, or none */
    ORDER_ENVIRONMENT = 3, /* NAME=value, no NUL. Preparation: the host's */
    ORDER_FILE = 4,        /* release: u32 mode, u32 path length, path, content */
    ORDER_CGROUP = 5,      /* preparation: absolute path of a cgroup directory for all of the stage (memory, pids) */
    ORDER_COLLECT = 6,     /* release: glob (star, double star, question mark) of workspace files to hand back */
    ORDER_PROGRAM_CGROUP = 7, /* preparation: the same for the program without our pid 1 (cpu, cpuacct) */
    ORDER_ROOT = 8,        /* preparation: name of the toolchains' root that is seen in place of the machine's; at most once */
};

struct preparation_settings {
    uint64_t workspace_limit_bytes; /* the release may change these two */
    uint64_t workspace_limit_files;
    uint64_t open_files_limit; /* runtimes size themselves by these two when they boot; used for hosts alone */
    uint64_t stack_limit_bytes;
    uint32_t outer_uid; /* what uid and gid 1000 inside are outside */
    uint32_t outer_gid;
    uint32_t has_terminal; /* in place of three pipes */
    uint32_t is_copy;      /* of the runtime that this launcher has (runtime.c): the program is not executed, and there is no host */
};

struct release_settings {
    uint64_t wall_time_limit_ns; /* 0: the service keeps the time itself */
    uint64_t cpu_time_limit_s;   /* RLIMIT_CPU of each process: SIGXCPU, and SIGKILL a second later; 0: none */
    uint64_t process_limit;      /* RLIMIT_NPROC, a backstop behind the pids cgroup; 0: none */
    uint64_t open_files_limit;
    uint64_t file_size_limit_bytes;
    uint64_t stack_limit_bytes;
    uint64_t workspace_limit_bytes;
    uint64_t workspace_limit_files;
    uint64_t collect_limit_bytes;
    uint64_t collect_limit_files;
    uint64_t data_limit_bytes; /* RLIMIT_DATA of each process, in place of a memory cgroup where there is none; 0: none */
    uint32_t terminal_columns; /* 0: no terminal, as the preparation said */
    uint32_t terminal_rows;
};

enum input_frame {
    INPUT_STDIN = 1,        /* bytes */
    INPUT_END_OF_INPUT = 2, /* empty */
    INPUT_SIGNAL = 3,       /* u32 signal number, to the program's process group */
    INPUT_RESIZE = 4,       /* u32 columns, u32 rows */
};

enum output_frame {
    FRAME_STARTED = 1, /* empty: the program has been executed, or its host released */
    FRAME_STDOUT = 2,  /* bytes; the terminal's too */
    FRAME_STDERR = 3,  /* bytes */
    FRAME_EXIT = 4,    /* struct exit_report */
    FRAME_FILE = 5,    /* u32 mode, u32 path length, path, content */
    FRAME_END = 6,     /* empty: nothing of the stage is left */
    FRAME_FAILURE = 7, /* text: the sandbox could not be made, or its program not be executed */
    FRAME_PREPARED = 8, /* empty: all is made, and a host waits for its release; comes before FRAME_STARTED */
};

struct exit_report {
    uint32_t exited_by_itself; /* 1: `status` is an exit status; 0: a signal number */
    uint32_t status;
    uint32_t wall_time_limit_reached;
    uint32_t memory_limit_reached; /* the kernel killed one of its processes for it, so all were killed */
    uint32_t files_left_out; /* matched, but over the collect limits, not plain files, or of unsound names */
    uint32_t reserved;
    uint64_t wall_time_ns;   /* from FRAME_STARTED to exit of the program */
    uint64_t user_time_us;   /* all processes of the program that were waited for, without what a host used before */
    uint64_t system_time_us;
    uint64_t memory_peak_bytes; /* of the largest process */
    uint64_t workspace_used_bytes;
    uint64_t workspace_used_files;
};

#define INPUT_FRAME_MAX_BYTES (64u * 1024)

#endif
