       identification division.
       program-id. show.
       data division.
       working-storage section.
       01  how-many    binary-long.
       01  argument    pic x(16).
       procedure division.
           accept how-many from argument-number
           perform how-many times
               move spaces to argument
               accept argument from argument-value
               display "[" function trim(argument) "]"
           end-perform
           stop run.
