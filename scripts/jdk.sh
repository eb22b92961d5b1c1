# Sourced by the launcher and the Makefile's scripts. find_jdk sets and exports JAVA_HOME to a JDK of at least
# version 25, or says what to install and returns 1. Looks at the `release` file of each place; starts no process
# for that.

# Java takes the character set of file names, arguments and output from the locale. A locale without one that has all
# characters, and one that is not installed, would spoil a file called ä.txt and a prompt in French.
[ "$(locale charmap 2>/dev/null)" = UTF-8 ] || export LC_ALL=C.UTF-8

# Whether $1 is the home of a JDK (not of a JRE) that is new enough.
is_new_jdk() {
    [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
    while read -r line; do
        case $line in
        JAVA_VERSION=*)
            version=${line#JAVA_VERSION=}
            version=${version#\"}
            version=${version%%[!0-9]*}
            [ "${version:-0}" -ge 25 ] && return 0
            return 1
            ;;
        esac
    done <"$1/release"
    return 1
}

find_jdk() {
    if [ -n "${SESAME_JAVA_HOME:-}" ]; then
        if is_new_jdk "$SESAME_JAVA_HOME"; then
            export JAVA_HOME="$SESAME_JAVA_HOME"
            return 0
        fi
        echo "SESAME_JAVA_HOME is $SESAME_JAVA_HOME, but no JDK 25 or newer is there." >&2
        return 1
    fi
    on_path=$(command -v javac 2>/dev/null) || on_path=
    if [ -n "$on_path" ]; then
        on_path=$(readlink -f "$on_path" 2>/dev/null) || on_path=
        on_path=${on_path%/bin/javac}
    fi
    for home in "${JAVA_HOME:-}" "$on_path" \
        /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* /usr/local/openjdk* \
        "${SDKMAN_DIR:-${HOME:-}/.sdkman}"/candidates/java/* \
        "${HOME:-}"/.jdks/* \
        "${MISE_DATA_DIR:-${HOME:-}/.local/share/mise}"/installs/java/* \
        "${ASDF_DATA_DIR:-${HOME:-}/.asdf}"/installs/java/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home \
        "${HOME:-}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
        /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        /home/linuxbrew/.linuxbrew/opt/openjdk*/libexec; do
        if [ -n "$home" ] && is_new_jdk "$home"; then
            export JAVA_HOME="$home"
            return 0
        fi
    done
    cat >&2 <<'END'
Sesame needs a JDK of version 25 or newer, and none was found.
Install one, for instance:
  Debian, Ubuntu   apt-get install openjdk-25-jdk   (or Eclipse Temurin 25, where the release has none)
  Fedora           dnf install java-25-openjdk-devel
  macOS            brew install openjdk@25
  anywhere         mise use -g java@25    or    sdk install java 25-tem
If it is somewhere unusual, set SESAME_JAVA_HOME to its directory.
END
    return 1
}
