#!/bin/sh
# Translates a program to C, and that to machine code.
# Usage: compile.sh <pack folder> <source> <compiler arguments>...
pack=$1 source=$2
shift 2

LC_ALL=C awk -v file="$source" -f "$pack/translate.awk" "$source" > "$TMPDIR/main.c" || exit
exec gcc -O2 -I "$pack" -o main "$@" "$TMPDIR/main.c"
