#!/usr/bin/env bash
# Makes, lists and revokes API keys of the OnlineCompiler that runs from this checkout. Its Redis has a password made at its
# start, which only the environment of its Gateway holds; set ConnectionStrings__redis to manage the keys of another one.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
gateway=$root/Gateway/bin/${configuration:-Release}/net10.0/Gateway

# The connection string of the Gateway that runs; nothing when none does.
running_store() {
  local process program
  for process in /proc/[0-9]*; do
    mapfile -d '' -t program 2>/dev/null <"$process/cmdline" || continue
    [[ ${program[0]:-} == "$gateway" || ${program[1]:-} == "$gateway.dll" ]] || continue
    tr '\0' '\n' 2>/dev/null <"$process/environ" | sed -n 's/^ConnectionStrings__redis=//p' && return
  done
}

if [[ ! -x $gateway ]]; then
  echo "api-key.sh: nothing is built yet; ./run.sh does that" >&2
  exit 1
fi
ConnectionStrings__redis=${ConnectionStrings__redis:-$(running_store)}
export ConnectionStrings__redis
exec "$gateway" api-key "$@"
