#!/bin/sh
# The host's packages that the tests need. Installs the missing ones where it may: as root on Debian and its kin
# without a terminal or with CI=true at once, on a terminal after asking. Elsewhere it names them; the suites that
# need them are then skipped, visibly. The argument is the tier.
set -eu

# program:package of Debian
needed='bwrap:bubblewrap setpriv:util-linux unshare:util-linux git:git chromium:chromium'
[ "${1:-}" != browser ] || needed="$needed nginx:nginx-light caddy:caddy"
missing=
for each in $needed; do
    command -v "${each%%:*}" >/dev/null 2>&1 || missing="$missing ${each#*:}"
done
[ -n "$missing" ] || exit 0

# Whether apt-get can and may install.
may_install() {
    command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" -eq 0 ] || return 1
    [ "${CI:-}" = true ] || [ ! -t 0 ] || {
        printf 'The tests need%s. Install with apt-get? [Y/n] ' "$missing"
        read -r answer
        case $answer in '' | [Yy]*) ;; *) return 1 ;; esac
    }
}

if may_install; then
    echo "Installing$missing"
    # shellcheck disable=SC2086 # names are words
    apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends $missing \
        >/dev/null && exit 0
    echo "apt-get could not install them."
fi
echo "Missing packages:$missing. Tests that need them are skipped."
