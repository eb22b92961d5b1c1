#!/bin/sh
# Reads Maven's output, keeps all of it in the file $1, and prints what a person waits for: the step that runs, how
# many files were fetched, test classes as they end, warnings and errors. Ends with Maven's own exit status, which
# the writer sends as the last line: `exit status N`.
log=$1
fetched=0
status=1
: >"$log"
while IFS= read -r line; do
    case $line in
    'exit status '*) status=${line#exit status } && continue ;;
    esac
    printf '%s\n' "$line" >&3
    case $line in
    *'Downloaded from '*)
        fetched=$((fetched + 1))
        [ $((fetched % 250)) -ne 0 ] || echo "  … fetched $fetched files of libraries and tools"
        ;;
    *jooq-codegen*:generate\ *) echo '  … generating the database code from the migrations' ;;
    *exec*:exec\ \(pages\)*) echo '  … building the web pages' ;;
    'testing the web pages') echo "  … $line" ;;
    '[INFO] Compiling '*/classes) echo '  … compiling' ;;
    '[INFO] Compiling '*/test-classes) echo '  … compiling the tests' ;;
    *' T E S T S') echo '  … running tests' ;;
    *quarkus*:build\ *) echo '  … packaging' ;;
    *failsafe*:integration-test\ *) echo '  … testing the built server' ;;
    *spotless*:check\ *) echo '  … checking the format' ;;
    *'Tests run: '*' in '*) echo "  ${line#*] }" ;;
    '[ERROR] '*'at '*'('*')') ;; # a trace; the log has it
    '[ERROR]'* | '[WARNING] '*.java*) echo "$line" ;;
    esac
done 3>"$log"
exit "$status"
