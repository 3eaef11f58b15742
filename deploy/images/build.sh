#!/usr/bin/env bash
# Builds the images on this machine, without a container engine's daemon and without a registry: with buildah, from a Debian made
# by mmdebstrap, and this machine's own .NET SDK and Node.js. For trying; what is deployed is built by push.sh from pinned bases.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$root/deploy/images"
source images.sh
source storage.sh

usage() {
  cat <<'TEXT'
Usage: deploy/images/build.sh [--languages core|all|ID,ID…] [--libraries] [IMAGE…]

  --languages …   toolchains of the execution image (default core)
  --libraries     their popular libraries, too
  IMAGE           gateway, session, ai, execution or function; all of them when none is named

Needs root, and the packages buildah, podman, runc and mmdebstrap. A base of one's own: BASE_IMAGE=…, SDK_IMAGE=…, NODE_IMAGE=…
Lambda's web adapter comes from a public registry: ADAPTER_IMAGE=… names an image that has it as /lambda-adapter, ADAPTER_FILE=… the
program itself. With neither, the function's image has a file in its place that says so, and Lambda cannot use it.
TEXT
}

languages=core libraries='' images=()
while (($# > 0)); do
  case $1 in
    --languages)
      (($# > 1)) || { usage >&2 && exit 2; }
      languages=$2
      shift
      ;;
    --libraries) libraries=--libraries ;;
    --help | -h) usage && exit ;;
    *)
      [[ " ${all_images[*]} " == *" $1 "* ]] || { usage >&2 && exit 2; }
      images+=("$1")
      ;;
  esac
  shift
done
((${#images[@]} > 0)) || images=("${all_images[@]}")

for command in buildah podman runc mmdebstrap; do
  command -v "$command" >/dev/null || { echo "build.sh: $command is not here; as root: apt-get install --no-install-recommends buildah podman runc mmdebstrap netavark" >&2 && exit 1; }
done

base_there() { buildah "${stored[@]}" inspect --type image "$1" >/dev/null 2>&1; }

# from_files NAME FILE TARGET [FILE TARGET…]: an image that has files of this machine, and nothing else.
from_files() {
  local name=$1 container
  shift
  container=$(buildah "${stored[@]}" from scratch)
  while (($# > 0)); do
    buildah "${stored[@]}" copy --quiet "$container" "$1" "$2" >/dev/null
    shift 2
  done
  buildah "${stored[@]}" commit --quiet --rm "$container" "$name" >/dev/null
}

make_base() {
  local name=$1 folder
  folder=$(mktemp -d)
  echo "==> $name"
  case $2 in
    BASE_IMAGE)
      mmdebstrap --quiet --variant=minbase bookworm "$folder/base.tar"
      podman "${stored[@]}" import --quiet "$folder/base.tar" "$name" >/dev/null
      ;;
    SDK_IMAGE) from_files "$name" "$(dirname "$(readlink -f "$(command -v dotnet)")")" /usr/share/dotnet ;;
    NODE_IMAGE) from_files "$name" "$(readlink -f "$(command -v node)")" /usr/local/bin/node "$(dirname "$(dirname "$(readlink -f "$(command -v npm)")")")" /usr/local/lib/node_modules/npm ;;
    ADAPTER_IMAGE)
      if [[ -n ${ADAPTER_FILE:-} ]]; then
        install -m 0755 "$ADAPTER_FILE" "$folder/lambda-adapter"
      else
        echo "    without Lambda's web adapter: this image is for trying, and Lambda cannot use it (ADAPTER_IMAGE, ADAPTER_FILE)"
        printf '#!/bin/sh\necho "This image was built without the web adapter of Lambda (ADAPTER_IMAGE, ADAPTER_FILE)." >&2\nexit 1\n' >"$folder/lambda-adapter"
        chmod 0755 "$folder/lambda-adapter"
      fi
      from_files "$name" "$folder/lambda-adapter" /lambda-adapter
      ;;
  esac
  rm -rf "$folder"
}

# What signs for this machine's mirrors, where these are not the ones that everybody knows. They reach the execution image's list, too.
trusted=() authorities=/usr/local/share/ca-certificates
[[ -z $(ls -A "$authorities" 2>/dev/null) ]] || trusted+=(--volume "$authorities:$authorities:ro")

revision=$(git rev-parse HEAD 2>/dev/null || echo unknown)
for image in "${images[@]}"; do
  options=()
  for base in $(bases_of "$image"); do
    name=${!base:-$(name_of "base-${base,,}")}
    # The adapter is made each time: which one it is differs from call to call, and copying a file is nothing.
    [[ -n ${!base:-} ]] || { [[ $base != ADAPTER_IMAGE ]] && base_there "$name"; } || make_base "$name" "$base"
    options+=(--build-arg "$base=$name")
  done
  mapfile -t -O "${#options[@]}" options < <(tell_project "$image")
  [[ $image != execution ]] || options+=(--build-arg "LANGUAGES=$languages" --build-arg "LIBRARIES=$libraries")
  echo "==> $image"
  started=$SECONDS
  # Health checks are no part of the format that is the default here.
  nice -n 10 buildah "${stored[@]}" bud --quiet --isolation chroot --format docker --layers --ignorefile "$root/.dockerignore" \
    "${trusted[@]}" "${options[@]}" --build-arg VERSION=local --build-arg "REVISION=$revision" \
    --file "$(dockerfile_of "$image")" --tag "$(name_of "$image")" "$root" >"$images_dir/$image.log" 2>&1 || {
    tail -n 40 "$images_dir/$image.log" >&2
    echo "build.sh: $image: failed; all of its output is in ${images_dir#"$root"/}/$image.log" >&2
    exit 1
  }
  echo "    $(podman "${stored[@]}" image inspect --format '{{.Size}}' "$(name_of "$image")" | awk '{ printf "%.0f MB", $1 / 1e6 }'), done after $((SECONDS - started)) s"
done
