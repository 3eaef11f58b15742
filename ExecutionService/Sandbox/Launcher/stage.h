/* What the files about the outside of a stage share: stage.c, enclosure.c, pump.c, ending.c, memory.c. */
#ifndef ONLINECOMPILER_STAGE_H
#define ONLINECOMPILER_STAGE_H

#include "launcher.h"
#include "queue.h"

#define CHUNK (64u * 1024)

struct memory_watch {
    int events;              /* -1: the stage has no memory group */
    int counter;             /* the group's file that says how many processes were killed */
    uint64_t doubt_until_ns; /* 0: no event is unexplained */
};

struct stage;

/* What differs between the ways to enclose a program. */
struct enclosure {
    int prepares;                       /* whether it can be made before the release has come */
    void (*make)(struct stage *stage);  /* starts pid 1, or what stands in for it; tells the service and exits when it cannot */
    void (*end)(struct stage *stage);   /* everything in it, when its pid 1 does not do so */
    void (*await)(struct stage *stage); /* returns when nothing of it is left */
};
extern const struct enclosure namespace_enclosure; /* enclosure.c */
extern const struct enclosure plain_enclosure;     /* plain.c */

int launcher_run(const struct enclosure *chosen, const char *socket_path); /* serves until it is not needed any more; an exit status */

struct stage {
    const struct enclosure *enclosure;
    struct order order;
    const unsigned char *release; /* where it will lie */
    pid_t pid1;
    int service, control;
    int workspace;            /* its root; -1 where it is a folder like others */
    int input, output, error; /* our ends; output is the terminal's controlling side when there is one, and input too */
    int terminal;
    int service_left, ending_input;
    struct queue to_service, to_program, from_service;
    uint32_t file_bytes_left; /* of a frame from inside that is passed on in pieces */
    struct memory_watch memory;
    uint64_t started_ns, killed_ns, ended_ns;
    struct exit_report exit;  /* once exit_reported */
    int wall_time_limit_reached, memory_limit_reached, exit_reported, exit_told, failed;
};

/* enclosure.c */
void enclosure_make_pipes(struct stage *stage, struct inside *inside);

/* Tells the service that no sandbox can be made, and ends. */
_Noreturn void stage_refuse(int service, const char *step, const char *what);

void close_once(int *fd);

/* await.c: receives the release; ends with the service's socket, and with what was prepared. */
void await_release(struct stage *stage);
void order_patience(int service, int is_limited); /* whoever stops in the middle of an order holds nothing here for long */

/* pump.c */
int may_read_service(const struct stage *stage);
void read_service(struct stage *stage);
void leave_service(struct stage *stage); /* nothing more is read from it, and the program is killed */
void take_frames(struct stage *stage); /* acts on what was read, as far as there is room */
void write_program(struct stage *stage);
void read_program(struct stage *stage, int *fd, uint32_t type);
void read_control(struct stage *stage);
int output_is_drained(const struct stage *stage);
void tell_exit(struct stage *stage); /* the last that is said of the program, with what is known only out here */
void flush_to_service(struct stage *stage);

/* ending.c */
void kill_program(struct stage *stage);
int keep_limits(struct stage *stage); /* milliseconds until the next look, -1 for none; acts on what has been reached */

/* memory.c */
void memory_watch_begin(struct stage *stage);
void memory_watch_read(struct stage *stage); /* after an event */
void memory_watch_look(struct stage *stage, uint64_t now_ns);

#endif
