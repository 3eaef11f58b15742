/*
 * Runs without namespaces, for places where none can be made (a plain container). The program shares the service's file
 * system, process list and network, so what keeps it apart is its user, Landlock, the filter and limits:
 *
 *   launcher (root) ──fork──► stage.c: moves bytes, keeps the wall-time limit
 *                               └──fork──► plain_keeper.c (root): makes the workspace, adopts, kills, reports, removes
 *                                            └──fork──► plain_program.c: becomes the slot's user, executes
 *
 * The launcher ends with its standard input; stage.c dies by the launcher's death; the keeper notices, kills every process
 * of the slot's user, removes its files, and goes last.
 */
#include "plain.h"
#include "stage.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define KEEPER_PATIENCE_NS 10000000000ull

struct plain plain;

static void slot_in(const char *work_directory, uint32_t user, struct slot *slot)
{
    slot->user = user;
    slot->killer = user + plain.users;
    int length = snprintf(slot->folder, sizeof slot->folder, "%s/%u", work_directory, user);
    snprintf(slot->workspace, sizeof slot->workspace, "%s/workspace", slot->folder);
    snprintf(slot->temporary, sizeof slot->temporary, "%s/tmp", slot->folder);
    if (length >= (int)sizeof slot->folder)
        _exit(125);
}

void slot_of(uint32_t user, struct slot *slot)
{
    slot_in(plain.work_directory, user, slot);
}

static _Noreturn void give_up(const char *text)
{
    fprintf(stderr, "%s\n", text);
    exit(2);
}

static void require_capabilities(void)
{
    static const struct { unsigned number; const char *name; } needed[] = {
        { CAP_CHOWN, "CAP_CHOWN" }, { CAP_KILL, "CAP_KILL" }, { CAP_SETGID, "CAP_SETGID" }, { CAP_SETUID, "CAP_SETUID" },
        { CAP_SETPCAP, "CAP_SETPCAP" },
    };
    struct __user_cap_header_struct header = { _LINUX_CAPABILITY_VERSION_3, 0 };
    struct __user_cap_data_struct sets[2];
    char missing[256] = "";
    if (syscall(SYS_capget, &header, sets) != 0)
        give_up("The launcher cannot read its capabilities.");
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++) {
        if (!(sets[0].effective & (1u << needed[i].number)))
            snprintf(missing + strlen(missing), sizeof missing - strlen(missing), " %s", needed[i].name);
    }
    if (missing[0] == '\0' && geteuid() == 0)
        return;
    fprintf(stderr, "Programs cannot be given users of their own: the service must run as root with CAP_CHOWN, CAP_KILL, CAP_SETGID, "
        "CAP_SETUID and CAP_SETPCAP, as in a container by default; it is user %u and lacks%s.\n", geteuid(), missing[0] ? missing : " none of them");
    exit(2);
}

static void sweep(const char *work_directory)
{
    DIR *directory = opendir(work_directory);
    struct dirent *entry;
    while (directory != NULL && (entry = readdir(directory)) != NULL) {
        char *end;
        unsigned long user = strtoul(entry->d_name, &end, 10);
        struct slot slot;
        /* Ids of another range may be someone else's by now. */
        if (*end != '\0' || user < plain.first_user || user - plain.first_user >= plain.users)
            continue;
        slot_in(work_directory, (uint32_t)user, &slot);
        user_end(&slot);
        folder_remove(&slot);
        public_folders_clear(slot.user);
    }
    if (directory != NULL)
        closedir(directory);
}

static void complain(pid_t pid, uint32_t user, void *context)
{
    (void)context;
    fprintf(stderr, "User ids from %u to %u must be free for programs, but process %d has %u: set Sandbox:FirstUserId to others.\n",
        plain.first_user, plain.first_user + 2 * plain.users - 1, pid, user);
    exit(2);
}

