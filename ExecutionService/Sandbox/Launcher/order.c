/* Checks what the service orders. It is trusted, yet a launcher with privileges believes nobody's lengths. */
#include "launcher.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct field {
    uint32_t tag;
    struct bytes value;
};

/* 1: a field was read; 0: the end; -1: the lengths do not add up. */
static int next_field(struct bytes *rest, struct field *field)
{
    uint32_t header[2];
    if (rest->length == 0)
        return 0;
    if (rest->length < sizeof header)
        return -1;
    memcpy(header, rest->data, sizeof header);
    rest->data += sizeof header;
    rest->length -= sizeof header;
    if (header[1] > rest->length)
        return -1;
    field->tag = header[0];
    field->value = (struct bytes){ rest->data, header[1] };
    rest->data += header[1];
    rest->length -= header[1];
    return 1;
}

static char *text_of(struct bytes value)
{
    if (value.length == 0 || memchr(value.data, 0, value.length) != NULL)
        return NULL;
    return strndup((const char *)value.data, value.length);
}

/* Relative, no empty, "." or ".." segment: a file can only be made below the workspace. */
static int path_is_inside(const char *path)
{
    while (1) {
        size_t segment = strcspn(path, "/");
        if (segment == 0 || (segment == 1 && path[0] == '.') || (segment == 2 && path[0] == '.' && path[1] == '.'))
            return 0;
        if (path[segment] == '\0')
            return 1;
        path += segment + 1;
    }
}

static int parse_file(struct bytes value, struct order_file *file)
{
    uint32_t header[2];
    if (value.length < sizeof header)
        return -1;
    memcpy(header, value.data, sizeof header);
    value.data += sizeof header;
    value.length -= sizeof header;
    if (header[1] > value.length || header[1] >= PATH_MAX)
        return -1;
    char *path = text_of((struct bytes){ value.data, header[1] });
    if (path == NULL || !path_is_inside(path))
        return -1;
    *file = (struct order_file){ path, (mode_t)(header[0] & 0777), { value.data + header[1], value.length - header[1] } };
    return 0;
}

/* How many fields there are, or -1 when the lengths do not add up. No list is longer. */
static ssize_t count_fields(struct bytes rest)
{
    struct field field;
    ssize_t fields = 0;
    int more;
    while ((more = next_field(&rest, &field)) == 1)
        fields++;
    return more == 0 ? fields : -1;
}

struct texts {
    char **all; /* NULL-terminated */
    size_t count;
};

static const char *add_argument(struct texts *texts, struct bytes value)
{
    /* May be empty, unlike other texts. */
    if (value.length > 0 && memchr(value.data, 0, value.length) != NULL)
        return "an argument holds a NUL";
    char *text = strndup((const char *)value.data, value.length);
    if (text == NULL)
        return "out of memory";
    texts->all[texts->count++] = text;
    return NULL;
}

static const char *add_environment(struct texts *texts, struct bytes value)
{
    char *text = text_of(value);
    if (text == NULL)
        return "a text is empty or holds a NUL";
    if (text[0] == '=' || strchr(text, '=') == NULL)
        return "an environment entry is not NAME=value";
    texts->all[texts->count++] = text;
    return NULL;
}

static const char *add_text(char **texts, size_t *count, struct bytes value)
{
    if ((texts[*count] = text_of(value)) == NULL)
        return "a text is empty or holds a NUL";
    ++*count;
    return NULL;
}

static const char *add_cgroup(char **paths, size_t *count, struct bytes value)
{
    if (value.length > 0 && value.data[0] != '/')
        return "a cgroup path is not absolute";
    return add_text(paths, count, value);
}

/* A name and nothing that leads elsewhere: letters, digits, '-' and '.', the last not in front. */
static int root_name_is_sound(const char *name)
{
    size_t length = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789.-");
    return name[0] != '.' && name[length] == '\0' && length <= ROOT_NAME_MAX_BYTES;
}

static const char *take_root(const char **root, struct bytes value)
{
    const char *name = text_of(value);
    if (name == NULL || *root != NULL || !root_name_is_sound(name))
        return "a root of no sound name, or two";
    *root = name;
    return NULL;
}

static const char *take_settings(void *settings, size_t size, int *have, struct bytes value)
{
    if (*have || value.length != size)
        return "settings of the wrong size, or twice";
    *have = 1;
    memcpy(settings, value.data, size);
    return NULL;
}

int root_is_the_machines(void)
{
    unsigned inside, outside, count;
    FILE *map = fopen("/proc/self/uid_map", "re");
    if (map == NULL)
        return 1;
    int fields = fscanf(map, "%u %u %u", &inside, &outside, &count);
    fclose(map);
    return fields != 3 || (inside == 0 && outside == 0);
}

