#!/bin/sh
# Compiles the crate whose root is the entry point; its modules are found from there.
# Usage: compile.sh <entry point> <compiler arguments>...

entry=$1
shift

# rustc takes the edition once only, so ours goes in when the request names none.
case " $* " in
  *" --edition"*) ;;
  *) set -- --edition=2024 "$@" ;;
esac

exec rustc --crate-name main --crate-type bin -C opt-level=3 -C strip=debuginfo -o main "$@" "$entry"
