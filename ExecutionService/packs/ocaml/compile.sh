#!/bin/sh
# Compiles modules in the order in which they need each other; the entry point is the last to be linked.
# Usage: compile.sh <entry point> <sources and compiler arguments>...

entry=$1
shift

: > "$TMPDIR/modules"
for argument in "$@"; do
  shift
  case $argument in
    "$entry") ;;
    *.ml | *.mli) printf '%s\n' "$argument" >> "$TMPDIR/modules" ;;
    *) set -- "$@" "$argument" ;;
  esac
done

# Names of modules hold no blanks, so words will do for them and their folders.
for folder in $(sed -n 's|/[^/]*$||p' "$TMPDIR/modules" | sort -u); do
  set -- -I "$folder" "$@"
done
sorted=
if [ -s "$TMPDIR/modules" ]; then
  sorted=$(ocamldep -sort $(sed -n 's|/[^/]*$||p' "$TMPDIR/modules" | sort -u | sed 's/^/-I /') $(cat "$TMPDIR/modules")) || exit 1
fi

# Libraries are linked only as far as they are used.
exec ocamlopt -g -inline 100 -thread -o main "$@" unix.cmxa threads.cmxa str.cmxa $sorted "$entry"
