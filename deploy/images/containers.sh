# shellcheck shell=bash
# Containers as the task definitions of a template want them, by podman. Sourced by try.sh, after storage.sh.

fail() {
  echo "$(basename "$0"): $*" >&2
  for name in "${started[@]}"; do
    echo "--- the end of $name's log" >&2
    pod logs --tail 15 "$(container_of "$name")" >&2 2>&1 || true
  done
  exit 1
}

work=$(mktemp -d) network=oc-try-$$ started=()
pod() { podman "${stored[@]}" --log-level error "$@"; }
container_of() { printf 'oc-try-%s-%s' "$$" "$1"; }
address_of() { pod inspect --format "{{(index .NetworkSettings.Networks \"$network\").IPAddress}}" "$(container_of "$1")"; }

cleanup() {
  trap '' INT TERM
  for name in "${started[@]}"; do pod rm --force --time 0 --volumes "$(container_of "$name")" >/dev/null 2>&1 || true; done
  pod network rm --force "$network" >/dev/null 2>&1 || true
  rm -rf "$work"
}

# synthesise ENVIRONMENT: its templates, as CloudFormation would get them.
synthesise() {
  echo "==> Synthesising $1"
  (cd "$root/deploy" && CDK_OUTDIR=$work/$1 CDK_CONTEXT_JSON="{ \"environment\": \"$1\", \"imageTag\": \"local\" }" \
    dotnet run -c Release --project OnlineCompiler.Deploy >"$work/synth.log" 2>&1) || { tail -n 20 "$work/synth.log" >&2 && fail "$1 could not be synthesised"; }
  template=$(echo "$work/$1"/*-Services.template.json)
}

# asked SERVICE FILTER: of the container that the service's task defines.
asked() {
  jq -r --arg service "$1" "[.Resources[] | select(.Type == \"AWS::ECS::TaskDefinition\") | .Properties.ContainerDefinitions[] | select(.Name == \$service)][0] | $2" "$template"
}

start_network() {
  pod network create "$network" >/dev/null
}

# Of Debian, as the other images are, with a password as in production.
start_redis() {
  local image container
  image=$(name_of redis)
  redis_password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
  if ! pod image exists "$image"; then
    echo "==> Redis, of Debian's"
    container=$(buildah "${stored[@]}" from "$(name_of base-base_image)")
    buildah "${stored[@]}" run --isolation chroot "$container" -- sh -c 'apt-get -q update && DEBIAN_FRONTEND=noninteractive apt-get -q install -y --no-install-recommends redis-server' >"$work/redis.log" 2>&1
    buildah "${stored[@]}" commit --quiet --rm "$container" "$image" >/dev/null
  fi
  started+=(redis)
  pod run --detach --name "$(container_of redis)" --network "$network" --network-alias redis --read-only --cap-drop all --user redis "$image" \
    redis-server --protected-mode no --save '' --requirepass "$redis_password" >/dev/null
}

# start_task SERVICE
start_task() {
  local service=$1 key value options=()
  while IFS=$'\t' read -r key value; do
    # What only AWS will know: the pool that signs users in.
    [[ $value != *'"Fn::'* && $value != *'"Ref"'* ]] || value=https://issuer.invalid
    options+=(--env "$key=$value")
  done < <(asked "$service" '.Environment[] | [.Name, (.Value | if type == "string" then . else tojson end)] | @tsv')
  while read -r key; do
    [[ -v secrets[$key] ]] || fail "$service is given the secret $key, of which nothing is known here"
    options+=(--env "$key=${secrets[$key]}")
  done < <(asked "$service" '.Secrets // [] | .[].Name')
  while read -r value; do
    case $value in
      # As Fargate does it: a volume that begins as what the image has there.
      /tmp) options+=(--mount "type=volume,destination=/tmp") ;;
      *)
        install -d -m 0700 "$work/$service$value"
        options+=(--volume "$work/$service$value:$value")
        ;;
    esac
  done < <(asked "$service" '.MountPoints // [] | .[].ContainerPath')
  [[ $(asked "$service" .ReadonlyRootFilesystem) != true ]] || options+=(--read-only --read-only-tmpfs=false)
  [[ $(asked "$service" .Privileged) != true ]] || options+=(--privileged)
  value=$(asked "$service" '.Memory // empty')
  [[ -z $value ]] || options+=(--memory "${value}m")
  echo "==> $service, as $(asked "$service" .User)$([[ $(asked "$service" .Privileged) != true ]] || echo ', privileged')"
  started+=("$service")
  # Nobody here would run a health check at its times; await_healthy does.
  pod run --detach --name "$(container_of "$service")" --network "$network" --network-alias "$service" --no-healthcheck \
    --user "$(asked "$service" .User)" "${options[@]}" "$(name_of "$service")" >/dev/null
}

# start_function NAME [SETTING…]: the function's image as Lambda starts it, without its adapter; the settings are here what only AWS would
# know. Its last one wins, so they come after the template's.
start_function() {
  local name=$1 setting options=()
  while read -r setting; do options+=(--env "$setting"); done < <(jq -r --arg name "$name" '.Resources[] | select(.Type == "AWS::Lambda::Function") | .Properties.Environment.Variables
    | select(.FUNCTION_SERVICES == $name) | to_entries[] | select(.value | type == "string") | "\(.key)=\(.value)"' "$template")
  ((${#options[@]} > 0)) || fail "there is no function $name in the template"
  for setting in "${@:2}"; do options+=(--env "$setting"); done
  echo "==> function $name, as 1654"
  started+=("function-$name")
  pod run --detach --name "$(container_of "function-$name")" --network "$network" --no-healthcheck --read-only --read-only-tmpfs=false --cap-drop all \
    --user 1654:1654 --mount type=volume,destination=/tmp "${options[@]}" "$(name_of function)" >/dev/null
}

# await_function NAME: by the path that the adapter asks.
await_function() {
  local name=$1 path began=$SECONDS
  path=$(jq -r --arg name "$name" '[.Resources[] | select(.Properties.Environment.Variables.FUNCTION_SERVICES? == $name)][0].Properties.Environment.Variables.AWS_LWA_READINESS_CHECK_PATH' "$template")
  until curl -fsS --max-time 30 "http://$(address_of "function-$name"):8080$path" >/dev/null 2>&1; do
    [[ $(pod inspect --format '{{.State.Running}}' "$(container_of "function-$name")") == true ]] || fail "function-$name ended by itself"
    ((SECONDS - began < 60)) || fail "function-$name is not ready"
    sleep 0.2
  done
  pod exec "$(container_of "function-$name")" sh -c 'test -x /opt/extensions/lambda-adapter' || fail "function-$name has no adapter that could be run"
  ! pod exec "$(container_of "function-$name")" sh -c ': >/written' 2>/dev/null || fail "function-$name can write its root"
}

# await_healthy SERVICE: by the template's health check, and then by the image's own.
await_healthy() {
  local service=$1 container command began=$SECONDS
  container=$(container_of "$service")
  command=$(asked "$service" '.HealthCheck.Command | if .[0] == "CMD-SHELL" then .[1] else error("no shell command") end')
  until pod exec "$container" sh -c "$command" >/dev/null 2>&1; do
    [[ $(pod inspect --format '{{.State.Running}}' "$container") == true ]] || fail "$service ended by itself"
    ((SECONDS - began < 300)) || fail "$service is not healthy: $(pod exec "$container" sh -c "${command/-fsS/-sS}" 2>&1 || true)"
    sleep 0.5
  done
  mapfile -t own < <(pod image inspect "$(name_of "$service")" | jq -r '.[0].HealthCheck.Test // .[0].Healthcheck.Test | if .[0] == "CMD-SHELL" then "sh", "-c", .[1] else .[1:][] end')
  ((${#own[@]} > 0)) || fail "$service has no health check in its image"
  pod exec "$container" "${own[@]}" >/dev/null || fail "$service is not well, its image's own check says"
  echo "    $service is healthy after $((SECONDS - began)) s"
}

# check_promises SERVICE: what the image and the task say of it is so.
check_promises() {
  local service=$1 container process user
  container=$(container_of "$service")
  process=$(pod inspect --format '{{.State.Pid}}' "$container")
  user=$(awk '$1 == "Uid:" { print $2 }' "/proc/$process/status")
  [[ $user == "$(asked "$service" '.User | if . == "root" then "0" else . end')" ]] || fail "$service runs as $user"
  ! pod exec "$container" sh -c ': >/written' 2>/dev/null || fail "$service can write its root"
  pod exec "$container" sh -c ': >/tmp/written' || fail "$service cannot write /tmp"
  pod exec "$container" sh -c "test -s /usr/share/sbom/$service.cdx.json" || fail "$service does not say what it is made of"
}

# stop_task SERVICE: ends by itself, and says that all is well.
stop_task() {
  local began=$SECONDS code
  pod stop --time 120 "$(container_of "$1")" >/dev/null
  code=$(pod inspect --format '{{.State.ExitCode}}' "$(container_of "$1")")
  [[ $code == 0 ]] || fail "$1 ended with status $code"
  echo "    $1 ended by itself after $((SECONDS - began)) s"
}
