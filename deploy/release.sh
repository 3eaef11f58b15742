#!/usr/bin/env bash
# Deploys a release to an environment, in the order of what needs what. Each step can be taken again.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

usage() {
  cat <<'TEXT'
Usage: deploy/release.sh ENVIRONMENT TAG
       deploy/release.sh --diff ENVIRONMENT TAG    what that would change
       deploy/release.sh --current ENVIRONMENT     the tag that is deployed; nothing where none is

  ENVIRONMENT   a file in deploy/environments, without .json
  TAG           of the images: the commit that they are built from
TEXT
}

stack() { printf 'onlinecompiler-%s-%s' "$environment" "$1"; }

cdk() { npx cdk "$@" -c environment="$environment" -c imageTag="$tag"; }

region() { jq -r .region "environments/$environment.json"; }

# output REGION STACK KEY
output() {
  aws cloudformation describe-stacks --region "$1" --stack-name "$(stack "$2")" \
    --query "Stacks[0].Outputs[?OutputKey=='$3'].OutputValue" --output text
}

install() { npm ci --ignore-scripts --no-audit --no-fund --loglevel=error; }

release() {
  install
  # Repositories are there before images, and images before what runs them.
  cdk deploy --require-approval never "$(stack Network)" "$(stack Data)"
  images/push.sh "$environment" "$tag"
  cdk deploy --require-approval never --all

  dotnet build ../Web -c Release
  local site distribution
  site=$(output us-east-1 Edge Site)
  distribution=$(output us-east-1 Edge DistributionId)
  # New files first, then the page that names them. CloudFront compresses by itself.
  aws s3 sync ../Web/wwwroot/assets "s3://$site/assets" --exclude '*.br' --exclude '*.gz' --cache-control 'public, max-age=31536000, immutable'
  aws s3 sync ../Web/wwwroot "s3://$site" --exclude 'assets/*' --exclude '*.br' --exclude '*.gz' --exclude '.stamp' --cache-control no-cache
  aws cloudfront create-invalidation --distribution-id "$distribution" --paths '/*' >/dev/null
}

case ${1:-} in
  --current)
    (($# == 2)) || { usage >&2 && exit 2; }
    environment=$2
    output "$(region)" Services ImageTag 2>/dev/null || true
    ;;
  --diff)
    (($# == 3)) || { usage >&2 && exit 2; }
    environment=$2 tag=$3
    install
    cdk diff
    ;;
  --help)
    usage
    ;;
  *)
    (($# == 2)) || { usage >&2 && exit 2; }
    environment=$1 tag=$2
    release
    ;;
esac
