/* Makes a stage's namespaces from outside: pipes, clone, id maps, and the terminal handed over by pid 1. */
#include "stage.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

void enclosure_make_pipes(struct stage *stage, struct inside *inside)
{
    int in[2], out[2], error[2];
    if (pipe2(in, O_CLOEXEC) != 0 || pipe2(out, O_CLOEXEC) != 0 || pipe2(error, O_CLOEXEC) != 0)
        stage_refuse(stage->service, "make pipes", strerror(errno));
    /* Programs reopen these by name (/dev/stdin, /dev/stderr), which asks the pipe's owner. */
    int theirs[3] = { in[0], out[1], error[1] };
    for (int i = 0; i < 3; i++)
        if (fchown(theirs[i], stage->order.preparation.outer_uid, stage->order.preparation.outer_gid) != 0)
            stage_refuse(stage->service, "own pipes", strerror(errno));
    inside->stdin_read = in[0];
    inside->stdout_write = out[1];
    inside->stderr_write = error[1];
    stage->input = in[1];
    stage->output = out[0];
    stage->error = error[0];
}

static void write_id_maps(const struct stage *stage)
{
    const struct preparation_settings *settings = &stage->order.preparation;
    char path[64], map[64];
    /* Refused unless setgroups is off when we are an ordinary user; nothing inside needs it anyway. */
    snprintf(path, sizeof path, "/proc/%d/setgroups", stage->pid1);
    int done = write_text_file(path, "deny");
    snprintf(path, sizeof path, "/proc/%d/uid_map", stage->pid1);
    snprintf(map, sizeof map, "%d %u 1\n", INSIDE_ID, settings->outer_uid);
    done |= write_text_file(path, map);
    snprintf(path, sizeof path, "/proc/%d/gid_map", stage->pid1);
    snprintf(map, sizeof map, "%d %u 1\n", INSIDE_ID, settings->outer_gid);
    done |= write_text_file(path, map);
    if (done != 0)
        stage_refuse(stage->service, "map ids", strerror(errno));
}

/* Reads one header from inside, and the descriptor that comes along; passes a failure on. */
static uint32_t expect_from_inside(struct stage *stage, int *handed_over)
{
    uint32_t header[2] = { 0, 0 };
    union { struct cmsghdr align; char room[CMSG_SPACE(sizeof(int))]; } ancillary = { 0 };
    struct iovec data = { header, sizeof header };
    struct msghdr message = { .msg_iov = &data, .msg_iovlen = 1, .msg_control = ancillary.room, .msg_controllen = sizeof ancillary.room };
    ssize_t got;
    do
        got = recvmsg(stage->control, &message, MSG_CMSG_CLOEXEC | MSG_WAITALL);
    while (got < 0 && errno == EINTR);
    if (got != (ssize_t)sizeof header)
        stage_refuse(stage->service, "make sandbox", "pid 1 died before it was ready");
    struct cmsghdr *rights = CMSG_FIRSTHDR(&message);
    if (rights != NULL && rights->cmsg_type == SCM_RIGHTS)
        memcpy(handed_over, CMSG_DATA(rights), sizeof *handed_over);
    if (header[0] == FRAME_FAILURE) {
        char text[256];
        if (header[1] >= sizeof text || read_all(stage->control, text, header[1]) != 1)
            stage_refuse(stage->service, "make sandbox", "pid 1 failed");
        text[header[1]] = '\0';
        stage_refuse(stage->service, "make sandbox", text);
    }
    return header[0];
}

static void make(struct stage *stage)
{
    struct inside inside = { .order = &stage->order, .release = stage->release, .stdin_read = -1, .stdout_write = -1, .stderr_write = -1 };
    int control[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, control) != 0)
        stage_refuse(stage->service, "make control socket", strerror(errno));
    if (!stage->order.preparation.has_terminal)
        enclosure_make_pipes(stage, &inside);

    /* The network's came with us (network.c), that of mounts is entered from inside (surroundings.c). */
    const unsigned long namespaces = CLONE_NEWPID | CLONE_NEWIPC | CLONE_NEWUTS;
    stage->pid1 = (pid_t)syscall(SYS_clone, namespaces | SIGCHLD, NULL, NULL, NULL, NULL);
    if (stage->pid1 < 0)
        stage_refuse(stage->service, "make namespaces", strerror(errno));
    if (stage->pid1 == 0) {
        int ours[] = { stage->service, control[0], stage->input, stage->output, stage->error, stage->memory.events, stage->memory.counter };
        for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
            close_once(&ours[i]);
        inside.control = control[1];
        inside_run(&inside);
    }
    close(control[1]);
    close_once(&inside.stdin_read);
    close_once(&inside.stdout_write);
    close_once(&inside.stderr_write);
    stage->control = control[0];

    if (expect_from_inside(stage, &stage->workspace) != CONTROL_MAP_IDS || stage->workspace < 0)
        stage_refuse(stage->service, "make sandbox", "pid 1 spoke out of turn");
    write_id_maps(stage);
    if (send_frame(stage->control, CONTROL_IDS_MAPPED, NULL, 0) != 0)
        stage_refuse(stage->service, "make sandbox", strerror(errno));
    if (stage->order.preparation.has_terminal) {
        if (expect_from_inside(stage, &stage->terminal) != CONTROL_TERMINAL || stage->terminal < 0)
            stage_refuse(stage->service, "make sandbox", "no terminal was handed over");
        stage->input = stage->output = stage->terminal;
    }
    /* Theirs stay blocking: these flags belong to our ends alone. */
    fcntl(stage->input, F_SETFL, O_NONBLOCK | (stage->terminal >= 0 ? O_RDWR : O_WRONLY));
}

static void end(struct stage *stage)
{
    kill(stage->pid1, SIGKILL);
}

static void await(struct stage *stage)
{
    waitpid(stage->pid1, NULL, 0);
}

const struct enclosure namespace_enclosure = { .prepares = 1, .make = make, .end = end, .await = await };
