/* The time between a stage's preparation and its release. */
#include "stage.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/mount.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

#define ORDER_PATIENCE_S 10

void order_patience(int service, int is_limited)
{
    struct timeval patience = { .tv_sec = is_limited ? ORDER_PATIENCE_S : 0 };
    setsockopt(service, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
}

/* What pid 1 says before there is anything to release: that it is ready, or why it will never be. */
static void pass_on(struct stage *stage)
{
    uint32_t header[2];
    char text[256];
    if (read_all(stage->control, header, sizeof header) != 1)
        stage_refuse(stage->service, "make sandbox", "it ended before its release");
    if (header[0] == FRAME_PREPARED && header[1] == 0) {
        if (send_frame(stage->service, FRAME_PREPARED, NULL, 0) != 0)
            _exit(0);
        return;
    }
    if (header[0] != FRAME_FAILURE || header[1] >= sizeof text || read_all(stage->control, text, header[1]) != 1)
        stage_refuse(stage->service, "make sandbox", "pid 1 spoke out of turn");
    text[header[1]] = '\0';
    stage_refuse(stage->service, "make sandbox", text);
}

/* The file system's owner is the zone, not the sandbox, so only from out here can it be given another size. */
static void resize_workspace(struct stage *stage)
{
    const struct release_settings *settings = &stage->order.settings;
    const struct preparation_settings *prepared = &stage->order.preparation;
    if (stage->workspace >= 0 && (settings->workspace_limit_bytes != prepared->workspace_limit_bytes
        || settings->workspace_limit_files != prepared->workspace_limit_files)) {
        char size[32], files[32];
        snprintf(size, sizeof size, "%llu", (unsigned long long)settings->workspace_limit_bytes);
        snprintf(files, sizeof files, "%llu", (unsigned long long)settings->workspace_limit_files + OWN_ENTRIES);
        int fs = (int)syscall(SYS_fspick, stage->workspace, "", FSPICK_CLOEXEC | FSPICK_EMPTY_PATH);
        if (fs < 0 || syscall(SYS_fsconfig, fs, FSCONFIG_SET_STRING, "size", size, 0) != 0
            || syscall(SYS_fsconfig, fs, FSCONFIG_SET_STRING, "nr_inodes", files, 0) != 0
            || syscall(SYS_fsconfig, fs, FSCONFIG_CMD_RECONFIGURE, NULL, NULL, 0) != 0)
            stage_refuse(stage->service, "size the workspace", strerror(errno));
        close(fs);
    }
    close_once(&stage->workspace);
}

static void release(struct stage *stage)
{
    const struct release_settings *settings = &stage->order.settings;
    struct bytes received;
    order_patience(stage->service, 1);
    const char *wrong = order_receive_release(stage->service, &stage->order, &received);
    order_patience(stage->service, 0);
    if (wrong != NULL)
        stage_refuse(stage->service, "order", wrong);
    resize_workspace(stage);
    if (stage->terminal >= 0) {
        struct winsize size = { .ws_col = (unsigned short)settings->terminal_columns, .ws_row = (unsigned short)settings->terminal_rows };
        ioctl(stage->terminal, TIOCSWINSZ, &size);
    }
    uint32_t length = (uint32_t)received.length;
    /* Should pid 1 have ended meanwhile, its socket says so to whoever reads it next. */
    if (stage->control >= 0)
        send_frame(stage->control, CONTROL_RELEASE, &length, sizeof length);
}

void await_release(struct stage *stage)
{
    while (1) {
        struct pollfd waiting[2] = { { .fd = stage->service, .events = POLLIN | POLLRDHUP }, { .fd = stage->control, .events = POLLIN } };
        if (poll(waiting, 2, -1) < 0)
            continue;
        if (waiting[0].revents & POLLIN) {
            unsigned char first;
            if (recv(stage->service, &first, 1, MSG_PEEK) <= 0)
                _exit(0); /* it is not needed any more; what was prepared goes with us */
            release(stage);
            return;
        }
        if (waiting[0].revents != 0)
            _exit(0);
        if (waiting[1].revents != 0)
            pass_on(stage);
    }
}
