#include "launcher.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

int write_all(int fd, const void *data, size_t length)
{
    const unsigned char *at = data;
    while (length > 0) {
        ssize_t written = write(fd, at, length);
        if (written < 0) {
            if (errno == EINTR)
                continue;
            return -1;
        }
        at += written;
        length -= (size_t)written;
    }
    return 0;
}

int read_all(int fd, void *data, size_t length)
{
    unsigned char *at = data;
    size_t left = length;
    while (left > 0) {
        ssize_t got = read(fd, at, left);
        if (got < 0) {
            if (errno == EINTR)
                continue;
            return -1;
        }
        if (got == 0)
            return left == length ? 0 : -1;
        at += got;
        left -= (size_t)got;
    }
    return 1;
}

int send_frame(int fd, uint32_t type, const void *data, size_t length)
{
    uint32_t header[2] = { type, (uint32_t)length };
    if (write_all(fd, header, sizeof header) != 0)
        return -1;
    return length == 0 ? 0 : write_all(fd, data, length);
}

int write_text_file(const char *path, const char *text)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    if (fd < 0)
        return -1;
    /* One write: cgroup and id-map files take their value whole or not at all. */
    ssize_t written = write(fd, text, strlen(text));
    int error = errno;
    close(fd);
    errno = error;
    return written == (ssize_t)strlen(text) ? 0 : -1;
}

uint64_t monotonic_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}
