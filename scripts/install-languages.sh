#!/usr/bin/env bash
# Installs what the languages compile and run with: Debian packages, and npm packages in the toolchains folder.
# Only what is missing; where nothing is, that takes a moment.
set -euo pipefail
umask 022

usage() {
  cat <<'EOF'
Usage: scripts/install-languages.sh core|all|ID[,ID…] [--toolchains DIR]

  core              Python, JavaScript, TypeScript, Java, C, C++, C# and Bash
  all               every language that has a pack in ExecutionService/packs
  ID[,ID…]          some of them, e.g. python,cpp
  --toolchains DIR  where the npm packages go (default: .toolchains in the checkout)

Debian packages need root, or sudo. The .NET SDK must be there already.
EOF
}

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
packs=$root/ExecutionService/packs
toolchains=$root/.toolchains
core=(python javascript typescript java c cpp csharp bash)

fail() {
  printf '%s: %s\n' "$(basename "$0")" "$*" >&2
  exit 1
}

misuse() {
  printf '%s: %s\n\n' "$(basename "$0")" "$*" >&2
  usage >&2
  exit 2
}

selection=
while (($# > 0)); do
  case $1 in
    -h | --help)
      usage
      exit
      ;;
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

known=()
for manifest in "$packs"/*/pack.json; do known+=("$(basename "$(dirname "$manifest")")"); done

case $selection in
  core) languages=("${core[@]}") ;;
  all) languages=("${known[@]}") ;;
  *) IFS=, read -ra languages <<<"$selection" ;;
esac
for id in "${languages[@]}"; do
  [[ " ${known[*]} " == *" $id "* ]] || misuse "no language \"$id\"; known: ${known[*]}"
done

# The packages of the list that are not installed.
missing_packages() {
  comm -23 <(printf '%s\n' "$@" | sort -u) \
    <(dpkg-query --show --showformat '${db:Status-Status} ${Package}\n' "$@" 2>/dev/null |
      sed -n 's/^installed //p' | sort -u)
}

# apt_install PACKAGE…: installs those that are missing.
lists_are_fresh=
apt_install() {
  local missing as_root=()
  mapfile -t missing < <(missing_packages "$@")
  ((${#missing[@]} > 0)) || return 0

  command -v apt-get >/dev/null || fail "not installed: ${missing[*]}; apt-get, which installs them, is not here either"
  if ((EUID != 0)); then
    command -v sudo >/dev/null || fail "not installed: ${missing[*]}; as root, type: apt-get install ${missing[*]}"
    as_root=(sudo)
  fi
  as_root+=(env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300)

  echo "==> Debian packages: installing ${missing[*]}"
  [[ -n $lists_are_fresh ]] || "${as_root[@]}" update
  lists_are_fresh=yes
  "${as_root[@]}" install -y --no-install-recommends "${missing[@]}"
  echo "    done after $SECONDS s"
}

# npm_install ID: brings <toolchains>/ID to what the pack's lock file says.
npm_install() {
  local wanted=$packs/$1/toolchain there=$toolchains/$1
  # npm removes the whole folder before it installs, so this copy says that an installation was finished.
  local finished=$there/node_modules/.finished-lock.json
  if cmp -s "$wanted/package-lock.json" "$finished"; then
    echo "==> $1: npm packages are up to date"
    return
  fi

  # Node.js comes with npm, except from Debian.
  command -v npm >/dev/null || apt_install nodejs npm
  echo "==> $1: installing npm packages into $there"
  mkdir -p "$there"
  cp "$wanted/package.json" "$wanted/package-lock.json" "$there"
  (cd "$there" && npm ci --no-audit --no-fund --loglevel=error)
  cp "$wanted/package-lock.json" "$finished"
  echo "    $(du -sh "$there" | cut -f 1), done after $SECONDS s"
}

# prepare ID: lets the pack's prepare.sh make in <toolchains>/ID what the packages do not bring, such as a compiled
# standard library; again when the script or one of its Debian packages has changed.
prepare() {
  local script=$packs/$1/prepare.sh there=$toolchains/$1 names wanted
  mapfile -t names < <(jq -r '.install.apt // [] | .[] | sub("/.*"; "")' "$packs/$1/pack.json")
  wanted=$(cat "$script" && dpkg-query --show "${names[@]}")
  if [[ $(cat "$there/.prepared" 2>/dev/null) == "$wanted" ]]; then
    echo "==> $1: is prepared"
    return
  fi

  echo "==> $1: preparing $there"
  mkdir -p "$there"
  sh "$script" "$there"
  printf '%s\n' "$wanted" > "$there/.prepared"
  echo "    $(du -sh "$there" | cut -f 1), done after $SECONDS s"
}

echo "==> Languages: ${languages[*]}"
command -v jq >/dev/null || apt_install jq

manifests=()
for id in "${languages[@]}"; do manifests+=("$packs/$id/pack.json"); done
mapfile -t packages < <(jq -r '.install.apt // [] | .[]' "${manifests[@]}" | sort -u)
apt_install "${packages[@]}"
echo "==> Debian packages: ${packages[*]} are installed"

mkdir -p "$toolchains"
# Two at once (a test beside a start) would write into the same folders.
exec 9>"$toolchains/.lock"
flock 9
for id in "${languages[@]}"; do
  [[ ! -e $packs/$id/toolchain/package-lock.json ]] || npm_install "$id"
done
for id in "${languages[@]}"; do
  [[ ! -e $packs/$id/prepare.sh ]] || prepare "$id"
done
