#!/bin/sh
# Prints name and version of the libraries that an operator has installed, a line each.

cd /usr/share/java || exit 1
for name in commons-lang3 commons-math3 gson guava; do
  [ ! -e "$name.jar" ] || basename "$(ls $name-[0-9]*.jar | head -n 1)" .jar | sed -E 's/-([0-9])/ \1/'
done
