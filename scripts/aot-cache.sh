#!/bin/sh
# Makes the AOT cache of the built program if it is not as new as that; for tests, which start it many times.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd -P)
. "$root/scripts/jdk.sh"
. "$root/scripts/build.sh"
. "$root/scripts/aot.sh"
find_jdk || exit 1
make_aot_cache_if_stale
