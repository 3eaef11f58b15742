#!/usr/bin/env bash
# Runs the tests: installs what they need, builds once, runs every part, and sums up what the test runners report.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
source scripts/common.sh
source scripts/install.sh
source scripts/build.sh
source scripts/parts.sh

usage() {
  cat <<TEXT
Usage: ./test.sh [--languages core|all|ID,ID…] [--libraries] [PART…]
       ./test.sh pack ID[,ID…]

  --languages …   toolchains to install and test: core, all, or ids such as python,cpp;
                  by default core is installed, and what is there is tested
  --libraries     their popular libraries, too
  pack ID[,ID…]   the test cases of these languages alone, e.g. pack lua
  --help          this text

Parts (all of them when none is named): $(all_parts | tr '\n' ' ')
TEXT
}

languages=core libraries=() parts=()
while (($# > 0)); do
  case $1 in
    --languages)
      (($# > 1)) || misuse "$1 needs a value"
      languages=$2
      mapfile -t unasked_languages < <(comm -13 <(languages_in "$2" | sort) <(languages_in all | sort))
      shift 2
      ;;
    --libraries)
      libraries=(--libraries)
      shift
      ;;
    pack)
      (($# > 1)) || misuse "pack needs the id of a language"
      languages=$2
      parts=(packs)
      read -ra part_options < <(sed -E 's/([^,]+),?/--filter-trait pack=\1 /g' <<<"$2")
      shift 2
      ;;
    --help | -h)
      usage
      exit 0
      ;;
    -*) misuse "unknown argument \"$1\"" ;;
    *)
      # The whole list first: a search that stops at its find would end the listing with a broken pipe.
      [[ $'\n'$(all_parts)$'\n' == *$'\n'"$1"$'\n'* ]] || misuse "there is no part \"$1\""
      parts+=("$1")
      shift
      ;;
  esac
done
check_languages "$languages"
# What was asked for may not be missing: PackCaseTests skips others only.
TESTED_LANGUAGES=$(languages_in "$languages" | paste -sd ,)
TESTED_LIBRARIES=${libraries[*]}
export TESTED_LANGUAGES TESTED_LIBRARIES
[[ $languages != all ]] || part_limit_minutes=60
((${#parts[@]} > 0)) || mapfile -t parts < <(all_parts)

stop() {
  stop_step
  stop_parts
  exit 130
}
trap stop INT TERM HUP
trap stop_languages EXIT

if any_runs_programs "${parts[@]}"; then
  install_for_testing
  # Neither building nor the quick parts need them.
  start_languages "$languages" "${libraries[@]}"
else
  install_for_running
fi
if ((${#parts[@]} == 1)); then
  build "Building" "$(part_project "${parts[0]}")"
else
  build "Building" OnlineCompiler.sln
fi

say "==> Testing"
# The quick ones two at a time; those that measure limits or watch a page need the machine to themselves.
for part in $(quick_parts "${parts[@]}"); do
  await_parts 2
  start_part "$part"
done
await_parts 1
await_languages
for part in "${parts[@]}"; do
  if runs_programs "$part"; then
    await_parts 1
    start_part "$part"
  fi
done
await_parts 1

summary="$passed passed, $failed failed"
((skipped == 0)) || summary+=", $skipped skipped"
say "$summary"
((failed == 0))
