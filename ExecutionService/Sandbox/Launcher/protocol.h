/*
 * What the service (C#, Sandbox/Launching) and the launcher say to each other, over one Unix stream socket per stage.
 * All integers are little-endian, as both ends always share one machine. Keep in step with LauncherProtocol.cs.
 *
 *   service -> launcher:  one order, then any number of input frames. Shutting down the sending side kills the program,
 *                         which is still reported; closing the socket kills it and nothing more is said.
 *   launcher -> service:  frames, the last one FRAME_END or FRAME_FAILURE.
 *
 * Files are handed back only when the program ended by itself: what a killed one left may be cut anywhere, and its user
 * waits for the end, not for files.
 *
 * An order is a header (magic, length of the rest) and fields: u32 tag, u32 length, bytes.
 * A frame is u32 type, u32 length, bytes.
 */
#ifndef ONLINECOMPILER_PROTOCOL_H
#define ONLINECOMPILER_PROTOCOL_H

#include <stdint.h>

#define ORDER_MAGIC 0x314C434Fu /* "OCL1" */
#define ORDER_MAX_BYTES (640u * 1024 * 1024) /* the largest workspace and the request around it */

enum order_tag {
    ORDER_SETTINGS = 1,    /* struct order_settings, exactly once */
    ORDER_ARGUMENT = 2,    /* argv entry, no NUL; at least one */
    ORDER_ENVIRONMENT = 3, /* NAME=value, no NUL */
    ORDER_FILE = 4,        /* u32 mode, u32 path length, path, content */
    ORDER_CGROUP = 5,      /* absolute path of a cgroup directory for all of the stage (memory, pids) */
    ORDER_COLLECT = 6,     /* glob (star, double star, question mark) of workspace files to hand back */
    ORDER_PROGRAM_CGROUP = 7, /* absolute path of a cgroup directory for the program without our pid 1 (cpu, cpuacct) */
};

struct order_settings {
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
    uint32_t outer_uid; /* what uid and gid 1000 inside are outside */
    uint32_t outer_gid;
    uint32_t terminal_columns; /* 0: no terminal */
    uint32_t terminal_rows;
};

enum input_frame {
    INPUT_STDIN = 1,        /* bytes */
    INPUT_END_OF_INPUT = 2, /* empty */
    INPUT_SIGNAL = 3,       /* u32 signal number, to the program's process group */
    INPUT_RESIZE = 4,       /* u32 columns, u32 rows */
};

enum output_frame {
    FRAME_STARTED = 1, /* empty: the program has been executed */
    FRAME_STDOUT = 2,  /* bytes; the terminal's too */
    FRAME_STDERR = 3,  /* bytes */
    FRAME_EXIT = 4,    /* struct exit_report */
    FRAME_FILE = 5,    /* u32 mode, u32 path length, path, content */
    FRAME_END = 6,     /* empty: nothing of the stage is left */
    FRAME_FAILURE = 7, /* text: the sandbox could not be made, or its program not be executed */
};

struct exit_report {
    uint32_t exited_by_itself; /* 1: `status` is an exit status; 0: a signal number */
    uint32_t status;
    uint32_t wall_time_limit_reached;
    uint32_t memory_limit_reached; /* the kernel killed one of its processes for it, so all were killed */
    uint32_t files_left_out; /* matched, but over the collect limits, not plain files, or of unsound names */
    uint32_t reserved;
    uint64_t wall_time_ns;   /* from execution to exit of the program */
    uint64_t user_time_us;   /* all processes of the program that were waited for */
    uint64_t system_time_us;
    uint64_t memory_peak_bytes; /* of the largest process */
    uint64_t workspace_used_bytes;
    uint64_t workspace_used_files;
};

#define INPUT_FRAME_MAX_BYTES (64u * 1024)

#endif
