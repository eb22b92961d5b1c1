#!/bin/sh
# Counts the test cases in the JUnit reports of the given directories, names those that failed or were skipped, and
# prints `N passed, N failed, N skipped` as the last line. Exits with 1 if any failed, if there was none at all, or,
# with CI=true, if any was skipped.
set -eu
for directory in "$@"; do
    [ ! -d "$directory" ] || find "$directory" -name 'TEST-*.xml' -exec cat {} +
done | awk -v ci="${CI:-}" '
    function attribute(name) {
        return match($0, " " name "=\"[^\"]*\"") ? substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4) : ""
    }
    # Output of the tests may hold anything, also what looks like a report.
    /<system-(out|err)>/ { quoted = 1 }
    !quoted && /<testcase / {
        total++
        name = attribute("classname") "." attribute("name")
        bad = 0
    }
    !quoted && /<(failure|error)[ >\/]/ && !bad { failed++; bad = 1; print "FAILED   " name }
    !quoted && /<skipped[ >\/]/ { skipped++; print "SKIPPED  " name "  " attribute("message") }
    /<\/system-(out|err)>/ { quoted = 0 }
    END {
        if (total == 0) print "There are no test reports: no test ran."
        if (skipped && ci == "true") print "CI is set, so every skipped test counts as a failure of the run."
        printf "%d passed, %d failed, %d skipped\n", total - failed - skipped, failed, skipped
        exit failed || !total || (skipped && ci == "true")
    }'
