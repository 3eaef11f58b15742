# Greets you, then takes a number apart into its prime factors.
use v5.36;
use utf8;
use open qw(:std :encoding(UTF-8));

$| = 1; # show a question before its answer is read

sub ask ($question) {
    print $question;
    return (readline(STDIN) // '') =~ s/^\s+|\s+$//gr;
}

sub prime_factors ($number) {
    my @factors;
    for (my $divisor = 2; $divisor**2 <= $number; $divisor++) {
        while ($number > $divisor && $number % $divisor == 0) {
            push @factors, $divisor;
            $number /= $divisor;
        }
    }
    return @factors, $number;
}

sub superscript ($power) {
    return $power == 1 ? '' : $power =~ tr/0-9/⁰¹²³⁴⁵⁶⁷⁸⁹/r;
}

my $name = ask('What is your name? ') || 'stranger';
say "Hello, $name!";

my $number = ask('A whole number from 2 to a billion: ');
unless ($number =~ /^[1-9][0-9]{0,9}$/ && $number >= 2 && $number <= 1e9) {
    say STDERR "“$number” is not such a number.";
    exit 1;
}

my %powers;
$powers{$_}++ for prime_factors($number);
my @factors = map { $_ . superscript($powers{$_}) } sort { $a <=> $b } keys %powers;
say "$number = ", join ' × ', @factors;
