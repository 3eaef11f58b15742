/* The Mandelbrot set, coloured by how soon a point escapes. */
#include <complex.h>
#include <stdio.h>

#define WIDTH 72
#define HEIGHT 24
#define STEPS 60

static int escape(double complex c) {
    double complex z = 0;
    for (int step = 0; step < STEPS; step++) {
        z = z * z + c;
        if (creal(z) * creal(z) + cimag(z) * cimag(z) > 4)
            return step;
    }
    return STEPS;
}

int main(void) {
    for (int row = 0; row < HEIGHT; row++) {
        for (int column = 0; column < WIDTH; column++) {
            int step = escape(-2.1 + 2.9 * column / WIDTH + (-1.2 + 2.4 * row / HEIGHT) * I);
            int inside = step == STEPS;
            double heat = (double)step / STEPS;
            printf("\033[48;2;%d;%d;%dm ", inside ? 0 : (int)(255 * heat), inside ? 0 : (int)(180 * heat * heat), inside ? 0 : (int)(80 + 175 * (1 - heat)));
        }
        printf("\033[0m\n");
    }
}
