#!/usr/bin/env bash
# Checks the page: types, tests (report written to the file named first), and the size budget of what was built.
set -euo pipefail
export NO_COLOR=1
cd "$(dirname "${BASH_SOURCE[0]}")/../Web/ClientApp"
npm run typecheck
npm test -- --reporter=default --reporter=json --outputFile.json="$1"
npm run budget
