# shellcheck shell=bash
# Roots: packages of another Debian than the machine's, unpacked into <toolchains>/roots, one folder for each version that
# a pack wants from there. Sandboxes show it to programs in place of the machine's toolchains; on the machine nothing
# changes. Sourced by install-languages.sh; needs apt.sh, $packs and $toolchains.

# roots_of ID: a line for each root of the language: its name, release and packages.
roots_of() {
  jq -r '.id as $id | { name: $id, install }, (.alternatives // [] | .[] | { name: "\($id)-\(.name)", install })
    | select(.install.root) | "\(.name) \(.install.root) \(.install.apt | join(" "))"' "$packs/$1/pack.json"
}

install_roots() {
  local name release wanted
  while read -r name release wanted; do
    # shellcheck disable=SC2086 # names of packages
    install_root "$1" "$name" "$release" $wanted </dev/null
  done < <(roots_of "$1")
}

# fetch_packages FOLDER RELEASE PACKAGE…: downloads them, with all that they depend on, into FOLDER/archives. Apt has its
# lists and its knowledge of what is installed (nothing) in the folder, too, so it neither asks nor changes the machine.
fetch_packages() {
  local folder=$1 release=$2 machines uri signed_by apt option
  shift 2
  machines=$(. /etc/os-release && printf '%s' "${VERSION_CODENAME:-}")
  # Apt tells only of lists that it has, and images of machines come without.
  mirror_of "$machines" >/dev/null || refresh_lists
  read -r uri signed_by < <(mirror_of "$machines") || fail "packages of Debian's $release are needed, and apt here knows no mirror of ${machines:-any release}"

  mkdir -p "$folder"/{sources,lists/partial,archives/partial}
  source_of "$release" "$uri" "$signed_by" >"$folder/sources/$release.sources"
  : >"$folder/status"
  apt=(apt-get -q)
  for option in APT::Get::List-Cleanup=false Acquire::Languages=none Dir::Etc::SourceList=/dev/null Dir::Etc::SourceParts="$folder/sources" \
    Dir::Etc::Preferences=/dev/null Dir::Etc::PreferencesParts=/dev/null Dir::State="$folder" Dir::State::Lists="$folder/lists" \
    Dir::State::status="$folder/status" Dir::Cache="$folder" Dir::Cache::archives="$folder/archives" \
    Acquire::IndexTargets::deb::DEP-11::DefaultEnabled=false; do apt+=(-o "$option"); done
  "${apt[@]}" update --error-on=any
  "${apt[@]}" install -y --no-install-recommends --download-only "$@"
}

# install_root ID NAME RELEASE PACKAGE…: brings <toolchains>/roots/NAME to what is wanted.
install_root() {
  local id=$1 name=$2 release=$3 there=$toolchains/roots/$2 finish=$packs/$1/prepare-${2#"$1-"}.sh wanted new package started=$SECONDS
  [[ $name != "$id" ]] || finish=$packs/$id/prepare-root.sh
  shift 3
  wanted="$release $*"
  [[ ! -e $finish ]] || wanted+=$'\n'$(<"$finish")
  if [[ $(cat "$there/.finished" 2>/dev/null) == "$wanted" ]]; then
    echo "==> $name: the root is up to date"
    return
  fi

  echo "==> $name: making a root of $release: $*"
  mkdir -p "$toolchains/roots"
  # What a killed installation left has such a name, too.
  rm -rf "$toolchains/roots"/.new-*
  new=$(mktemp -d "$toolchains/roots/.new-XXXXXX")
  # Apt downloads as a user of its own.
  chmod 755 "$new"
  fetch_packages "$new/apt" "$release" "$@"
  for package in "$new"/apt/archives/*.deb; do dpkg-deb --extract "$package" "$new/all"; done
  for package in "$new"/all/{bin,sbin,lib,lib64}; do
    [[ ! -d $package || -L $package ]] || fail "$name: a package of $release has files in /$(basename "$package"), outside of /usr"
  done
  # What nobody reads in a sandbox is half of it.
  rm -rf "$new"/all/usr/share/{bug,debconf,doc,doc-base,info,lintian,locale,man,perl5}
  mkdir "$new/root"
  mv "$new/all/usr" "$new/all/etc" "$new/root"
  cp "$root"/ExecutionService/Sandbox/Namespaces/etc/* "$new/root/etc"
  ln -sfn /usr/share/zoneinfo/Etc/UTC "$new/root/etc/localtime"
  ln -sfn /proc/mounts "$new/root/etc/mtab"
  [[ ! -e $finish ]] || sh "$finish" "$new/root"
  # The service takes this file for the sign of a root that is complete.
  printf '%s\n' "$wanted" >"$new/root/.finished"
  rm -rf "$there"
  mv "$new/root" "$there"
  rm -rf "$new"
  echo "    $(du -sh "$there" | cut -f 1), done after $((SECONDS - started)) s"
}
