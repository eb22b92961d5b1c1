# Runs inside the sandbox, before the agent: the runtimes and dependencies that the workspace asks for. What it prints
# is the task's log: "$ …" is a command, "! …" a warning. Safe to repeat. No failure here ends the task.
# $1 mise  $2 the cache of this user's tasks on this repository  $3 where the tools' programs go
#
# The workspace is hostile: mise is told to trust it here and nowhere else, and there is no secret in this environment.
set -u
mise=$1 cache=$2 bin=$3
venv=$HOME/.local/share/sesame/venv
umask 000 # the next task may run under another uid
export MISE_DATA_DIR="$cache/mise" MISE_CACHE_DIR="$cache/mise-cache" MISE_TRUSTED_CONFIG_PATHS="$PWD" MISE_YES=1
export MISE_IDIOMATIC_VERSION_FILE_ENABLE_TOOLS=node,python
export npm_config_cache="$cache/npm" npm_config_store_dir="$cache/pnpm" YARN_CACHE_FOLDER="$cache/yarn"
export YARN_GLOBAL_FOLDER="$cache/yarn-berry" BUN_INSTALL_CACHE_DIR="$cache/bun" PIP_CACHE_DIR="$cache/pip"
export UV_CACHE_DIR="$cache/uv" UV_LINK_MODE=copy UV_PROJECT_ENVIRONMENT="$venv"
export COREPACK_HOME="$cache/corepack" COREPACK_ENABLE_DOWNLOAD_PROMPT=0 CI=true

say() { printf '%s\n' "$*"; }

run() {
    say "\$ $*"
    "$@" </dev/null 2>&1 || say "! $1 ended with exit code $?; the agent starts without what it was to install"
}

# Marks the version of a tool that a directory belongs to as used now. Who installed it lets the next task do so too.
mark() {
    case $1 in
    "$MISE_DATA_DIR"/installs/*/*)
        below=${1#"$MISE_DATA_DIR"/installs/*/}
        version=${1%"$below"}${below%%/*}
        chmod a+w "$version" 2>/dev/null
        touch -c "$version" 2>/dev/null
        ;;
    esac
}

# The programs of a directory, where the agent finds them.
offer() {
    for program in "$1"/*; do
        [ ! -x "$program" ] || [ -d "$program" ] || ln -sf "$program" "$bin/"
    done
}

has() { [ -f "$1" ] && [ ! -L "$1" ]; }

# $1 lock file  $2 program  then the command
locked() {
    file=$1 program=$2
    shift 2
    if command -v "$program" >/dev/null; then
        run "$program" "$@"
    else
        say "! $file is there, but $program is not: the dependencies are not installed"
    fi
}

# What is installed into the workspace must not become part of the work.
modules() {
    if git check-ignore --quiet node_modules; then
        locked "$@"
    else
        say "! The repository does not ignore node_modules: the dependencies of $1 are not installed"
    fi
}

rm -rf "$bin" "$venv"
mkdir -p "$bin"
PATH=$bin:$PATH
for file in mise.toml .mise.toml .tool-versions .nvmrc .node-version .python-version; do
    if has "$file"; then
        run "$mise" install
        "$mise" bin-paths 2>/dev/null | while IFS= read -r directory; do
            mark "$directory"
            offer "$directory"
        done
        break
    fi
done

if has package-lock.json || has npm-shrinkwrap.json; then
    modules package-lock.json npm ci --no-audit --no-fund --no-progress --loglevel=error
elif has pnpm-lock.yaml; then
    modules pnpm-lock.yaml pnpm install --frozen-lockfile --reporter=append-only
elif has yarn.lock && has .yarnrc.yml; then
    modules yarn.lock yarn install --immutable
elif has yarn.lock; then
    modules yarn.lock yarn install --frozen-lockfile --non-interactive --silent
elif has bun.lock || has bun.lockb; then
    modules bun.lock bun install --frozen-lockfile
fi

if has uv.lock; then
    locked uv.lock uv sync --frozen
elif has poetry.lock; then
    export POETRY_VIRTUALENVS_PATH="$venv" POETRY_CACHE_DIR="$cache/poetry"
    locked poetry.lock poetry install --no-interaction
elif has requirements.txt; then
    locked requirements.txt python3 -m venv "$venv"
    [ ! -x "$venv/bin/pip" ] ||
        run "$venv/bin/pip" install --disable-pip-version-check --no-input --progress-bar off -r requirements.txt
fi
offer "$venv/bin"
exit 0
