# shellcheck shell=bash
# Debian packages of the languages. Sourced by install-languages.sh; needs fail().
#
# A package is named as in the packs: name, or name/release when it must come from another release than the machine's.

# as_root COMMAND…: the command, with sudo where we are not root.
as_root() {
  if ((EUID == 0)); then
    "$@"
  else
    command -v sudo >/dev/null || fail "this needs root; as root, type: $*"
    sudo "$@"
  fi
}

apt_get() { as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 "$@"; }

# missing_packages PACKAGE…: those that are not installed; of backports also those whose ordinary version is.
missing_packages() {
  local -A versions=()
  local status name version package
  while read -r status name version; do
    [[ $status != installed ]] || versions[$name]=$version
  done < <(dpkg-query --show --showformat '${db:Status-Status} ${Package} ${Version}\n' "${@%/*}" 2>/dev/null)
  for package in "$@"; do
    # Where Debian's Node.js is too old for the application itself, it has come from elsewhere.
    [[ $package != nodejs || $(command -v node) != /usr/* ]] || continue
    version=${versions[${package%/*}]:-}
    [[ -n $version && ($package != */*-backports || $version == *~bpo*) ]] || printf '%s\n' "$package"
  done | sort -u
}

lists_are_fresh=
refresh_lists() {
  [[ -z $lists_are_fresh ]] || return 0
  lists_are_fresh=yes
  apt_get update
}

# The lists that apt knows, a line each: address of the mirror, release, component, key that signs it.
known_lists() { apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT) $(SIGNED_BY)' 'Created-By: Packages'; }

# mirror_of RELEASE: address and key of the mirror that this machine has the release from.
mirror_of() {
  local uri signed_by
  read -r uri signed_by < <(known_lists | awk -v release="$1" '$2 == release && $3 == "main" { print $1, $4; exit }') || return 1
  # Without a key of its own the mirror's is one of those that apt trusts.
  [[ $signed_by == /* ]] || signed_by=/usr/share/keyrings/debian-archive-keyring.gpg
  printf '%s %s\n' "$uri" "$signed_by"
}

# source_of RELEASE URI KEY: how apt is told of a mirror's release.
source_of() { printf 'Types: deb\nURIs: %s\nSuites: %s\nComponents: main\nSigned-By: %s\n' "$2" "$1" "$3"; }

# require_release RELEASE: makes apt know it, from the mirror that this machine has its own release from. Backports are
# installed only when they are asked for by name, so nothing else changes.
require_release() {
  local release=$1 uri signed_by
  ! known_lists | awk -v release="$release" '$2 == release { found = 1 } END { exit !found }' || return 0

  read -r uri signed_by < <(mirror_of "${release%-*}") ||
    fail "packages of $release are needed, and apt here knows no mirror of ${release%-*}"
  echo "==> Debian packages: adding the release $release from the mirror of ${release%-*}"
  source_of "$release" "$uri" "$signed_by" | as_root tee "/etc/apt/sources.list.d/$release.sources" >/dev/null
  lists_are_fresh=
}

# apt_install PACKAGE…: installs those that are missing, and says what they took.
apt_install() {
  local missing release before started=$SECONDS
  mapfile -t missing < <(missing_packages "$@")
  ((${#missing[@]} > 0)) || return 0
  command -v apt-get >/dev/null || fail "not installed: ${missing[*]}; apt-get, which installs them, is not here either"

  # First, for apt tells only of lists that it has, and images of machines come without.
  refresh_lists
  for release in $(printf '%s\n' "${missing[@]}" | sed -n 's#.*/##p' | sort -u); do require_release "$release"; done
  refresh_lists
  echo "==> Debian packages: installing ${#missing[@]}: ${missing[*]}"
  # What conflicts with a package (the rustc of Debian 12 with its newer rustc-web) makes room for it.
  before=$(df --output=used -k /usr | tail -n 1)
  apt_get install -y --no-install-recommends -o APT::Keep-Downloaded-Packages=false "${missing[@]}"
  echo "    $((($(df --output=used -k /usr | tail -n 1) - before) / 1024)) MB, done after $((SECONDS - started)) s"
}
