#!/bin/sh
# Compiles the standard library, which the packages' scripts would do: programs start in a fifth of the time. Called with the folder of the root.
set -eu
library=$(dirname "$(find "$1/usr/lib" -name libc.so.6)")
# By its own loader, for on this machine nothing of it is where it thinks.
PYTHONHOME=$1/usr "$library"/ld-linux-*.so.* --library-path "$library" "$1/usr/bin/python3.13" -m compileall -q -s "$1" "$1/usr/lib/python3.13"
