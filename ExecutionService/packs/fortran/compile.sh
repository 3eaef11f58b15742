#!/bin/sh
# Compiles the sources in the order in which their modules need each other.
# Usage: compile.sh <sources and compiler arguments>...

count=0
for argument in "$@"; do
  case $argument in
    *.[fF]90 | *.[fF]95 | *.[fF]03 | *.[fF]08 | *.[fF] | *.[fF][oO][rR]) count=$((count + 1)) ;;
    *) break ;;
  esac
done

# Pairs of a file with a module and one that uses it, then in order; by position, since names may hold blanks.
order() {
  awk -v count="$count" '
    BEGIN { for (ARGC = 1; ARGC <= count; ARGC++) ARGV[ARGC] = "./" ARGV[ARGC] }
    FNR == 1 { file++; print file, file }
    { sub(/!.*/, ""); words = split(tolower($0), word, /[ \t,:;]+/); first = word[1] == "" ? 2 : 1 }
    word[first] == "module" && words > first && word[first + 1] !~ /^(procedure|function|subroutine)$/ { home[word[first + 1]] = file }
    word[first] == "use" { name = word[first + 1] ~ /intrinsic$/ ? word[first + 2] : word[first + 1]; uses[file, name] }
    END { for (key in uses) { split(key, pair, SUBSEP); if (pair[2] in home) print home[pair[2]], pair[1] } }
  ' "$@" | tsort
}

if [ "$count" -gt 1 ]; then
  total=$#
  for position in $(order "$@") $(seq $((count + 1)) "$total"); do
    eval "set -- \"\$@\" \"\${$position}\""
  done
  shift "$total"
fi
exec gfortran -O2 -g -fdiagnostics-plain-output -J "$TMPDIR" -I. -o main "$@"
