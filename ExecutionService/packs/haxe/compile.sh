#!/bin/sh
# Compiles the class of the entry point, and what it uses, for the Neko virtual machine.
# Usage: compile.sh <entry point> <compiler arguments>...

entry=$1
shift

exec haxe --class-path "$(dirname "$entry")" --class-path . --main "$(basename "$entry" .hx)" --neko main.n "$@"
