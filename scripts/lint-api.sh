#!/bin/sh
# Lints target/openapi.json, which ApiDocument's tests write, with Spectral and Redocly; a warning is a failure. The
# linters are those of scripts/lint/package-lock.json, installed into target/lint when that changes.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd -P)
lint=$root/target/lint
document=$root/target/openapi.json

[ -f "$document" ] || { echo "There is no $document; make lint-api writes it" >&2; exit 1; }
command -v npm >/dev/null 2>&1 || { echo "Node.js and npm are needed" >&2; exit 1; }
if ! cmp -s "$root/scripts/lint/package-lock.json" "$lint/installed.json"; then
    mkdir -p "$lint"
    cp "$root/scripts/lint/package.json" "$root/scripts/lint/package-lock.json" "$lint"
    npm ci --prefix "$lint" --no-audit --no-fund --loglevel=error
    cp "$lint/package-lock.json" "$lint/installed.json"
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
