/* How the launcher is told to run without namespaces. */
#include "plain.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

static _Noreturn void usage(void)
{
    fprintf(stderr, "usage: launcher SOCKET\n"
        "       launcher --without-namespaces --work DIRECTORY --claims FILE --first-user ID --users COUNT\n"
        "                [--readable PATH]... [--left DIRECTORY]... [--landlock VERSION] SOCKET\n");
    exit(2);
}

static uint32_t number(const char *text, uint32_t least, uint32_t most)
{
    char *end;
    unsigned long value = strtoul(text, &end, 10);
    if (*end != '\0' || value < least || value > most)
        usage();
    return (uint32_t)value;
}

static void add(char ***list, size_t *count, char *item)
{
    *list = realloc(*list, (*count + 1) * sizeof **list);
    if (*list == NULL)
        exit(2);
    (*list)[(*count)++] = item;
}

void plain_parse(int argc, char **argv)
{
    enum { WITHOUT_NAMESPACES, WORK, CLAIMS, FIRST_USER, USERS, READABLE, LEFT, LANDLOCK };
    static const struct option options[] = {
        { "without-namespaces", no_argument, NULL, WITHOUT_NAMESPACES }, { "work", required_argument, NULL, WORK },
        { "claims", required_argument, NULL, CLAIMS }, { "first-user", required_argument, NULL, FIRST_USER },
        { "users", required_argument, NULL, USERS }, { "readable", required_argument, NULL, READABLE },
        { "left", required_argument, NULL, LEFT }, { "landlock", required_argument, NULL, LANDLOCK }, { 0 },
    };
    int option, version = landlock_version();
    plain.landlock_abi = version;
    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        switch (option) {
        case WITHOUT_NAMESPACES: break;
        case WORK: plain.work_directory = optarg; break;
        case CLAIMS: plain.claims = optarg; break;
        case FIRST_USER: plain.first_user = number(optarg, 10000, 2000000000); break;
        case USERS: plain.users = number(optarg, 1, 16384); break;
        case READABLE: add(&plain.readable, &plain.readable_count, optarg); break;
        case LEFT: add(&plain.left, &plain.left_count, optarg); break;
        case LANDLOCK: /* as on an older kernel, for tests */
            plain.landlock_abi = (int)number(optarg, 0, 1000);
            if (plain.landlock_abi > version)
                plain.landlock_abi = version;
            break;
        default: usage();
        }
    }
    if (plain.work_directory == NULL || plain.claims == NULL || plain.first_user == 0 || plain.users == 0 || optind != argc - 1)
        usage();
}
