#!/usr/bin/env bash
# with_mail.sh COMMAND...: runs a command beside a server of mails, gone afterwards: aiosmtpd, which says no when asked.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source bin/lib/paths.sh

PYTHON="$CACHE/aiosmtpd-$AIOSMTPD/bin/python"
[[ -x "$PYTHON" ]] || {
    echo "the server of mails is not installed: bin/test install" >&2
    exit 1
}
FOLDER=$(mktemp -d "${TMPDIR:-/tmp}/mewayz-mail.XXXXXX")

stop() {
    kill "$SERVER" 2>/dev/null && wait "$SERVER" 2>/dev/null || true
    rm -rf "$FOLDER"
}
"$PYTHON" bin/lib/mail_server.py "$FOLDER" >"$FOLDER/log" 2>&1 &
SERVER=$!
trap stop EXIT
trap 'exit 143' INT TERM
wait_for 20 test -s "$FOLDER/places" || { cat "$FOLDER/log" >&2; exit 1; }
# plain=PORT starttls=PORT implicit=PORT log=PORT authorities=FILE
MEWAYZ_TEST_MAIL="$(cat "$FOLDER/places")"
export MEWAYZ_TEST_MAIL
"$@"
