#!/usr/bin/env bash
# with_demo.sh COMMAND...: runs a command beside `mewayz demo`, at the address in $BASE.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source bin/lib/paths.sh

[[ -x "$MEWAYZ" ]] || { echo "$MEWAYZ is not built: bin/test build" >&2; exit 1; }
FOLDER=$(mktemp -d "${TMPDIR:-/tmp}/mewayz-demo.XXXXXX")
BASE="http://127.0.0.1:$(free_port)"
export BASE
# Beside a server of mails (see with_mail.sh) it sends some.
if [[ "${MEWAYZ_TEST_MAIL:-}" =~ plain=([0-9]+) ]]; then
    export MEWAYZ_MAIL__URL="smtp://127.0.0.1:${BASH_REMATCH[1]}" MEWAYZ_MAIL__FROM=forms@example.com
fi

stop() {
    kill "$SERVER" 2>/dev/null && wait "$SERVER" 2>/dev/null || true
    rm -rf "$FOLDER"
}
"$MEWAYZ" demo --visitors 0 --listen "${BASE#http://}" --data "$FOLDER/data" >"$FOLDER/log" 2>&1 &
SERVER=$!
trap stop EXIT
trap 'exit 143' INT TERM

ready() { kill -0 "$SERVER" && curl --fail --silent "$BASE/api/health/ready"; }
gone_or_ready() { ! kill -0 "$SERVER" || ready; }
wait_for 120 gone_or_ready || true
if ! ready >/dev/null 2>&1; then
    echo "the demo did not become ready; its log:" >&2
    tail -n 40 "$FOLDER/log" >&2
    exit 1
fi
"$@" || {
    status=$?
    echo "the last lines of the demo's log:" >&2
    tail -n 20 "$FOLDER/log" >&2
    exit "$status"
}
