# shellcheck shell=bash
# Which languages there are: each is a folder that holds a manifest. Needs $root.

packs=$root/ExecutionService/packs

# What of a manifest is installed on the machine itself, for jq; packages of roots of their own are not.
machines_packages='((.install, (.alternatives // [] | .[].install)) | select(. != null and .root == null) | .apt // [] | .[])'

# languages_in CHOICE: the ids it stands for, one a line.
languages_in() {
  case $1 in
    # Without jq, which may not be there yet; the tests hold the manifests to this spelling.
    core) grep -l '^  "core": true,$' "$packs"/*/pack.json | xargs -n 1 dirname | xargs -n 1 basename ;;
    all) basename -a "$packs"/*/ ;;
    *) tr ',' '\n' <<<"$1" ;;
  esac
}
