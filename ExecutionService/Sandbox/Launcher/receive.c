/*
 * Receives what the service orders. A release comes when pid 1 has been forked already, so it is received into memory that
 * both share: however large its files are, nothing is copied, and only what was received is really there.
 */
#include "launcher.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

static const char *receive_header(int socket, uint32_t magic, uint32_t max_bytes, uint32_t *length)
{
    uint32_t header[2];
    if (read_all(socket, header, sizeof header) != 1)
        return "no header";
    if (header[0] != magic)
        return "not an order of this version";
    if (header[1] > max_bytes)
        return "too large";
    *length = header[1];
    return NULL;
}

const char *order_receive_preparation(int socket, struct order *order)
{
    uint32_t length;
    const char *wrong = receive_header(socket, PREPARATION_MAGIC, PREPARATION_MAX_BYTES, &length);
    if (wrong != NULL)
        return wrong;
    unsigned char *data = malloc(length > 0 ? length : 1);
    if (data == NULL)
        return "out of memory";
    wrong = read_all(socket, data, length) != 1 ? "cut short" : order_parse_preparation(order, (struct bytes){ data, length });
    free(data); /* the order has copies */
    return wrong;
}

static unsigned char *reserved;

const unsigned char *release_reserve(void)
{
    reserved = mmap(NULL, RELEASE_MAX_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    return reserved = reserved == MAP_FAILED ? NULL : reserved;
}

const char *order_receive_release(int socket, struct order *order, struct bytes *release)
{
    uint32_t length;
    const char *wrong = receive_header(socket, RELEASE_MAGIC, RELEASE_MAX_BYTES, &length);
    if (wrong != NULL)
        return wrong;
    if (length > 0 && read_all(socket, reserved, length) != 1)
        return "cut short";
    *release = (struct bytes){ reserved, length };
    return order_parse_release(order, *release);
}
