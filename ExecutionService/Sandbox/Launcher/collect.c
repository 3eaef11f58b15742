/*
 * Hands files of the workspace back. Everything else in the sandbox is dead by now, so nothing can change under the
 * walk; what a program left behind (links, pipes, deep trees, odd names) must still not lead us anywhere.
 */
#include "launcher.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAX_DEPTH 32

/* Some globs (*a*a*a*b) take for ever to say no. Who asks for such gets fewer files back, not more of our time. */
static unsigned long match_steps_left = 50ul * 1000 * 1000;

/* '*' and '?' stay within a path segment; "**" crosses segments. */
int glob_matches(const char *glob, const char *path)
{
    if (match_steps_left == 0)
        return 0;
    match_steps_left--;
    if (glob[0] == '\0')
        return path[0] == '\0';
    if (glob[0] == '*' && glob[1] == '*') {
        const char *rest = glob + 2;
        /* Any whole number of folders, none included, when a slash follows. */
        if (rest[0] == '/') {
            for (const char *at = path; at != NULL; at = strchr(at, '/'), at = at ? at + 1 : NULL)
                if (glob_matches(rest + 1, at))
                    return 1;
            return 0;
        }
        for (const char *at = path; ; at++) {
            if (glob_matches(rest, at))
                return 1;
            if (*at == '\0')
                return 0;
        }
    }
    if (glob[0] == '*') {
        for (const char *at = path; ; at++) {
            if (glob_matches(glob + 1, at))
                return 1;
            if (*at == '\0' || *at == '/')
                return 0;
        }
    }
    if (path[0] == '\0' || (glob[0] == '?' ? path[0] == '/' : glob[0] != path[0]))
        return 0;
    return glob_matches(glob + 1, path + 1);
}

struct walk {
    const struct order *order;
    int control;
    uint64_t bytes;
    uint64_t files;
    uint32_t left_out;
};

static int is_wanted(const struct order *order, const char *path)
{
    for (size_t i = 0; i < order->collect_count; i++)
        if (glob_matches(order->collect[i], path))
            return 1;
    return 0;
}

static void send_file(struct walk *walk, int fd, const struct stat *status, const char *path)
{
    /* Piece by piece: a buffer for the whole file would count against the program's memory limit. */
    unsigned char piece[64 * 1024];
    size_t size = (size_t)status->st_size, path_length = strlen(path);
    uint32_t header[4] = { FRAME_FILE, (uint32_t)(8 + path_length + size), (uint32_t)(status->st_mode & 0777), (uint32_t)path_length };
    if (write_all(walk->control, header, sizeof header) != 0 || write_all(walk->control, path, path_length) != 0)
        _exit(125);
    for (size_t left = size; left > 0;) {
        size_t length = left < sizeof piece ? left : sizeof piece;
        if (read_all(fd, piece, length) != 1 || write_all(walk->control, piece, length) != 0)
            _exit(125); /* a frame that was announced cannot be taken back */
        left -= length;
    }
    walk->bytes += size;
    walk->files++;
}

static void visit_file(struct walk *walk, int directory, const char *name, const char *path)
{
    if (!is_wanted(walk->order, path))
        return;
    int fd = openat(directory, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    struct stat status;
    if (fd >= 0 && fstat(fd, &status) == 0 && S_ISREG(status.st_mode)
        && (uint64_t)status.st_size <= walk->order->settings.collect_limit_bytes - walk->bytes
        && walk->files < walk->order->settings.collect_limit_files)
        send_file(walk, fd, &status, path);
    else
        walk->left_out++;
    if (fd >= 0)
        close(fd);
}

static void visit_directory(struct walk *walk, int fd, const char *path, int depth)
{
    DIR *directory = fdopendir(fd);
    if (directory == NULL) {
        close(fd);
        return;
    }
    struct dirent *entry;
    while ((entry = readdir(directory)) != NULL) {
        char below[PATH_MAX];
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        int length = snprintf(below, sizeof below, "%s%s%s", path, path[0] ? "/" : "", entry->d_name);
        if (length < 0 || (size_t)length >= sizeof below)
            continue;
        if (entry->d_type == DT_DIR && depth < MAX_DEPTH) {
            int child = openat(dirfd(directory), entry->d_name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
            if (child >= 0)
                visit_directory(walk, child, below, depth + 1);
        } else if (entry->d_type == DT_REG) {
            visit_file(walk, dirfd(directory), entry->d_name, below);
        }
    }
    closedir(directory);
}

uint32_t collect_files(const struct order *order, int control)
{
    struct walk walk = { .order = order, .control = control };
    if (order->collect_count == 0)
        return 0;
    int fd = open(".", O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd >= 0)
        visit_directory(&walk, fd, "", 0);
    return walk.left_out;
}
