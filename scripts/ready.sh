# shellcheck shell=bash
# Waits for the started application and runs a program on it. Sourced after common.sh; $app is the application's session.

# await_ready URL SECONDS: until every check of the Gateway passes; says what it waits for.
await_ready() {
  local url=$1 limit=$2 started=$SECONDS said=0 answer=
  while session_alive "$app" && [[ -z $stopping ]]; do
    answer=$(curl -sS -m 10 "$url/health/ready" 2>&1) && [[ $(jq -r .status <<<"$answer" 2>/dev/null) == healthy ]] && return 0
    if ((SECONDS - started >= said + 10)); then
      said=$((SECONDS - started))
      say "    ${said} s: waiting for $(not_ready "$answer")"
    fi
    if ((SECONDS - started >= limit)); then
      say "Not ready after $limit s: $(not_ready "$answer")"
      return 1
    fi
    sleep 0.3
  done
  return 1
}

not_ready() {
  jq -er '[.checks | to_entries[] | select(.value.status != "healthy") | .key + (if .value.description then " (" + .value.description + ")" else "" end)] | join(", ")' \
    <<<"$1" 2>/dev/null || printf '%s' "the gateway"
}

# prove URL: a program really runs, from its input to its output.
prove() {
  local answer
  answer=$(curl -sS -m 60 "$1/api/v1/executions" -H 'Content-Type: application/json' -d @- <<'JSON'
{ "language": "python", "files": [{ "path": "main.py", "content": "print(input()[::-1])" }], "stdin": "abc" }
JSON
  ) || return 1
  [[ $(jq -r '.outcome + ":" + .run.stdout' <<<"$answer" 2>/dev/null) == succeeded:cba ]] && return 0
  say "A program that should print \"cba\" was answered with: $answer"
  return 1
}
