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
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define CHUNK (64u * 1024)
#define TO_SERVICE_ROOM (256u * 1024)
#define TO_PROGRAM_ROOM (8u * 1024 * 1024) /* input beyond this waits in the service, so signals behind it still pass */
#define ORDER_PATIENCE_S 10
#define KILL_GRACE_NS 2000000000ull        /* for pid 1 to report after a kill, before it is killed too */

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

static void kill_program(struct stage *stage)
{
    if (stage->killed_ns != 0)
        return;
    stage->killed_ns = monotonic_ns();
    if (stage->control < 0 || send_frame(stage->control, CONTROL_KILL, NULL, 0) != 0)
        kill(stage->pid1, SIGKILL);
}

/* ---- from the service ---- */

static void take_frame(struct stage *stage, uint32_t type, const unsigned char *data, uint32_t length)
{
    uint32_t numbers[2] = { 0, 0 };
    memcpy(numbers, data, length < sizeof numbers ? length : sizeof numbers);
    switch (type) {
    case INPUT_STDIN:
        if (stage->input >= 0 && !stage->ending_input)
            queue_put(&stage->to_program, data, length);
        break;
    case INPUT_END_OF_INPUT:
        /* A terminal is not closed: its user types Ctrl-D. */
        if (stage->terminal >= 0)
            queue_put(&stage->to_program, "\004", 1);
        else
            stage->ending_input = 1;
        break;
    case INPUT_SIGNAL:
        if (stage->control >= 0 && !stage->exit_reported && numbers[0] > 0 && numbers[0] < 32)
            send_frame(stage->control, CONTROL_SIGNAL, &numbers[0], sizeof numbers[0]);
        break;
    case INPUT_RESIZE:
        if (stage->terminal >= 0) {
            struct winsize size = { .ws_col = (unsigned short)numbers[0], .ws_row = (unsigned short)numbers[1] };
            ioctl(stage->terminal, TIOCSWINSZ, &size);
        }
        break;
    default:
        kill_program(stage);
    }
}

static void read_service(struct stage *stage)
{
    struct queue *queue = &stage->from_service;
    size_t room = queue->room - queue_used(queue);
    ssize_t got = read(stage->service, queue_reserve(queue, room), room);
    if (got < 0 && (errno == EINTR || errno == EAGAIN))
        return;
    if (got <= 0) {
        stage->service_left = 1;
        kill_program(stage);
        return;
    }
    queue->end += (size_t)got;
}

static void take_frames(struct stage *stage)
{
    struct queue *queue = &stage->from_service;
    while (queue_used(queue) >= 8) {
        uint32_t header[2];
        memcpy(header, queue->data + queue->start, sizeof header);
        if (header[1] > INPUT_FRAME_MAX_BYTES) {
            stage->service_left = 1;
            kill_program(stage);
            return;
        }
        if (queue_used(queue) < 8 + header[1] || !queue_fits(&stage->to_program, header[1] + 1))
            return;
        take_frame(stage, header[0], queue->data + queue->start + 8, header[1]);
        queue->start += 8 + header[1];
    }
}

static int may_read_service(const struct stage *stage)
{
    return !stage->service_left && queue_used(&stage->from_service) < stage->from_service.room;
}

/* ---- to and from the program ---- */

static void write_program(struct stage *stage)
{
    struct queue *queue = &stage->to_program;
    ssize_t written = write(stage->input, queue->data + queue->start, queue_used(queue));
    if (written >= 0)
        queue->start += (size_t)written;
    else if (errno != EAGAIN && errno != EINTR) {
        queue->start = queue->end = 0; /* the program closed its input: what it did not want is dropped */
        if (stage->terminal < 0)
            close_once(&stage->input);
    }
}

static void read_program(struct stage *stage, int *fd, uint32_t type)
{
    unsigned char chunk[CHUNK];
    ssize_t got = read(*fd, chunk, sizeof chunk);
    if (got > 0)
        queue_frame(&stage->to_service, type, chunk, (size_t)got);
    else if (got == 0 || (errno != EINTR && errno != EAGAIN)) {
        /* EIO: the last process on the terminal is gone. */
        if (*fd == stage->terminal)
            stage->input = stage->terminal = -1;
        close_once(fd);
    }
}

/* ---- from pid 1 inside ---- */

static void read_exit(struct stage *stage, uint32_t length)
{
    struct exit_report report;
    if (length != sizeof report || read_all(stage->control, &report, sizeof report) != 1) {
        kill(stage->pid1, SIGKILL);
        return;
    }
    report.wall_time_limit_reached = (uint32_t)stage->wall_time_limit_reached;
    stage->exit_reported = 1;
    queue_frame(&stage->to_service, FRAME_EXIT, &report, sizeof report);
}

static void read_control(struct stage *stage)
{
    unsigned char chunk[CHUNK];
    uint32_t header[2];
    if (stage->file_bytes_left > 0) {
        ssize_t got = read(stage->control, chunk, stage->file_bytes_left < CHUNK ? stage->file_bytes_left : CHUNK);
        if (got <= 0)
            _exit(1); /* a frame cut in half cannot be mended: the service sees the socket close */
        stage->file_bytes_left -= (uint32_t)got;
        queue_put(&stage->to_service, chunk, (size_t)got);
        return;
    }
    if (read_all(stage->control, header, sizeof header) != 1) {
        close_once(&stage->control);
        return;
    }
    switch (header[0]) {
    case FRAME_STARTED:
        stage->started_ns = monotonic_ns();
        queue_frame(&stage->to_service, FRAME_STARTED, NULL, 0);
        break;
    case FRAME_EXIT:
        read_exit(stage, header[1]);
        break;
    case FRAME_FAILURE:
        stage->failed = 1;
        /* fall through */
    case FRAME_FILE:
        queue_put(&stage->to_service, header, sizeof header);
        stage->file_bytes_left = header[1];
        break;
    default:
        kill(stage->pid1, SIGKILL);
    }
}

