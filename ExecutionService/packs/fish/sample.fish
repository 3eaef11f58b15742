# Greets you, then follows a number by Collatz's rule and draws how far up it goes.

function collatz --argument-names number --description 'The numbers on the way down to 1'
    echo $number
    while test $number -ne 1
        if test (math "$number % 2") -eq 0
            set number (math "$number / 2")
        else
            set number (math "3 * $number + 1")
        end
        echo $number
    end
end

echo -n 'What is your name? '
read --local name
test -n "$name"; or set name stranger
echo "Hello, $name!"

echo -n 'A whole number from 2 to 1000: '
read --local number
if not string match --quiet --regex '^[1-9][0-9]{0,3}$' -- "$number"; or test $number -lt 2 -o $number -gt 1000
    echo "“$number” is not such a number." >&2
    exit 1
end

set path (collatz $number)
set highest (string join \n $path | sort -n | tail -n 1)
for step in $path
    echo (string pad --width 6 $step) (string repeat --count (math "ceil(40 * $step / $highest)") █)
end
echo (math (count $path) - 1) "steps, and never above $highest."
