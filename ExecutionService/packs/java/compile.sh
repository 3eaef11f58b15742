#!/bin/sh
# Compiles the sources, and writes down which class to start.
# Usage: compile.sh <heap in MiB> <entry point> <sources and compiler arguments>...

heap_mib=$1
entry=$2
shift 2

stem=$(basename "$entry" .java)

# Java insists that a public class lives in a file of its own name; people paste any class into Main.java. Such an entry
# point is compiled under the name that Java wants, and called by its own in what the compiler says.
public_types=$(sed -nE \
  's/^public +((abstract|final|sealed|non-sealed|strictfp) +)*(class|interface|enum|record) +([^ \t\r{<(]+).*/\4/p' \
  "$entry")
wanted=$(printf '%s\n' "$public_types" | head -n 1)
renamed=$TMPDIR/$wanted.java
if [ -n "$wanted" ] && [ ! -e "$(dirname "$entry")/$wanted.java" ] && ! printf '%s\n' "$public_types" | grep -qx "$stem"
then
  cp "$entry" "$renamed"
  shift
  set -- "$renamed" "$@"
fi

# The flags make a JVM that is started for a second: one compiler thread fewer, no statistics file, the small collector.
javac -J-XX:+UseSerialGC -J-XX:TieredStopAtLevel=1 -J-XX:-UsePerfData -J-Xshare:auto -J-Xmx"$heap_mib"m \
  -encoding UTF-8 -proc:none -d . "$@" 2> "$TMPDIR/diagnostics"
status=$?
replacement=$(printf '%s' "$entry" | sed 's/[&|\\]/\\&/g')
sed "s|^$renamed:|$replacement:|" "$TMPDIR/diagnostics" >&2
[ "$status" -eq 0 ] || exit "$status"

# Prints the first class of a source that has a main method, the one named like its file before any other.
main_class_of() {
  package=$(sed -nE 's/^[[:space:]]*package[[:space:]]+([^[:space:];]+)[[:space:]]*;.*/\1/p' "$1" | head -n 1)
  folder=$(printf '%s' "$package" | tr . /)
  types=$(grep -oE '(class|record|enum|interface)[[:space:]]+[^[:space:]{<(]+' "$1" | sed -E 's/.*[[:space:]]//')
  for type in "$(basename "$1" .java)" $types; do
    file=./${folder:+$folder/}$type.class
    if [ -e "$file" ] && grep -q '(\[Ljava/lang/String;)V' "$file" && grep -q main "$file"; then
      printf '%s\n' "${package:+$package.}$type"
      return
    fi
  done
}

# Without one, java itself explains what is missing.
main_class=$stem
for source in "$@"; do
  case $source in
    *.java)
      found=$(main_class_of "$source")
      if [ -n "$found" ]; then
        main_class=$found
        break
      fi
      ;;
  esac
done
printf '%s\n' "$main_class" > main-class.args
