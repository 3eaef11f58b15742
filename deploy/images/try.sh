#!/usr/bin/env bash
# Runs the whole from its images as ECS would: what each container is told, as whom it runs, that nobody writes its root, its volumes
# and its health check are those of a synthesised template. Then runs a program of each language through the Gateway.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$root/deploy/images"
source images.sh
source storage.sh
source containers.sh

usage() {
  cat <<'TEXT'
Usage: deploy/images/try.sh [--build] [ENVIRONMENT]

  --build       builds the images first, with build.sh
  ENVIRONMENT   whose task definitions are taken: staging (default) or production, which run programs in sandboxes of namespaces

Needs root, what build.sh needs, aardvark-dns, iptables, jq and curl. Leaves no container and no network behind.
TEXT
}

environment=staging
while (($# > 0)); do
  case $1 in
    --build) ./build.sh ;;
    staging | production) environment=$1 ;;
    *) usage >&2 && exit 2 ;;
  esac
  shift
done

trap cleanup EXIT
trap 'exit 130' INT TERM
synthesise "$environment"
start_network
start_redis

declare -A secrets=(
  [ConnectionStrings__redis]="redis:6379,password=$redis_password"
  [Ai__ApiKey]=not-a-key
)
# In the order of who calls whom, as the services are deployed.
for service in session execution ai gateway; do start_task "$service"; done
for service in session execution ai gateway; do await_healthy "$service"; done
for service in session execution ai gateway; do check_promises "$service"; done

site=http://$(address_of gateway):8080
echo "==> Programs, through the Gateway"
# run_program LANGUAGE FILE SOURCE
run_program() {
  local answer
  answer=$(jq -n --arg language "$1" --arg path "$2" --arg content "$3" '{ language: $language, files: [{ path: $path, content: $content }], stdin: "21" }' |
    curl -sS --max-time 90 "$site/api/v1/executions" -H 'Content-Type: application/json' --data @-)
  [[ $(jq -r .run.stdout <<<"$answer") == 42 ]] || fail "$1 did not print 42: $answer"
  jq -r '"    \(.language) \(.version): 42, \(.isolation // "in full isolation"), run in \(.run.wallTimeMs) ms"' <<<"$answer"
}
# What reads a number and prints its double, in each of the core languages.
declare -A files=(
  [bash]=main.sh [c]=main.c [cpp]=main.cpp [csharp]=Program.cs [java]=Main.java [javascript]=main.js [python]=main.py [typescript]=main.ts
)
declare -A programs=(
  [bash]='read -r n; echo $((n * 2))'
  [c]='#include <stdio.h>
int main(void) { int n; return scanf("%d", &n) == 1 && printf("%d\n", n * 2) ? 0 : 1; }'
  [cpp]='#include <iostream>
int main() { int n; std::cin >> n; std::cout << n * 2 << std::endl; }'
  [csharp]='System.Console.WriteLine(int.Parse(System.Console.ReadLine()!) * 2);'
  [java]='import java.util.Scanner;
public class Main { public static void main(String[] a) { System.out.println(new Scanner(System.in).nextInt() * 2); } }'
  [javascript]='console.log(Number(require("fs").readFileSync(0, "utf8")) * 2)'
  [python]='print(int(input()) * 2)'
  [typescript]='import { readFileSync } from "node:fs"; const n: number = Number(readFileSync(0, "utf8")); console.log(n * 2)'
)
mapfile -t installed < <(curl -fsS --max-time 30 "$site/api/v1/languages" | jq -r '.languages[] | select(.installed) | .id')
ran=0
for language in "${installed[@]}"; do
  [[ -v programs[$language] ]] || continue
  run_program "$language" "${files[$language]}" "${programs[$language]}"
  ran=$((ran + 1))
done
((ran > 0)) || fail "there is no language to try among: ${installed[*]}"

# save_program SITE: and reads it again, as the owner that the answer's cookie says.
save_program() {
  local saved read
  saved=$(curl -sS --max-time 30 --cookie-jar "$work/cookies" "$1/api/v1/sessions" -H 'Content-Type: application/json' \
    -d '{ "language": "python", "files": [{ "path": "main.py", "content": "print(1)" }] }')
  read=$(curl -sS --max-time 30 --cookie "$work/cookies" "$1/api/v1/sessions/$(jq -r '.id // empty' <<<"$saved")")
  [[ $(jq -r '.files[0].content' <<<"$read") == 'print(1)' ]] || fail "what was saved is not there: $saved, $read"
  echo "    saved and read again"
}
echo "==> A program is saved, in Redis by way of Session"
save_program "$site"

if pod image exists "$(name_of function)"; then
  synthesise serverless
  known=(Gateway__Oidc__Audiences__0=page Gateway__Oidc__Authority=https://issuer.invalid AI_KEY_SECRET= services__execution__grpc__0=http://execution:8081)
  start_function gateway "${known[@]}"
  start_function session "${known[@]}" Sessions__Store=Redis "ConnectionStrings__redis=redis:6379,password=$redis_password"
  start_function ai "${known[@]}"
  for name in gateway session ai; do await_function "$name"; done
  site=http://$(address_of function-gateway):8080
  run_program python main.py "${programs[python]}"
  save_program "http://$(address_of function-session):8080"
  for name in gateway session ai; do stop_task "function-$name"; done
fi

echo "==> Stopping"
for service in gateway ai execution session; do stop_task "$service"; done
echo "==> Sizes"
for service in "${all_images[@]}"; do
  ! pod image exists "$(name_of "$service")" || printf '    %-10s %s\n' "$service" "$(pod image inspect --format '{{.Size}}' "$(name_of "$service")" | awk '{ printf "%.0f MB", $1 / 1e6 }')"
done
echo "The whole runs from its images."
