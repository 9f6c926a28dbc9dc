#!/usr/bin/env bash
# mail_tests.sh: everything that mails do, beside a real server, on both engines.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

run() { bash bin/lib/with_mail.sh cargo nextest run --package mails --package mewayz --test delivery --test mail --run-ignored only --locked; }
export -f run
MEWAYZ_TEST_ENGINE=sqlite run
bash bin/lib/with_postgres.sh bash -c run
