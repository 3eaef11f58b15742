#!/bin/sh
# Builds what halts Python and ends it early, with the C compiler that the service's launcher is built with, and puts what shows figures
# where Python looks for modules of its user, behind its own: a folder that is named after its version.
# Usage: prepare.sh <toolchain folder>
set -e
prepared=$(dirname "$0")/prepared

gcc -std=c17 -O2 -Wall -Wextra -fPIC -shared -static-libgcc -o "$1/fork_server.so" "$prepared/halting.c" "$prepared/ending.c"

rm -rf "$1/user"
modules=$(PYTHONUSERBASE=$1/user /usr/bin/python3 -m site --user-site)
mkdir -p "$modules"
cp "$prepared/onlinecompiler_figures.py" "$modules"
