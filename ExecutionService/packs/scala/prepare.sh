#!/bin/sh
# Archives the compiler's loaded classes, so that a compilation does not spend half of its time on loading them.
# Usage: prepare.sh <toolchain folder>
set -e

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat > "$work/Main.scala" <<'END'
import scala.io.StdIn
import scala.util.Try

case class Item(name: String, count: Int)

object Main extends App {
  val items = Iterator.continually(StdIn.readLine()).takeWhile(_ != null).map(line => Item(line, line.length)).toList
  for ((count, group) <- items.groupBy(_.count)) println(s"$count: ${group.map(_.name).mkString(", ")}")
}
END

java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xss8m -Xlog:disable -XX:ArchiveClassesAtExit="$1/compiler.jsa" \
  -cp /usr/share/java/scala-compiler.jar:/usr/share/java/scala-library.jar:/usr/share/java/scala-reflect.jar:/usr/share/java/scala-xml_2.11.jar:/usr/share/java/scala-parser-combinators_2.11.jar \
  scala.tools.nsc.Main -usejavacp -d "$work" "$work/Main.scala"
