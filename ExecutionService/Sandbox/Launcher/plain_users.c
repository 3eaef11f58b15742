/*
 * The host's user ids that programs run as. An id belongs to one run at a time, and to nobody else on the machine, so
 * that "every process of this user" means "every process of this run".
 *
 * Who kills has the run's id as its effective one, which lets it signal that user's processes and no others, and an id of
 * its own as real and saved one, which lets none of them signal it. kill(-1) is one step for the kernel: nothing that
 * forks meanwhile gets away.
 */
#include "plain.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define PATIENCE_MS 5000 /* for runs of this id, or of a service that was killed, to end */
#define PAUSE_US 2000

static int lock(int fd, uint32_t first, uint32_t count)
{
    struct flock range = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = first, .l_len = count };
    for (int waited_us = 0; fcntl(fd, F_OFD_SETLK, &range) != 0; waited_us += PAUSE_US) {
        if ((errno != EAGAIN && errno != EACCES && errno != EINTR) || waited_us > PATIENCE_MS * 1000)
            return -1;
        usleep(PAUSE_US);
    }
    return 0;
}

/* One byte of a file stands for one id. Whoever inherits the descriptor holds the claim too, so it ends with our last process. */
int users_claim(void)
{
    struct stat status;
    int fd = open(plain.claims, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0 || fstat(fd, &status) != 0 || !S_ISREG(status.st_mode) || status.st_uid != geteuid())
        return -1;
    return lock(fd, plain.first_user, 2 * plain.users);
}

int user_lock(uint32_t user)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/runs.lock", plain.work_directory);
    int fd = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
    return fd < 0 ? -1 : lock(fd, user, 1);
}

/*
 * Of a process that is not dead; from its status, for the owner of a process's folder in /proc says nothing when the process
 * does not want it to.
 */
static int user_of_living(const char *pid, uint32_t *user)
{
    char path[64], text[2048];
    snprintf(path, sizeof path, "/proc/%.20s/status", pid);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return -1;
    ssize_t length = read(fd, text, sizeof text - 1);
    close(fd);
    if (length <= 0)
        return -1;
    text[length] = '\0';
    const char *state = strstr(text, "\nState:\t"), *line = strstr(text, "\nUid:");
    if (state == NULL || state[8] == 'Z' || state[8] == 'X')
        return -1;
    return line != NULL && sscanf(line, "\nUid: %u", user) == 1 ? 0 : -1;
}

void users_visit(uint32_t first, uint32_t count, void (*visit)(pid_t pid, uint32_t user, void *context), void *context)
{
    DIR *directory = opendir("/proc");
    struct dirent *entry;
    while (directory != NULL && (entry = readdir(directory)) != NULL) {
        uint32_t user;
        if (entry->d_name[0] >= '1' && entry->d_name[0] <= '9' && user_of_living(entry->d_name, &user) == 0
            && user >= first && user - first < count)
            visit((pid_t)strtol(entry->d_name, NULL, 10), user, context);
    }
    if (directory != NULL)
        closedir(directory);
}

static void kill_one(pid_t pid, uint32_t user, void *context)
{
    (void)user, (void)context;
    kill(pid, SIGKILL);
}

void user_signal_kill(const struct slot *slot)
{
    pid_t pid = fork();
    if (pid < 0) {
        /* The machine is full of processes: make room, one by one. The caller tries again. */
        users_visit(slot->user, 1, kill_one, NULL);
        return;
    }
    if (pid == 0) {
        if (setgroups(0, NULL) == 0 && setresgid(slot->killer, slot->killer, slot->killer) == 0
            && setresuid(slot->killer, slot->user, slot->killer) == 0)
            kill(-1, SIGKILL); /* says nothing about whether there was anybody */
        _exit(0);
    }
    while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
        ;
}

static void note(pid_t pid, uint32_t user, void *context)
{
    (void)pid, (void)user;
    *(int *)context = 1;
}

int user_exists(const struct slot *slot)
{
    int exists = 0;
    users_visit(slot->user, 1, note, &exists);
    return exists;
}

void user_end(const struct slot *slot)
{
    do {
        user_signal_kill(slot);
        while (waitpid(-1, NULL, WNOHANG) > 0)
            ;
    } while (user_exists(slot) && usleep(PAUSE_US) == 0);
}

void become_effective(uint32_t user)
{
    /* Ids first that need the right to change, last those that give it up; back in the other order. */
    if (user != 0 ? setegid(user) != 0 || seteuid(user) != 0 : seteuid(0) != 0 || setegid(0) != 0)
        _exit(125);
}
