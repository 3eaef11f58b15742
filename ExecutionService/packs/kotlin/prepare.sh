#!/bin/sh
# Archives the compiler's loaded classes, so that a compilation does not spend half of its time on loading them.
# Usage: prepare.sh <toolchain folder>
set -e

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat > "$work/Main.kt" <<'END'
data class Item(val name: String, val count: Int)

fun main(args: Array<String>) {
    val items = generateSequence(::readlnOrNull).map { Item(it, it.length) }.toList()
    for ((count, group) in items.groupBy { it.count }) println("$count: ${group.joinToString { it.name }}")
    args.mapNotNull { it.toIntOrNull() }.forEach { number -> println(number * 2) }
}
END

# The archive holds for these paths only, so it is made under those that the sandbox has.
compiler=/opt/toolchains/kotlin/node_modules/kotlin-compiler
bwrap --dev-bind / / --tmpfs /opt --bind "$1" /opt/toolchains/kotlin --bind "$work" "$work" \
  java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xss8m -Xlog:disable \
  -XX:ArchiveClassesAtExit=/opt/toolchains/kotlin/compiler.jsa -cp "$compiler/lib/kotlin-compiler.jar" \
  org.jetbrains.kotlin.cli.jvm.K2JVMCompiler -kotlin-home "$compiler" -d "$work/out" "$work/Main.kt"
