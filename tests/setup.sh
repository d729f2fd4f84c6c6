#!/bin/sh
# What the tests need beyond Python packages: a Chromium, from the system's packages where the machine has none.
set -e
if ! command -v chromium >/dev/null && ! command -v google-chrome >/dev/null && [ -z "$CHROMIUM" ]; then
    echo "Installing Chromium for the browser tests ..."
    sudo=""
    [ "$(id -u)" = 0 ] || sudo="sudo"
    $sudo apt-get update -qq && $sudo apt-get install -y -qq --no-install-recommends chromium >/dev/null ||
        { echo "The browser tests need Chromium: install it, or set CHROMIUM to its path." >&2; exit 1; }
fi
