#!/bin/sh
# Fetch what the tests want from outside Python (PostgreSQL's server, Chromium) where we may:
# as root on Debian. Elsewhere, or if fetching fails, the tests skip that lane and say so loudly.
set -eu

missing=$(.venv/bin/python -m tests.support.lanes)
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ] && grep -qs '^ID=debian' /etc/os-release; then
    echo "Installing for the tests:" $missing
    export DEBIAN_FRONTEND=noninteractive
    # shellcheck disable=SC2086 # one word a package
    if apt-get update -qq && apt-get install -y -qq --no-install-recommends $missing >/dev/null; then
        exit 0
    fi
    echo "Installing $missing failed; the tests will skip what needs them." >&2
else
    echo "The tests will skip what needs: $missing" >&2
fi
