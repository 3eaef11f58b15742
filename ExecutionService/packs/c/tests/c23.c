#include <assert.h>
#include <stdio.h>

enum { LIMIT = 0b1010'1010 };

[[nodiscard]] static int half(int number) {
    return number / 2;
}

int main(void) {
    static_assert(LIMIT == 170);
    printf("%d %ld\n", half(LIMIT), __STDC_VERSION__);
}
