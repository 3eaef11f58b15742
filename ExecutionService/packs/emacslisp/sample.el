;;; Greets you, then takes a number apart into its prime factors.  -*- lexical-binding: t -*-

(require 'seq)
(require 'subr-x)

(defun ask (question)
  "Show QUESTION, and return what was typed; at the end of input, nothing."
  (condition-case nil
      (string-trim (read-string question))
    (end-of-file "")))

(defun prime-factors (number)
  "Return the prime factors of NUMBER, smallest first."
  (let ((divisor 2)
        factors)
    (while (<= (* divisor divisor) number)
      (if (zerop (% number divisor))
          (setq factors (cons divisor factors)
                number (/ number divisor))
        (setq divisor (1+ divisor))))
    (nreverse (cons number factors))))

(defun superscript (power)
  (concat (seq-map (lambda (digit) (aref "⁰¹²³⁴⁵⁶⁷⁸⁹" (- digit ?0)))
                   (number-to-string power))))

(defun pretty (same)
  (format "%d%s" (car same) (if (cdr same) (superscript (length same)) "")))

(let ((name (ask "What is your name? ")))
  (princ (format "Hello, %s!\n" (if (string-empty-p name) "stranger" name))))

(let* ((answer (ask "A whole number from 2 to a billion: "))
       (number (if (string-match-p "\\`[0-9]+\\'" answer) (string-to-number answer) 0)))
  (unless (<= 2 number 1000000000)
    (message "“%s” is not such a number." answer)
    (kill-emacs 1))
  (princ (format "%d = %s\n" number
                 (mapconcat #'pretty (mapcar #'cdr (seq-group-by #'identity (prime-factors number))) " × "))))
