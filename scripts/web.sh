#!/bin/sh
# The web UI's part of the Maven build: `web.sh build` builds the pages into target/web if their sources are newer,
# `web.sh test [true]` runs their tests (with `true` a failure is left to who reads the reports).
set -eu
root=$(cd "$(dirname "$0")/.." && pwd -P)
web=$root/web
built=$root/target/web

has_node() {
    command -v npm >/dev/null 2>&1 && command -v node >/dev/null 2>&1 &&
        node -e 'const [a, b] = process.versions.node.split(".").map(Number);
            process.exit(a > 22 || (a === 22 && b >= 12) || (a === 20 && b >= 19) ? 0 : 1)'
}

need_node() {
    has_node && return
    echo "[ERROR] The web pages are built with Node.js 20.19, 22.12 or newer and npm, which are not on the PATH." >&2
    echo "[ERROR] Install them (apt-get install nodejs npm, dnf install nodejs, brew install node, mise use -g node@22)," >&2
    echo "[ERROR] or build Sesame without its pages: mvn -Dweb.skip package" >&2
    exit 1
}

install() {
    need_node
    installed=$web/node_modules/.package-lock.json
    if [ ! -f "$installed" ] || [ -n "$(find "$web/package.json" "$web/package-lock.json" -newer "$installed")" ]; then
        (cd "$web" && npm ci --no-audit --no-fund --loglevel=error)
        touch "$installed"
    fi
}

sources_newer_than() {
    [ -n "$(find "$web" -path "$web/node_modules" -prune -o -type f -newer "$1" -print | head -n 1)" ]
}

case $1 in
build)
    if [ -f "$built/stamp" ] && ! sources_newer_than "$built/stamp"; then
        exit 0
    fi
    install
    mkdir -p "$built"
    touch "$built/stamp.new"
    (cd "$web" && npm run --silent build -- --logLevel warn)
    rm -rf "$root/target/classes/web" # or the names of the last build would stay in the jar
    mv "$built/stamp.new" "$built/stamp"
    ;;
test)
    echo 'testing the web pages' # a word of progress
    install
    (cd "$web" && npm run --silent check && npm test --silent) || [ "${2:-}" = true ]
    ;;
esac
