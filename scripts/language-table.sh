#!/usr/bin/env bash
# Prints a table of all languages: versions, how their tests came out, the time of a cold run, what installing takes.
# The tests are those of the last ./test.sh; the times are measured now, so let nothing else run beside it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/common.sh
source scripts/build.sh
source scripts/parts.sh

report=$run_dir/tests/packs.json
[[ -s $report ]] || fail "the languages have not been tested here: type ./test.sh --languages all packs"
measurements=$run_dir/language-measurements.tsv
build "Building" "$(part_project packs)"
LANGUAGE_MEASUREMENTS=$measurements step "Measuring" "$run_dir/language-measurements.log" \
  "tests/Packs.Tests/bin/$configuration/net10.0/Packs.Tests" --explicit only --filter-class '*LanguageMeasurements' --no-ansi --progress off

# counts ID: passed, failed and skipped tests of a language.
counts() {
  jq -r --arg id "$1" '[.results.tests[] | select(.name | contains("language: \"\($id)\"")) | .status]
    | [map(select(. == "passed")), map(select(. == "failed")), map(select(. == "skipped"))] | map(length) | @tsv' "$report"
}

# closure_kib PACKAGE…: what these packages and all that they depend on take beyond what every Debian has.
closure_kib() {
  dpkg-query --show --showformat '${Package}\t${Installed-Size}\t${Priority}\t${Essential}\t${Provides}\t${Pre-Depends}, ${Depends}\n' |
    awk -F '\t' -v wanted="$*" '
      function names(list,   parts, i, n) {
        n = split(list, parts, /[,|]/)
        for (i = 1; i <= n; i++) { gsub(/\(.*\)|:[a-z0-9]+| /, "", parts[i]); if (parts[i] != "") found[++count] = parts[i] }
      }
      {
        size[$1] = $2; depends[$1] = $6
        if ($3 == "required" || $3 == "important" || $4 == "yes") base[$1] = 1
        count = 0; names($5)
        for (i = 1; i <= count; i++) if (!(found[i] in provider)) provider[found[i]] = $1
      }
      END {
        last = split(wanted, queue, " ")
        for (first = 1; first <= last; first++) {
          name = queue[first]
          if (!(name in size)) name = provider[name]
          if (name == "" || name in seen || name in base) continue
          seen[name] = 1; total += size[name]
          count = 0; names(depends[name])
          for (i = 1; i <= count; i++) queue[++last] = found[i]
        }
        print total + 0
      }'
}

# size_mb ID…: of their Debian packages and of their folders of toolchains, with what they share counted once.
size_mb() {
  local id packages folders=() folder kib
  mapfile -t packages < <(for id in "$@"; do
    jq -r "$machines_packages" "ExecutionService/packs/$id/pack.json" | sed 's#/.*##'
  done)
  for id in "$@"; do
    for folder in .toolchains/{,roots/}"$id" .toolchains/{,roots/}"$id"-*; do [[ ! -d $folder ]] || folders+=("$folder"); done
  done
  kib=$(closure_kib "${packages[@]}")
  ((${#folders[@]} == 0)) || kib=$((kib + $(du -skc "${folders[@]}" | tail -n 1 | cut -f 1)))
  say $((kib / 1024))
}

installed=()
ok=0 bad=0 left=0
printf '| %-13s | %-22s | %6s | %6s | %7s | %8s | %6s |\n' language version passed failed skipped 'cold ms' MB
printf '|%s\n' '---------------|------------------------|-------:|-------:|--------:|---------:|-------:|'
while IFS=$'\t' read -r id _ versions milliseconds; do
  read -r passed_tests failed_tests skipped_tests < <(counts "$id")
  printf '| %-13s | %-22s | %6s | %6s | %7s | %8s | %6s |\n' \
    "$id" "$versions" "$passed_tests" "$failed_tests" "$skipped_tests" "$milliseconds" "$(size_mb "$id")"
  [[ $versions == - ]] || installed+=("$id")
  if [[ $versions == - ]]; then left=$((left + 1)); elif ((failed_tests > 0 || passed_tests == 0)); then bad=$((bad + 1)); else ok=$((ok + 1)); fi
done <"$measurements"
say ""
say "$ok languages work, $bad fail or were not tested, $left are not installed."
say "What is installed takes $(size_mb "${installed[@]}") MB together."
