#!/bin/sh
# Compiles the sources to main.dll with the SDK's own C# compiler, called directly: half a second, where a project build
# takes two.
# Usage: compile.sh <pack folder> <sources and compiler arguments>...

pack=$1
shift
options=$TMPDIR/options.rsp

newest() {
  printf '%s\n' "$@" | sort -V | tail -n 1
}

dotnet_root=$(dirname "$(readlink -f "$(command -v dotnet)")")
compiler=$(newest "$dotnet_root"/sdk/*/Roslyn/bincore/csc.dll)
reference_pack=$(newest "$dotnet_root"/packs/Microsoft.NETCore.App.Ref/10.*)

printf -- '-reference:%s\n' "$reference_pack"/ref/net10.0/*.dll > "$options"
# The SDK's source generators cost 0.3 s to load, so only programs that name one of their attributes get them.
if grep -qsE 'GeneratedRegex|JsonSerializable|LibraryImport|GeneratedComInterface' -- "$@"; then
  printf -- '-analyzer:%s\n' "$reference_pack"/analyzers/dotnet/cs/*.dll >> "$options"
fi

# The debug information is for stack traces, which then name file and line, the same in every sandbox.
exec dotnet exec "$compiler" -noconfig -nologo -utf8output -target:exe -out:main.dll -optimize+ -debug:embedded -pathmap:"$PWD"=/workspace \
  -nullable:enable -define:NET,NET10_0,NET10_0_OR_GREATER,RELEASE,TRACE -warn:10 -nowarn:1701,1702 \
  @"$options" "$pack/ImplicitUsings.cs" "$@"
