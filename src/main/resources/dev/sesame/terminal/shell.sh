# A shell on a pseudo-terminal of the sandbox's own. usage: sh -c THIS sh ROWS COLUMNS
#
# stdin has a record a line: "i BYTES" is typed (in the octal escapes of printf; a further word is the server's own),
# "r ROWS COLUMNS" is the new size.
# stdout is what the terminal shows. The pipes between have no name that anyone could open.
SHELL=$(command -v bash) || SHELL=/bin/sh
SIZE="rows $1 cols $2"
PROMPT='$PWD $ '
if [ "${SHELL##*/}" = bash ]; then
    PROMPT='\w \$ '
    # What is typed before the first prompt is shown there, not here and there.
    SIZE="$SIZE -echo"
    export PROMPT_COMMAND='stty echo; unset PROMPT_COMMAND'
fi
export SHELL PROMPT SIZE
pipes=$(mktemp -d) && mkfifo "$pipes/keys" "$pipes/name" || exit 125
exec 3<&0 4<>"$pipes/keys" 5<>"$pipes/name" && rm -r "$pipes" || exit 125
# In a shell of its own, for script waits for all children that it has.
(
    {
        read -r terminal <&5
        exec 5<&-
        while read -r kind first second; do
            case $kind in
            i) printf %b "$first" ;;
            r) stty -F "$terminal" rows "$first" cols "$second" ;;
            esac
        done <&3 >&4
    } >/dev/null 2>&1 &
)
exec script -qefc 'stty sane $SIZE; tty >&5; exec 3<&- 4<&- 5>&-; export PS1="$PROMPT"; unset SIZE PROMPT; exec "$SHELL" -i' /dev/null <&4 3<&-
