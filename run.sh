#!/usr/bin/env bash
# Starts OnlineCompiler on this machine: installs what is missing, builds, starts everything, and proves it with a program.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
source scripts/common.sh
source scripts/install.sh
source scripts/build.sh
source scripts/ready.sh

usage() {
  cat <<'TEXT'
Usage: ./run.sh [--port N] [--languages core|all|ID,ID…] [--libraries] [--data DIR]

  --port N         where the application is served (default 8080)
  --languages …    toolchains to install: core (default), all, or ids such as python,cpp
  --libraries      popular libraries of these languages, too
  --data DIR       where sessions and compilations are kept (default: .data in this folder)
  --install-only   install what is missing, and stop
  --help           this text

Ctrl-C or SIGTERM stops everything.
TEXT
}

port=8080 languages=core libraries=() data=$root/.data install_only=
while (($# > 0)); do
  case $1 in
    --port | --languages | --data)
      (($# > 1)) || misuse "$1 needs a value"
      case $1 in
        --port) port=$2 ;;
        --languages) languages=$2 ;;
        --data) data=$2 ;;
      esac
      shift 2
      ;;
    --libraries)
      libraries=(--libraries)
      shift
      ;;
    --install-only)
      install_only=yes
      shift
      ;;
    --help | -h)
      usage
      exit 0
      ;;
    *) misuse "unknown argument \"$1\"" ;;
  esac
done
if ! [[ $port =~ ^[1-9][0-9]{0,4}$ ]] || ((port > 65535)); then misuse "--port takes a number from 1 to 65535, not \"$port\""; fi
check_languages "$languages"
[[ -n $data ]] || misuse "--data takes a folder"
! port_taken "$port" || fail "port $port is in use; stop what listens there, or choose another with --port"

app='' stopping=''
stop() {
  stopping=yes
  stop_step
  [[ -n $app ]] || exit 130
  say "Stopping…"
  # The signal may come twice; the application needs to hear it once.
  trap '' INT TERM HUP
  kill -TERM "$app" 2>/dev/null || true
}
trap stop INT TERM HUP

install_for_running
install_languages "$languages" "${libraries[@]}"
[[ -z $install_only ]] || exit 0
build "Building" OnlineCompiler.AppHost/OnlineCompiler.AppHost.csproj

mkdir -p "$data"
log=$run_dir/apphost-$port.log
say "==> Starting (log: ${log#"$root"/})"
start_session "$log" "$root/OnlineCompiler.AppHost/bin/$configuration/net10.0/OnlineCompiler.AppHost" \
  --port "$port" --data "$(cd "$data" && pwd)"
app=$session

if await_ready "http://localhost:$port" 120 && prove "http://localhost:$port"; then
  say "OnlineCompiler is ready: http://localhost:$port"
  status_page "$log"
elif [[ -z $stopping ]] && session_alive "$app"; then
  tail -n 40 "$log" >&2
  kill -TERM "$app"
  end_session "$app" 30
  fail "the application did not become ready; all of its output is in ${log#"$root"/}"
fi

# wait returns early when a signal comes, so it is asked until the process is gone.
code=0
while session_alive "$app"; do
  code=0
  wait "$app" || code=$?
done
end_session "$app"
if [[ -z $stopping ]]; then
  tail -n 40 "$log" >&2
  fail "the application stopped by itself, with status $code; all of its output is in ${log#"$root"/}"
fi
((code == 0)) || fail "the application did not stop cleanly: status $code; see ${log#"$root"/}"
say "Stopped."
