#include "probe.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

static void tell_namespaces(void)
{
    static const char *const kinds[] = { "user", "pid", "mnt", "net", "ipc", "uts", "cgroup" };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        char path[64], name[64], target[128];
        snprintf(path, sizeof path, "/proc/self/ns/%s", kinds[i]);
        snprintf(name, sizeof name, "namespace.%s", kinds[i]);
        ssize_t length = readlink(path, target, sizeof target - 1);
        tell(name, "%.*s", length < 0 ? 0 : (int)length, target);
    }
}

static void tell_ids(void)
{
    uid_t uid[3] = { 0, 0, 0 };
    gid_t gid[3] = { 0, 0, 0 };
    getresuid(&uid[0], &uid[1], &uid[2]);
    getresgid(&gid[0], &gid[1], &gid[2]);
    tell("uid", "%u %u %u", uid[0], uid[1], uid[2]);
    tell("gid", "%u %u %u", gid[0], gid[1], gid[2]);
}

/* Of /proc/self/status: the capability sets, no_new_privs and the filter's mode, by the kernel's own names. */
static void tell_privileges(void)
{
    char line[256], value[64];
    FILE *status = fopen("/proc/self/status", "re");
    if (status == NULL)
        return;
    while (fgets(line, sizeof line, status) != NULL) {
        char *colon = strchr(line, ':');
        if (colon == NULL)
            continue;
        *colon = '\0';
        int is_wanted = (strncmp(line, "Cap", 3) == 0 && strlen(line) == 6) || strcmp(line, "NoNewPrivs") == 0 || strcmp(line, "Seccomp") == 0;
        if (is_wanted && sscanf(colon + 1, " %63s", value) == 1)
            tell(line, "%s", value);
    }
    fclose(status);
}

/* Names of the interfaces, blank-separated; the file has two lines of headings. */
static void tell_interfaces(void)
{
    char line[512], names[256] = "";
    FILE *interfaces = fopen("/proc/net/dev", "re");
    if (interfaces == NULL)
        return;
    for (int number = 0; fgets(line, sizeof line, interfaces) != NULL; number++) {
        char name[32];
        if (number >= 2 && sscanf(line, " %31[^: ]", name) == 1 && strlen(names) + strlen(name) + 2 < sizeof names) {
            strcat(names, names[0] ? " " : "");
            strcat(names, name);
        }
    }
    fclose(interfaces);
    tell("interfaces", "%s", names);
}

/* Routes of version 4 (all of them, behind one line of headings) and of version 6 that leave by another way than "lo". */
static void tell_routes(void)
{
    char line[512], device[32];
    int count = 0;
    FILE *version4 = fopen("/proc/net/route", "re"), *version6 = fopen("/proc/net/ipv6_route", "re");
    for (int number = 0; version4 != NULL && fgets(line, sizeof line, version4) != NULL; number++)
        count += number > 0;
    while (version6 != NULL && fgets(line, sizeof line, version6) != NULL)
        count += sscanf(line, "%*s %*s %*s %*s %*s %*s %*s %*s %*s %31s", device) == 1 && strcmp(device, "lo") != 0;
    if (version4 != NULL)
        fclose(version4);
    if (version6 != NULL)
        fclose(version6);
    tell("routes", "%d", count);
}

static void tell_files(void)
{
    static const char *const folders[] = { "/", "/usr", "/etc", "/opt", "/dev" };
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        struct statvfs status;
        char name[64];
        snprintf(name, sizeof name, "writable.%s", folders[i]);
        tell(name, "%d", statvfs(folders[i], &status) != 0 || (status.f_flag & ST_RDONLY) == 0);
    }
    tell("sys", "%d", access("/sys", F_OK) == 0);
}

static void tell_descriptors(void)
{
    char numbers[256] = "";
    for (int fd = 0; fd < 1024; fd++) {
        size_t length = strlen(numbers);
        if (fcntl(fd, F_GETFD) >= 0 && length + 8 < sizeof numbers)
            snprintf(numbers + length, sizeof numbers - length, "%s%d", length > 0 ? " " : "", fd);
    }
    tell("descriptors", "%s", numbers);
}

static void tell_environment(void)
{
    extern char **environ;
    char all[400] = "";
    for (char **entry = environ; *entry != NULL; entry++) {
        size_t length = strlen(all);
        snprintf(all + length, sizeof all - length, "%s%s", length > 0 ? " " : "", *entry);
    }
    tell("environment", "%s", all);
}

void tell_facts(void)
{
    tell_namespaces();
    tell_ids();
    tell_privileges();
    tell_interfaces();
    tell_routes();
    tell_files();
    tell_descriptors();
    tell_environment();
}
