% Greets you, then takes a number apart into its prime factors.
:- initialization(main, main).

main :-
    ask("What is your name? ", Answer),
    (   Answer == "" -> Name = "stranger" ; Name = Answer ),
    format("Hello, ~w!~n", [Name]),
    ask("A whole number from 2 to a billion: ", Text),
    (   catch(number_string(Number, Text), error(_, _), fail),
        integer(Number),
        between(2, 1 000 000 000, Number)
    ->  phrase(prime_factors(Number, 2), Factors),
        clumped(Factors, Powers),
        maplist(pretty, Powers, Words),
        atomic_list_concat(Words, ' × ', Product),
        format("~w = ~w~n", [Number, Product])
    ;   format(user_error, "“~w” is not such a number.~n", [Text]),
        halt(1)
    ).

ask(Question, Answer) :-
    prompt(_, ''),
    format("~w", [Question]),
    flush_output,
    read_line_to_string(user_input, Line),
    (   Line == end_of_file -> Answer = "" ; normalize_space(string(Answer), Line) ).

prime_factors(Number, Divisor) --> { Divisor * Divisor > Number }, !, [Number].
prime_factors(Number, Divisor) -->
    { divmod(Number, Divisor, Rest, 0) }, !,
    [Divisor],
    prime_factors(Rest, Divisor).
prime_factors(Number, Divisor) --> { Next is Divisor + 1 }, prime_factors(Number, Next).

pretty(Prime-1, Prime) :- !.
pretty(Prime-Power, Word) :-
    number_codes(Power, Digits),
    foldl([Digit, Word0, Word1]>>(Index is Digit - 0'0, sub_atom('⁰¹²³⁴⁵⁶⁷⁸⁹', Index, 1, _, Superscript),
                                  atom_concat(Word0, Superscript, Word1)), Digits, Prime, Word).
