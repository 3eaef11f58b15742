#lang racket
;; Greets you, then takes a number apart into its prime factors.

(define (ask question)
  (display question)
  (flush-output) ; the question has no newline, so it would wait in the buffer
  (define line (read-line))
  (if (eof-object? line) "" (string-trim line)))

(define (prime-factors number [divisor 2])
  (cond
    [(> (sqr divisor) number) (list number)]
    [(zero? (remainder number divisor))
     (cons divisor (prime-factors (quotient number divisor) divisor))]
    [else (prime-factors number (add1 divisor))]))

(define (superscript power)
  (for/fold ([text ""]) ([digit (number->string power)])
    (~a text (string-ref "⁰¹²³⁴⁵⁶⁷⁸⁹" (- (char->integer digit) (char->integer #\0))))))

(define (pretty same)
  (match same
    [(list prime) (~a prime)]
    [(list prime _ ...) (~a prime (superscript (length same)))]))

(define name (ask "What is your name? "))
(printf "Hello, ~a!\n" (if (non-empty-string? name) name "stranger"))

(define answer (ask "A whole number from 2 to a billion: "))
(match (string->number answer)
  [(? exact-integer? number)
   #:when (<= 2 number 1000000000)
   (define factors (group-by values (prime-factors number)))
   (printf "~a = ~a\n" number (string-join (map pretty factors) " × "))]
  [_
   (eprintf "“~a” is not such a number.\n" answer)
   (exit 1)])
