/* Bytes on their way from one descriptor to another; of a fixed size, so that whoever fills one faster than it empties waits. */
#ifndef ONLINECOMPILER_QUEUE_H
#define ONLINECOMPILER_QUEUE_H

#include <stddef.h>
#include <stdint.h>

struct queue {
    unsigned char *data;
    size_t start, end, room;
};

void queue_make(struct queue *queue, size_t room);
size_t queue_used(const struct queue *queue);
int queue_fits(const struct queue *queue, size_t length);

/* Where the next `length` bytes go; moves the content to the front when needed. The caller knows that it fits. */
unsigned char *queue_reserve(struct queue *queue, size_t length);
void queue_put(struct queue *queue, const void *data, size_t length);
void queue_frame(struct queue *queue, uint32_t type, const void *data, size_t length);

#endif
