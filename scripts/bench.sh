#!/bin/sh
# Measures speed and memory of the built server and prints a table. Arguments name the measurements (bench/ has them),
# none means all. They want the machine to themselves.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd -P)
. "$root/scripts/jdk.sh"
. "$root/scripts/build.sh"
. "$root/scripts/aot.sh"
find_jdk || exit 1
cd "$root"

build_if_stale
make_aot_cache_if_stale
echo "Compiling the measurements" >&2
maven "$root/target/bench.log" test-compile org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath \
    -Dspotless.check.skip -Dweb.skip -Dmdep.outputFile=target/bench.classpath -Dmdep.includeScope=test >&2

exec "$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED -XX:+UseSerialGC \
    -Dsesame.measured=true -cp "target/test-classes:target/classes:$(cat target/bench.classpath)" \
    dev.sesame.bench.Bench "$@"
