#!/bin/sh
# Writes JavaScript and source maps beside the sources.
# Usage: compile.sh <toolchain folder> <compiler arguments and sources>...
coffee=$1/node_modules/coffeescript/bin/coffee
shift

node "$coffee" --compile --map "$@" || exit

# For sources in the current folder the compiler names the root folder as theirs.
find . -name '*.js.map' -exec sed -i 's|"sourceRoot": "/"|"sourceRoot": ""|' {} +
