#!/bin/sh
# sbom.sh NAME VERSION ROOT [APP…]: a CycloneDX bill of what an image has, on standard output: Debian packages by the root's own
# list, NuGet packages by what each app says that it brings, npm packages by the locks of toolchains, and .NET itself.
set -eu
name=$1 version=$2 root=$3
shift 3
work=$(mktemp -d)

# Stanzas of dpkg: the three fields of each, in one line.
awk -v RS='' -F'\n' '{ p = v = a = ""; ok = 0
  for (i = 1; i <= NF; i++) { if ($i ~ /^Package: /) p = substr($i, 10); if ($i ~ /^Version: /) v = substr($i, 10)
    if ($i ~ /^Architecture: /) a = substr($i, 15); if ($i == "Status: install ok installed") ok = 1 }
  if (ok) print p "\t" v "\t" a }' "$root/var/lib/dpkg/status" |
  jq -R 'split("\t") | { type: "library", name: .[0], version: .[1], purl: "pkg:deb/debian/\(.[0] | @uri)@\(.[1] | @uri)?arch=\(.[2])" }' >"$work/deb"

for app in "$@"; do
  jq '.libraries | to_entries[] | select(.value.type == "package") | .key | split("/")
    | { type: "library", name: .[0], version: .[1], purl: "pkg:nuget/\(.[0])@\(.[1])" }' "$root$app"/*.deps.json
done >"$work/nuget"

for framework in "$root"/usr/share/dotnet/shared/*/* "$root"/usr/share/dotnet/sdk/*; do
  [ ! -d "$framework" ] || printf '%s\t%s\n' "$(basename "$(dirname "$framework")")" "$(basename "$framework")"
done | jq -R 'split("\t") | { type: "framework", name: (if .[0] == "sdk" then "dotnet-sdk" else .[0] end), version: .[1],
  purl: "pkg:generic/\(if .[0] == "sdk" then "dotnet-sdk" else .[0] end)@\(.[1])" }' >"$work/dotnet"

for lock in "$root"/opt/toolchains/*/package-lock.json; do
  [ ! -e "$lock" ] || jq '.packages | to_entries[] | select(.key != "" and .value.version != null)
    | { name: (.key | sub(".*node_modules/"; "")), version: .value.version }
    | { type: "library", name, version, purl: "pkg:npm/\(.name | sub("^@"; "%40"))@\(.version)" }' "$lock"
done >"$work/npm"

jq -s --arg name "$name" --arg version "$version" '{
  bomFormat: "CycloneDX", specVersion: "1.5", version: 1,
  metadata: { component: { type: "container", name: "onlinecompiler/\($name)", version: $version } },
  components: (unique_by(.purl) | map(. + { "bom-ref": .purl }))
}' "$work/deb" "$work/nuget" "$work/dotnet" "$work/npm"
rm -rf "$work"
