/*
 * One stage, seen from outside its namespaces: makes them, then moves bytes between the service's socket, the program's
 * pipes or terminal, and pid 1 inside; keeps the wall-time limit; kills. It holds at most a fixed amount of output: when
 * the service does not read, the program's writes block, as they would on any pipe.
 */
#include "stage.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define TO_SERVICE_ROOM (256u * 1024)
#define TO_PROGRAM_ROOM (8u * 1024 * 1024) /* input beyond this waits in the service, so signals behind it still pass */

void close_once(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

_Noreturn void stage_refuse(int service, const char *step, const char *what)
{
    char text[256];
    int length = snprintf(text, sizeof text, "%s: %s", step, what);
    send_frame(service, FRAME_FAILURE, text, (size_t)length);
    _exit(1);
}

static short wants(int condition, short event) { return condition ? event : 0; }

static void turn(struct stage *stage)
{
    /* The start is told before the first output; a program that is quicker than its own announcement waits in the pipe. */
    int may_read_output = stage->file_bytes_left == 0 && !stage->failed && (stage->started_ns > 0 || stage->control < 0);
    int room = queue_fits(&stage->to_service, CHUNK + 256) && may_read_output;
    int control_room = queue_fits(&stage->to_service, CHUNK + 256);
    int input_waits = queue_used(&stage->to_program) > 0;
    int one_fd = stage->terminal >= 0;
    struct pollfd waiting[6] = {
        { .fd = stage->service, .events = (short)(POLLRDHUP | wants(may_read_service(stage), POLLIN) | wants(queue_used(&stage->to_service) > 0, POLLOUT)) },
        { .fd = control_room ? stage->control : -1, .events = POLLIN },
        { .fd = room || (one_fd && input_waits) ? stage->output : -1, .events = (short)(wants(room, POLLIN) | wants(one_fd && input_waits, POLLOUT)) },
        { .fd = room ? stage->error : -1, .events = POLLIN },
        { .fd = !one_fd && input_waits ? stage->input : -1, .events = POLLOUT },
        { .fd = stage->memory.events, .events = POLLIN },
    };
    if (stage->service_left)
        waiting[0].events = (short)(waiting[0].events & ~POLLRDHUP);
    if (poll(waiting, 6, keep_limits(stage)) <= 0)
        return;
    if (waiting[0].revents & (POLLHUP | POLLERR))
        _exit(0);
    /* Seen at once, even while earlier input waits to be read. */
    if (waiting[0].revents & POLLRDHUP)
        leave_service(stage);
    if (waiting[5].revents)
        memory_watch_read(stage);
    if (waiting[0].revents & POLLOUT)
        flush_to_service(stage);
    if ((waiting[0].revents & POLLIN) && !stage->service_left)
        read_service(stage);
    if (waiting[4].revents || (one_fd && (waiting[2].revents & POLLOUT)))
        write_program(stage);
    if (room && (waiting[2].revents & (POLLIN | POLLHUP | POLLERR)))
        read_program(stage, &stage->output, FRAME_STDOUT);
    if (room && waiting[3].revents && queue_fits(&stage->to_service, CHUNK + 256))
        read_program(stage, &stage->error, FRAME_STDERR);
    if (waiting[1].revents && queue_fits(&stage->to_service, CHUNK + 256))
        read_control(stage);
    take_frames(stage);
    if (stage->ending_input && queue_used(&stage->to_program) == 0 && stage->terminal < 0)
        close_once(&stage->input);
    if (stage->exit_reported && !stage->exit_told && output_is_drained(stage))
        tell_exit(stage);
}

static void finish(struct stage *stage)
{
    stage->enclosure->await(stage);
    if (!stage->exit_reported && !stage->failed) {
        /* Pid 1 was killed with everything else: out of memory, or it did not answer. */
        stage->exit = (struct exit_report){ .status = SIGKILL, .wall_time_ns = stage->started_ns > 0 ? monotonic_ns() - stage->started_ns : 0 };
    }
    if (!stage->exit_told && !stage->failed)
        tell_exit(stage);
    if (!stage->failed)
        queue_frame(&stage->to_service, FRAME_END, NULL, 0);
    write_all(stage->service, stage->to_service.data + stage->to_service.start, queue_used(&stage->to_service));
}

_Noreturn void stage_serve(int service, const struct enclosure *enclosure)
{
    struct stage stage = { .enclosure = enclosure, .service = service, .control = -1, .workspace = -1, .input = -1, .output = -1, .error = -1, .terminal = -1 };
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    signal(SIGCHLD, SIG_DFL);
    order_patience(service, 1);
    const char *wrong = order_receive_preparation(service, &stage.order);
    order_patience(service, 0);
    if (wrong != NULL)
        stage_refuse(service, "order", wrong);
    if ((stage.release = release_reserve()) == NULL)
        stage_refuse(service, "make room for the release", strerror(errno));
    memory_watch_begin(&stage);
    queue_make(&stage.to_service, TO_SERVICE_ROOM);
    queue_make(&stage.to_program, TO_PROGRAM_ROOM);
    queue_make(&stage.from_service, 2 * INPUT_FRAME_MAX_BYTES);

    if (!enclosure->prepares)
        await_release(&stage);
    enclosure->make(&stage);
    if (enclosure->prepares)
        await_release(&stage);
    /* A failure is the last that is said. */
    while (stage.control >= 0 || (!stage.failed && (stage.output >= 0 || stage.error >= 0)))
        turn(&stage);
    finish(&stage);
    _exit(0);
}
