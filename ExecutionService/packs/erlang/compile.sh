#!/bin/sh
# Compiles the modules, and writes down which one to start.
# Usage: compile.sh <entry point> <sources and compiler arguments>...

entry=$1
shift

# A module must be in a file of its name; scripts for escript have none. Such an entry point is compiled under the name
# it needs, and called by its own in what the compiler says.
module=$(sed -nE "s/^[ \t]*-module\( *'?([A-Za-z0-9_@]+).*/\1/p" "$entry" | head -n 1)
if [ "$(basename "$entry")" != "$module.erl" ]; then
  renamed=$TMPDIR/${module:-main}.erl
  [ -n "$module" ] || echo '-module(main). -compile([export_all, nowarn_export_all]).' > "$renamed"
  printf -- '-file("%s", 1).\n' "$entry" >> "$renamed"
  sed '1s/^#!.*//' "$entry" >> "$renamed"
  for argument in "$@"; do
    shift
    if [ "$argument" = "$entry" ]; then argument=$renamed; fi
    set -- "$@" "$argument"
  done
fi
printf '%s\n' "${module:-main}" > main-module.txt

exec erlc -I . "$@"
