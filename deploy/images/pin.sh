#!/usr/bin/env bash
# Asks the registries which images the tags of our bases are today, and writes their digests into bases.lock, to be committed: what is
# built then begins with these very bytes, until somebody pins anew. Asks again with every call.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
source images.sh

trap 'rm -f bases.lock.new' EXIT
{
  echo "# Written by pin.sh."
  for name in $(printf '%s\n' "${!base_tags[@]}" | sort); do
    tag=${base_tags[$name]}
    digest=$(docker buildx imagetools inspect "$tag" --format '{{.Manifest.Digest}}')
    [[ $digest =~ ^sha256:[0-9a-f]{64}$ ]] || { echo "pin.sh: $tag: \"$digest\" is no digest" >&2 && exit 1; }
    echo "$name=$tag@$digest"
  done
} >bases.lock.new
mv bases.lock.new bases.lock
cat bases.lock
