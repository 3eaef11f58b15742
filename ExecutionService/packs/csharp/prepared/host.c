/*
 * Boots .NET ahead of need, as
 *   env LD_PRELOAD=host.so dotnet exec --runtimeconfig <file> <folder>/main.dll
 * where main.dll only holds a place. dotnet then does all that it does before any program, and this library puts itself between
 * it and the two calls by which it starts the runtime and the program:
 *   coreclr_initialize         the program's folder becomes the workspace, which has no program yet
 *   coreclr_execute_assembly   warm.dll runs (WarmRuntime.cs); we wait for the release (docs/add-a-language.md); then the
 *                              runtime executes the workspace's main.dll as if it had been there from the beginning
 * So the process is dotnet's own, and there is no frame of ours below the program's.
 */
#define _GNU_SOURCE
#include "hiding.h"
#include "leaving.h"
#include "release.h"

#include <dlfcn.h>
#include <limits.h>

typedef int initialize(const char *, const char *, int, const char **, const char **, void **, unsigned *);
typedef int execute(void *, unsigned, int, const char **, const char *, unsigned *);
typedef int create_delegate(void *, unsigned, const char *, const char *, const char *, void **);

static initialize *real_initialize;
static execute *real_execute;
static create_delegate *real_create_delegate;

/* "<folder of this library>/warm.dll" */
static void find_warm_assembly(char path[PATH_MAX])
{
    Dl_info own;
    if (dladdr((void *)find_warm_assembly, &own) == 0 || realpath(own.dli_fname, path) == NULL)
        host_fail("cannot find itself");
    char *name = strrchr(path, '/') + 1;
    snprintf(name, (size_t)(path + PATH_MAX - name), "warm.dll");
}

static char *replace_all(const char *text, const char *old, const char *new)
{
    size_t old_length = strlen(old), new_length = strlen(new), count = 0;
    for (const char *at = text; (at = strstr(at, old)) != NULL; at += old_length)
        count++;
    char *result = checked(malloc(strlen(text) + count * new_length + 1)), *end = result;
    for (const char *at; (at = strstr(text, old)) != NULL; text = at + old_length) {
        end = mempcpy(end, text, (size_t)(at - text));
        end = mempcpy(end, new, new_length);
    }
    strcpy(end, text);
    return result;
}

static const char *find_value(const char *name, int count, const char **names, const char **values)
{
    for (int i = 0; i < count; i++)
        if (strcmp(names[i], name) == 0)
            return values[i];
    host_fail("dotnet does not say what it should");
}

/* Properties as dotnet makes them for a main.dll in the current folder, and two that warm.dll takes away again. */
static int initialize_for_workspace(const char *executable, const char *domain, int count, const char **names, const char **values, void **runtime, unsigned *id)
{
    const char *place = find_value("APP_CONTEXT_BASE_DIRECTORY", count, names, values);
    char workspace[PATH_MAX], warm[PATH_MAX];
    if (getcwd(workspace, sizeof workspace - 1) == NULL)
        host_fail("cannot tell its folder");
    strcat(workspace, "/");
    find_warm_assembly(warm);

    const char **all_names = checked(calloc((size_t)count + 1, sizeof *all_names)), **all_values = checked(calloc((size_t)count + 1, sizeof *all_values));
    for (int i = 0; i < count; i++) {
        all_names[i] = names[i];
        all_values[i] = replace_all(values[i], place, workspace);
        char *with_warm;
        if (strcmp(names[i], "TRUSTED_PLATFORM_ASSEMBLIES") == 0 && asprintf(&with_warm, "%s:%s", all_values[i], warm) > 0)
            all_values[i] = with_warm;
    }
    /* dotnet would have listed the other assemblies of the folder; we cannot know them, so the runtime looks there. */
    all_names[count] = "APP_PATHS";
    all_values[count] = workspace;
    return real_initialize(executable, domain, count + 1, all_names, all_values, runtime, id);
}

static int execute_when_released(void *runtime, unsigned domain, int count, const char **arguments, const char *path, unsigned *status)
{
    (void)count, (void)arguments, (void)path;
    void (*warm_up)(void);
    if (real_create_delegate(runtime, domain, "warm", "WarmRuntime", "Run", (void **)&warm_up) < 0)
        host_fail("cannot warm up");
    warm_up();

    extern char **environ;
    struct release release = release_read(RELEASE_FD);
    environ = release.environment.items;

    /* dotnet exec --option value ... program arguments... */
    char program[PATH_MAX], **command = release.command.items;
    uint32_t own = 2, all = release.command.count;
    while (own < all && strncmp(command[own], "--", 2) == 0)
        own += 2;
    if (own >= all || realpath(command[own], program) == NULL)
        host_fail("has no program");
    own++;
    return real_execute(runtime, domain, (int)(all - own), (const char **)command + own, program, status);
}

/* dotnet asks here for the runtime's entry points. Everybody else must get what they would get, so the call stays theirs. */
void *dlsym(void *library, const char *name)
{
    static void *(*real)(void *, const char *);
    if (real == NULL && (real = dlvsym(RTLD_NEXT, "dlsym", "GLIBC_2.34")) == NULL)
        host_fail("needs glibc 2.34");
    if (real_initialize == NULL && strcmp(name, "coreclr_initialize") == 0) {
        real_initialize = (initialize *)real(library, name);
        real_create_delegate = (create_delegate *)real(library, "coreclr_create_delegate");
        return initialize_for_workspace;
    }
    if (real_execute == NULL && strcmp(name, "coreclr_execute_assembly") == 0) {
        real_execute = (execute *)real(library, name);
        return execute_when_released;
    }
    return real(library, name);
}

/* For dotnet alone, not for what the program starts. */
__attribute__((constructor)) static void hide(void)
{
    hide_preload();
}
