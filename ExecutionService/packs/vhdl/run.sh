#!/bin/sh
# Simulates the design.
# Usage: run.sh <arguments>...

exec ghdl -r --std=08 -frelaxed --workdir=design "$(cat design/top)" "$@"
