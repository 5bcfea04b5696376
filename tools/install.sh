#!/bin/sh
# Installs a lock of requirements/ into a virtual environment: tools/install.sh [FOLDER [LOCK]]
# LOCK is its name, such as bot. Without one it is that of the last install, or bot.
# PYTHON says which Python. Every file is held against its hash in the lock, and nothing is compiled.
set -eu
folder=${1:-.venv}
lock=${2:-$(cat "$folder/.ready" 2>/dev/null || true)}
lock=${lock:-bot}
python=${PYTHON:-python3}

fail() {
    echo "$1" >&2
    exit 2
}

command -v "$python" >/dev/null ||
    fail "Oneshot needs Python 3.11 or later, and there is no $python: install it, or name one, like PYTHON=python3.13"
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    fail "Oneshot needs Python 3.11 or later and this is $("$python" -V): name a newer one, like PYTHON=python3.13"
"$python" -c 'import ensurepip, venv' 2>/dev/null ||
    fail "Oneshot needs Python's venv, which is a package of its own here: on Debian and Ubuntu, apt install python3-venv"

# A whole environment is brought up to date; one that was never finished is made anew.
[ -e "$folder/.ready" ] && [ -x "$folder/bin/python" ] || "$python" -m venv --clear "$folder"
rm -f "$folder/.ready"
"$folder/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: \
    -r "$(dirname "$0")/../requirements/$lock.txt"
echo "$lock" >"$folder/.ready"
