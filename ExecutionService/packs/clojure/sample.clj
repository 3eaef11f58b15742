;; Greets you, then takes a number apart into its prime factors.
(require '[clojure.string :as str])

(defn ask [question]
  (print question)
  (flush) ; the question has no newline, so it would wait in the buffer
  (str/trim (or (read-line) "")))

(defn prime-factors [number]
  (loop [number number, divisor 2, factors []]
    (cond
      (> (* divisor divisor) number) (conj factors number)
      (zero? (rem number divisor)) (recur (quot number divisor) divisor (conj factors divisor))
      :else (recur number (inc divisor) factors))))

(defn superscript [power]
  (str/escape (str power) (zipmap "0123456789" "⁰¹²³⁴⁵⁶⁷⁸⁹")))

(defn pretty [same]
  (let [power (count same)]
    (str (first same) (when (> power 1) (superscript power)))))

(let [name (ask "What is your name? ")]
  (println (format "Hello, %s!" (if (str/blank? name) "stranger" name))))

(let [answer (ask "A whole number from 2 to a billion: ")
      number (parse-long answer)]
  (if (and number (<= 2 number 1000000000))
    (println number "=" (->> (prime-factors number) (partition-by identity) (map pretty) (str/join " × ")))
    (binding [*out* *err*]
      (println (str "“" answer "” is not such a number."))
      (System/exit 1))))
