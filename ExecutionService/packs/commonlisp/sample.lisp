;;; Greets you, then takes a number apart into its prime factors.

(defun ask (question)
  (write-string question)
  (finish-output) ; the question has no newline, so it would wait in the buffer
  (string-trim " " (read-line *standard-input* nil "")))

(defun prime-factors (number)
  (loop with divisor = 2
        until (> (* divisor divisor) number)
        if (zerop (mod number divisor))
          collect divisor into factors
          and do (setf number (/ number divisor))
        else do (incf divisor)
        finally (return (append factors (list number)))))

(defun superscript (power)
  (map 'string
       (lambda (digit) (char "⁰¹²³⁴⁵⁶⁷⁸⁹" (digit-char-p digit)))
       (princ-to-string power)))

(defun pretty (factors)
  (loop for prime in (remove-duplicates factors)
        for power = (count prime factors)
        collect (format nil "~d~@[~a~]" prime (when (> power 1) (superscript power)))))

(let ((name (ask "What is your name? ")))
  (format t "Hello, ~:[~a~;stranger~]!~%" (string= name "") name))

(let ((answer (ask "A whole number from 2 to a billion: ")))
  (unless (and (string/= answer "")
               (every #'digit-char-p answer)
               (<= 2 (parse-integer answer) 1000000000))
    (format *error-output* "“~a” is not such a number.~%" answer)
    (exit :code 1))
  (format t "~a = ~{~a~^ × ~}~%" answer (pretty (prime-factors (parse-integer answer)))))
