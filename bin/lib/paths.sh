# shellcheck shell=bash
# Where things are built and kept. Sourced from the workspace's folder.

CACHE="${XDG_CACHE_HOME:-$HOME/.cache}/mewayz"
# A machine that checks many clones keeps one warm build.
if [[ -n "${CI:-}" ]]; then
    export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$CACHE/target}"
    # What is kept for small changes only fills the disk where each run builds another commit.
    export CARGO_INCREMENTAL="${CARGO_INCREMENTAL:-0}"
fi
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$PWD/target}"
export CARGO_TERM_COLOR="${CARGO_TERM_COLOR:-never}"
# The version of the API tester; installed into the cache.
SCHEMATHESIS=4.32.5
# The version of the server that buckets are tried on; installed into the cache.
S3RVER=3.7.1
# The version of the server that mails are tried on; installed into the cache.
AIOSMTPD=1.4.6
MEWAYZ="${MEWAYZ:-$CARGO_TARGET_DIR/debug/mewayz}"

# A TCP port of 127.0.0.1 that nobody uses now.
free_port() {
    node -e 'const s = require("net").createServer();
             s.listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })'
}

# wait_for SECONDS COMMAND...: until the command succeeds.
wait_for() {
    local ends=$((SECONDS + $1))
    shift
    until "$@" >/dev/null 2>&1; do
        ((SECONDS < ends)) || return 1
        sleep 0.1
    done
}
