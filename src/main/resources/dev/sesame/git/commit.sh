# Runs inside the sandbox: writes the agent's work to standard output as a git bundle; nothing if nothing changed.
# $1 workspace  $2 mirror  $3 start commit  $4 message  $5... paths that are never committed
#
# The agent's own .git serves for objects, for the commit that is checked out, and for an index that saves hashing all
# files again. Its configuration, hooks, locks and unfinished rebases are passed by: the work is done in a repository
# beside it.
set -eu
workspace=$1 mirror=$2 start=$3 message=$4
shift 4
say() { printf '%s\n' "$*" >&2; }

cd "$workspace"
theirs=$workspace/.git
ours=$(mktemp -d "$theirs/sesame.XXXXXX" 2>/dev/null) || ours=$(mktemp -d)
trap 'rm -rf "$ours"' EXIT
trap 'exit 143' TERM INT HUP

git init --quiet --bare --template= \
    --object-format="$(git --git-dir="$mirror" rev-parse --show-object-format)" "$ours"
mkdir -p "$ours/objects/info"
printf '%s\n' "$mirror/objects" >"$ours/objects/info/alternates"
[ ! -d "$theirs/objects" ] || printf '%s\n' "$theirs/objects" >>"$ours/objects/info/alternates"

# The commit that is checked out, if git can tell.
tip=$(git --git-dir="$theirs" rev-parse --quiet --verify 'HEAD^{commit}' 2>/dev/null) || tip=

export GIT_DIR="$ours" GIT_WORK_TREE="$workspace"
git config core.bare false
if ! git cat-file -e "$start^{tree}" 2>/dev/null; then
    say "The commit that the work began with is gone: the agent deleted or damaged the repository"
    exit 3
fi

if ! { cp "$theirs/index" "$ours/index" && git ls-files --stage; } >/dev/null 2>&1; then
    rm -f "$ours/index"
    git read-tree "$start"
fi
added=0
git add --all --ignore-errors . || added=$?
case $added in
0) ;;
1) say "Some files could not be added" ;;
*) exit 4 ;;
esac
for path; do
    git rm -r --quiet --cached --ignore-unmatch -- ":(top,literal)$path"
    git ls-tree -r "$start" -- "$path" | git update-index --index-info
done
tree=$(git write-tree)

# Commits of the agent are kept if they stand on the start and have none of the paths that are never committed.
parent=$start
if [ -z "$tip" ]; then
    say "The agent's repository has no commit checked out; its files are committed on top of the start"
elif ! git merge-base --is-ancestor "$start" "$tip" 2>/dev/null; then
    say "What is checked out does not contain the start; its files are committed on top of it"
elif [ $# -gt 0 ] && [ -n "$(git log -1 --full-history --format=%H "$start..$tip" -- "$@")" ]; then
    say "The agent committed files that are never committed; its commits are replaced by one without them"
else
    parent=$tip
fi

if [ "$tree" = "$(git rev-parse "$start^{tree}")" ]; then
    say "Nothing changed"
    exit 0
fi
result=$parent
if [ "$tree" != "$(git rev-parse "$parent^{tree}")" ]; then
    result=$(printf '%s\n' "$message" | git commit-tree "$tree" -p "$parent")
fi

git update-ref refs/heads/result "$result"
{
    echo "^$start"
    # What the server has need not be sent; but a bundle may not be empty.
    if ! git --git-dir="$mirror" cat-file -e "$result" 2>/dev/null; then
        git --git-dir="$mirror" for-each-ref --format='^%(objectname)' refs/heads
    fi
} | git bundle create --quiet - refs/heads/result --stdin
