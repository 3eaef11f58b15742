#!/bin/sh
# Analyses the sources in the order in which they need each other, and elaborates the top of the design: the entity named
# like the entry point, or else the last one in it.
# Usage: compile.sh <entry point> <sources and compiler arguments>...

entry=$1
shift

entities=$(sed -nE 's/^[ \t]*[eE][nN][tT][iI][tT][yY][ \t]+([A-Za-z0-9_]+)[ \t]+[iI][sS].*/\1/p' "$entry" | tr A-Z a-z)
stem=$(basename "${entry%.*}" | tr A-Z a-z)
top=$(printf '%s\n' "$entities" | grep -xF "$stem" || printf '%s\n' "$entities" | tail -n 1)
[ -n "$top" ] || { echo "$entry:1:1:error: there is no entity to start" >&2; exit 1; }

for argument in "$@"; do
  shift
  case $argument in
    *.vhdl | *.vhd) printf '%s\n' "$argument" >> "$TMPDIR/sources" ;;
    *) set -- "$@" "$argument" ;;
  esac
done

mkdir design
printf '%s\n' "$top" > design/top
printf '%s\n' --std=08 -frelaxed "$@" > design/options
while read -r source; do
  ghdl -i --std=08 -frelaxed --workdir=design "$@" "$source" || exit 1
done < "$TMPDIR/sources"
ghdl -m --std=08 -frelaxed --workdir=design "$@" "$top" || exit 1

# The library knows its sources by their folder, which may be another one for the run.
sed -i 's|^file "[^"]*/" |file "./" |' design/*.cf
