#!/bin/sh
# Archives Clojure's loaded classes: loading them is most of the time that a small program takes.
# Then builds what boots Clojure ahead of need, with the C compiler that the service's launcher is built with.
# Usage: prepare.sh <toolchain folder>
set -e

jars=/usr/share/java/clojure.jar:/usr/share/java/spec.alpha.jar:/usr/share/java/core.specs.alpha.jar
program=$(mktemp --suffix .clj)
trap 'rm -f "$program"' EXIT
cat > "$program" <<'END'
(ns warm
  (:require [clojure.edn :as edn]
            [clojure.java.io :as io]
            [clojure.java.shell]
            [clojure.pprint :as pprint]
            [clojure.set :as set]
            [clojure.string :as str]))

(defrecord Item [word size])
(defprotocol Sized (size-of [item]))
(extend-protocol Sized Item (size-of [item] (:size item)))

(let [items (map #(->Item % (count %)) (str/split "one two three" #" "))]
  (pprint/pprint (group-by size-of items))
  (println (set/union #{1} (edn/read-string "#{2}")) @(future (reduce + (range 10)))))
(try (/ 1 0) (catch ArithmeticException e (println (ex-message e))))
(shutdown-agents)
END

java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xlog:disable -XX:ArchiveClassesAtExit="$1/clojure.jsa" -cp "$jars" \
  clojure.main "$program" > /dev/null

packs=$(dirname "$0")/..
gcc -std=c17 -D_GNU_SOURCE -O2 -Wall -Wextra -fPIC -shared -I "$packs" -o "$1/host.so" "$packs/clojure/prepared/host.c"
