# Runs inside the sandbox: makes the workspace a clone that borrows the mirror's objects. Safe to repeat.
# $1 workspace  $2 mirror  $3 start bundle or ''  $4 start commit  $5 new local branch
# $6 name of the repository, for people  $7 lines for the configuration  $8... paths that are never committed
#
# On a busy host every process that is made costs, and the agent waits for this, so it has few.
set -eu
workspace=$1 mirror=$2 bundle=$3 start=$4 branch=$5 name=$6 configuration=$7
shift 7

cd "$workspace"
for file in * .[!.]* ..?*; do
    if [ -e "$file" ] || [ -L "$file" ]; then
        find . ! -name . -prune -exec rm -rf {} +
        break
    fi
done

case ${#start} in 40) format=sha1 ;; *) format=sha256 ;; esac
git init --quiet --template= --object-format=$format .
mkdir -p .git/info .git/objects/info .git/refs/remotes/origin
printf '%s\n' "$mirror/objects" >.git/objects/info/alternates
printf '/%s\n' "$@" >.git/info/exclude
printf '%s\n' "$configuration" >>.git/config

# With --git-dir git does not ask who owns the mirror: it belongs to the server, not to this user.
{
    echo '# pack-refs with: peeled fully-peeled sorted '
    git --git-dir="$mirror" for-each-ref refs/heads refs/tags --format='%(objectname) '\
'%(if:equals=refs/heads)%(refname:rstrip=-2)%(then)refs/remotes/origin/%(refname:lstrip=2)%(else)%(refname)%(end)'\
'%(if)%(*objectname)%(then)%0a^%(*objectname)%(end)'
} >.git/packed-refs
read -r kind head <"$mirror/HEAD"
case "$kind $head" in
'ref: refs/heads/'*) echo "ref: refs/remotes/origin/${head#refs/heads/}" >.git/refs/remotes/origin/HEAD ;;
esac

if [ -n "$bundle" ]; then
    git bundle unbundle "$bundle" >/dev/null
fi
git -c checkout.workers=0 checkout --quiet -b "$branch" "$start"
echo "Cloned $name at ${start%"${start#???????}"} on branch $branch"

if [ -e .gitmodules ]; then
    submodules=$(git ls-files --stage | grep -c '^160000 ') || submodules=0
    [ "$submodules" -eq 0 ] || echo "Submodules are not initialised ($submodules)"
fi
if git grep --quiet 'filter=lfs' -- ':(glob)**/.gitattributes'; then
    pointers=$(git ls-files -- ':(attr:filter=lfs)' | grep -c '') || pointers=0
    [ "$pointers" -eq 0 ] || echo "Git LFS files stay pointers, their content is not downloaded ($pointers)"
fi
