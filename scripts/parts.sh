# shellcheck shell=bash
# The parts of the tests: which there are, how one runs, and what its runner's report says. Sourced after common.sh and build.sh.

# A part that hangs is killed after this time.
part_limit_minutes=20

# Further arguments for the runners, such as a filter.
part_options=()

# Languages whose packs' cases are not to be tested.
unasked_languages=()

# Every test project is a part, named after what it tests (ExecutionService.Tests: execution); the page's own tests are "client".
all_parts() {
  local project
  for project in "$root"/tests/*.Tests; do part_name "$(basename "$project")"; done
  say client
}

part_name() { sed -E 's/\.Tests$//; s/^OnlineCompiler\.//; s/(.)Service$/\1/; s/([a-z])([A-Z])/\1-\2/g; s/.*/\L&/' <<<"$1"; }

part_project() {
  local project
  for project in tests/*.Tests; do
    [[ $(part_name "$(basename "$project")") != "$1" ]] || { say "$project/$(basename "$project").csproj" && return; }
  done
  say Web/Web.csproj
}

# These run programs in sandboxes: they need the toolchains, and nothing else running beside them.
runs_programs() { [[ $1 == execution || $1 == hostile || $1 == packs || $1 == whole-app || $1 == browser ]]; }

# quick_parts PART…: those that do not; the ones that take longest first, so that none of them is left alone at the end.
quick_parts() {
  local part
  for part in "$@"; do ! takes_long "$part" || say "$part"; done
  for part in "$@"; do runs_programs "$part" || takes_long "$part" || say "$part"; done
}

takes_long() { [[ $1 == gateway || $1 == client ]]; }

any_runs_programs() {
  local part
  for part in "$@"; do ! runs_programs "$part" || return 0; done
  return 1
}

passed=0 failed=0 skipped=0
declare -A running=() started_at=()
said_at=0

part_results() { say "$run_dir/tests/$1.json"; }
part_log() { say "$run_dir/tests/$1.log"; }

start_part() {
  local part=$1 project results
  mkdir -p "$run_dir/tests"
  results=$(part_results "$part")
  rm -f "$results"
  project=$(part_project "$part")
  local command=("$root/${project%/*}/bin/$configuration/net10.0/$(basename "$project" .csproj)"
    --results-directory "${results%/*}" --report-xunit-ctrf --report-xunit-ctrf-filename "${results##*/}"
    --show-test-results all --no-ansi --progress off "${part_options[@]}")
  [[ $part != packs ]] || command+=("${unasked_languages[@]/#/--filter-not-trait=pack=}")
  [[ $part != client ]] || command=("$root/scripts/test-client.sh" "$results")
  start_session "$(part_log "$part")" timeout --kill-after=10 "${part_limit_minutes}m" "${command[@]}"
  running[$part]=$session
  started_at[$part]=$SECONDS
  said_at=$SECONDS
}

# await_parts N: until fewer than N parts are running.
await_parts() {
  local part
  while ((${#running[@]} >= $1)); do
    for part in "${!running[@]}"; do
      session_alive "${running[$part]}" || finish_part "$part"
    done
    if ((${#running[@]} > 0 && SECONDS - said_at >= 20)); then
      said_at=$SECONDS
      for part in "${!running[@]}"; do
        say "    … $part: $((SECONDS - started_at[$part])) s: $(tail -n 1 "$(part_log "$part")" | cut -c 1-100)"
      done
    fi
    sleep 0.3
  done
}

finish_part() {
  local part=$1 code=0 results ok=0 bad=0 left=0 seconds=$((SECONDS - started_at[$1]))
  wait "${running[$part]}" || code=$?
  end_session "${running[$part]}"
  unset "running[$part]"

  results=$(part_results "$part")
  read -r ok bad left < <(count_results "$results") || true
  show_failures "$results"
  # No report, no test, or a failure outside of any test: never a pass.
  if ((bad == 0 && (code != 0 || ok == 0))); then
    bad=1
    tail -n 60 "$(part_log "$part")"
    say "    $part ended with status $code after $ok passed tests; all of its output is in .run/tests/$part.log"
  fi
  printf '    %-12s %4d passed%s%s in %d s\n' "$part" "$ok" "$( ((bad == 0)) || say ", $bad FAILED")" \
    "$( ((left == 0)) || say ", $left skipped")" "$seconds"
  passed=$((passed + ok)) failed=$((failed + bad)) skipped=$((skipped + left))
}

# xunit writes control characters of messages and output as they are, which no reader of JSON takes.
report() { tr -d '\000-\037' <"$1"; }

# Passed, failed and skipped, from a report of xunit (CTRF) or vitest.
count_results() {
  [[ -s $1 ]] || { say "0 0 0" && return; }
  report "$1" | jq -r 'if .results then .results.summary | [.passed, .failed + .other, .skipped + .pending]
         else [.numPassedTests, .numFailedTests + .numRuntimeErrorTestSuites, .numPendingTests + .numTodoTests] end
         | map(. // 0) | join(" ")' 2>/dev/null || say "0 0 0"
}

show_failures() {
  [[ -s $1 ]] || return 0
  report "$1" | jq -r 'if .results then .results.tests[] | select(.status == "failed") | "    FAILED \(.name)\n\(.message // "")\n\(.trace // "")"
         else .testResults[].assertionResults[] | select(.status == "failed") | "    FAILED \(.fullName)\n\(.failureMessages | join("\n"))" end' \
    2>/dev/null || true
}

stop_parts() {
  local part
  for part in "${!running[@]}"; do end_session "${running[$part]}" 30; done
}
