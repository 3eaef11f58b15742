#!/bin/sh
# The function's first process: the one service beside the Gateway that FUNCTION_SERVICES names, and, once that answers, the Gateway.
# When one of them ends, all of it does, and Lambda starts another; when it is told to stop, both are.
set -eu
apps=${0%/*}
# The Gateway finds them here by services__session__grpc__0 and services__ai__grpc__0.
session_grpc=${FUNCTION_SESSION_PORT:-9080} ai_grpc=${FUNCTION_AI_PORT:-9081}

fail() {
  echo "start.sh: $*" >&2
  exit 1
}

# Signed by curl with the function's own role; neither the keys nor the answer are in any argument, which others could read.
read_secret() {
  # First the answer: of a pipe only the last command's status is known.
  answer=$(printf 'user = "%s:%s"\nheader = "X-Amz-Security-Token: %s"\n' "$AWS_ACCESS_KEY_ID" "$AWS_SECRET_ACCESS_KEY" "$AWS_SESSION_TOKEN" |
    curl --config - --silent --show-error --fail --max-time 10 --aws-sigv4 "aws:amz:$AWS_REGION:secretsmanager" \
      --header 'Content-Type: application/x-amz-json-1.1' --header 'X-Amz-Target: secretsmanager.GetSecretValue' \
      --data "{\"SecretId\":\"$1\"}" "${AWS_ENDPOINT_URL_SECRETS_MANAGER:-https://secretsmanager.$AWS_REGION.amazonaws.com}/") || return 1
  printf '%s' "$answer" | jq --exit-status --raw-output .SecretString
}

gateway='' neighbour=''
stop() {
  trap '' TERM INT
  [ -z "$gateway" ] || kill -TERM "$gateway" 2>/dev/null || true
  [ -z "$neighbour" ] || kill -TERM "$neighbour" 2>/dev/null || true
}

# start_neighbour PROGRAM GRPC_PORT: answers gRPC there, and says how it is 100 ports above; both on localhost alone.
start_neighbour() {
  http=http://127.0.0.1:$(($2 + 100))
  # Its end is the end of all.
  (
    trap 'kill -TERM "$service" 2>/dev/null' TERM INT
    cd "$apps/${1%/*}"
    ASPNETCORE_URLS=$http GRPC_PORT=$2 dotnet "$apps/$1" &
    service=$!
    # Each signal ends a wait, and there may be several before the service is over.
    while kill -0 "$service" 2>/dev/null; do wait "$service" || true; done
    kill -TERM "$$" 2>/dev/null || true
  ) &
  neighbour=$!
  until curl --silent --fail --output /dev/null "$http/health/live"; do
    kill -0 "$neighbour" 2>/dev/null || fail "$1 ended before it answered"
    sleep 0.02
  done
}

trap stop TERM INT
case ${FUNCTION_SERVICES:-} in
  gateway) ;;
  session) start_neighbour session/SessionService.dll "$session_grpc" ;;
  ai)
    if [ -n "${AI_KEY_SECRET:-}" ]; then
      key=$(read_secret "$AI_KEY_SECRET") || fail "the secret $AI_KEY_SECRET could not be read"
      # For this process alone: the Gateway is started without it.
      Ai__ApiKey=$key
      export Ai__ApiKey
    fi
    start_neighbour ai/AiService.dll "$ai_grpc"
    unset Ai__ApiKey key
    ;;
  *) fail "FUNCTION_SERVICES must be gateway, session or ai, not \"${FUNCTION_SERVICES:-}\"" ;;
esac

unset GRPC_PORT
# Each where its settings are.
cd "$apps/gateway"
dotnet "$apps/gateway/Gateway.dll" &
gateway=$!
status=0
wait "$gateway" || status=$?
# A signal ends the wait, and not yet the Gateway.
if kill -0 "$gateway" 2>/dev/null; then
  status=0
  wait "$gateway" || status=$?
fi
stop
[ -z "$neighbour" ] || wait "$neighbour" || true
exit "$status"
