/* The launcher as a program of its own. */
#include "plain.h"
#include "stage.h"

#include <stdio.h>
#include <string.h>

int main(int argc, char **argv)
{
    int without_namespaces = argc > 1 && strcmp(argv[1], "--without-namespaces") == 0;
    if (without_namespaces) {
        plain_parse(argc, argv);
    } else if (argc < 2) {
        fprintf(stderr, "usage: launcher SOCKET [RUNTIME ARGUMENT...]\n");
        return 2;
    }
    launcher_begin();
    if (without_namespaces)
        plain_prepare();
    else
        launcher_prepare_namespaces();
    filter_prepare(without_namespaces);
    if (without_namespaces) {
        plain_tell();
        return launcher_run(&plain_enclosure, argv[argc - 1]);
    }
    if (argc > 2)
        runtime_start(argv + 2);
    return launcher_run(&namespace_enclosure, argv[1]);
}
