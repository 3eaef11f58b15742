#!/bin/sh
# Copies the list of GHC's own libraries: Debian keeps it below /var, which the sandbox does not have.
# Usage: prepare.sh <toolchain folder>
set -e

rm -rf "$1/package.conf.d"
cp -RL "$(ghc --print-global-package-db)" "$1/package.conf.d"
