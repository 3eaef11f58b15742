#!/bin/sh
# Prints name and version of the libraries that an operator has installed, a line each.

cd /usr/include || exit 1
sed -nE 's/^#define BOOST_LIB_VERSION "([0-9_]+)"/boost \1/p' boost/version.hpp | tr _ .
awk '/^#define EIGEN_(WORLD|MAJOR|MINOR)_VERSION/ { version = version "." $3 } END { if (version) print "eigen", substr(version, 2) }' \
  eigen3/Eigen/src/Core/util/Macros.h
# It lies in one of these folders, and some kinds of awk end at a file that is not there.
cat gmp.h x86_64-linux-gnu/gmp.h 2>/dev/null |
  awk '/^#define __GNU_MP_VERSION/ { version = version "." $3 } END { if (version) print "gmp", substr(version, 2) }'
exit 0
