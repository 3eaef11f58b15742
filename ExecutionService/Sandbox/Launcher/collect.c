/*
 * Hands files of the workspace back. Everything else in the sandbox is dead by now, so nothing can change under the
 * walk; what a program left behind (links, pipes, deep trees, odd names, any number of files) must still neither lead us
 * anywhere nor keep us. A file that was asked for but cannot be had is counted.
 */
#include "launcher.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define PATH_MAX_BYTES 255 /* as everywhere a file's path may come from; see WorkspacePath */
#define PATIENCE_NS 2000000000ll /* of our own work, however long the service takes to read */

struct walk {
    const struct order *order;
    int control;
    uint64_t bytes;
    uint64_t files;
    uint32_t left_out;
    int64_t started_ns; /* by our own use of the processor */
    int is_over; /* told to end, or out of patience */
};

static int is_wanted(const struct order *order, const char *path)
{
    for (size_t i = 0; i < order->collect_count; i++)
        if (glob_matches(order->collect[i], path))
            return 1;
    return 0;
}

static int is_any_depth_wanted(const struct order *order)
{
    for (size_t i = 0; i < order->collect_count; i++)
        if (strstr(order->collect[i], "**") != NULL)
            return 1;
    return 0;
}

/* UTF-8 without control characters, in its shortest form, no surrogates: what every later reader agrees about. */
static int is_printable(const char *text)
{
    for (const unsigned char *at = (const unsigned char *)text; *at != '\0';) {
        if (*at < 0x80) {
            if (*at < 0x20 || *at == 0x7f)
                return 0;
            at++;
            continue;
        }
        int more = *at >= 0xf0 ? 3 : *at >= 0xe0 ? 2 : 1;
        uint32_t code = *at & (0x3fu >> more);
        if (*at < 0xc2 || *at > 0xf4)
            return 0;
        for (int i = 1; i <= more; i++) {
            if ((at[i] & 0xc0) != 0x80)
                return 0;
            code = code << 6 | (at[i] & 0x3fu);
        }
        if (code < 0xa0 || (more == 2 && code < 0x800) || (more == 3 && code < 0x10000) || code > 0x10ffff || (code >= 0xd800 && code < 0xe000))
            return 0;
        at += more + 1;
    }
    return 1;
}

static int64_t used_ns(void)
{
    struct timespec used;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
    return used.tv_sec * 1000000000ll + used.tv_nsec;
}

/* Whether to go on: not when told to end, nor when out of patience. */
static void look_up(struct walk *walk)
{
    uint32_t message[3];
    ssize_t got = recv(walk->control, message, sizeof message, MSG_PEEK | MSG_DONTWAIT);
    if (got == (ssize_t)sizeof message && message[0] == CONTROL_SIGNAL)
        walk->is_over |= read_all(walk->control, message, sizeof message) != 1; /* it came too late for the program */
    else if (got >= 0)
        walk->is_over = 1;
    walk->is_over |= used_ns() - walk->started_ns > PATIENCE_NS;
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
    int fd = is_printable(path) ? openat(directory, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC) : -1;
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

static void visit_directory(struct walk *walk, int fd, const char *path);

static void visit(struct walk *walk, int directory, const struct dirent *entry, const char *path)
{
    char below[PATH_MAX_BYTES + 1 + sizeof entry->d_name];
    int length = snprintf(below, sizeof below, "%s%s%s", path, path[0] ? "/" : "", entry->d_name);
    int is_sound = length > 0 && length <= PATH_MAX_BYTES;
    if (entry->d_type != DT_DIR) {
        if (!is_wanted(walk->order, below))
            return;
        if (is_sound && entry->d_type == DT_REG)
            visit_file(walk, directory, entry->d_name, below);
        else
            walk->left_out++;
        return;
    }
    /* Each level keeps a descriptor and a buffer; a path's length bounds how many. */
    int child = is_sound ? openat(directory, entry->d_name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC) : -1;
    if (child >= 0)
        visit_directory(walk, child, below);
    else if (is_any_depth_wanted(walk->order))
        walk->left_out++; /* with whatever is in it */
}

static void visit_directory(struct walk *walk, int fd, const char *path)
{
    DIR *directory = fdopendir(fd);
    if (directory == NULL) {
        close(fd);
        return;
    }
    struct dirent *entry;
    while (!walk->is_over && (entry = readdir(directory)) != NULL) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        visit(walk, dirfd(directory), entry, path);
        look_up(walk);
    }
    if (walk->is_over && path[0] == '\0')
        walk->left_out++; /* at least; what was not visited cannot be counted */
    closedir(directory);
}

uint32_t collect_files(const struct order *order, int control)
{
    struct walk walk = { .order = order, .control = control, .started_ns = used_ns() };
    if (order->collect_count == 0)
        return 0;
    int fd = open(".", O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd >= 0)
        visit_directory(&walk, fd, "");
    return walk.left_out;
}
