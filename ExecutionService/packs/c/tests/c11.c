#include <stdio.h>
#include <threads.h>

#define NAME(x) _Generic((x), int: "int", double: "double")

static int work(void *number) {
    *(int *)number *= 7;
    return 0;
}

int main(void) {
    _Static_assert(__STDC_VERSION__ == 201112L, "C11");
    int number = 6;
    thrd_t thread;
    thrd_create(&thread, work, &number);
    thrd_join(thread, NULL);
    printf("%s %s %d\n", NAME(1), NAME(1.0), number);
}
