#!/bin/sh
# Compiles the sources to a program. What they become in C lies apart, and a relative output would follow it there.
# Usage: compile.sh <sources and compiler arguments>...

exec valac --pkg=gio-2.0 --directory="$TMPDIR/vala" -X -O2 -X -w -o "$PWD/main" "$@"
