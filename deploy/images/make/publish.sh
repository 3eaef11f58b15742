#!/bin/sh
# publish.sh PROJECT FOLDER [OPTION…]: what runs of a service, the same bytes from the same sources wherever it is built.
set -eu
project=$1 folder=$2
shift 2
export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
# Analysers are for those who write the code, and take most of the time here. The revision is told by the
# image's labels; in the assemblies it would change them with every commit.
/usr/share/dotnet/dotnet publish "/source/$project" --configuration Release --output "$folder" -m:1 -nodeReuse:false \
  -p:UseSharedCompilation=false -p:ContinuousIntegrationBuild=true -p:IncludeSourceRevisionInInformationalVersion=false \
  -p:RunAnalyzers=false -p:DebugType=none -p:GenerateDocumentationFile=false -p:UseAspire=false "$@"
# Settings of a developer's machine.
rm -f "$folder"/appsettings.Development.json
