% Greets you, then takes a number apart into its prime factors.
1;  % so that this is a script, although functions come first

function answer = ask (question)
  printf ("%s", question);
  fflush (stdout);  % the question has no newline, so it would wait in the buffer
  answer = fgetl (stdin);
  if (! ischar (answer))
    answer = "";
  endif
  answer = strtrim (answer);
endfunction

function text = superscript (power)
  digits = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
  text = "";
  if (power > 1)
    text = [digits{num2str(power) - "0" + 1}];
  endif
endfunction

name = ask ("What is your name? ");
if (isempty (name))
  name = "stranger";
endif
printf ("Hello, %s!\n", name);

answer = ask ("A whole number from 2 to a billion: ");
number = str2double (answer);
if (! (number == fix (number) && number >= 2 && number <= 1e9))
  fprintf (stderr, "“%s” is not such a number.\n", answer);
  exit (1);
endif

[primes, powers] = factor (number);
factors = arrayfun (@(prime, power) [num2str(prime), superscript(power)], primes, powers, "UniformOutput", false);
printf ("%d = %s\n", number, strjoin (factors, " × "));
