#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

static atomic_int counter;

static void *count(void *unused) {
    for (int i = 0; i < 1000; i++)
        counter++;
    return unused;
}

int main(void) {
    pthread_t threads[16];
    for (int i = 0; i < 16; i++)
        if (pthread_create(&threads[i], NULL, count, NULL) != 0)
            return 1;
    for (int i = 0; i < 16; i++)
        pthread_join(threads[i], NULL);
    printf("%d\n", counter);
}
