#!/bin/sh
# Compiles the headers that programs begin with, for the standard that the pack compiles by. Another takes 140 to 170 MB, and is
# a line at the end.
# Usage: prepare.sh <toolchain folder>
set -e

pack=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
g++ -O2 -fPIC -shared -fno-rtti -I "$(g++ -print-file-name=plugin)/include" -o "$work/finish.so" "$pack/finish.cc"

# precompile FOLDER STANDARD HEADER…
precompile() {
  headers=$1/include/$2 standard=$2
  shift 2
  for header; do
    # GCC takes the precompiled one where it is a source's first; else, and when it is included again, it wants this file.
    mkdir -p "$(dirname "$headers/$header")"
    printf '#include_next <%s>\n' "$header" > "$headers/$header"
    # In messages the name of this file is where the program's should be: compile.sh puts that in.
    mkdir -p "$work/$(dirname "precompiled:/$header")"
    printf '#include <%s>\n#pragma finish templates\n' "$header" > "$work/precompiled:/$header"
    (cd "$work" && g++ "-std=$standard" -O2 -Wall -fplugin=./finish.so -x c++-header "precompiled:/$header" -o "$headers/$header.gch")
  done
}

rm -rf "$1/include"
precompile "$1" gnu++20 bits/stdc++.h iostream
