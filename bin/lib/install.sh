#!/usr/bin/env bash
# Installs what the tests need and this machine lacks: Debian packages and e2e's npm packages.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source bin/lib/paths.sh

missing_packages() {
    command -v chromium >/dev/null || echo chromium
    [[ -e /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf ]] || echo fonts-dejavu-core
    [[ -e /usr/share/fonts/truetype/noto/NotoColorEmoji.ttf ]] || echo fonts-noto-color-emoji
    compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || echo postgresql
    java -version >/dev/null 2>&1 || echo default-jre-headless
    command -v curl >/dev/null || echo curl
    # sqlite and ring are compiled from C.
    command -v cc >/dev/null || echo build-essential
    python3 -c 'import ensurepip, venv' >/dev/null 2>&1 || echo python3-venv
}

as_root() {
    if [[ $EUID == 0 ]]; then "$@"; else sudo -n "$@"; fi
}

install_packages() {
    local missing
    mapfile -t missing < <(missing_packages)
    if [[ ${#missing[@]} == 0 ]]; then
        echo "every Debian package is there"
        return
    fi
    echo "missing: ${missing[*]}"
    if ! command -v apt-get >/dev/null; then
        echo "this is no Debian: install them by hand" >&2
        return 1
    fi
    as_root apt-get update
    as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install --yes --no-install-recommends "${missing[@]}"
}

# `npm ci` starts from nothing, so it runs only when the lock file is not the one installed.
install_npm() {
    local installed=e2e/node_modules/.installed
    if cmp --silent e2e/package-lock.json "$installed"; then
        echo "every npm package is there"
        return
    fi
    npm --prefix e2e ci
    cp e2e/package-lock.json "$installed"
}

install_components() {
    cargo fmt --version >/dev/null 2>&1 || rustup component add rustfmt
    cargo clippy --version >/dev/null 2>&1 || rustup component add clippy
}

install_schemathesis() {
    local place="$CACHE/schemathesis-$SCHEMATHESIS"
    if [[ -x "$place/bin/schemathesis" ]]; then
        echo "schemathesis is there"
        return
    fi
    rm -rf "$place"
    python3 -m venv "$place"
    "$place/bin/pip" install --quiet --prefer-binary "schemathesis==$SCHEMATHESIS"
}

install_buckets() {
    local place="$CACHE/s3rver-$S3RVER"
    if [[ -x "$place/node_modules/.bin/s3rver" ]]; then
        echo "s3rver is there"
        return
    fi
    npm install --no-audit --no-fund --ignore-scripts --prefix "$place" "s3rver@$S3RVER"
}

install_mail() {
    local place="$CACHE/aiosmtpd-$AIOSMTPD"
    if [[ -e "$place/.installed" ]]; then
        echo "aiosmtpd is there"
        return
    fi
    rm -rf "$place"
    python3 -m venv "$place"
    "$place/bin/pip" install --quiet --prefer-binary "aiosmtpd==$AIOSMTPD" "trustme>=1.2,<2"
    touch "$place/.installed"
}

install_packages
install_components
install_npm
install_schemathesis
install_buckets
install_mail
