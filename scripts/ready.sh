# shellcheck shell=bash
# Waits for the started application and runs a program on it. Sourced after common.sh; $app is the application's session.

# Programs run before everything else is there; that long we wait for the rest.
degraded_seconds=20

# await_ready URL SECONDS: until every check of the Gateway passes; says what it waits for.
await_ready() {
  local url=$1 limit=$2 started=$SECONDS said=0 seconds answer
  while session_alive "$app" && [[ -z $stopping ]]; do
    answer=$(curl -sS -m 15 "$url/health/ready" 2>&1) || true
    seconds=$((SECONDS - started))
    case $(jq -r .status <<<"$answer" 2>/dev/null) in
      healthy) return 0 ;;
      degraded)
        if ((seconds >= degraded_seconds)); then
          say "    going on without $(not_ready "$answer")"
          return 0
        fi
        ;;
    esac
    if ((seconds >= limit)); then
      say "Not ready after $limit s: $(not_ready "$answer")"
      return 1
    fi
    if ((seconds >= said + 10)); then
      said=$seconds
      say "    ${seconds} s: waiting for $(not_ready "$answer")"
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

# status_page LOG: says where the page of the AppHost, or Aspire's dashboard, is.
status_page() { sed -nE 's#.*(Status page|Login to the dashboard)( at|:) (https?://[^ ]+).*#\1: \3#p' "$1" | head -n 1; }