/* ---- the loop ---- */

static void flush_to_service(struct stage *stage)
{
    struct queue *queue = &stage->to_service;
    ssize_t written = send(stage->service, queue->data + queue->start, queue_used(queue), MSG_DONTWAIT | MSG_NOSIGNAL);
    if (written >= 0)
        queue->start += (size_t)written;
    else if (errno != EAGAIN && errno != EINTR)
        _exit(0); /* nobody listens any more; the namespaces go with us */
}

/* Milliseconds until the next limit, -1 for none; acts on limits that have passed. */
static int keep_time(struct stage *stage)
{
    uint64_t now = monotonic_ns(), deadline = 0;
    uint64_t limit = stage->order.settings.wall_time_limit_ns;
    if (stage->killed_ns == 0 && limit > 0 && stage->started_ns > 0 && !stage->exit_reported) {
        deadline = stage->started_ns + limit;
        if (now >= deadline) {
            stage->wall_time_limit_reached = 1;
            kill_program(stage);
        }
    }
    if (stage->killed_ns > 0 && !stage->exit_reported) {
        deadline = stage->killed_ns + KILL_GRACE_NS;
        if (now >= deadline)
            kill(stage->pid1, SIGKILL);
    }
    if (deadline == 0)
        return -1;
    return deadline <= now ? 50 : (int)((deadline - now) / 1000000u) + 1;
}

static short wants(int condition, short event) { return condition ? event : 0; }

static void turn(struct stage *stage)
{
    /* The start is told before the first output; a program that is quicker than its own announcement waits in the pipe. */
    int may_read_output = stage->file_bytes_left == 0 && (stage->started_ns > 0 || stage->control < 0);
    int room = queue_fits(&stage->to_service, CHUNK + 256) && may_read_output;
    int control_room = queue_fits(&stage->to_service, CHUNK + 256);
    int input_waits = queue_used(&stage->to_program) > 0;
    int one_fd = stage->terminal >= 0;
    struct pollfd waiting[5] = {
        { .fd = stage->service, .events = (short)(wants(may_read_service(stage), POLLIN) | wants(queue_used(&stage->to_service) > 0, POLLOUT)) },
        { .fd = control_room ? stage->control : -1, .events = POLLIN },
        { .fd = room || (one_fd && input_waits) ? stage->output : -1, .events = (short)(wants(room, POLLIN) | wants(one_fd && input_waits, POLLOUT)) },
        { .fd = room ? stage->error : -1, .events = POLLIN },
        { .fd = !one_fd && input_waits ? stage->input : -1, .events = POLLOUT },
    };
    if (poll(waiting, 5, keep_time(stage)) <= 0)
        return;
    if (waiting[0].revents & (POLLHUP | POLLERR))
        _exit(0);
    if (waiting[0].revents & POLLOUT)
        flush_to_service(stage);
    if (waiting[0].revents & POLLIN)
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
}

static void finish(struct stage *stage)
{
    waitpid(stage->pid1, NULL, 0);
    if (!stage->exit_reported && !stage->failed) {
        /* Pid 1 was killed with everything else: out of memory, or it did not answer. */
        struct exit_report report = { .status = SIGKILL, .wall_time_limit_reached = (uint32_t)stage->wall_time_limit_reached };
        report.wall_time_ns = stage->started_ns > 0 ? monotonic_ns() - stage->started_ns : 0;
        queue_frame(&stage->to_service, FRAME_EXIT, &report, sizeof report);
    }
    if (!stage->failed)
        queue_frame(&stage->to_service, FRAME_END, NULL, 0);
    write_all(stage->service, stage->to_service.data + stage->to_service.start, queue_used(&stage->to_service));
}

_Noreturn void stage_serve(int service)
{
    struct stage stage = { .service = service, .control = -1, .input = -1, .output = -1, .error = -1, .terminal = -1 };
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    signal(SIGCHLD, SIG_DFL);
    /* Whoever stops in the middle of an order holds nothing here for long. */
    struct timeval patience = { .tv_sec = ORDER_PATIENCE_S }, forever = { 0 };
    setsockopt(service, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    const char *wrong = order_read(service, &stage.order);
    setsockopt(service, SOL_SOCKET, SO_RCVTIMEO, &forever, sizeof forever);
    if (wrong != NULL)
        stage_refuse(service, "order", wrong);
    queue_make(&stage.to_service, TO_SERVICE_ROOM);
    queue_make(&stage.to_program, TO_PROGRAM_ROOM);
    queue_make(&stage.from_service, 2 * INPUT_FRAME_MAX_BYTES);

    enclosure_make(&stage);
    while (stage.control >= 0 || stage.output >= 0 || stage.error >= 0)
        turn(&stage);
    finish(&stage);
    _exit(0);
}
