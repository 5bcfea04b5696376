#!/bin/sh
# Puts the bot, and all that it needs, into a folder: tools/image.sh FOLDER. The Dockerfile does it with /app.
# PYTHON says with which Python. Nothing in the folder is written to when the bot runs.
set -eu
folder=$1
source=$(cd "$(dirname "$0")/.." && pwd)
mkdir -p "$folder"
cp -r "$source/bot" "$source/cogs" "$source/seeds" "$source/LICENSE" "$folder/"
find "$folder/bot" "$folder/cogs" -name __pycache__ -prune -exec rm -r {} +
sh "$source/tools/install.sh" "$folder/.venv" postgresql
"$folder/.venv/bin/python" -m pip uninstall --quiet --yes setuptools pip
"$folder/.venv/bin/python" -m compileall -q "$folder/bot" "$folder/cogs"
