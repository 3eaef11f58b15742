#!/bin/sh
# Compiles the sources, and writes down which class to start.
# Usage: compile.sh <toolchain folder> <heap in MiB> <entry point> <sources and compiler arguments>...

toolchain=$1
heap_mib=$2
entry=$3
shift 3

compiler=$toolchain/node_modules/kotlin-compiler
java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData -Xss8m -Xmx"$heap_mib"m \
  -Xlog:disable -Xshare:auto -XX:SharedArchiveFile="$toolchain/compiler.jsa" \
  -cp "$compiler/lib/kotlin-compiler.jar" org.jetbrains.kotlin.cli.jvm.K2JVMCompiler -kotlin-home "$compiler" \
  -cp "$compiler/lib/kotlin-test.jar:$compiler/lib/kotlinx-coroutines-core-jvm.jar" -d . "$@" || exit 1

# The functions of "my prog.kt" are in the class My_progKt. Where main is elsewhere, any class that has one will do.
package=$(sed -nE 's/^package +([A-Za-z0-9_.]+)[ ;]*$/\1/p' "$entry" | head -n 1)
folder=$(printf '%s' "$package" | tr . /)
stem=$(basename "$entry" .kt | sed -E 's/[^[:alnum:]_]/_/g; s/^[0-9]/_&/; s/^./\U&/')
usual=${folder:+$folder/}${stem}Kt.class
main_class=${usual%.class}
[ -e "$usual" ] || usual=
for file in "$usual" $(find . -name '*.class' ! -name '* *' | sed 's|^\./||' | sort); do
  if [ -n "$file" ] && grep -q '(\[Ljava/lang/String;)V' "$file" && grep -q main "$file"; then
    main_class=${file%.class}
    break
  fi
done
printf '%s\n' "$main_class" | tr / . > main-class.args
