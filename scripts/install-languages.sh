#!/usr/bin/env bash
# Installs what the languages compile and run with: Debian packages, and npm packages in the toolchains folder.
# Only what is missing; where nothing is, that takes a moment.
set -euo pipefail
umask 022

usage() {
  cat <<'EOF'
Usage: scripts/install-languages.sh core|all|ID[,ID…] [--libraries] [--toolchains DIR]

  core              Python, JavaScript, TypeScript, Java, C, C++, C# and Bash
  all               every language that has a pack in ExecutionService/packs
  ID[,ID…]          some of them, e.g. python,cpp
  --libraries       popular libraries of these languages, too
  --toolchains DIR  where the npm packages go (default: .toolchains in the checkout)

Debian packages need root, or sudo; those that get a root of their own do not. The .NET SDK must be there already.
EOF
}

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
toolchains=$root/.toolchains
source "$root/scripts/languages.sh"
source "$root/scripts/apt.sh"
source "$root/scripts/roots.sh"

fail() {
  printf '%s: %s\n' "$(basename "$0")" "$*" >&2
  exit 1
}

misuse() {
  printf '%s: %s\n\n' "$(basename "$0")" "$*" >&2
  usage >&2
  exit 2
}

selection='' with_libraries=''
while (($# > 0)); do
  case $1 in
    -h | --help)
      usage
      exit
      ;;
    --libraries) with_libraries=yes ;;
    --toolchains)
      (($# > 1)) || misuse "--toolchains needs a folder"
      toolchains=$2
      shift
      ;;
    -*) misuse "unknown option $1" ;;
    *)
      [[ -z $selection ]] || misuse "one selection, with commas between the ids, not \"$selection\" and \"$1\""
      selection=$1
      ;;
  esac
  shift
done
[[ -n $selection ]] || misuse "say which languages"

mapfile -t known < <(languages_in all)
mapfile -t languages < <(languages_in "$selection")
for id in "${languages[@]}"; do
  [[ " ${known[*]} " == *" $id "* ]] || misuse "no language \"$id\"; known: ${known[*]}"
done

# npm_install WANTED NAME: brings <toolchains>/NAME to what the lock file in the folder WANTED says.
npm_install() {
  local wanted=$1 there=$toolchains/$2 started=$SECONDS
  # npm removes the whole folder before it installs, so this copy says that an installation was finished.
  local finished=$there/node_modules/.finished-lock.json
  if cmp -s "$wanted/package-lock.json" "$finished"; then
    echo "==> $2: npm packages are up to date"
    return
  fi

  # Node.js comes with npm, except from Debian.
  command -v npm >/dev/null || apt_install nodejs npm
  echo "==> $2: installing npm packages into $there"
  mkdir -p "$there"
  cp "$wanted/package.json" "$wanted/package-lock.json" "$there"
  (cd "$there" && npm ci --no-audit --no-fund --loglevel=error)
  # Node.js as a package brings the headers for native add-ons, a third of its size.
  rm -rf "$there"/node_modules/node-linux-*/include
  cp "$wanted/package-lock.json" "$finished"
  echo "    $(du -sh "$there" | cut -f 1), done after $((SECONDS - started)) s"
}

# npm_install_all ID: for every version of the language, and its libraries if they are wanted.
npm_install_all() {
  local folder name
  for folder in "$packs/$1"/toolchain "$packs/$1"/toolchain-* ${with_libraries:+"$packs/$1/libraries"}; do
    [[ -e $folder/package-lock.json ]] || continue
    name=$(basename "$folder")
    [[ $name != libraries ]] || name=toolchain-libraries
    npm_install "$folder" "$1${name#toolchain}"
  done
}

# prepare ID: lets the pack's prepare.sh make in <toolchains>/ID what the packages do not bring, such as a compiled
# standard library; again when the script, what it builds from, one of its Debian packages or the .NET SDK has changed.
prepare() {
  local script=$packs/$1/prepare.sh there=$toolchains/$1 names sources wanted
  mapfile -t names < <(jq -r '.install.apt // [] | .[] | sub("/.*"; "")' "$packs/$1/pack.json")
  wanted=$(cat "$script" && dpkg-query --show "${names[@]}")
  # What is in the folder of all packs is for hosts of several languages.
  sources=()
  [[ ! -d $packs/$1/prepared ]] || sources=("$packs/$1/prepared")
  ! grep -q gcc "$script" || sources+=("$packs"/*.[ch])
  ((${#sources[@]} == 0)) ||
    wanted+=$'\n'$(find "${sources[@]}" -type f -print0 | sort -z | xargs -0 cat | sha256sum)
  # The .NET SDK is no package.
  [[ $(jq -r '.version.command[0]' "$packs/$1/pack.json") != dotnet ]] || wanted+=$'\n'$(dotnet --version)
  if [[ $(cat "$there/.prepared" 2>/dev/null) == "$wanted" ]]; then
    echo "==> $1: is prepared"
    return
  fi

  echo "==> $1: preparing $there"
  mkdir -p "$there"
  # The service takes this file for the sign of a toolchain that is complete.
  rm -f "$there/.prepared"
  sh "$script" "$there"
  printf '%s\n' "$wanted" > "$there/.prepared"
  echo "    $(du -sh "$there" | cut -f 1), done after $SECONDS s"
}

echo "==> Languages: ${languages[*]}"
command -v jq >/dev/null || apt_install jq

manifests=()
for id in "${languages[@]}"; do manifests+=("$packs/$id/pack.json"); done
wanted=$machines_packages
[[ -z $with_libraries ]] || wanted+=', (.libraries.apt // [] | .[])'
# Apart from mapfile, which would hide a failure.
packages=$(jq -r "$wanted" "${manifests[@]}" | sort -u)
mapfile -t packages <<<"$packages"
apt_install "${packages[@]}"
echo "==> Debian packages: ${#packages[@]} are installed: ${packages[*]}"

mkdir -p "$toolchains"
# Two at once (a test beside a start) would write into the same folders.
exec 9>"$toolchains/.lock"
flock 9
for id in "${languages[@]}"; do npm_install_all "$id"; done
for id in "${languages[@]}"; do install_roots "$id"; done
# Programs find these as /node_modules.
[[ ! -d $toolchains/javascript-libraries ]] || ln -sfn javascript-libraries/node_modules "$toolchains/node_modules"
for id in "${languages[@]}"; do
  [[ ! -e $packs/$id/prepare.sh ]] || prepare "$id"
done
echo "==> ${#languages[@]} languages are installed after $SECONDS s; $(du -sh "$toolchains" | cut -f 1) of them in $toolchains"
