#!/usr/bin/env bash
# Builds the images that an environment runs and that its registry has not got yet, and pushes them.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
source images.sh

usage() {
  cat <<'TEXT'
Usage: deploy/images/push.sh ENVIRONMENT TAG

  ENVIRONMENT   a file in deploy/environments, without .json
  TAG           of the images: the commit that they are built from, checked out here

What each image is made of is written to deploy/images/sbom/IMAGE.cdx.json (CycloneDX).
TEXT
}

fail() {
  echo "push.sh: $*" >&2
  exit 1
}

(($# == 2)) || { usage >&2 && exit 2; }
environment=$1 tag=$2 settings=../environments/$1.json
[[ -f $settings ]] || fail "there is no environment \"$environment\""

account=$(jq -r .account "$settings") region=$(jq -r .region "$settings")
builder=onlinecompiler registry=$account.dkr.ecr.$region.amazonaws.com
case $(jq -r .profile "$settings") in
  serverless) images=(function execution) ;;
  *) images=(gateway session ai execution) ;;
esac

# is_there IMAGE: tags are never given anew, so an image that is there is the one that was tested.
is_there() {
  local found
  found=$(aws ecr batch-get-image --region "$region" --repository-name "onlinecompiler-$environment/$1" --image-ids "imageTag=$tag" \
    --query 'images[].imageId.imageTag' --output text) || fail "the registry could not be asked for $1"
  [[ -n $found && $found != None ]]
}

# architecture_of IMAGE: the toolchains are for x86-64; what runs no programs is on Graviton.
architecture_of() { if [[ $1 == execution ]]; then echo amd64; else echo arm64; fi; }

pinned() { [[ ${!1:-} == *@sha256:* ]] || fail "$1 is not pinned: run deploy/images/pin.sh and commit bases.lock"; }

# The builder that comes with the engine cannot set times in layers.
make_builder() {
  pinned BUILDKIT_IMAGE
  docker buildx inspect "$builder" >/dev/null 2>&1 ||
    docker buildx create --name "$builder" --driver docker-container --driver-opt "image=$BUILDKIT_IMAGE" >/dev/null
}

# build IMAGE OPTION…
build() {
  local image=$1 name options=()
  shift
  for name in $(bases_of "$image"); do options+=(--build-arg "$name=${!name}"); done
  mapfile -t -O "${#options[@]}" options < <(tell_project "$image")
  docker buildx build ../.. --builder "$builder" --file "$(dockerfile_of "$image")" --platform "linux/$(architecture_of "$image")" "${options[@]}" \
    --build-arg "VERSION=$tag" --build-arg "REVISION=$tag" --build-arg "CREATED=$created" --build-arg "SOURCE_DATE_EPOCH=$epoch" "$@"
}

missing=()
for image in "${images[@]}"; do is_there "$image" || missing+=("$image"); done
if ((${#missing[@]} == 0)); then
  echo "All images of $tag are there: ${images[*]}"
  exit
fi

[[ $(git rev-parse HEAD) == "$tag" ]] || fail "missing are ${missing[*]}, and what is checked out here is not $tag"
[[ -z $(git status --porcelain --untracked-files=no) ]] || fail "what is checked out here has changes that $tag has not"
[[ ! -f bases.lock ]] || source bases.lock
for image in "${missing[@]}"; do
  for name in $(bases_of "$image"); do pinned "$name"; done
done
epoch=$(git log -1 --format=%ct "$tag") created=$(git log -1 --format=%cI "$tag")
aws ecr get-login-password --region "$region" | docker login --username AWS --password-stdin "$registry"
make_builder
mkdir -p sbom
for image in "${missing[@]}"; do
  echo "==> $image:$tag"
  # The bill first: the same layers are taken from the builder's cache then. Lambda takes no image with attestations.
  build "$image" --target sbom --output type=local,dest=sbom --provenance=false
  build "$image" --provenance=false --output "type=image,name=$registry/onlinecompiler-$environment/$image:$tag,push=true,rewrite-timestamp=true"
done
