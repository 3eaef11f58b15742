#!/bin/sh
# Compiles what compiles the programs (compile.dll), and what boots .NET for them ahead of need (host.so, warm.dll), with the
# SDK's own compiler: see prepared/Compile.cs and prepared/host.c.
# Usage: prepare.sh <toolchain folder>
set -e

pack=$(dirname "$(readlink -f "$0")")
there=$1

newest() {
  printf '%s\n' "$@" | sort -V | tail -n 1
}

dotnet_root=$(dirname "$(readlink -f "$(command -v dotnet)")")
compiler=$(newest "$dotnet_root"/sdk/*/Roslyn/bincore)
reference_pack=$(newest "$dotnet_root"/packs/Microsoft.NETCore.App.Ref/10.*)

compile() {
  dotnet exec "$compiler/csc.dll" -noconfig -nologo -optimize+ -deterministic+ -debug:embedded -nullable:enable -warnaserror+ \
    -pathmap:"$pack"=/pack $(printf -- '-reference:%s ' "$reference_pack"/ref/net10.0/*.dll) "$pack/ImplicitUsings.cs" "$@"
}

cd "$pack/prepared"
compile -target:exe -out:"$there/compile.dll" -reference:"$compiler/Microsoft.CodeAnalysis.dll" \
  -reference:"$compiler/Microsoft.CodeAnalysis.CSharp.dll" Compile.cs Compilation.cs WarmUp.cs
compile -target:library -out:"$there/warm.dll" WarmRuntime.cs
gcc -O2 -Wall -Wextra -Werror -shared -fPIC -I "$pack/.." -o "$there/host.so" host.c
gcc -std=c17 -D_GNU_SOURCE -O2 -Wall -Wextra -Werror -shared -fPIC -o "$there/leaving.so" "$pack/../leaving.c"

# Holds the place of a program that is not there yet. In a folder of its own, for .NET takes in the assemblies beside it.
mkdir -p "$there/place"
: > "$there/place/main.dll"

# Not for the first user to find out that this SDK's compiler is another.
test=$(mktemp -d)
trap 'rm -r "$test"' EXIT
cd "$test"
echo 'System.Console.WriteLine("works");' > Program.cs
dotnet exec --runtimeconfig "$pack/compile.runtimeconfig.json" "$there/compile.dll" "$pack" Program.cs
dotnet exec --runtimeconfig "$pack/compile.runtimeconfig.json" "$there/compile.dll" "$pack" --await-release 3< /dev/null
[ "$(dotnet exec --runtimeconfig "$pack/runtimeconfig.json" main.dll)" = works ]
