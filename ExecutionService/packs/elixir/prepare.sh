#!/bin/sh
# Builds what boots Elixir ahead of need, with the C compiler that the service's launcher is built with.
# Usage: prepare.sh <toolchain folder>
set -e

packs=$(dirname "$0")/..
gcc -std=c17 -D_GNU_SOURCE -O2 -Wall -Wextra -fPIC -shared -I "$packs" -o "$1/host.so" "$packs/elixir/prepared/host.c"
