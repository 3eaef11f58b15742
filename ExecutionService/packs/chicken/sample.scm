;; Greets you, then takes a number apart into its prime factors.
(import (chicken format) (chicken io) (chicken port) (chicken process-context) (chicken string))

(define (ask question)
  (display question)
  (flush-output)
  (let ((line (read-line)))
    (if (eof-object? line) "" (string-translate line "\r"))))

;; The prime factors, each with its power: ((2 . 3) (3 . 2) (5 . 1)).
(define (prime-factors number)
  (let next ((number number) (prime 2) (power 0))
    (define (found rest)
      (if (zero? power) rest (cons (cons prime power) rest)))
    (cond ((= number 1) (found '()))
          ((zero? (modulo number prime)) (next (quotient number prime) prime (+ power 1)))
          ((> (* prime prime) number) (found (list (cons number 1))))
          (else (found (next number (+ prime 1) 0))))))

(define (superscript power)
  (let ((signs '#("⁰" "¹" "²" "³" "⁴" "⁵" "⁶" "⁷" "⁸" "⁹")))
    (define (sign digit)
      (vector-ref signs (- (char->integer digit) (char->integer #\0))))
    (apply string-append (map sign (string->list (number->string power))))))

(define (show factor)
  (let ((prime (number->string (car factor))) (power (cdr factor)))
    (if (= power 1) prime (string-append prime (superscript power)))))

(let ((name (ask "What is your name? ")))
  (printf "Hello, ~a!~%" (if (string=? name "") "stranger" name)))

(let* ((answer (ask "A whole number from 2 to a billion: "))
       (number (string->number answer)))
  (cond ((and number (exact-integer? number) (<= 2 number 1000000000))
         (printf "~a = ~a~%" number (string-intersperse (map show (prime-factors number)) " × ")))
        (else
         (fprintf (current-error-port) "“~a” is not such a number.~%" answer)
         (exit 1))))
