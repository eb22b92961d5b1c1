# Runs one command with its stdio in files, and sees to its end. Outlives the server; nothing outlives it.
#
# usage: sh supervisor.sh DIRECTORY GRADE LAUNCHER...        (as the leader of a session of its own)
#
# stdin is the plan: shell text that the launcher's inmost shell evaluates, with the command's environment. It goes
# through pipes only, never through an argument list, a file or our own environment, so that no other process here
# has it. Our stdout and stderr are for trouble before the start; closed without a word, they say that we run.
#
# DIRECTORY
#   pid              "PID START-TIME BOOT-ID" of this process: the claim. Who comes second leaves at once
#   in               input for the command, append-only; a line of a single EOT (04) closes its stdin
#   out err          what the command wrote, append-only; it holds pipes, never these files
#   deadline         seconds of uptime; replaced by the server as it likes
#   deadline-passed  there once we ended the command for it
#   agent            "PID START-TIME" of the launcher
#   init             FULL only: bubblewrap's facts, with the host's pid of the sandbox's init
#   mounts files     FULL as root only: what the launcher stages, two fstabs
#   memory-exhausted there once the kernel killed one of the command's processes for its memory limit
#   joined           there if the command went into the namespaces of another, whose init is not its own to end
#   output-lost      there once the disk was too full for what the command wrote
#   output-limit     how large `out` and `err` may grow, in blocks of 512 bytes; who writes more gets SIGPIPE
#   cgroups          control groups that the command joins, one path a line; removed at its end
#   exit             the exit status: all is over, the output is complete
#
# On a busy host every process that is made costs, so the way to the command has few.
set -u
umask 077
cd "$1" || exit 1
grade=$2
shift 2
plan=
while IFS= read -r line; do
    plan="$plan$line
"
done
case $plan in
*'
# complete
') ;;
*) echo "the server went away before it said what to run"; exit 1 ;;
esac

# Sets state, parent, session and started from /proc/PID/stat; false if there is no such process.
# (Its second field is the program's name in parentheses, which may contain anything.)
facts() {
    read -r line 2>/dev/null <"/proc/$1/stat" || return 1
    set -- ${line##*) }
    state=$1 parent=$2 session=$4 started=${20}
}

lives() { facts "$1" && [ "$state" != Z ] && [ "$state" != X ]; }

# Sets init, the host's pid of the sandbox's init, which goes last of all that is in there.
find_init() {
    init=0
    while read -r key value; do
        case $key in '"child-pid":') init=${value%,} ;; esac
    done <init
} 2>/dev/null

claim() {
    facts $$ && read -r boot </proc/sys/kernel/random/boot_id || return 1
    set -C
    if true 2>/dev/null >pid; then
        set +C
        echo "$$ $started $boot" >pid || { rm -f pid; return 1; }
    else
        [ -e pid ] && exit 0
        return 1
    fi
}

