// Greets you, then takes a number apart into its prime factors.
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const SUPERSCRIPTS[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};

static bool ask(const char *question, char *answer, int size) {
    printf("%s", question);
    fflush(stdout); // the question has no newline, so it would wait in the buffer
    if (!fgets(answer, size, stdin))
        answer[0] = '\0';
    answer[strcspn(answer, "\r\n")] = '\0';
    return answer[0] != '\0';
}

static void print_factor(long prime, int power) {
    printf("%ld", prime);
    if (power > 9)
        printf("%s", SUPERSCRIPTS[power / 10]);
    if (power > 1)
        printf("%s", SUPERSCRIPTS[power % 10]);
}

int main(void) {
    char answer[80], *end;

    bool named = ask("What is your name? ", answer, sizeof answer);
    printf("Hello, %s!\n", named ? answer : "stranger");

    ask("A whole number from 2 to a billion: ", answer, sizeof answer);
    long number = strtol(answer, &end, 10);
    if (*end != '\0' || number < 2 || number > 1000000000) {
        fprintf(stderr, "“%s” is not such a number.\n", answer);
        return EXIT_FAILURE;
    }

    printf("%ld = ", number);
    for (long prime = 2; number > 1; prime++) {
        if (prime * prime > number)
            prime = number; // what is left has no smaller divisor
        int power = 0;
        for (; number % prime == 0; number /= prime)
            power++;
        if (power > 0) {
            print_factor(prime, power);
            printf(number > 1 ? " × " : "\n");
        }
    }
    return EXIT_SUCCESS;
}
