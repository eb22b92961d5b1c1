# Sourced: how the program is built and when. Needs $root; find_jdk must have run.

jar=$root/target/quarkus-app/quarkus-run.jar
stamp=$root/target/built # as old as the beginning of the last good build

is_stale() {
    [ -f "$jar" ] && [ -f "$stamp" ] || return 0
    # The directory web itself is newer after each build, which puts node_modules there.
    [ -n "$(find "$root/pom.xml" "$root/src/main" "$root/web"/* -name node_modules -prune -o -newer "$stamp" -print \
        2>/dev/null | head -n 1)" ]
}

# Runs Maven on our JDK with the given arguments, as progress words; all of its output goes to the file $1.
maven() {
    log=$1
    shift
    if ! command -v mvn >/dev/null 2>&1; then
        echo "Sesame is built with Maven, and there is no mvn on the PATH. Install it (apt-get install maven," >&2
        echo "dnf install maven, brew install maven) and start again." >&2
        return 1
    fi
    mkdir -p "$root/target"
    touch "$stamp.new"
    rm -f "$stamp"
    # A build is short: compile Maven's own code quickly rather than well.
    export MAVEN_OPTS="${MAVEN_OPTS:--XX:TieredStopAtLevel=1 -XX:+UseSerialGC}"
    {
        code=0
        mvn -B -Dstyle.color=never -f "$root/pom.xml" "$@" 2>&1 || code=$?
        printf '\nexit status %s\n' "$code"
    } | sh "$root/scripts/progress.sh" "$log" || return
    # Only a run that packaged may say that the program is as new as its sources.
    [ -z "$(find "$jar" -newer "$stamp.new" 2>/dev/null)" ] || mv "$stamp.new" "$stamp"
}

# One build at a time; who comes second waits and then finds nothing to do.
build_if_stale() {
    is_stale || return 0
    mkdir -p "$root/target"
    until mkdir "$root/target/building" 2>/dev/null; do
        read -r builder 2>/dev/null <"$root/target/building/pid" || builder=
        if [ -z "$builder" ] || kill -0 "$builder" 2>/dev/null; then
            sleep 1
        else
            rm -rf "$root/target/building" # its builder died
        fi
    done
    echo $$ >"$root/target/building/pid"
    trap 'rm -rf "$root/target/building"' EXIT
    trap 'exit 130' INT TERM HUP
    result=0
    if is_stale; then
        echo "Building Sesame$([ -d "${HOME:-}/.m2/repository/io/quarkus" ] || echo '; the first time fetches its libraries, which takes some minutes')" >&2
        maven "$root/target/build.log" package -Dmaven.test.skip -Dspotless.check.skip >&2 || result=1
        [ "$result" -eq 0 ] || echo "The build failed; all of its output is in $root/target/build.log" >&2
    fi
    rm -rf "$root/target/building"
    trap - EXIT INT TERM HUP
    return "$result"
}
