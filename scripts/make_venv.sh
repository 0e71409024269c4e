#!/bin/sh
# Make the virtual environment named by $1 with the Python of $PYTHON (python3).
# Debian keeps venv in a package of its own: as root we fetch it, otherwise we say what to type.
set -eu
folder=$1
python=${PYTHON:-python3}

if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    echo "Python 3.11 or newer is needed; '$python' is not. Try: make PYTHON=python3.12 demo" >&2
    exit 1
fi

if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    version=$("$python" -c 'import sys; print("python%d.%d" % sys.version_info[:2])')
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "Installing $version-venv ..."
        apt-get update -qq
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$version-venv" >/dev/null
    else
        echo "This Python has no venv. Install it and run make again: sudo apt-get install $version-venv" >&2
        exit 1
    fi
fi

echo "Making $folder ..."
"$python" -m venv --clear "$folder"
