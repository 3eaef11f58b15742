#!/bin/sh
# Compiles the standard library once: Go brings only its source, and a build would spend a minute on it.
# Usage: prepare.sh <toolchain folder>
set -e

export GOCACHE="$1/cache" GOPATH=/nonexistent GOFLAGS=-buildvcs=false GOPROXY=off GOTOOLCHAIN=local CGO_ENABLED=0
go build std