void plain_prepare(void)
{
    require_capabilities();
    setsid(); /* a Ctrl-C is for the service, which then ends us in order */
    if (prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0)
        give_up("The launcher cannot adopt processes.");
    if (users_claim() != 0) {
        fprintf(stderr, "User ids from %u to %u are in use by another service of this machine (%s): set Sandbox:FirstUserId to others.\n",
            plain.first_user, plain.first_user + 2 * plain.users - 1, plain.claims);
        exit(2);
    }
    for (size_t i = 0; i < plain.left_count; i++)
        sweep(plain.left[i]);
    sweep(plain.work_directory);
    users_visit(plain.first_user, 2 * plain.users, complain, NULL);
}

void plain_tell(void)
{
    dprintf(STDOUT_FILENO, "landlock %d\n", plain.landlock_abi);
}

static int open_terminal(struct stage *stage)
{
    const struct release_settings *settings = &stage->order.settings;
    const struct preparation_settings *preparation = &stage->order.preparation;
    struct winsize size = { .ws_col = (unsigned short)settings->terminal_columns, .ws_row = (unsigned short)settings->terminal_rows };
    int unlocked = 0;
    stage->terminal = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC);
    int theirs = stage->terminal < 0 || ioctl(stage->terminal, TIOCSPTLCK, &unlocked) != 0 || ioctl(stage->terminal, TIOCSWINSZ, &size) != 0
        ? -1 : ioctl(stage->terminal, TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (theirs < 0 || fchown(theirs, preparation->outer_uid, preparation->outer_gid) != 0)
        stage_refuse(stage->service, "open a terminal", strerror(errno));
    stage->input = stage->output = stage->terminal;
    return theirs;
}

static void make(struct stage *stage)
{
    struct inside inside = { .order = &stage->order, .stdin_read = -1, .stdout_write = -1, .stderr_write = -1 };
    uint32_t user = stage->order.preparation.outer_uid;
    int control[2];
    if (user < plain.first_user || user - plain.first_user >= plain.users || stage->order.preparation.outer_gid != user)
        stage_refuse(stage->service, "order", "its user is none of ours");
    if (stage->order.root != NULL)
        stage_refuse(stage->service, "order", "without namespaces there is no root but the machine's");
    if (stage->order.host != NULL)
        stage_refuse(stage->service, "order", "hosts need namespaces");
    prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, control) != 0)
        stage_refuse(stage->service, "make control socket", strerror(errno));
    if (stage->order.settings.terminal_columns > 0)
        inside.stdin_read = open_terminal(stage);
    else
        enclosure_make_pipes(stage, &inside);

    stage->pid1 = fork();
    if (stage->pid1 < 0)
        stage_refuse(stage->service, "fork the keeper", strerror(errno));
    if (stage->pid1 == 0) {
        int ours[] = { stage->service, control[0], stage->input, stage->output, stage->error };
        for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
            close_once(&ours[i]);
        inside.control = control[1];
        keeper_run(&inside);
    }
    close(control[1]);
    close_once(&inside.stdin_read);
    close_once(&inside.stdout_write);
    close_once(&inside.stderr_write);
    stage->control = control[0];
    fcntl(stage->input, F_SETFL, O_NONBLOCK | (stage->terminal >= 0 ? O_RDWR : O_WRONLY));
}

static void clean(const struct stage *stage)
{
    struct slot slot;
    slot_of(stage->order.preparation.outer_uid, &slot);
    if (user_lock(slot.user) != 0)
        return; /* the next run of this user cleans */
    user_end(&slot);
    folder_remove(&slot);
    public_folders_clear(slot.user);
}

static void end(struct stage *stage)
{
    /* A keeper that is there but does not answer is killing, or removing much: only after long is it taken for lost. */
    if (stage->control >= 0 && stage->killed_ns > 0 && monotonic_ns() - stage->killed_ns < KEEPER_PATIENCE_NS)
        return;
    kill(stage->pid1, SIGKILL);
    clean(stage);
}

static void await(struct stage *stage)
{
    int status;
    while (waitpid(stage->pid1, &status, 0) < 0)
        if (errno != EINTR)
            return;
    if (!WIFEXITED(status) || WEXITSTATUS(status) == 125)
        clean(stage);
}

const struct enclosure plain_enclosure = { .make = make, .end = end, .await = await };
