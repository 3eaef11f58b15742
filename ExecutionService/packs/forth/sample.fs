\ Greets you, then takes a number apart into its prime factors.

create line 80 chars allot

: ask ( question length -- answer length )
  type line dup 80 stdin read-line throw drop -trailing ;

: .digit ( n -- )  \ as a superscript; each is a string of its own length
  case
    0 of ." ⁰" endof  1 of ." ¹" endof  2 of ." ²" endof  3 of ." ³" endof  4 of ." ⁴" endof
    5 of ." ⁵" endof  6 of ." ⁶" endof  7 of ." ⁷" endof  8 of ." ⁸" endof  9 of ." ⁹" endof
  endcase ;

: .superscript ( n -- )
  10 /mod ?dup if recurse then .digit ;

: .number ( n -- )  0 u.r ;

: .power ( prime power -- )
  swap .number dup 1 > if .superscript else drop then ;

: divide-out ( number divisor -- rest power )
  0 >r
  begin 2dup mod 0= while tuck / swap r> 1+ >r repeat
  drop r> ;

: .factors ( number -- )
  2 begin over 1 > while
    2dup dup * < if drop dup then  \ what is left has no smaller divisor
    tuck divide-out ( divisor rest power )
    ?dup if
      rot tuck swap .power swap
      dup 1 > if ."  × " then swap
    else swap then
    1+
  repeat 2drop ;

: greet ( name length -- )
  ." Hello, " dup 0= if 2drop s" stranger" then type ." !" cr ;

: parse-answer ( text length -- number flag )
  dup 0= if 2drop 0 false exit then
  0. 2swap >number nip 0= -rot drop swap
  over 2 1000000001 within and ;

: main ( -- )
  s" What is your name? " ask greet
  s" A whole number from 2 to a billion: " ask 2dup parse-answer
  if nip nip dup .number ."  = " .factors cr
  else drop ['] type stderr outfile-execute
    s" : not such a number." ['] type stderr outfile-execute 1 (bye) then ;

main bye
