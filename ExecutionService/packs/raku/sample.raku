# Greets you, then takes a number apart into its prime factors.

sub prime-factors(Int $number is copy) {
    gather {
        for 2 .. * -> $divisor {
            last if $divisor² > $number;
            while $number > $divisor && $number %% $divisor {
                take $divisor;
                $number div= $divisor;
            }
        }
        take $number;
    }
}

sub pretty(Pair (:key($prime), :value($power))) {
    $power == 1 ?? $prime !! $prime ~ $power.trans('0'..'9' => '⁰¹²³⁴⁵⁶⁷⁸⁹'.comb)
}

my $name = (prompt('What is your name? ') // '').trim || 'stranger';
say "Hello, $name!";

my $answer = (prompt('A whole number from 2 to a billion: ') // '').trim;
given $answer.Int // Nil {
    when 2 .. 10⁹ {
        my @powers = prime-factors($_).Bag.sort(*.key);
        say "$_ = ", @powers.map(&pretty).join(' × ');
    }
    default {
        note "“$answer” is not such a number.";
        exit 1;
    }
}
