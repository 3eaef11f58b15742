#!/bin/sh
# Builds what Node is loaded with when it is booted ahead of need, with the C compiler that the service's launcher is built with.
# Usage: prepare.sh <toolchain folder>
set -e

packs=$(dirname "$0")/..
gcc -std=c17 -D_GNU_SOURCE -O2 -Wall -Wextra -fPIC -shared -o "$1/leaving.so" "$packs/leaving.c"
