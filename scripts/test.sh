#!/bin/sh
# Runs a tier of tests and says at the end, alone on a line, how many passed, failed and were skipped.
#
#   test.sh fast      everything but the tagged tiers, the servers' tests and the checks included
#   test.sh TAG       the tests of that tag: agents, attack, browser, faults, slow
#
# Further arguments go to Maven. With CI=true a skipped test is a failure.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd -P)
tier=$1
shift

. "$root/scripts/jdk.sh"
. "$root/scripts/build.sh"
find_jdk || exit 1
sh "$root/scripts/packages.sh" "$tier"

[ "$tier" = fast ] || set -- "-Dgroups=$tier" -DexcludedGroups= -Dspotless.check.skip "$@"
# In these two every class has servers and directories of its own, and much of their time is waiting.
case $tier in fast | agents) set -- -Dtest.forks=2 "$@" ;; esac
rm -rf "$root/target/surefire-reports" "$root/target/failsafe-reports"

# Failures are counted from the reports, so that a failing unit test does not hide what the others do.
result=0
maven "$root/target/test.log" verify -Dmaven.test.failure.ignore=true -Dsurefire.failIfNoSpecifiedTests=false "$@" ||
    result=1
[ "$result" -eq 0 ] || echo "Maven failed; all of its output is in target/test.log"
# With failures ignored, Maven also passes over a test JVM that died, whose tests are in no report.
if grep -E 'The forked VM terminated|ExecutionException|There was a timeout' "$root/target/test.log"; then
    result=1
fi
sh "$root/scripts/results.sh" "$root/target/surefire-reports" "$root/target/failsafe-reports" || result=1
exit "$result"
