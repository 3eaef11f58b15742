using System.Text;
using System.Text.Json;

var builder = new StringBuilder();
int[] numbers = [1, 2, 3, .. Enumerable.Range(4, 6)];
var pairs = from number in numbers where number % 2 == 1 orderby number descending select (number, number * number);
foreach (var (number, square) in pairs)
    builder.AppendLine($"{number:D3} {square,8}");
var words = new Dictionary<string, int> { ["one"] = 1 };
while (Console.ReadLine() is { Length: > 0 } line)
{
    foreach (var word in line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        words[word] = words.TryGetValue(word, out var count) ? count + 1 : 1;
}
Console.WriteLine(string.Join(", ", words.OrderByDescending(entry => entry.Value).Select(entry => entry.Key)));
await foreach (var item in ItemsAsync(3))
    Console.Write(item switch { 0 => "none", > 5 and < 9 => "many", _ => item.ToString() });
try
{
    throw new InvalidOperationException("no");
}
catch (Exception exception) when (exception.Message.Length > 0)
{
    Console.Error.WriteLine(exception);
}
finally
{
    builder.Clear();
}
Func<int, int> addAll = number => number + numbers.Sum();
int? few = Fill(stackalloc int[4], addAll(3));
lock (words)
    words.Clear();
var results = await Task.WhenAll(numbers.Select(number => Task.Run(() => number * 2)));
List<Shape> shapes = [new Circle(2), new Box<int>(3, 4) { Name = "box" }];
Console.WriteLine(shapes.OfType<Circle>().FirstOrDefault()?.Area ?? results.Length);
Console.WriteLine(new Point(1, 2) with { Y = few ?? 0 } == new Point(1, 2));
Console.WriteLine(JsonSerializer.Serialize(shapes.ToDictionary(shape => shape.Name)));
for (var (row, sum) = (0, 0L); row < 3; row++)
    sum += new Vector { X = row } + new Vector { X = 1 } is { X: 2 } ? 1 : args.Length;

static int Fill(Span<int> room, in int value)
{
    room.Fill(value);
    return room[^1];
}

static async IAsyncEnumerable<int> ItemsAsync(int count)
{
    for (var index = 0; index < count; index++)
    {
        await Task.Delay(1);
        yield return index;
    }
}

internal abstract class Shape
{
    public event EventHandler? Changed;
    public virtual string Name { get; set => Changed?.Invoke(this, EventArgs.Empty); } = "shape";
    public abstract double Area { get; }
}

internal sealed class Circle(double radius) : Shape
{
    public override double Area => Math.PI * radius * radius;
}

internal sealed class Box<T>(T width, T height) : Shape where T : System.Numerics.INumber<T>
{
    public override double Area => double.CreateChecked(width * height);
    public override string ToString() => $"{width} x {height}";
}

internal struct Vector
{
    public int X { get; init; }
    public static Vector operator +(Vector left, Vector right) => new() { X = left.X + right.X };
}

internal record Point(int X, int Y);
internal enum Color { Red, Green }
