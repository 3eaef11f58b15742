// Greets you, then takes a number apart into its prime factors.
const string[] SUPERSCRIPTS = { "⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹" };

class Factor : Object {
    public int prime { get; construct; }
    public int power { get; construct; }

    public Factor (int prime, int power) {
        Object (prime: prime, power: power);
    }

    public string to_string () {
        var text = prime.to_string ();
        if (power > 1) {
            var digits = power.to_string ();
            for (int i = 0; i < digits.length; i++)
                text += SUPERSCRIPTS[digits[i] - '0'];
        }
        return text;
    }
}

List<Factor> prime_factors (int number) {
    var found = new List<Factor> ();
    for (int prime = 2; number > 1; prime++) {
        if (prime > number / prime)
            prime = number; // what is left has no smaller divisor
        int power = 0;
        for (; number % prime == 0; number /= prime)
            power++;
        if (power > 0)
            found.append (new Factor (prime, power));
    }
    return found;
}

string ask (string question) {
    stdout.printf ("%s", question);
    stdout.flush ();
    return (stdin.read_line () ?? "").strip ();
}

int main () {
    var name = ask ("What is your name? ");
    print ("Hello, %s!\n", name == "" ? "stranger" : name);

    var answer = ask ("A whole number from 2 to a billion: ");
    int64 number;
    if (!int64.try_parse (answer, out number) || number < 2 || number > 1000000000) {
        printerr ("“%s” is not such a number.\n", answer);
        return 1;
    }

    var separator = @"$number = ";
    foreach (var factor in prime_factors ((int) number)) {
        print (@"$separator$factor");
        separator = " × ";
    }
    print ("\n");
    return 0;
}
