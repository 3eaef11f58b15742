#!/bin/sh
# root.sh ARCHITECTURE FOLDER PACKAGE…: a root with these Debian packages, what they need and nothing else: no package manager, no
# other commands. Packages are unpacked and none of their scripts run, so that any architecture's root is made on any other.
set -eu
architecture=$1 root=$2
shift 2
export DEBIAN_FRONTEND=noninteractive

dpkg --add-architecture "$architecture"
apt-get -q update
apt-get -q install -y --no-install-recommends ca-certificates jq

# What is wanted, as if nothing were installed; a package for all architectures has no name of its own for this one.
archives=/tmp/archives
mkdir -p "$archives/partial" "$root"
: >/tmp/status
chmod -R a+rX "$archives"
apt-get -q install -y --no-install-recommends --download-only -o Dir::State::status=/tmp/status -o Dir::Cache::archives="$archives" \
  -o APT::Architecture="$architecture" -o APT::Architectures="$architecture" "$@"
# What only scripts of packages ask for. The shell is there for health checks, and is a package that all others take for granted.
rm -f "$archives"/debconf_*.deb
(cd "$archives" && apt-get -q download "dash:$architecture")

for folder in bin sbin lib lib64; do
  mkdir -p "$root/usr/$folder"
  ln -s "usr/$folder" "$root/$folder"
done
mkdir -p "$root/var/lib/dpkg"
for package in "$archives"/*.deb; do
  dpkg-deb --fsys-tarfile "$package" | tar --extract --keep-directory-symlink --directory "$root"
  # Scanners look here for what is installed.
  dpkg-deb --field "$package" | sed '/^Package:/a Status: install ok installed' >>"$root/var/lib/dpkg/status"
  echo >>"$root/var/lib/dpkg/status"
done
for folder in doc man locale lintian bug zsh fish bash-completion; do rm -rf "${root:?}/usr/share/$folder"; done
ln -sf dash "$root/usr/bin/sh"

mkdir -p "$root/etc/ssl/certs" "$root/tmp" "$root/proc" "$root/sys" "$root/dev" "$root/run"
# Debian's own authorities, and none that this machine trusts besides.
cat /usr/share/ca-certificates/mozilla/*.crt >"$root/etc/ssl/certs/ca-certificates.crt"
cp /usr/lib/os-release "$root/usr/lib/os-release"
ln -sf ../usr/lib/os-release "$root/etc/os-release"
printf 'root:x:0:0:root:/:/usr/sbin/nologin\napp:x:1654:1654:app:/tmp:/usr/sbin/nologin\n' >"$root/etc/passwd"
printf 'root:x:0:\napp:x:1654:\n' >"$root/etc/group"
printf 'hosts: files dns\n' >"$root/etc/nsswitch.conf"
chmod 1777 "$root/tmp"
# Times of unpacking would make every build another one.
find "$root" -newermt "@${SOURCE_DATE_EPOCH:-0}" -exec touch --no-dereference --date="@${SOURCE_DATE_EPOCH:-0}" {} +
