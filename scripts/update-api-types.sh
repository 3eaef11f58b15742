#!/usr/bin/env bash
# Writes down the OpenAPI document that the Gateway answers, and makes the page's types of it. Run it when the API has changed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
UPDATE_DOCUMENT=1 dotnet run -c Release --project tests/Gateway.Tests -- --filter-method '*The_page_is_typed_by_this_document'
npm --prefix Web/ClientApp run types
