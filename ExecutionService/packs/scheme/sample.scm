;; Greets you, then takes a number apart into its prime factors.
(use-modules (ice-9 rdelim) (ice-9 receive) (srfi srfi-1))

(define (ask question)
  (display question)
  (force-output) ; the question has no newline, so it would wait in the buffer
  (let ((line (read-line)))
    (if (eof-object? line) "" (string-trim-both line))))

(define (prime-factors number)
  (let loop ((number number) (divisor 2))
    (cond ((> (* divisor divisor) number) (list number))
          ((zero? (remainder number divisor)) (cons divisor (loop (quotient number divisor) divisor)))
          (else (loop number (+ divisor 1))))))

(define (superscript power)
  (if (= power 1)
      ""
      (string-map (lambda (digit) (string-ref "⁰¹²³⁴⁵⁶⁷⁸⁹" (string-index "0123456789" digit)))
                  (number->string power))))

;; The first factor with its power, then those after it.
(define (pretty factors)
  (receive (same others) (span (lambda (factor) (= factor (car factors))) factors)
    (cons (string-append (number->string (car same)) (superscript (length same)))
          (if (null? others) '() (pretty others)))))

(let ((name (ask "What is your name? ")))
  (format #t "Hello, ~a!\n" (if (string-null? name) "stranger" name)))

(let* ((answer (ask "A whole number from 2 to a billion: "))
       (number (string->number answer)))
  (unless (and (exact-integer? number) (<= 2 number 1000000000))
    (format (current-error-port) "“~a” is not such a number.\n" answer)
    (exit 1))
  (format #t "~a = ~a\n" number (string-join (pretty (prime-factors number)) " × ")))
