<?php
// Greets you, then takes a number apart into its prime factors.
declare(strict_types=1);

const SUPERSCRIPTS = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];

function ask(string $question): string
{
    echo $question;
    return trim((string) fgets(STDIN));
}

/** @return iterable<int> the prime factors, smallest first */
function primeFactors(int $number): iterable
{
    for ($divisor = 2; $divisor * $divisor <= $number; $divisor++) {
        for (; $number > $divisor && $number % $divisor === 0; $number = intdiv($number, $divisor)) {
            yield $divisor;
        }
    }
    yield $number;
}

function superscript(int $power): string
{
    return $power === 1 ? '' : strtr((string) $power, SUPERSCRIPTS);
}

$name = ask('What is your name? ') ?: 'stranger';
echo "Hello, $name!\n";

$answer = ask('A whole number from 2 to a billion: ');
$range = ['options' => ['min_range' => 2, 'max_range' => 1_000_000_000]];
$number = filter_var($answer, FILTER_VALIDATE_INT, $range);
if ($number === false) {
    fwrite(STDERR, "“{$answer}” is not such a number.\n");
    exit(1);
}

$powers = array_count_values([...primeFactors($number)]);
$factors = array_map(fn (int $prime, int $power) => $prime . superscript($power), array_keys($powers), $powers);
echo "$number = ", implode(' × ', $factors), "\n";
