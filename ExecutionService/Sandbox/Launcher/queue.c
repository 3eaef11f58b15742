#include "queue.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

size_t queue_used(const struct queue *queue)
{
    return queue->end - queue->start;
}

unsigned char *queue_reserve(struct queue *queue, size_t length)
{
    if (queue->end + length > queue->room) {
        memmove(queue->data, queue->data + queue->start, queue_used(queue));
        queue->end -= queue->start;
        queue->start = 0;
    }
    return queue->data + queue->end;
}

int queue_fits(const struct queue *queue, size_t length)
{
    return queue_used(queue) + length <= queue->room;
}

void queue_make(struct queue *queue, size_t room)
{
    queue->data = malloc(room);
    queue->room = room;
    if (queue->data == NULL)
        _exit(125);
}

void queue_put(struct queue *queue, const void *data, size_t length)
{
    if (length == 0)
        return;
    memcpy(queue_reserve(queue, length), data, length);
    queue->end += length;
}

void queue_frame(struct queue *queue, uint32_t type, const void *data, size_t length)
{
    uint32_t header[2] = { type, (uint32_t)length };
    queue_put(queue, header, sizeof header);
    queue_put(queue, data, length);
}
