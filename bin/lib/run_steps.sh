# shellcheck shell=bash
# Runs the named steps one after another, keeps a log of each, and sums up. Sourced by bin/test,
# which has the list STEPS and a function step_NAME for each.

SKIPPED=77 # what a step returns when there is nothing to do, as in automake

main() {
    case "${1:-}" in
    --list) list_steps ;;
    --help | -h) echo "usage: bin/test [--list | STEP...]" && list_steps ;;
    --run-step) "step_$2" ;;
    *) run_steps "$@" ;;
    esac
}

list_steps() {
    local step name minutes purpose
    for step in "${STEPS[@]}"; do
        read -r name minutes purpose <<<"$step"
        printf '%-10s %s\n' "$name" "$purpose"
    done
}

run_steps() {
    local names=("$@") step name minutes purpose
    [[ $# -gt 0 ]] || mapfile -t names < <(for step in "${STEPS[@]}"; do echo "${step%% *}"; done)
    for name in "${names[@]}"; do
        declare -F "step_$name" >/dev/null || { echo "no step $name; bin/test --list" >&2; exit 2; }
    done
    LOGS=$(mktemp -d "${TMPDIR:-/tmp}/mewayz-test.XXXXXX")
    CHILD=
    trap '[[ -z "$CHILD" ]] || kill "$CHILD" 2>/dev/null; wait; exit 130' INT TERM
    PASSED=0 FAILED=0 SUMMARY=()
    for step in "${STEPS[@]}"; do
        read -r name minutes purpose <<<"$step"
        [[ " ${names[*]} " != *" $name "* ]] || run_step "$name" "$minutes" "$purpose"
    done
    sum_up
}

run_step() {
    local name=$1 minutes=$2 purpose=$3 log="$LOGS/$1.log" began=$SECONDS status=0
    printf '%-10s %s ...\n' "$name" "$purpose"
    # In the background, so that an interrupt reaches the trap at once and through it the step.
    timeout --kill-after=30 "${minutes}m" bash bin/test --run-step "$name" >"$log" 2>&1 &
    CHILD=$!
    wait "$CHILD" || status=$?
    CHILD=
    conclude "$name" "$log" "$status" $((SECONDS - began))
}

conclude() {
    local name=$1 log=$2 status=$3 seconds=$4 passed failed word=passed
    read -r passed failed < <(count_tests "$log")
    if [[ $status == "$SKIPPED" ]]; then
        word=skipped passed=0 failed=0
    elif [[ $status != 0 ]]; then
        [[ $status != 124 ]] || echo "ran out of time" >>"$log"
        word=FAILED failed=$((failed > 0 ? failed : 1))
        tail -n 200 "$log" | sed 's/^/    | /'
        echo "    the whole log: $log"
    elif [[ $((passed + failed)) == 0 ]]; then
        passed=1 # a step that counts nothing is one check
    fi
    PASSED=$((PASSED + passed)) FAILED=$((FAILED + failed))
    SUMMARY+=("$(printf '%-10s %-8s %6ss %7s %7s' "$name" "$word" "$seconds" "$passed" "$failed")")
    printf '%-10s %s in %ss\n' "$name" "$word" "$seconds"
}

# Passed and failed tests as cargo, nextest, node and bin/faults sum them up.
count_tests() {
    awk '
        /^test result:/ { passed += $4; failed += $6 }
        /^ *Summary \[/ {
            for (i = 2; i <= NF; i++) {
                if ($i ~ /^passed/) passed += $(i - 1)
                if ($i ~ /^(failed|timed)/) failed += $(i - 1)
            }
        }
        /^[0-9]+ passed, [0-9]+ failed$/ { passed += $1; failed += $3 }
        /^(ℹ|#) pass [0-9]+$/ { passed += $3 }
        /^(ℹ|#) (fail|cancelled) [0-9]+$/ { failed += $3 }
        END { print passed + 0, failed + 0 }' "$1"
}

sum_up() {
    printf '\n%-10s %-8s %7s %7s %7s\n' step result time passed failed
    printf '%s\n' "${SUMMARY[@]}"
    printf '\n%d passed, %d failed\n' "$PASSED" "$FAILED"
    [[ $FAILED == 0 ]] || exit 1
    rm -rf "$LOGS"
}
