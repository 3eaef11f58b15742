#!/usr/bin/env bash
# Tries a deployed site as a person and a program would, for five minutes at most: smoke.sh URL
set -euo pipefail
(($# == 1)) || { echo "Usage: deploy/smoke.sh URL" >&2 && exit 2; }
site=${1%/}
patience=${SMOKE_SECONDS:-300}

fail() {
  echo "smoke.sh: $*" >&2
  exit 1
}

status() { curl -sS -m 30 -o /dev/null -w '%{http_code}' "$@"; }

until [[ $(status "$site/health/ready" || true) == 200 ]]; do
  ((SECONDS < patience)) || fail "$site is not ready: $(curl -sS -m 30 "$site/health/ready" || true)"
  sleep 2
done

answer=$(curl -fsS -m 60 "$site/api/v1/executions" -H 'Content-Type: application/json' \
  -d '{ "language": "python", "files": [{ "path": "main.py", "content": "print(6 * 7)" }] }') || fail "a program could not be run"
[[ $(jq -r .run.stdout <<<"$answer") == 42 ]] || fail "a program did not print 42: $answer"

page=$(curl -fsS -m 30 "$site/s/a-route-of-the-page") || fail "a route of the page is not the page"
[[ $page == *'<div id="root"'* ]] || fail "a route of the page is something else"
[[ $(status "$site/assets/missing.js") == 404 ]] || fail "a missing file is not missing"
[[ $(status "$site/api/v1/missing") == 404 ]] || fail "a missing part of the API is not missing"
echo "$site runs programs, and shows its page."
