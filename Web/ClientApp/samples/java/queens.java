import java.util.ArrayList;
import java.util.List;

/** Eight queens on a chessboard, none of which attacks another. */
public class Main {
    static int size = 8;
    static final List<int[]> solutions = new ArrayList<>();

    static void place(int[] columns, int row) {
        if (row == size) {
            solutions.add(columns.clone());
            return;
        }
        for (int column = 0; column < size; column++) {
            if (isSafe(columns, row, column)) {
                columns[row] = column;
                place(columns, row + 1);
            }
        }
    }

    static boolean isSafe(int[] columns, int row, int column) {
        for (int above = 0; above < row; above++) {
            if (columns[above] == column || Math.abs(columns[above] - column) == row - above) return false;
        }
        return true;
    }

    public static void main(String[] args) {
        if (args.length > 0) size = Integer.parseInt(args[0]);
        place(new int[size], 0);
        for (int queen : solutions.get(0)) {
            System.out.println(". ".repeat(queen) + "Q " + ". ".repeat(size - queen - 1));
        }
        System.out.println(solutions.size() + " solutions");
    }
}
