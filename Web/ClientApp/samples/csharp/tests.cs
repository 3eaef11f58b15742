// A function, and tests that say whether it is right. Break it and run again.
using System.Text;

(int Number, string Expected)[] tests = [(3, "III"), (4, "IV"), (1994, "MCMXCIV"), (3888, "MMMDCCCLXXXVIII")];

var failed = 0;
foreach (var (number, expected) in tests)
{
    var actual = Roman(number);
    var right = actual == expected;
    if (!right)
        failed++;
    Console.WriteLine($"{(right ? "\u001b[32m✓" : "\u001b[31m✗")}\u001b[0m {number} is {actual}");
}
Console.WriteLine(failed == 0 ? "All tests passed" : $"{failed} failed");

static string Roman(int number)
{
    (int Value, string Sign)[] signs =
    [
        (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
        (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    ];
    var written = new StringBuilder();
    foreach (var (value, sign) in signs)
        for (; number >= value; number -= value)
            written.Append(sign);
    return written.ToString();
}
