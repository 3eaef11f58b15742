/*
 * How a host that is written in C reads its release: the command line and the environment that end its wait
 * (docs/add-a-language.md, section 5). Packs include it by -I with the folder of all packs.
 */
#pragma once

#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define RELEASE_FD 3

struct texts {
    char **items; /* with a null behind the last */
    uint32_t count;
};

struct release {
    struct texts command, environment;
};

static _Noreturn inline void host_fail(const char *what)
{
    dprintf(STDERR_FILENO, "host: %s\n", what);
    _exit(125);
}

static inline void *checked(void *memory)
{
    if (memory == NULL)
        host_fail("no memory");
    return memory;
}

/* Everything until the end, with a null behind it; the caller frees it. */
static inline char *read_everything(int fd, size_t *length)
{
    size_t capacity = 64 * 1024;
    char *bytes = checked(malloc(capacity));
    *length = 0;
    for (ssize_t got; (got = read(fd, bytes + *length, capacity - *length - 1)) != 0;) {
        if (got < 0 && errno != EINTR)
            host_fail("cannot read");
        *length += got > 0 ? (size_t)got : 0;
        if (*length == capacity - 1)
            bytes = checked(realloc(bytes, capacity *= 2));
    }
    bytes[*length] = '\0';
    return bytes;
}

static inline uint32_t take_number(const char **at, const char *end)
{
    uint32_t number;
    if (end - *at < (ptrdiff_t)sizeof number)
        host_fail("half a release");
    memcpy(&number, *at, sizeof number);
    *at += sizeof number;
    return number;
}

/* A count, then each text behind its length. */
static inline struct texts take_texts(const char **at, const char *end)
{
    struct texts texts = { .count = take_number(at, end) };
    if ((size_t)(end - *at) / sizeof(uint32_t) < texts.count)
        host_fail("half a release");
    texts.items = checked(calloc((size_t)texts.count + 1, sizeof *texts.items));
    for (uint32_t i = 0; i < texts.count; i++) {
        uint32_t length = take_number(at, end);
        if ((size_t)(end - *at) < length)
            host_fail("half a release");
        texts.items[i] = checked(strndup(*at, length));
        *at += length;
    }
    return texts;
}

/* Blocks, and closes the descriptor. Ends the process when nobody needs it any more. */
static inline struct release release_read(int fd)
{
    size_t length;
    char *bytes = read_everything(fd, &length);
    close(fd);
    if (length == 0)
        _exit(0);
    const char *at = bytes;
    struct release release;
    release.command = take_texts(&at, bytes + length);
    release.environment = take_texts(&at, bytes + length);
    free(bytes);
    return release;
}
