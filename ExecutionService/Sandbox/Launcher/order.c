/* Reads and checks an order. The service is trusted, yet a launcher with privileges believes nobody's lengths. */
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

static const char *parse(struct order *order, struct bytes rest, size_t fields)
{
    /* Every list is at most as long as there are fields; one more for the NULL at the end. */
    order->arguments = calloc(fields + 1, sizeof *order->arguments);
    order->environment = calloc(fields + 1, sizeof *order->environment);
    order->files = calloc(fields + 1, sizeof *order->files);
    order->cgroups = calloc(fields + 1, sizeof *order->cgroups);
    order->program_cgroups = calloc(fields + 1, sizeof *order->program_cgroups);
    order->collect = calloc(fields + 1, sizeof *order->collect);
    if (!order->arguments || !order->environment || !order->files || !order->cgroups || !order->program_cgroups || !order->collect)
        return "out of memory";

    size_t arguments = 0, environment = 0;
    int have_settings = 0;
    struct field field;
    while (next_field(&rest, &field) == 1) {
        char *text = NULL;
        if (field.tag != ORDER_SETTINGS && field.tag != ORDER_FILE && field.tag != ORDER_ARGUMENT
            && (text = text_of(field.value)) == NULL)
            return "a text is empty or holds a NUL";
        switch (field.tag) {
        case ORDER_SETTINGS:
            if (have_settings++ || field.value.length != sizeof order->settings)
                return "settings of the wrong size, or twice";
            memcpy(&order->settings, field.value.data, sizeof order->settings);
            break;
        case ORDER_ARGUMENT: /* may be empty */
            if (field.value.length > 0 && memchr(field.value.data, 0, field.value.length) != NULL)
                return "an argument holds a NUL";
            if ((order->arguments[arguments++] = strndup((const char *)field.value.data, field.value.length)) == NULL)
                return "out of memory";
            break;
        case ORDER_ENVIRONMENT:
            if (text[0] == '=' || strchr(text, '=') == NULL)
                return "an environment entry is not NAME=value";
            order->environment[environment++] = text;
            break;
        case ORDER_FILE:
            if (parse_file(field.value, &order->files[order->file_count]) != 0)
                return "a file has no sound path";
            order->file_count++;
            break;
        case ORDER_CGROUP:
            if (text[0] != '/')
                return "a cgroup path is not absolute";
            order->cgroups[order->cgroup_count++] = text;
            break;
        case ORDER_PROGRAM_CGROUP:
            if (text[0] != '/')
                return "a cgroup path is not absolute";
            order->program_cgroups[order->program_cgroup_count++] = text;
            break;
        case ORDER_COLLECT:
            order->collect[order->collect_count++] = text;
            break;
        default:
            return "a field of unknown kind";
        }
    }
    if (!have_settings)
        return "no settings";
    if (arguments == 0 || order->arguments[0][0] == '\0')
        return "no command";
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

static const char *check_settings(const struct order_settings *settings)
{
    if (settings->outer_uid == (uint32_t)-1 || settings->outer_gid == (uint32_t)-1)
        return "an outer id is -1";
    if ((settings->outer_uid == 0 || settings->outer_gid == 0) && root_is_the_machines())
        return "an outer id is root's";
    if (settings->workspace_limit_bytes == 0 || settings->workspace_limit_files == 0)
        return "a workspace without a limit";
    if (settings->terminal_columns > 1000 || settings->terminal_rows > 1000
        || (settings->terminal_columns == 0) != (settings->terminal_rows == 0))
        return "a terminal of impossible size";
    return NULL;
}

const char *order_read(int socket, struct order *order)
{
    uint32_t header[2];
    memset(order, 0, sizeof *order);
    if (read_all(socket, header, sizeof header) != 1)
        return "no header";
    if (header[0] != ORDER_MAGIC)
        return "not an order of this version";
    if (header[1] > ORDER_MAX_BYTES)
        return "too large";
    order->storage = malloc(header[1] > 0 ? header[1] : 1);
    if (order->storage == NULL)
        return "out of memory";
    if (read_all(socket, order->storage, header[1]) != 1)
        return "cut short";

    struct bytes rest = { order->storage, header[1] };
    struct field field;
    size_t fields = 0;
    int more;
    while ((more = next_field(&rest, &field)) == 1)
        fields++;
    if (more != 0)
        return "its lengths do not add up";
    const char *wrong = parse(order, (struct bytes){ order->storage, header[1] }, fields);
    return wrong != NULL ? wrong : check_settings(&order->settings);
}
