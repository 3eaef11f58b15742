#!/bin/sh
# Compiles the entry point to a program, with the other sources as its subprograms.
# Usage: compile.sh <entry point> <sources and compiler arguments>...

entry=$1
shift

# COBOL's first format starts in column 8. A program whose first division starts before that is in the free one.
format=
if grep -qiE '^ {0,6}(identification|id) +division' "$entry"; then
  format=-free
fi
# C keeps the name main for itself.
fold=
if grep -qE '[pP][rR][oO][gG][rR][aA][mM]-[iI][dD]\. +"?main' "$entry"; then
  fold=-ffold-call=UPPER
fi
exec cobc -x -O2 $format $fold -I . -o main "$@"
