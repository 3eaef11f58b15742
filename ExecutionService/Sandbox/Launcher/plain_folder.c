/*
 * The folder of a run: its workspace and its temporary files. A program may leave anything in it (trees deeper than any
 * path, folders that nobody may enter, odd names), so it is taken apart without ever following a name twice, and with the
 * rights of the program's own user: whatever a mistake here would reach, the program could have reached itself.
 */
#include "plain.h"
#include "inside.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAX_DEPTH 100 /* of folders in a workspace; deeper ones count as a full workspace */
#define TOO_DEEP_BYTES ((uint64_t)1 << 62) /* more than any limit; what else is found is added, and may not make it a negative number */

static void make_own(const char *path, uint32_t user)
{
    inside_check(mkdir(path, 0700), "make a folder of the run");
    inside_check(lchown(path, user, user), "own a folder of the run");
}

void folder_make(const struct slot *slot)
{
    inside_check(mkdir(slot->folder, 0711), "make the run's folder");
    make_own(slot->workspace, slot->user);
    make_own(slot->temporary, slot->user);
}

static int open_folder(int at, const char *name)
{
    return openat(at, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

/* Removes what is in a folder, moving folders found in it up to `top`. Returns how many entries it dealt with. */
static unsigned long flatten(int top, int fd, unsigned long *moved)
{
    unsigned long done = 0;
    DIR *directory = fdopendir(fd);
    struct dirent *entry;
    if (directory == NULL) {
        close(fd);
        return 0;
    }
    while ((entry = readdir(directory)) != NULL) {
        char name[32];
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        if (unlinkat(fd, entry->d_name, 0) == 0 || unlinkat(fd, entry->d_name, AT_REMOVEDIR) == 0) {
            done++;
            continue;
        }
        /* A folder with something in it, perhaps closed even to its owner. */
        (void)!fchmodat(fd, entry->d_name, 0700, 0);
        int result;
        do {
            snprintf(name, sizeof name, "left-%lu", (*moved)++);
            result = renameat2(fd, entry->d_name, top, name, RENAME_NOREPLACE);
        } while (result != 0 && errno == EEXIST);
        done += result == 0;
    }
    closedir(directory);
    return done;
}

/* Everything in the folder; never more than two levels are looked at, however deep it was. */
static void clear(const char *path)
{
    unsigned long moved = 0, done;
    chmod(path, 0700);
    int top = open_folder(AT_FDCWD, path);
    if (top < 0)
        return;
    do {
        DIR *directory = fdopendir(dup(top));
        struct dirent *entry;
        done = 0;
        if (directory == NULL)
            break;
        rewinddir(directory);
        while ((entry = readdir(directory)) != NULL) {
            if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
                continue;
            if (unlinkat(top, entry->d_name, 0) == 0 || unlinkat(top, entry->d_name, AT_REMOVEDIR) == 0) {
                done++;
                continue;
            }
            (void)!fchmodat(top, entry->d_name, 0700, 0);
            int fd = open_folder(top, entry->d_name);
            if (fd >= 0)
                done += flatten(top, fd, &moved);
        }
        closedir(directory);
    } while (done > 0);
    close(top);
}

void folder_remove(const struct slot *slot)
{
    become_effective(slot->user);
    clear(slot->workspace);
    clear(slot->temporary);
    become_effective(0);
    rmdir(slot->workspace);
    rmdir(slot->temporary);
    rmdir(slot->folder);
}

static void measure(int fd, int depth, uint64_t *bytes, uint64_t *files)
{
    DIR *directory = fdopendir(fd);
    struct dirent *entry;
    if (directory == NULL || depth > MAX_DEPTH) {
        *bytes = depth > MAX_DEPTH ? TOO_DEEP_BYTES : *bytes;
        if (directory != NULL)
            closedir(directory);
        else
            close(fd);
        return;
    }
    while ((entry = readdir(directory)) != NULL) {
        struct stat status;
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        if (fstatat(dirfd(directory), entry->d_name, &status, AT_SYMLINK_NOFOLLOW) != 0)
            continue;
        *bytes += (uint64_t)status.st_blocks * 512 / (status.st_nlink > 1 && !S_ISDIR(status.st_mode) ? status.st_nlink : 1);
        *files += 1;
        int below = S_ISDIR(status.st_mode) ? open_folder(dirfd(directory), entry->d_name) : -1;
        if (below >= 0)
            measure(below, depth + 1, bytes, files);
    }
    closedir(directory);
}

void folder_measure(const struct slot *slot, uint64_t *bytes, uint64_t *files)
{
    const char *const folders[] = { slot->workspace, slot->temporary };
    *bytes = *files = 0;
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        int fd = open_folder(AT_FDCWD, folders[i]);
        if (fd >= 0)
            measure(fd, 0, bytes, files);
    }
}

/* Removes the user's own entries below a folder that everyone may write to, and looks into further such folders. */
static void clear_public(const char *path, uint32_t user, int depth)
{
    int fd = open_folder(AT_FDCWD, path);
    DIR *directory = fd >= 0 ? fdopendir(fd) : NULL;
    struct dirent *entry;
    if (directory == NULL) {
        if (fd >= 0)
            close(fd);
        return;
    }
    while ((entry = readdir(directory)) != NULL) {
        struct stat status;
        char below[PATH_MAX];
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0
            || fstatat(fd, entry->d_name, &status, AT_SYMLINK_NOFOLLOW) != 0
            || snprintf(below, sizeof below, "%s/%s", path, entry->d_name) >= (int)sizeof below)
            continue;
        if (status.st_uid == user) {
            become_effective(user);
            if (S_ISDIR(status.st_mode))
                clear(below);
            unlinkat(fd, entry->d_name, S_ISDIR(status.st_mode) ? AT_REMOVEDIR : 0);
            become_effective(0);
        } else if (S_ISDIR(status.st_mode) && (status.st_mode & S_IWOTH) && depth < MAX_DEPTH) {
            clear_public(below, user, depth + 1);
        }
    }
    closedir(directory);
}

void public_folders_clear(uint32_t user)
{
    static const char *const folders[] = { "/tmp", "/var/tmp", "/dev/shm", "/run/lock" };
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        clear_public(folders[i], user, 0);
}
