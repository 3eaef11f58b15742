/** The Mandelbrot set, coloured by how soon a point escapes. */
public class Main {
    static final int WIDTH = 72, HEIGHT = 24, STEPS = 60;

    static int escape(double a, double b) {
        double x = 0, y = 0;
        for (int step = 0; step < STEPS; step++) {
            double next = x * x - y * y + a;
            y = 2 * x * y + b;
            x = next;
            if (x * x + y * y > 4) return step;
        }
        return STEPS;
    }

    public static void main(String[] args) {
        for (int row = 0; row < HEIGHT; row++) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < WIDTH; column++) {
                int step = escape(-2.1 + 2.9 * column / WIDTH, -1.2 + 2.4 * row / HEIGHT);
                double heat = step == STEPS ? 0 : Math.sqrt((double) step / STEPS);
                int blue = step == STEPS ? 0 : (int) (80 + 175 * (1 - heat));
                line.append("\u001b[48;2;%d;%d;%dm ".formatted((int) (255 * heat), (int) (180 * heat * heat), blue));
            }
            System.out.println(line + "\u001b[0m");
        }
    }
}
