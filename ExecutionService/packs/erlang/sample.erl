%% Greets you, then takes a number apart into its prime factors.
-module(main).
-export([main/1]).

main(_Arguments) ->
    Name = ask("What is your name? "),
    io:format("Hello, ~ts!~n", [if Name =:= "" -> "stranger"; true -> Name end]),

    Answer = ask("A whole number from 2 to a billion: "),
    case string:to_integer(Answer) of
        {Number, ""} when Number >= 2, Number =< 1000000000 ->
            Factors = [show(Factor) || Factor <- powers(prime_factors(Number, 2))],
            io:format("~b = ~ts~n", [Number, lists:join(" × ", Factors)]);
        _ ->
            io:format(standard_error, "“~ts” is not such a number.~n", [Answer]),
            halt(1)
    end.

ask(Question) ->
    case io:get_line(Question) of
        eof -> "";
        Line -> string:trim(Line)
    end.

%% The prime factors of Number that are at least Divisor, smallest first.
prime_factors(Number, Divisor) when Divisor * Divisor > Number -> [Number];
prime_factors(Number, Divisor) when Number rem Divisor =:= 0 -> [Divisor | prime_factors(Number div Divisor, Divisor)];
prime_factors(Number, Divisor) -> prime_factors(Number, Divisor + 1).

%% Counts equal neighbours.
powers([]) -> [];
powers([Prime | _] = Primes) ->
    {Same, Rest} = lists:splitwith(fun(Other) -> Other =:= Prime end, Primes),
    [{Prime, length(Same)} | powers(Rest)].

show({Prime, 1}) -> integer_to_list(Prime);
show({Prime, Power}) -> [integer_to_list(Prime) | [superscript(Digit) || Digit <- integer_to_list(Power)]].

superscript(Digit) -> lists:nth(Digit - $0 + 1, "⁰¹²³⁴⁵⁶⁷⁸⁹").
