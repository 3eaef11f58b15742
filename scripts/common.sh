# shellcheck shell=bash
# What run.sh and test.sh have in common: talking to the person, long steps, and processes that leave nothing behind.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
run_dir=$root/.run
mkdir -p "$run_dir"
source "$root/scripts/languages.sh"

export HOME=${HOME:-~}
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_GENERATE_ASPNET_CERTIFICATE=false
# The SDK runs without ICU on a machine that has none; the services are built invariant anyway.
export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1

say() { printf '%s\n' "$*"; }
fail() {
  printf '%s: %s\n' "$(basename "$0")" "$*" >&2
  exit 1
}

# Wrong arguments: what was wrong, then the usage.
misuse() {
  printf '%s: %s\n\n' "$(basename "$0")" "$*" >&2
  usage >&2
  exit 2
}

# start_session LOG COMMAND...: runs COMMAND in the background in a session of its own, so that a Ctrl-C in the terminal
# reaches only the script, which then stops things in order. It dies with the script, even with kill -9, and does not
# inherit ignored signals (a script started with & hands those on, down to the programs in the sandbox). Sets $session.
start_session() {
  local log=$1
  shift
  setsid setpriv --pdeathsig TERM env --default-signal=INT,QUIT,TERM,HUP,PIPE "$@" >"$log" 2>&1 </dev/null &
  session=$!
}

session_alive() { kill -0 "$1" 2>/dev/null; }

# The live processes of a session; from /proc, because ps is not on every machine.
session_processes() {
  local stat line fields
  for stat in /proc/[0-9]*/stat; do
    { read -r line <"$stat"; } 2>/dev/null || continue
    # After the command name, which may hold anything: state, parent, process group, session.
    read -ra fields <<<"${line##*) }"
    [[ ${fields[3]} != "$1" || ${fields[0]} == Z ]] || printf '%s\n' "${line%% *}"
  done
}

# end_session ID [SECONDS]: what is left of the session is asked to stop, and after SECONDS (default 5) killed.
end_session() {
  local id=$1 tries=$((${2:-5} * 10)) left
  mapfile -t left < <(session_processes "$id")
  ((${#left[@]} > 0)) || return 0
  kill -TERM "${left[@]}" 2>/dev/null || true
  while ((tries-- > 0)); do
    mapfile -t left < <(session_processes "$id")
    ((${#left[@]} > 0)) || return 0
    sleep 0.1
  done
  kill -KILL "${left[@]}" 2>/dev/null || true
}

# step TITLE LOG COMMAND...: runs a long command quietly, says how long it takes, and shows the end of its output when it fails.
step() {
  local title=$1 log=$2 started=$SECONDS said=0 code=0
  shift 2
  say "==> $title"
  start_session "$log" "$@"
  step_session=$session
  while session_alive "$step_session"; do
    sleep 0.2
    if ((SECONDS - started >= said + 15)); then
      said=$((SECONDS - started))
      say "    … $title: ${said} s: $(tail -n 1 "$log" | tr -d '\r' | cut -c 1-100)"
    fi
  done
  wait "$step_session" || code=$?
  # A build leaves its compiler server behind.
  end_session "$step_session"
  step_session=
  if ((code != 0)); then
    tail -n 40 "$log" >&2
    fail "$title: failed with status $code; all of its output is in ${log#"$root"/}"
  fi
  say "    done in $((SECONDS - started)) s: $title"
}

step_session=
stop_step() { [[ -z $step_session ]] || end_session "$step_session"; }

# True when something accepts connections on the port.
port_taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null || (exec 3<>"/dev/tcp/::1/$1") 2>/dev/null; }

# Accepts "core", "all" or ids separated by commas.
check_languages() {
  [[ $1 =~ ^[a-z0-9]+(,[a-z0-9]+)*$ ]] ||
    misuse "--languages takes core, all or ids separated by commas (python,cpp), not \"$1\""
}
