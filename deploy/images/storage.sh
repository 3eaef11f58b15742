# shellcheck shell=bash
# Where build.sh and try.sh keep images and containers: in the checkout, apart from those of the machine. Sourced; needs $root.

images_dir=$root/.run/images
mkdir -p "$images_dir"
stored=(--root "$images_dir/storage" --runroot "$images_dir/runroot")
name_of() { printf 'localhost/onlinecompiler/%s' "$1"; }

# Limits and groups that a machine without systemd can give, and the runtime that knows cgroups of version 1.
cat >"$images_dir/containers.conf" <<'TEXT'
[containers]
default_ulimits = ["nofile=1024:4096", "nproc=1024:1024"]
[engine]
cgroup_manager = "cgroupfs"
events_logger = "none"
runtime = "runc"
[network]
network_backend = "netavark"
TEXT
export CONTAINERS_CONF=$images_dir/containers.conf
