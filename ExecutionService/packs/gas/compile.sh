#!/bin/sh
# Assembles each source and links them: a program with a main with the C library, one with its own _start without.
# Usage: compile.sh <sources and compiler arguments>...

count=0
for argument in "$@"; do
  case $argument in
    *.s | *.S) count=$((count + 1)) ;;
    *) break ;;
  esac
done

# What follows the sources goes to the assembler with each of them.
position=0
while [ "$position" -lt "$count" ]; do
  position=$((position + 1))
  source=$1
  shift
  (
    shift $((count - position))
    exec gcc -c -I . -o "$TMPDIR/$position.o" "$@" "$source"
  ) || exit 1
done

if nm "$TMPDIR"/*.o | grep -q ' T _start$'; then
  exec ld -z noexecstack -o main "$TMPDIR"/*.o
fi
exec gcc -no-pie -z noexecstack -o main "$TMPDIR"/*.o -lm
