// The Mandelbrot set: two pixels in each character, coloured by how soon a point escapes.
using System.Numerics;
using System.Text;

const int Width = 72, Height = 44, Steps = 60;

for (var row = 0; row < Height; row += 2)
{
    var line = new StringBuilder();
    for (var column = 0; column < Width; column++)
        line.Append($"\u001b[38;2;{Color(column, row)};48;2;{Color(column, row + 1)}m▀");
    Console.WriteLine(line.Append("\u001b[0m"));
}

static string Color(int column, int row)
{
    var step = Escape(new Complex(-2.1 + 2.9 * column / Width, -1.2 + 2.4 * row / Height));
    if (step == Steps)
        return "0;0;0";
    var heat = Math.Sqrt((double)step / Steps);
    return $"{(int)(255 * heat)};{(int)(180 * heat * heat)};{(int)(80 + 175 * (1 - heat))}";
}

static int Escape(Complex c)
{
    var z = Complex.Zero;
    for (var step = 0; step < Steps; step++)
    {
        z = z * z + c;
        if (z.Real * z.Real + z.Imaginary * z.Imaginary > 4)
            return step;
    }
    return Steps;
}
