#!/bin/sh
# Compiles the compile stage's program and the hosts that wait, and archives the classes that they and most programs load:
# loading them is most of the time that a JVM takes to start.
# Usage: prepare.sh <toolchain folder>
set -e

sources=$(cd "$(dirname "$0")" && pwd)/prepared
headers=$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")/include
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

javac -d "$1" "$sources"/*.java
gcc -std=gnu11 -O2 -Wall -Wextra -fPIC -shared -I "$sources/../.." -I "$headers" -I "$headers/linux" -o "$1/host.so" "$sources"/*.c
gcc -std=c17 -D_GNU_SOURCE -O2 -Wall -Wextra -fPIC -shared -o "$1/leaving.so" "$sources/../../leaving.c"

java -XX:DumpLoadedClassList="$work/run" -cp "$1" WarmUp
TMPDIR=$work java -XX:DumpLoadedClassList="$work/compile" -cp "$1" CompileHost "$sources/WarmUp.java" 3< /dev/null
# Of the class library alone: then the archive holds for every class path.
cat "$work/run" "$work/compile" | grep -vE '(^| )(WarmUp|Compiler|CompileHost)' | awk '!seen[$0]++' > "$work/classes"
java -Xshare:dump -XX:+UseSerialGC -Xlog:disable -XX:SharedClassListFile="$work/classes" -XX:SharedArchiveFile="$1/java.jsa" \
  -cp "$work/none"
