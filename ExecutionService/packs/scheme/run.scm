;; Runs what compile.scm made of a program, with the program's own name and arguments.
;; Usage: guile -s run.scm SOURCE ARGUMENT...
(set-program-arguments (cdr (command-line)))

(let ((source (car (command-line))))
  (load-compiled (string-append (substring source 0 (string-rindex source #\.)) ".go")))
