# Sourced: the AOT cache (JEP 514), which halves the start. It fits one build and one JDK; the JVM ignores one that
# does not fit, so nothing here is needed for a right start, only for a quick one. Needs $root, $jar, find_jdk.

aot_cache=$root/target/sesame.aot

make_aot_cache_if_stale() {
    read -r made_for 2>/dev/null <"$aot_cache.jdk" || made_for=
    if [ "$made_for" = "$JAVA_HOME" ] && [ -f "$aot_cache" ] &&
        [ -z "$(find "$jar" "$JAVA_HOME/release" "$root/scripts/jvm.options" -newer "$aot_cache" 2>/dev/null)" ]; then
        return 0
    fi
    echo "  … recording how it starts, so that later starts take half the time" >&2
    rm -f "$aot_cache" "$aot_cache".*
    rehearse >"$root/target/aot.log" 2>&1 || echo "  … the rehearsal failed (see $root/target/aot.log)" >&2
    if [ -s "$aot_cache.new" ]; then
        mv "$aot_cache.new" "$aot_cache"
    else
        # An empty file says: tried for this build, don't try again.
        : >"$aot_cache"
        echo '  … there is no recording; Sesame starts all the same, only slower' >&2
    fi
    rm -f "$aot_cache".new "$aot_cache".config
    echo "$JAVA_HOME" >"$aot_cache.jdk"
}

# Runs the tour on a throw-away directory and writes what the JVM learnt.
rehearse() {
    place=$(mktemp -d "${TMPDIR:-/tmp}/sesame-rehearsal.XXXXXX")
    mkdir "$place/repositories"
    rehearsed=0
    env -i PATH="$PATH" HOME="${HOME:-$place}" HOST=127.0.0.1 PORT=0 DATA_DIR="$place/data" \
        GIT_LOCAL_REPOSITORIES="$place/repositories" \
        "$JAVA_HOME/bin/java" "@$root/scripts/jvm.options" "-XX:AOTCacheOutput=$aot_cache.new" -Xlog:aot=off \
        -Xlog:cds=off -jar "$jar" rehearse || rehearsed=$?
    rm -rf "$place"
    return "$rehearsed"
}
