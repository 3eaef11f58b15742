/*
 * Moves bytes between the service's socket, the program's pipes or terminal, and pid 1 inside. Each function does one
 * read or write that poll said is possible.
 */
#include "stage.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

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
        if (stage->control >= 0 && stage->ended_ns == 0 && numbers[0] > 0 && numbers[0] < 32)
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

void leave_service(struct stage *stage)
{
    stage->service_left = 1;
    kill_program(stage);
}

void read_service(struct stage *stage)
{
    struct queue *queue = &stage->from_service;
    size_t room = queue->room - queue_used(queue);
    ssize_t got = read(stage->service, queue_reserve(queue, room), room);
    if (got < 0 && (errno == EINTR || errno == EAGAIN))
        return;
    if (got <= 0) {
        leave_service(stage);
        return;
    }
    queue->end += (size_t)got;
}

void take_frames(struct stage *stage)
{
    struct queue *queue = &stage->from_service;
    while (queue_used(queue) >= 8) {
        uint32_t header[2];
        memcpy(header, queue->data + queue->start, sizeof header);
        if (header[1] > INPUT_FRAME_MAX_BYTES) {
            leave_service(stage);
            return;
        }
        if (queue_used(queue) < 8 + header[1] || !queue_fits(&stage->to_program, header[1] + 1))
            return;
        take_frame(stage, header[0], queue->data + queue->start + 8, header[1]);
        queue->start += 8 + header[1];
    }
}

int may_read_service(const struct stage *stage)
{
    return !stage->service_left && queue_used(&stage->from_service) < stage->from_service.room;
}

/* ---- to and from the program ---- */

void write_program(struct stage *stage)
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

void read_program(struct stage *stage, int *fd, uint32_t type)
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

/* When nobody lives who could write: a terminal gives what it holds in pieces of 4 KiB, so that pid 1's report overtakes them. */
int output_is_drained(const struct stage *stage)
{
    struct pollfd left[2] = { { .fd = stage->output, .events = POLLIN }, { .fd = stage->error, .events = POLLIN } };
    return poll(left, 2, 0) == 0;
}

void tell_exit(struct stage *stage)
{
    stage->exit_told = 1;
    stage->exit.wall_time_limit_reached = (uint32_t)stage->wall_time_limit_reached;
    stage->exit.memory_limit_reached |= (uint32_t)stage->memory_limit_reached;
    queue_frame(&stage->to_service, FRAME_EXIT, &stage->exit, sizeof stage->exit);
}

static void read_exit(struct stage *stage, uint32_t length)
{
    if (length != sizeof stage->exit || read_all(stage->control, &stage->exit, sizeof stage->exit) != 1) {
        stage->enclosure->end(stage);
        return;
    }
    stage->exit_reported = 1;
}

/* From what its program is first in line for; see inside.c. An ordinary user may not, and pid 1 is then as likely as any. */
static void exempt_pid1(const struct stage *stage)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/oom_score_adj", stage->pid1);
    write_text_file(path, "-900");
}

void read_control(struct stage *stage)
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
        /* Killed by somebody else. What it kept may live on, and hold the output open. */
        if (!stage->exit_reported && !stage->failed)
            stage->enclosure->end(stage);
        return;
    }
    switch (header[0]) {
    case FRAME_PREPARED:
        queue_frame(&stage->to_service, FRAME_PREPARED, NULL, 0);
        break;
    case FRAME_STARTED:
        stage->started_ns = monotonic_ns();
        exempt_pid1(stage);
        queue_frame(&stage->to_service, FRAME_STARTED, NULL, 0);
        break;
    case CONTROL_ENDED:
        stage->ended_ns = monotonic_ns();
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
        stage->enclosure->end(stage);
    }
}

void flush_to_service(struct stage *stage)
{
    struct queue *queue = &stage->to_service;
    ssize_t written = send(stage->service, queue->data + queue->start, queue_used(queue), MSG_DONTWAIT | MSG_NOSIGNAL);
    if (written >= 0)
        queue->start += (size_t)written;
    else if (errno != EAGAIN && errno != EINTR)
        _exit(0); /* nobody listens any more; the namespaces go with us */
}
