# shellcheck shell=bash
# Which images there are, and which ones they begin with or are built by. Sourced by pin.sh, push.sh and build.sh.

declare -A base_tags=(
  # Debian 12, which the toolchains of the languages are packages of.
  [BASE_IMAGE]=docker.io/library/debian:bookworm-slim
  # Its SDK compiles, and runs C#; its runtime is what our services run on.
  [SDK_IMAGE]=mcr.microsoft.com/dotnet/sdk:10.0
  [NODE_IMAGE]=docker.io/library/node:22-bookworm-slim
  # Not in our images: what builds them.
  [BUILDKIT_IMAGE]=docker.io/moby/buildkit:buildx-stable-1
  [ADAPTER_IMAGE]=public.ecr.aws/awsguru/aws-lambda-adapter:0.9.1
)

# shellcheck disable=SC2034 # for those that source this
all_images=(gateway session ai execution function)

# Services that differ by their project alone, and so have one Dockerfile.
declare -A projects=([gateway]=Gateway [session]=SessionService [ai]=AiService)

# dockerfile_of IMAGE
dockerfile_of() { if [[ -v projects[$1] ]]; then echo service/Dockerfile; else echo "$1/Dockerfile"; fi; }

# bases_of IMAGE: what its Dockerfile asks for before its first stage.
bases_of() { sed -n '/^FROM/q; s/^ARG \([A-Z]*_IMAGE\)$/\1/p' "$(dockerfile_of "$1")"; }

# tell_project IMAGE: what a Dockerfile of several images must be told, one argument a line.
tell_project() { [[ ! -v projects[$1] ]] || printf '%s\n' --build-arg "SERVICE=$1" --build-arg "PROJECT=${projects[$1]}"; }
