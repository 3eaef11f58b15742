# shellcheck shell=bash
# Installs what is missing on this machine, and only that. Sourced after common.sh.

run_packages=(bubblewrap redis-server gcc libc6-dev libseccomp-dev curl jq procps ca-certificates)
test_packages=(chromium fonts-dejavu-core)

package_present() { [[ $(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null) == installed ]]; }

# as_root TITLE LOG COMMAND...: through sudo, in the open because it may ask for a password, when we are not root.
as_root() {
  local title=$1
  if ((EUID == 0)); then
    step "$@"
  else
    shift 2
    command -v sudo >/dev/null || fail "missing on this machine; as root, type: $*"
    say "==> $title (with sudo)"
    sudo env DEBIAN_FRONTEND=noninteractive "$@"
  fi
}

apt_updated=
install_packages() {
  local missing=() name
  for name in "$@"; do package_present "$name" || missing+=("$name"); done
  ((${#missing[@]} > 0)) || return 0

  export DEBIAN_FRONTEND=noninteractive
  if [[ -z $apt_updated ]]; then
    as_root "Reading the package lists" "$run_dir/apt-update.log" apt-get -q -o DPkg::Lock::Timeout=300 update
    apt_updated=yes
  fi
  as_root "Installing ${missing[*]}" "$run_dir/apt-install.log" \
    apt-get -q -y -o DPkg::Lock::Timeout=300 install --no-install-recommends "${missing[@]}"
}

# Debian starts a Redis of its own as soon as the package is there; the application starts the one it needs.
install_redis() {
  package_present redis-server && return 0
  install_packages redis-server
  service redis-server stop >/dev/null 2>&1 || true
  systemctl disable redis-server >/dev/null 2>&1 || true
}

# candidate PACKAGE: the version that apt would install, or nothing.
candidate() { apt-cache policy "$1" 2>/dev/null | awk '$1 == "Candidate:" && $2 != "(none)" { print $2 }'; }

# global.json says which SDK; `dotnet --version` fails when none fits it.
dotnet_fits() { (cd "$root" && dotnet --version >/dev/null 2>&1); }
require_dotnet() {
  dotnet_fits && return 0
  if [[ -n $(candidate dotnet-sdk-10.0) ]]; then
    install_packages dotnet-sdk-10.0
    dotnet_fits && return 0
  fi
  fail "the .NET SDK 10 is needed and apt here does not have it: see https://dotnet.microsoft.com/download/dotnet/10.0"
}

node_minimum=20.19
node_fits() {
  command -v npm >/dev/null && command -v node >/dev/null &&
    dpkg --compare-versions "$(node --version | tr -d v)" ge "$node_minimum"
}
require_node() {
  node_fits && return 0
  local version
  version=$(candidate nodejs)
  if [[ -n $version ]] && dpkg --compare-versions "$version" ge "$node_minimum"; then
    install_packages nodejs
    # Debian's own nodejs comes without npm, other sources' with it.
    command -v npm >/dev/null || install_packages npm
    node_fits && return 0
  fi
  fail "Node.js $node_minimum or newer with npm is needed and apt here does not have it: see https://nodejs.org/en/download"
}

install_for_running() {
  command -v apt-get >/dev/null ||
    fail "this script installs with apt, which is not here; Debian 12 is what it is tried on"
  install_redis
  install_packages "${run_packages[@]}"
  require_dotnet
  require_node
  getent hosts localhost >/dev/null ||
    fail 'the name localhost leads nowhere; /etc/hosts needs the line "127.0.0.1 localhost"'
}

install_for_testing() {
  install_for_running
  install_packages "${test_packages[@]}"
}

# install_languages core|all|IDS [--libraries]: the toolchains of the language packs.
install_languages() {
  local command=("$root/scripts/install-languages.sh" "$@")
  # It uses sudo by itself, which needs the terminal.
  if ((EUID == 0)); then
    step "Toolchains: $*" "$run_dir/languages.log" "${command[@]}"
    sed -n '$s/^==>/   /p' "$run_dir/languages.log"
  else
    "${command[@]}"
  fi
}

# start_languages …: the same, beside what comes next; await_languages waits for its end. Without root it may ask for a password,
# so there nothing is beside it.
languages_job=
start_languages() {
  if ((EUID != 0)); then
    install_languages "$@"
    return
  fi
  {
    trap - EXIT
    trap 'stop_step; exit 130' INT TERM HUP
    install_languages "$@"
  } &
  languages_job=$!
}

await_languages() {
  [[ -n $languages_job ]] || return 0
  wait "$languages_job" || exit 1
  languages_job=
}

stop_languages() {
  [[ -n $languages_job ]] || return 0
  kill -TERM "$languages_job" 2>/dev/null || true
  wait "$languages_job" 2>/dev/null || true
  languages_job=
}
