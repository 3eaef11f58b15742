/* A function, and tests that say whether it is right. Break it and run again. */
#include <stdio.h>
#include <string.h>

static const struct { int value; const char *sign; } signs[] = {
    {1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"},
    {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"},
};

/* Writes the number, which must be below 4000, into a place for 16 characters. */
static void roman(int number, char *written) {
    written[0] = '\0';
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
        for (; number >= signs[i].value; number -= signs[i].value)
            strcat(written, signs[i].sign);
}

static int check(int number, const char *expected) {
    char is[16];
    roman(number, is);
    int right = strcmp(is, expected) == 0;
    printf("%s %d is %s\n", right ? "\033[32m✓\033[0m" : "\033[31m✗\033[0m", number, is);
    return !right;
}

int main(void) {
    int failed = check(3, "III") + check(4, "IV") + check(1994, "MCMXCIV") + check(3888, "MMMDCCCLXXXVIII");
    if (failed)
        printf("%d failed\n", failed);
    else
        printf("All tests passed\n");
}
