#!/bin/sh
# Fetch what the tests want from outside Python (PostgreSQL's server, Chromium, and Go as a foreign reader of our
# logs) where we may: as root on Debian. Elsewhere, or if fetching fails, the tests skip that lane and say so loudly.
set -eu

fetch() {
    [ -n "$1" ] || return 0
    if [ "$(id -u)" = 0 ] && grep -qs '^ID=debian' /etc/os-release; then
        echo "Installing for the tests: $1"
        export DEBIAN_FRONTEND=noninteractive
        # shellcheck disable=SC2086 # one word a package
        if apt-get update -qq && apt-get install -y -qq --no-install-recommends $1 >/dev/null; then
            return 0
        fi
        echo "Installing $1 failed; the tests will skip what needs them." >&2
    else
        echo "The tests will skip what needs: $1" >&2
    fi
}

missing=$(.venv/bin/python -m tests.support.lanes)
fetch "$(echo "$missing" | sed -n 1p)"
fetch "$(echo "$missing" | sed -n 2p)"
