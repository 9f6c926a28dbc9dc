#!/usr/bin/env bash
# with_buckets.sh COMMAND...: runs a command beside a server of S3, gone afterwards: s3rver, which checks keys.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source bin/lib/paths.sh

S3_PROGRAM="$CACHE/s3rver-$S3RVER/node_modules/.bin/s3rver"
[[ -x "$S3_PROGRAM" ]] || {
    echo "the server of buckets is not installed: bin/test install" >&2
    exit 1
}
FOLDER=$(mktemp -d "${TMPDIR:-/tmp}/mewayz-buckets.XXXXXX")
S3=$(free_port)
SERVERS=()

stop() {
    kill "${SERVERS[@]}" 2>/dev/null || true
    wait "${SERVERS[@]}" 2>/dev/null || true
    rm -rf "$FOLDER"
}
trap stop EXIT
trap 'exit 143' INT TERM

"$S3_PROGRAM" --address 127.0.0.1 --port "$S3" --directory "$FOLDER" \
    --configure-bucket uploads --silent >/dev/null 2>&1 &
SERVERS+=($!)
wait_for 20 curl --silent "http://127.0.0.1:$S3/" || { echo "s3rver did not start" >&2; exit 1; }
S3_KEYS="aws_access_key_id=S3RVER aws_secret_access_key=S3RVER aws_region=us-east-1"
export MEWAYZ_TEST_BUCKETS="s3://uploads/of/mewayz aws_endpoint=http://127.0.0.1:$S3 aws_allow_http=true $S3_KEYS"
"$@"
