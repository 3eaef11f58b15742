#!/bin/sh
# Copies the descriptions of CHICKEN's own modules: Debian keeps them below /var, which the sandbox does not have.
# Usage: prepare.sh <toolchain folder>
set -e

rm -rf "$1/repository"
cp -RL /var/lib/chicken/11 "$1/repository"
