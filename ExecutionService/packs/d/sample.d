// Greets you, then takes a number apart into its prime factors.
import std.algorithm, std.conv, std.exception, std.range, std.stdio, std.string;

struct Factor
{
    int prime;
    size_t power;

    string toString() const
    {
        const superscript = power.to!string.map!(digit => "⁰¹²³⁴⁵⁶⁷⁸⁹"d[digit - '0']).text;
        return power == 1 ? prime.text : text(prime, superscript);
    }
}

int[] primeFactors(int number)
{
    int[] found;
    for (int divisor = 2; divisor * divisor <= number;)
    {
        if (number % divisor)
            divisor++;
        else
        {
            found ~= divisor;
            number /= divisor;
        }
    }
    return found ~ number;
}

string ask(string question)
{
    write(question);
    stdout.flush();
    return readln().strip;
}

int main()
{
    const name = ask("What is your name? ");
    writefln!"Hello, %s!"(name.empty ? "stranger" : name);

    const answer = ask("A whole number from 2 to a billion: ");
    const number = answer.to!int.ifThrown!ConvException(0);
    if (number < 2 || number > 1_000_000_000)
    {
        stderr.writefln!"“%s” is not such a number."(answer);
        return 1;
    }

    auto factors = primeFactors(number).group.map!(pair => Factor(pair[0], pair[1]));
    writefln!"%d = %-(%s × %)"(number, factors);
    return 0;
}
