"""Eight queens on a chessboard, none of which attacks another."""
import sys

size = int(sys.argv[1]) if len(sys.argv) > 1 else 8


def place(columns):
    """Yields every way to put a queen into each of the remaining rows."""
    row = len(columns)
    if row == size:
        yield columns
        return
    for column in range(size):
        if all(column != other and abs(column - other) != row - above for above, other in enumerate(columns)):
            yield from place(columns + [column])


solutions = list(place([]))
for column in solutions[0]:
    print(" ".join("♛" if place == column else "·" for place in range(size)))
print(f"{len(solutions)} solutions")
