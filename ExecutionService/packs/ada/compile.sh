#!/bin/sh
# Compiles the last procedure of the entry point, with all that it needs.
# Usage: compile.sh <entry point> <sources and compiler arguments>...

entry=$1
shift

# GNAT wants each unit in a file named after it; gnatchop makes those, and keeps the author's names in messages.
units=$TMPDIR/units
mkdir "$units" "$TMPDIR/objects"
for argument in "$@"; do
  shift
  case $argument in
    *.adb | *.ads)
      # The pragma that names the author's file cannot name one with blanks.
      case $argument in *' '*) keep_name= ;; *) keep_name=-r ;; esac
      if ! gnatchop -gnat2022 -w $keep_name "$argument" "$units" > "$TMPDIR/chopped" 2>&1; then
        # It does not say why: the compiler does.
        gcc -c -gnats -gnat2022 "$argument" || exit 1
        cat "$TMPDIR/chopped" >&2
        exit 1
      fi
      [ "$argument" != "$entry" ] || main=$(sed -n 's/^ *//; /\.adb$/p' "$TMPDIR/chopped" | tail -n 1)
      ;;
    *) set -- "$@" "$argument" ;;
  esac
done

output=$PWD/main
cd "$units" || exit 1
exec gnatmake -q -O2 -gnat2022 -gnata -D "$TMPDIR/objects" -o "$output" "$@" "$main" -bargs -E
