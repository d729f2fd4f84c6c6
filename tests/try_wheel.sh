#!/bin/sh
# Builds the wheel, installs it with its dependencies in an empty environment, and starts it from an empty folder.
set -e
python="$(cd "$(dirname "$1")" && pwd)/$(basename "$1")"
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
"$python" -m hatchling build --target wheel --directory "$folder"
"$python" -m venv "$folder/empty"
"$folder/empty/bin/python" -m pip install --quiet --disable-pip-version-check "$folder"/*.whl
cd "$folder"
empty/bin/splatelier --version
empty/bin/splatelier --help
empty/bin/python -c "import splatelier.tools.splats, splatelier.agent.cli.main; print('imports from', splatelier.__path__)"
