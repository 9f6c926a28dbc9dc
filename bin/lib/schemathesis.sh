#!/usr/bin/env bash
# Tries every documented call of the API at $BASE with made-up input: no fault of the server, and
# no status that the document does not name. EXAMPLES says how many a call.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source bin/lib/paths.sh

PROGRAM="$CACHE/schemathesis-$SCHEMATHESIS/bin/schemathesis"
[[ -x "$PROGRAM" ]] || { echo "schemathesis is not installed: bin/test install" >&2; exit 1; }
KEY=$(node e2e/lib/api_key.js "$BASE")
# Its notes on what it tried go to a folder that is thrown away.
FOLDER=$(mktemp -d "${TMPDIR:-/tmp}/mewayz-schemathesis.XXXXXX")
trap 'rm -rf "$FOLDER"' EXIT
cd "$FOLDER"
"$PROGRAM" run "$BASE/api/openapi.json" \
    --header "Authorization: Bearer $KEY" \
    --checks not_a_server_error,status_code_conformance \
    --phases examples,coverage,fuzzing \
    --max-examples "${EXAMPLES:-15}" \
    --generation-database none \
    --request-timeout 20 \
    --no-color
