#!/bin/sh
# Builds the package of the entry point.
# Usage: compile.sh <toolchain folder> <entry point> <compiler arguments>...

prepared=$1/cache
entry=$2
shift 2

export GOCACHE="$TMPDIR/go-cache" GOPATH="$TMPDIR/go"

# The compiled standard library is read-only, and Go wants a cache that it can write to: a folder of links serves both.
mkdir "$GOCACHE"
if [ -d "$prepared" ]; then
  ln -s "$prepared"/?? "$GOCACHE"
  date +%s > "$GOCACHE/trim.txt"
fi

# As in the Go playground a program needs no go.mod; its other packages are then main/<folder>.
folder=$(dirname "$entry")
if [ ! -e go.mod ] && [ ! -e "$folder/go.mod" ]; then
  printf 'module main\n\ngo %s\n' "$(go env GOVERSION | sed -E 's/^go([0-9]+\.[0-9]+).*/\1/')" > go.mod
fi

output=$PWD/main
cd "$folder" || exit 1
exec go build -o "$output" "$@" .
