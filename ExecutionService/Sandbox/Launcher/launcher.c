/*
 * The launcher: the only way into a sandbox.
 *
 * It runs in the zone that bubblewrap made (outer wall: own pid, ipc, uts and network namespaces, a read-only root with
 * toolchains) and waits for orders on a Unix socket that only the service can reach. For each order it forks a process
 * of its own, so that stages share nothing:
 *
 *   launcher ──fork──► stage.c, outside: moves bytes, keeps the wall-time limit, kills
 *                        └──clone(new namespaces)──► inside.c, pid 1: mounts, pivots, drops everything, reaps
 *                                                      └──fork──► the program
 *
 * A launcher can have a runtime (copying.c): its programs are then not forked and executed, but copies of that.
 *
 * Every process here is single-threaded, and when one dies everything below it dies with it. The launcher itself dies
 * when its standard input ends, which it does when the service is gone, however that went.
 */
#include "stage.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static const struct enclosure *enclosure;

static int listen_at(const char *path)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    if (strlen(path) >= sizeof address.sun_path) {
        fprintf(stderr, "launcher: socket path too long: %s\n", path);
        exit(2);
    }
    strcpy(address.sun_path, path);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0 || bind(fd, (struct sockaddr *)&address, sizeof address) != 0 || chmod(path, 0600) != 0 || listen(fd, 512) != 0) {
        fprintf(stderr, "launcher: cannot listen at %s: %s\n", path, strerror(errno));
        exit(2);
    }
    return fd;
}

/* The socket's folder is closed to others already; this holds even where someone opened it. */
static int is_our_service(int connection)
{
    struct ucred peer;
    socklen_t size = sizeof peer;
    return getsockopt(connection, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 && peer.uid == geteuid();
}

/* Without namespaces every stage has the service's network. */
static int no_network(void) { return 0; }
static int (*make_next_network)(void) = no_network;
static int network_is_fresh;

static void refuse(int connection, const char *step)
{
    char text[128];
    int length = snprintf(text, sizeof text, "%s: %s", step, strerror(errno));
    send_frame(connection, FRAME_FAILURE, text, (size_t)length);
    close(connection);
}

static void serve(int listener)
{
    int connection = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
    if (connection < 0)
        return;
    if (!is_our_service(connection)) {
        close(connection);
        return;
    }
    if (!network_is_fresh && make_next_network() != 0) {
        refuse(connection, "make a network");
        return;
    }
    network_is_fresh = 0;
    pid_t pid = fork();
    if (pid == 0) {
        close(listener);
        close(STDIN_FILENO);
        stage_serve(connection, enclosure);
    }
    if (pid < 0)
        refuse(connection, "fork");
    else
        close(connection);
    /* While this one is at work; should it fail, the next order asks again. */
    network_is_fresh = make_next_network() == 0;
}

void launcher_prepare_namespaces(void)
{
    root_prepare();
    masks_prepare();
    make_next_network = network_renew;
}

void launcher_begin(void)
{
    /* Whoever started us may ignore signals, and programs would inherit it. */
    for (int number = 1; number < NSIG; number++)
        signal(number, SIG_DFL);
    /* A peer that left is an error code, not a signal. */
    signal(SIGPIPE, SIG_IGN);
    umask(0);
}

void leave_no_zombies(void)
{
    struct sigaction no_zombies = { .sa_handler = SIG_DFL, .sa_flags = SA_NOCLDWAIT };
    sigaction(SIGCHLD, &no_zombies, NULL);
}

int launcher_run(const struct enclosure *chosen, const char *socket_path)
{
    enclosure = chosen;
    leave_no_zombies();
    network_is_fresh = make_next_network() == 0;
    int listener = listen_at(socket_path);
    if (write_all(STDOUT_FILENO, "ready\n", 6) != 0)
        return 2;

    struct pollfd waiting[3] = { { .fd = listener, .events = POLLIN }, { .fd = STDIN_FILENO, .events = POLLIN }, { .fd = runtime } };
    while (1) {
        if (poll(waiting, 3, -1) < 0 && errno != EINTR)
            return 1;
        if (waiting[1].revents != 0)
            return 0;
        if (waiting[2].revents != 0)
            return 1; /* it has ended */
        if (waiting[0].revents & POLLIN)
            serve(listener);
    }
}
