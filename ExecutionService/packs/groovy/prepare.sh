#!/bin/sh
# Archives Groovy's loaded classes: loading them is most of the time that a small program takes.
# Then builds what boots Groovy ahead of need, with the C compiler that the service's launcher is built with.
# Usage: prepare.sh <toolchain folder>
set -e

program=$(mktemp --suffix .groovy)
trap 'rm -f "$program"' EXIT
cat > "$program" <<'END'
import groovy.json.JsonSlurper

class Item {
    String word
    int getSize() { word.size() }
}

def input = System.in.newReader()
def items = (input.readLine() ?: 'one two three').split(' ').collect { new Item(word: it) }
println items.groupBy { it.size }.collect { size, same -> "$size: ${same*.word.join(', ')}" }.sort()
println new JsonSlurper().parseText('[1, 2]').sum() + (1..3).inject { a, b -> a * b }
try {
    '?'.toInteger()
} catch (NumberFormatException error) {
    println error.message
}
END

java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xlog:disable -XX:ArchiveClassesAtExit="$1/groovy.jsa" \
  -cp /usr/share/java/groovy-all.jar groovy.ui.GroovyMain "$program" < /dev/null > /dev/null

packs=$(dirname "$0")/..
gcc -std=c17 -D_GNU_SOURCE -O2 -Wall -Wextra -fPIC -shared -I "$packs" -o "$1/host.so" "$packs/groovy/prepared/host.c"
