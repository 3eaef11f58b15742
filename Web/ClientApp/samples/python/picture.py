"""The Mandelbrot set: two pixels in each character, coloured by how soon a point escapes."""
WIDTH, HEIGHT, STEPS = 72, 44, 60


def escape(c):
    z = 0
    for step in range(STEPS):
        z = z * z + c
        if abs(z) > 2:
            return step
    return None


def color(x, y):
    step = escape(complex(-2.1 + 2.9 * x / WIDTH, -1.2 + 2.4 * y / HEIGHT))
    if step is None:
        return "0;0;0"
    heat = (step / STEPS) ** 0.5
    return f"{int(255 * heat)};{int(180 * heat ** 2)};{int(80 + 175 * (1 - heat))}"


for y in range(0, HEIGHT, 2):
    row = (f"\033[38;2;{color(x, y)};48;2;{color(x, y + 1)}m▀" for x in range(WIDTH))
    print("".join(row) + "\033[0m")
