/*
 * Programs that do not want to die. Every process that can run writes the time into a file again and again, so that who
 * holds that file knows when the last of them executed its last instruction.
 * Usage: dying spin|bomb|memory|stop|daemons|sleep <number>
 */
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#define CELLS 4096

static volatile uint64_t *cells;

static void stamp(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    cells[getpid() % CELLS] = (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

/* getpid is a system call; who only spins makes none. */
static _Noreturn void spin(void)
{
    struct timespec now;
    volatile uint64_t *cell = &cells[getpid() % CELLS];
    for (;;) {
        clock_gettime(CLOCK_MONOTONIC, &now);
        *cell = (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
    }
}

static _Noreturn void stamp_at_times(void)
{
    for (;;) {
        stamp();
        usleep(500);
    }
}

static void ready(void)
{
    if (write(STDOUT_FILENO, "ready\n", 6) != 6)
        exit(1);
}

/* They wait for each other: who forks among spinning children gets a small share of the processor and is never done. */
static _Noreturn void spin_together(long count)
{
    int gate[2];
    char nothing;
    if (pipe(gate) != 0)
        exit(1);
    for (long i = 1; i < count; i++) {
        pid_t child = fork();
        if (child < 0)
            exit(1);
        if (child == 0) {
            close(gate[1]);
            (void)!read(gate[0], &nothing, 1);
            spin();
        }
    }
    ready();
    close(gate[1]);
    spin();
}

static _Noreturn void bomb(void)
{
    ready();
    for (;;) {
        stamp();
        (void)!fork();
    }
}

static _Noreturn void dirty(long mebibytes)
{
    size_t size = (size_t)mebibytes << 20;
    char *block = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (block == MAP_FAILED)
        exit(1);
    for (size_t at = 0; at < size; at += 4096)
        block[at] = 1;
    ready();
    spin();
}

static _Noreturn void stop_children(long count)
{
    for (long i = 0; i < count; i++) {
        pid_t child = fork();
        if (child == 0)
            stamp_at_times();
        kill(child, SIGSTOP);
    }
    ready();
    stamp_at_times();
}

static _Noreturn void make_daemons(long count)
{
    for (long i = 0; i < count; i++) {
        if (fork() == 0) {
            setsid();
            for (int number = 1; number < 32; number++)
                signal(number, SIG_IGN);
            stamp_at_times();
        }
    }
    ready();
    stamp_at_times();
}

int main(int argc, char **argv)
{
    int fd = open("stamps", O_RDWR | O_CREAT | O_TRUNC, 0600);
    if (argc != 3 || fd < 0 || ftruncate(fd, CELLS * (off_t)sizeof *cells) != 0)
        return 1;
    cells = mmap(NULL, CELLS * sizeof *cells, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (cells == MAP_FAILED)
        return 1;
    stamp();
    long number = strtol(argv[2], NULL, 10);
    if (strcmp(argv[1], "spin") == 0)
        spin_together(number);
    if (strcmp(argv[1], "bomb") == 0)
        bomb();
    if (strcmp(argv[1], "memory") == 0)
        dirty(number);
    if (strcmp(argv[1], "stop") == 0)
        stop_children(number);
    if (strcmp(argv[1], "daemons") == 0)
        make_daemons(number);
    if (strcmp(argv[1], "sleep") == 0) {
        ready();
        stamp_at_times();
    }
    return 1;
}
