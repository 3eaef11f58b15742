/* Eight queens on a chessboard, none of which attacks another. */
#include <stdio.h>
#include <stdlib.h>

#define MOST 16

static int size = 8, columns[MOST], first[MOST];
static long solutions;

static int is_safe(int row, int column) {
    for (int above = 0; above < row; above++)
        if (columns[above] == column || abs(columns[above] - column) == row - above)
            return 0;
    return 1;
}

static void place(int row) {
    if (row == size) {
        if (solutions++ == 0)
            for (int i = 0; i < size; i++)
                first[i] = columns[i];
        return;
    }
    for (int column = 0; column < size; column++) {
        if (!is_safe(row, column))
            continue;
        columns[row] = column;
        place(row + 1);
    }
}

int main(int argc, char **argv) {
    if (argc > 1)
        size = atoi(argv[1]);
    if (size < 4 || size > MOST) {
        printf("From 4 to %d, please.\n", MOST);
        return 1;
    }
    place(0);
    for (int row = 0; row < size; row++) {
        for (int column = 0; column < size; column++)
            printf("%s ", column == first[row] ? "♛" : "·");
        printf("\n");
    }
    printf("%ld solutions\n", solutions);
}