# NONE only: kills the session of the command, which no namespace encloses.
sweep() {
    [ "$grade" = none ] && read -r leader born <agent || return 0
    facts "$leader" && [ "$started" != "$born" ] && return 0
    for stat in /proc/[0-9]*/stat; do
        pid=${stat#/proc/} pid=${pid%/stat}
        facts "$pid" && [ "$session" = "$leader" ] && kill -KILL "$pid"
    done
} 2>/dev/null

# JOINED only: kills what the launcher sent into the namespaces of another. They can't end before it is buried, which
# only its parent can do, so that one goes by itself.
end_entered() {
    for stat in /proc/[0-9]*/stat; do
        pid=${stat#/proc/} pid=${pid%/stat}
        facts "$pid" && [ "$parent" = "$1" ] && kill -KILL "$pid"
    done
    tries=0
    while lives "$1" && [ $((tries += 1)) -lt 20 ]; do sleep 0.05; done
} 2>/dev/null

# Kills the launcher and what it launched, unless their pids are others' by now. The sandbox's init dies with the
# launcher, but for the moment before it has asked for that; it is never more than 10 s younger.
end_command() {
    read -r leader born <agent || return 0
    [ "$grade" != joined ] || end_entered "$leader"
    facts "$leader" && [ "$started" = "$born" ] && kill -KILL "$leader"
    find_init
    facts "$init" && [ $((started - born)) -ge 0 ] && [ $((started - born)) -lt 1000 ] && kill -KILL "$init"
    sweep
} 2>/dev/null

# Either version's file has a line "oom_kill N".
leave_groups() {
    while read -r group; do
        for facts in "$group/memory.events" "$group/memory.oom_control"; do
            [ ! -e "$facts" ] || while read -r key count; do
                [ "$key" != oom_kill ] || [ "$count" -eq 0 ] || : >memory-exhausted
            done <"$facts"
        done
        rmdir "$group"
    done <cgroups
} 2>/dev/null

# Ends the command at its deadline; and if the supervisor is killed, sees that everything goes with it.
watch() {
    while sleep 2 && lives $$; do
        if [ ! -e deadline ]; then
            kill -KILL $$ # The directory was deleted: nobody can ever find this run again.
        elif read -r now _ </proc/uptime && read -r deadline <deadline && [ "${now%.*}" -ge "$deadline" ]; then
            : >deadline-passed
            end_command
        fi
    done
    end_command
    tries=0
    while { lives "$out" || lives "$err"; } && [ $((tries += 1)) -lt 10 ]; do sleep 0.05; done
    kill -KILL 0
} 2>/dev/null

claim || { echo "can't claim the control directory"; exit 1; }

# Both ends of the three pipes are opened at once, so nobody ever waits in open(), and all close when we die. The
# command may open them again by /dev/stdout, whatever its uid.
mkfifo -m 666 i o e || exit 1
exec 3<>i 8<i 9>i 3<>o 4<o 5>o 3<>e 6<e 7>e 3>&-
exec </dev/null >/dev/null 2>&1

# The command first, for it is waited for; the pipes hold what it says until they are read. It is our own child, for it
# dies with its parent; and a background job ignores SIGINT, which env undoes.
printf %s "$plan" | {
    exec 3<&0 <&8 >&5 2>&7 4<&- 5>&- 6<&- 7>&- 8<&- 9>&-
    unset plan
    read -r line </proc/self/stat
    facts "${line%% *}" && echo "${line%% *} $started" >agent
    [ ! -e cgroups ] || while read -r group; do echo 0 >"$group/cgroup.procs"; done <cgroups
    [ "$grade" != full ] || exec 9>init
    umask 022
    exec env --default-signal "$@"
} &
command=$!
unset plan

# A host that allows less keeps its own limit.
limit() { ! read -r blocks <output-limit || ulimit -f "$blocks"; } 2>/dev/null
{ limit || :; exec cat <&4 >>out 4<&- 5>&- 6<&- 7>&- 8<&- 9>&-; } &
out=$!
{ limit || :; exec cat <&6 >>err 4<&- 5>&- 6<&- 7>&- 8<&- 9>&-; } &
err=$!
exec 4<&- 6<&-
tail -c +1 -s 2 -f --pid=$$ in 5>&- 7>&- 8<&- 9>&- |
    stdbuf -oL sed '/^\x04$/Q' >&9 5>&- 7>&- 8<&- 9>&- &
exec 9>&-
{ exec 5>&- 7>&- 8<&- && rm -f i o e && watch; } &
exec 5>&- 7>&- 8<&-

wait "$command"
status=$?
sweep
find_init
while lives "$init"; do sleep 0.01; done
if [ "$grade" = none ]; then
    # Without a namespace a process that fled our session may hold the pipes for ever.
    { sleep 1 && kill "$out" "$err"; } &
fi
for copier in "$out" "$err"; do
    wait "$copier"
    [ $? -ne 1 ] || : >output-lost
done
trap '' TERM
kill -TERM 0
wait
[ ! -e cgroups ] || leave_groups
echo "$status" >exit
