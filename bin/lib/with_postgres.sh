#!/usr/bin/env bash
# with_postgres.sh COMMAND...: runs a command beside a PostgreSQL of its own, gone afterwards.
# The tests connect as `mewayz`, who owns databases but is no superuser: a superuser would walk
# through row-level security unseen.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source bin/lib/paths.sh

PROGRAMS=$(compgen -G '/usr/lib/postgresql/*/bin' | sort --version-sort | tail -n 1) || {
    echo "PostgreSQL is not installed: bin/test install" >&2
    exit 1
}
FOLDER=$(mktemp -d "${POSTGRES_PARENT:-/tmp}/mewayz-postgres.XXXXXX")
PORT=$(free_port)

# PostgreSQL refuses to run as root.
as_postgres() {
    if [[ $EUID == 0 ]]; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi
}

stop() {
    as_postgres "$PROGRAMS/pg_ctl" --pgdata="$FOLDER/data" --mode=immediate stop >/dev/null 2>&1 || true
    rm -rf "$FOLDER"
}
trap stop EXIT
trap 'exit 143' INT TERM

[[ $EUID != 0 ]] || chown postgres "$FOLDER"
as_postgres "$PROGRAMS/initdb" --pgdata="$FOLDER/data" --username=postgres --auth=trust \
    --encoding=UTF8 --no-locale >/dev/null
as_postgres tee -a "$FOLDER/data/postgresql.conf" >/dev/null <<END
listen_addresses = '127.0.0.1'
port = $PORT
unix_socket_directories = '$FOLDER'
max_connections = ${POSTGRES_CONNECTIONS:-400}
shared_buffers = ${POSTGRES_SHARED_BUFFERS:-32MB}
END
as_postgres "$PROGRAMS/pg_ctl" --pgdata="$FOLDER/data" --log="$FOLDER/log" --wait start >/dev/null || {
    cat "$FOLDER/log" >&2
    exit 1
}
"$PROGRAMS/psql" --quiet --host=127.0.0.1 --port="$PORT" --username=postgres \
    --command='create role mewayz login createdb nosuperuser nobypassrls'

export PATH="$PROGRAMS:$PATH"
export MEWAYZ_TEST_ENGINE=postgres
export MEWAYZ_TEST_POSTGRES="postgres://mewayz@127.0.0.1:$PORT/postgres"
# For those who stop it and start it again.
export MEWAYZ_TEST_POSTGRES_DATA="$FOLDER/data"
"$@"
