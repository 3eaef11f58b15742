// What translated programs run on: a tape of bytes with a first cell, and 64 Mi cells, which cost memory once they are used.
// At the end of input a read gives 0.
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { CELLS = 1 << 26 };

static unsigned char tape[CELLS];

// __FILE__ and __LINE__ are those of the program: the translation has #line.
#define LEFT(n) \
    do { \
        if (cell - tape < (n)) \
            fail(__FILE__, __LINE__, "there is no cell left of the first"); \
        cell -= (n); \
    } while (0)

#define RIGHT(n) \
    do { \
        if (tape + CELLS - cell <= (n)) \
            fail(__FILE__, __LINE__, "the tape ends here"); \
        cell += (n); \
    } while (0)

#define WRITE(n) \
    for (int i = 0; i < (n); i++) \
        putchar(*cell)

#define READ(n) \
    for (int i = 0; i < (n); i++) \
        *cell = read_byte()

static inline void fail(const char *file, int line, const char *reason) {
    fflush(stdout);
    fprintf(stderr, "%s:%d: error: %s\n", file, line, reason);
    exit(1);
}

static inline unsigned char read_byte(void) {
    static unsigned char buffer[4096];
    static ssize_t next, end;

    if (next >= end) {
        fflush(stdout); // it may be a question
        end = read(STDIN_FILENO, buffer, sizeof buffer);
        next = 0;
    }
    return end > 0 ? buffer[next++] : 0;
}
