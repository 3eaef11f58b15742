#!/bin/sh
# Compiles the sources, and writes down which object to start.
# Usage: compile.sh <toolchain folder> <heap in MiB> <entry point> <sources and compiler arguments>...

toolchain=$1
heap_mib=$2
entry=$3
shift 3

java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData -Xss8m -Xmx"$heap_mib"m \
  -Xlog:disable -Xshare:auto -XX:SharedArchiveFile="$toolchain/compiler.jsa" \
  -cp /usr/share/java/scala-compiler.jar:/usr/share/java/scala-library.jar:/usr/share/java/scala-reflect.jar:/usr/share/java/scala-xml_2.11.jar:/usr/share/java/scala-parser-combinators_2.11.jar \
  scala.tools.nsc.Main -usejavacp -encoding UTF-8 -deprecation -feature -d . "$@" || exit 1

# The first object of the entry point that can be started. Without one, java itself says what is missing.
package=$(sed -nE 's/^package +([A-Za-z0-9_.]+)[ ;]*$/\1/p' "$entry" | paste -s -d .)
folder=$(printf '%s' "$package" | tr . /)
main_class=Main
for object in $(sed -nE 's/.*\bobject +([A-Za-z0-9_]+).*/\1/p' "$entry"); do
  file=./${folder:+$folder/}$object.class
  if grep -qs '(\[Ljava/lang/String;)V' "$file" && grep -q main "$file"; then
    main_class=${package:+$package.}$object
    break
  fi
done
printf '%s\n' "$main_class" > main-class.args