static const char *check_preparation(const struct preparation_settings *settings)
{
    if (settings->outer_uid == (uint32_t)-1 || settings->outer_gid == (uint32_t)-1)
        return "an outer id is -1";
    if ((settings->outer_uid == 0 || settings->outer_gid == 0) && root_is_the_machines())
        return "an outer id is root's";
    if (settings->workspace_limit_bytes == 0 || settings->workspace_limit_files == 0)
        return "a workspace without a limit";
    return NULL;
}

const char *order_parse_preparation(struct order *order, struct bytes rest)
{
    ssize_t fields = count_fields(rest);
    if (fields < 0)
        return "its lengths do not add up";
    size_t room = (size_t)fields + 1;
    struct texts host = { calloc(room, sizeof *host.all), 0 }, environment = { calloc(room, sizeof *environment.all), 0 };
    order->cgroups = calloc(room, sizeof *order->cgroups);
    order->program_cgroups = calloc(room, sizeof *order->program_cgroups);
    if (!host.all || !environment.all || !order->cgroups || !order->program_cgroups)
        return "out of memory";

    int have_settings = 0;
    struct field field;
    const char *wrong = NULL;
    while (wrong == NULL && next_field(&rest, &field) == 1) {
        switch (field.tag) {
        case ORDER_SETTINGS: wrong = take_settings(&order->preparation, sizeof order->preparation, &have_settings, field.value); break;
        case ORDER_ARGUMENT: wrong = add_argument(&host, field.value); break;
        case ORDER_ENVIRONMENT: wrong = add_environment(&environment, field.value); break;
        case ORDER_CGROUP: wrong = add_cgroup(order->cgroups, &order->cgroup_count, field.value); break;
        case ORDER_PROGRAM_CGROUP: wrong = add_cgroup(order->program_cgroups, &order->program_cgroup_count, field.value); break;
        case ORDER_ROOT: wrong = take_root(&order->root, field.value); break;
        default: wrong = "a field of unknown kind";
        }
    }
    if (wrong != NULL)
        return wrong;
    if (!have_settings)
        return "no settings";
    if (host.count > 0 && host.all[0][0] == '\0')
        return "a host without a command";
    if ((order->preparation.is_copy != 0) != (runtime >= 0))
        return runtime >= 0 ? "a program that is no copy of the runtime" : "a copy, but this launcher has no runtime";
    if (order->preparation.is_copy && host.count > 0)
        return "a copy with a host";
    order->host = host.count > 0 ? host.all : NULL;
    order->host_environment = environment.all;
    return check_preparation(&order->preparation);
}

static const char *check_release(const struct order *order)
{
    const struct release_settings *settings = &order->settings;
    if (settings->workspace_limit_bytes == 0 || settings->workspace_limit_files == 0)
        return "a workspace without a limit";
    if (settings->terminal_columns > 1000 || settings->terminal_rows > 1000
        || (settings->terminal_columns == 0) != (settings->terminal_rows == 0))
        return "a terminal of impossible size";
    if ((settings->terminal_columns == 0) != (order->preparation.has_terminal == 0))
        return "a terminal where none was prepared, or none where one was";
    return NULL;
}

const char *order_parse_release(struct order *order, struct bytes rest)
{
    ssize_t fields = count_fields(rest);
    if (fields < 0)
        return "its lengths do not add up";
    size_t room = (size_t)fields + 1;
    struct texts arguments = { calloc(room, sizeof *arguments.all), 0 }, environment = { calloc(room, sizeof *environment.all), 0 };
    order->files = calloc(room, sizeof *order->files);
    order->collect = calloc(room, sizeof *order->collect);
    if (!arguments.all || !environment.all || !order->files || !order->collect)
        return "out of memory";

    int have_settings = 0;
    struct field field;
    const char *wrong = NULL;
    while (wrong == NULL && next_field(&rest, &field) == 1) {
        switch (field.tag) {
        case ORDER_SETTINGS: wrong = take_settings(&order->settings, sizeof order->settings, &have_settings, field.value); break;
        case ORDER_ARGUMENT: wrong = add_argument(&arguments, field.value); break;
        case ORDER_ENVIRONMENT: wrong = add_environment(&environment, field.value); break;
        case ORDER_FILE:
            if (parse_file(field.value, &order->files[order->file_count++]) != 0)
                wrong = "a file has no sound path";
            break;
        case ORDER_COLLECT: wrong = add_text(order->collect, &order->collect_count, field.value); break;
        default: wrong = "a field of unknown kind";
        }
    }
    if (wrong != NULL)
        return wrong;
    if (!have_settings)
        return "no settings";
    if (arguments.count == 0 || arguments.all[0][0] == '\0')
        return "no command";
    order->arguments = arguments.all;
    order->environment = environment.all;
    return check_release(order);
}
