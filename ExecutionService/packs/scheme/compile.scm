;; Compiles each source to a file beside it: so errors name their place before anything runs, and programs are fast.
;; Usage: guile -s compile.scm SOURCE...
(use-modules (system base compile))

(define (object-file source)
  (string-append (substring source 0 (string-rindex source #\.)) ".go"))

(for-each
 (lambda (source)
   (catch #t
     (lambda ()
       (compile-file source #:output-file (object-file source)))
     (lambda (key . details)
       (print-exception (current-error-port) #f key details)
       (exit 1))))
 (cdr (command-line)))
