/*
 * The program that the service runs in its own sandbox when it starts, to see whether the sandbox keeps its promises. It
 * only says what it met; SelfTest/ (C#) judges that.
 *
 *   probe look MARK [fill]  looks around and tries things, says "ready=1", and leaves when something comes in. MARK is not
 *                           used here: by it the service finds this process and what it leaves behind from outside. With
 *                           "fill" it fills its workspace, which not every sandbox lets a program survive.
 *   probe eat               eats memory until it is stopped
 */
#include "probe.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

void tell(const char *name, const char *format, ...)
{
    char value[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(value, sizeof value, format, arguments);
    va_end(arguments);
    printf("%s=%s\n", name, value);
}

int main(int argc, char **argv)
{
    if ((argc == 3 || argc == 4) && strcmp(argv[1], "look") == 0) {
        tell_facts();
        try_refused_calls();
        try_to_fork();
        if (argc == 4 && strcmp(argv[3], "fill") == 0)
            try_to_fill_the_workspace();
        spend_cpu_time();
        leave_a_daemon();
        tell("ready", "1");
        fflush(stdout);
        char something;
        return read(STDIN_FILENO, &something, 1) < 0;
    }
    if (argc == 2 && strcmp(argv[1], "eat") == 0) {
        eat_memory();
        tell("survived", "1");
        return 0;
    }
    fprintf(stderr, "usage: probe look MARK [fill] | probe eat\n");
    return 2;
}
