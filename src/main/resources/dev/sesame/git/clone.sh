# Runs inside the sandbox: makes the workspace a clone that borrows the mirror's objects. Safe to repeat.
# $1 workspace  $2 mirror  $3 start bundle or ''  $4 start commit  $5 new local branch
# $6 name of the repository, for people  $7 address for `origin`  $8... paths that are never committed
set -eu
workspace=$1 mirror=$2 bundle=$3 start=$4 branch=$5 name=$6 url=$7
shift 7

cd "$workspace"
find . ! -name . -prune -exec rm -rf {} +

# With --git-dir git does not ask who owns the mirror: it belongs to the server, not to this user.
in_mirror() { git --git-dir="$mirror" "$@"; }

git init --quiet --template= --object-format="$(in_mirror rev-parse --show-object-format)" .
mkdir -p .git/info .git/objects/info
printf '%s\n' "$mirror/objects" >.git/objects/info/alternates
printf '/%s\n' "$@" >.git/info/exclude

{
    echo '# pack-refs with: peeled fully-peeled sorted '
    in_mirror for-each-ref refs/heads refs/tags \
        --format='%(objectname) %(refname)%(if)%(*objectname)%(then)%0a^%(*objectname)%(end)' |
        sed 's, refs/heads/, refs/remotes/origin/,'
} >.git/packed-refs
head=$(in_mirror symbolic-ref --quiet HEAD) || head=
if [ -n "$head" ]; then
    git symbolic-ref refs/remotes/origin/HEAD "refs/remotes/origin/${head#refs/heads/}"
fi
git config remote.origin.url "$url"
git config remote.origin.fetch '+refs/heads/*:refs/remotes/origin/*'
git config user.name "$GIT_AUTHOR_NAME"
git config user.email "$GIT_AUTHOR_EMAIL"
git config gc.auto 0

if [ -n "$bundle" ]; then
    git bundle unbundle "$bundle" >/dev/null
fi
git -c checkout.workers=0 checkout --quiet -b "$branch" "$start"
echo "Cloned $name at $(git rev-parse --short HEAD) on branch $branch"

if [ -e .gitmodules ]; then
    submodules=$(git ls-files --stage | grep -c '^160000 ') || submodules=0
    [ "$submodules" -eq 0 ] || echo "Submodules are not initialised ($submodules)"
fi
if git grep --quiet 'filter=lfs' -- ':(glob)**/.gitattributes'; then
    pointers=$(git ls-files -- ':(attr:filter=lfs)' | grep -c '') || pointers=0
    [ "$pointers" -eq 0 ] || echo "Git LFS files stay pointers, their content is not downloaded ($pointers)"
fi
