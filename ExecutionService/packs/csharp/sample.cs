// Greets you, then takes a number apart into its prime factors.
var name = Ask("What is your name? ");
Console.WriteLine($"Hello, {(name is "" ? "stranger" : name)}!");

var answer = Ask("A whole number from 2 to a billion: ");
if (!int.TryParse(answer, out var number) || number is < 2 or > 1_000_000_000)
{
    Console.Error.WriteLine($"“{answer}” is not such a number.");
    return 1;
}

var factors = PrimeFactors(number)
    .GroupBy(prime => prime)
    .Select(group => new Factor(group.Key, group.Count()));
Console.WriteLine($"{number} = {string.Join(" × ", factors)}");
return 0;

static string Ask(string question)
{
    Console.Write(question);
    return Console.ReadLine()?.Trim() ?? "";
}

static IEnumerable<int> PrimeFactors(int number)
{
    for (var divisor = 2; divisor * divisor <= number; divisor++)
    {
        for (; number > divisor && number % divisor == 0; number /= divisor)
            yield return divisor;
    }
    yield return number;
}

internal record Factor(int Prime, int Power)
{
    private string Superscript => string.Concat($"{Power}".Select(digit => "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit - '0']));

    public override string ToString() => Power == 1 ? $"{Prime}" : $"{Prime}{Superscript}";
}
