// Eight queens on a chessboard, none of which attacks another.
var size = args.Length > 0 ? int.Parse(args[0]) : 8;
var solutions = Place([]).ToList();

foreach (var queen in solutions[0])
    Console.WriteLine(string.Join(' ', Enumerable.Range(0, size).Select(column => column == queen ? '♛' : '·')));
Console.WriteLine($"{solutions.Count} solutions");

// Every way to put a queen into each of the remaining rows.
IEnumerable<int[]> Place(int[] columns) =>
    columns.Length == size
        ? [columns]
        : Enumerable.Range(0, size).Where(column => IsSafe(columns, column)).SelectMany(column => Place([.. columns, column]));

static bool IsSafe(int[] columns, int column) =>
    !columns.Where((other, above) => other == column || Math.Abs(other - column) == columns.Length - above).Any();
