#!/bin/sh
# Poly/ML has no letters beyond ASCII in its strings. They are written as the numbers of their bytes here, which gives
# the same strings; lines stay where they are.
# Usage: compile.sh <sources>...
bytes=$(for byte in $(seq 128 255); do printf 's/\\x%x/\\\\%d/g;' "$byte" "$byte"; done)
LC_ALL=C exec sed -i "$bytes" "$@"
