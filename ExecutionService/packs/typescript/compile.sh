#!/bin/sh
# Type-checks the sources and writes JavaScript beside each of them.
# Usage: compile.sh <toolchain folder> <sources and compiler arguments>...
#
# Node takes a .js file for an ES module only if package.json says so, and the compiler checks by the same rule.
# Without one a program becomes CommonJS, where imports need no file extension. Only ES modules know a top-level await
# and import.meta: a program that has them is recognised by the compiler's own words, and compiled again as one.

modules=$1/node_modules
shift

# The native binary itself: the "tsc" that npm knows is a script, and Node needs 40 ms to start it. Before version 7 there
# was only the script, and no configuration to ignore when files are named.
tsc=$(echo "$modules"/@typescript/typescript-linux-*/lib/tsc)
if [ -x "$tsc" ]; then
  tsc() { "$tsc" --ignoreConfig "$@"; }
else
  tsc() { node "$modules/typescript/lib/tsc.js" "$@"; }
fi

compile() {
  # Target and libraries are those of Node 20; without a browser's, a variable may be called "name".
  tsc --pretty false --strict --skipLibCheck --noEmitOnError --inlineSourceMap \
    --target es2023 --lib es2023 --types node --typeRoots "$modules/@types" \
    --module node20 --moduleDetection force --resolveJsonModule --rewriteRelativeImportExtensions "$@"
}

diagnostics=$(compile "$@")
status=$?

case $diagnostics in
  *"error TS1309:"* | *"error TS1470:"*)
    if [ ! -e package.json ]; then
      echo '{ "type": "module" }' > package.json
      diagnostics=$(compile "$@")
      status=$?
    fi
    ;;
esac

[ -z "$diagnostics" ] || printf '%s\n' "$diagnostics"
exit "$status"
