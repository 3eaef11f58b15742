#!/bin/sh
# Compiles with headers compiled before (prepare.sh) and with the faster linker, and says what g++ says without them.
# Usage: compile.sh <toolchain folder> <sources and compiler arguments>...

toolchain=$1
shift

compile() {
  g++ $usual_standard -O2 -Wall -ftabstop=1 -I. -isystem /usr/include/eigen3 -o main "$@"
}

# With any argument but these the headers or the linking could turn out differently, in ways that GCC does not see.
# A standard before another one leaves traces (after -std=gnu++20, C++17 has coroutines), so only one is given.
standard=gnu++20 usual_standard=-std=gnu++20 unusual=
for argument; do
  case $argument in
    -std=*) standard=${argument#-std=} usual_standard= ;;
    -Wsystem-headers | -W[alp],*) unusual=yes ;;
    -W* | -w | -pedantic | -O | -O[123] | -D* | -I* | -l* | [!-@]*) ;;
    *) unusual=yes ;;
  esac
done
if [ "$unusual" ]; then
  compile "$@"
  exit
fi

# Last, so that the program's own headers come first. GCC ignores a precompiled header that does not fit.
headers=$toolchain/include/$standard
messages=$TMPDIR/messages
compile "$@" -isystem "$headers" -fuse-ld=gold 2> "$messages"
status=$?
[ -s "$messages" ] || exit $status

# "In file included from …" ends with the line of the program that includes the header. Where only one does, it is known.
header=$(sed -nE 's|.* from precompiled:/(.*):1[,:]$|\1|p' "$messages" | sort -u | sed '$!Q')
if [ "$header" ]; then
  place=$(
    for argument; do
      case $argument in
        *.cpp | *.cc | *.cxx) grep -Hn -e "^[[:space:]]*#[[:space:]]*include[[:space:]]*[<\"]$header[>\"]" -- "$argument" ;;
      esac
    done | sed -nE '$!Q; s/^([A-Za-z0-9_.\/-]+:[0-9]+):.*/\1/p'
  )
  [ -z "$place" ] || sed -i "s|from precompiled:/$header:1\([,:]\)\$|from $place\1|" "$messages"
fi

# What still names a precompiled header, or comes from the linker, has to be said anew.
if grep -qF -e precompiled:/ -e "$toolchain/" -e "$TMPDIR/" -e collect2 "$messages"; then
  compile "$@"
  exit
fi
cat "$messages" >&2
exit $status
