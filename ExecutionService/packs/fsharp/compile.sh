#!/bin/sh
# Compiles the sources to main.dll with the SDK's own F# compiler, called directly: a project build takes four times as
# long.
# Usage: compile.sh <entry point> <sources and compiler arguments>...

newest() {
  printf '%s\n' "$@" | sort -V | tail -n 1
}

dotnet_root=$(dirname "$(readlink -f "$(command -v dotnet)")")
compiler=$(newest "$dotnet_root"/sdk/*/FSharp)
if [ "$1" = --version ]; then
  exec dotnet exec "$compiler/fsc.dll" --version
fi
entry=$1
shift

# A file may use only those before it, so the entry point goes last, after the others in the order of the request.
for argument in "$@"; do
  shift
  [ "$argument" = "$entry" ] || set -- "$@" "$argument"
done

# The program finds the core library where the SDK has it.
cat > main.runtimeconfig.json <<END
{
  "runtimeOptions": {
    "tfm": "net10.0",
    "framework": { "name": "Microsoft.NETCore.App", "version": "10.0.0" },
    "configProperties": {
      "APP_PATHS": "$compiler",
      "System.GC.Concurrent": false,
      "System.GC.Server": false,
      "System.Runtime.TieredPGO": false
    }
  }
}
END

reference_pack=$(newest "$dotnet_root"/packs/Microsoft.NETCore.App.Ref/10.*)
printf -- '-r:%s\n' "$reference_pack"/ref/net10.0/*.dll "$compiler/FSharp.Core.dll" > "$TMPDIR/options.rsp"
exec dotnet exec "$compiler/fsc.dll" --nologo --noframework --targetprofile:netcore --target:exe --out:main.dll \
  --optimize+ --debug:embedded --crossoptimize- --simpleresolution --nocopyfsharpcore --define:NET --define:NET10_0 \
  @"$TMPDIR/options.rsp" "$@" "$entry"
