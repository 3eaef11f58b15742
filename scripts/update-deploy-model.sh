#!/usr/bin/env bash
# Writes deploy/application.json, from which the deployment knows what AppHost.cs starts and who uses whom.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
dotnet run -c Release --project OnlineCompiler.AppHost -- --publisher manifest --output-path deploy/application.json
