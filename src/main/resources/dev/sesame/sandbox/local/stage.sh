# Makes directories of root's reachable for another uid, which may not pass through their parents.
#
# usage: unshare --mount sh stage.sh PATH... -- COMMAND...    (as root, in a mount namespace of its own)
#
# Each PATH is bound to /sys/0, /sys/1 and so on, in this namespace only; then COMMAND runs. /sys is where nothing of
# the host's is kept that a sandbox could need.
mount -t tmpfs -o mode=755 sesame /sys || exit 125
n=0
while [ "$1" != -- ]; do
    if [ -d "$1" ]; then mkdir "/sys/$n"; else : >"/sys/$n"; fi
    mount --bind "$1" "/sys/$n" || exit 125
    n=$((n + 1))
    shift
done
shift
exec "$@"
