#!/bin/sh
# Lints target/openapi.json, which ApiDocument's tests write, with Spectral and Redocly; a warning is a failure. The
# linters are installed once into target/lint.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd -P)
lint=$root/target/lint
document=$root/target/openapi.json

[ -f "$document" ] || { echo "There is no $document; make lint-api writes it" >&2; exit 1; }
command -v npm >/dev/null 2>&1 || { echo "Node.js and npm are needed" >&2; exit 1; }
if [ ! -x "$lint/node_modules/.bin/redocly" ] || [ ! -x "$lint/node_modules/.bin/spectral" ]; then
    mkdir -p "$lint"
    npm install --prefix "$lint" --no-save --no-audit --no-fund --loglevel=error \
        @stoplight/spectral-cli@6.16.3 @redocly/cli@2.77.0
fi
cd "$root"
"$lint/node_modules/.bin/spectral" lint --ruleset .spectral.yaml --fail-severity=warn "$document"
# Redocly finds warnings worth no failure, so they are looked for.
REDOCLY_TELEMETRY=off REDOCLY_SUPPRESS_UPDATE_NOTICE=true \
    "$lint/node_modules/.bin/redocly" lint --format=json "$document" >"$root/target/redocly.json" ||
    { cat "$root/target/redocly.json"; exit 1; }
if ! grep -q '"warnings": 0' "$root/target/redocly.json"; then
    cat "$root/target/redocly.json"
    exit 1
fi
echo "Redocly: no problems"
