# shellcheck shell=bash
# Builds, and skips the build when its outcome is known to be there already. Sourced after common.sh.

export configuration=Release

# Everything a build reads: the content of the sources, tracked or not, and the tools that turn them into programs.
sources_fingerprint() {
  cd "$root" || return
  {
    dotnet --version
    node --version
    printf '%s\n' "${UseAspire:-}" "${NUGET_PACKAGES:-}"
    ls -d ~/.aspire/bin "${NUGET_PACKAGES:-$HOME/.nuget/packages}/aspire.apphost.sdk" 2>/dev/null || true
    list_sources | LC_ALL=C sort -z | xargs -0 sha256sum 2>&1 || true
  } | sha256sum
}

# All but our own documents and scripts; those in deeper folders may well be built in.
list_sources() {
  git ls-files -z --cached --others --exclude-standard -- . ':(exclude,glob)*.md' ':(exclude,glob)*.sh' ':!docs' ':!scripts' ':!.ci' 2>/dev/null ||
    find . \( -name bin -o -name obj -o -name node_modules -o -name '.?*' -o -path ./Web/wwwroot -o -path ./docs -o -path ./scripts \) -prune \
      -o -type f -print0
}

# What the build left: when anything else has touched it since, it is not what the stamp vouches for.
outputs_fingerprint() {
  cd "$root" || return
  find . -name node_modules -prune -o -type f \( -path "*/bin/$configuration/*" -o -path './Web/wwwroot/*' \) \
    \( -name '*.dll' -o -name '*.deps.json' -o -name '*.html' -o -name '*.js' -o -name '*.css' -o -perm -u+x \) \
    -printf '%p %s %T@\n' | LC_ALL=C sort | sha256sum
}

# built STAMP SOURCES: whether the stamp of a build vouches for these sources and for what is there now.
built() { [[ -f $1 && $(<"$1") == "$2 $(outputs_fingerprint)" ]]; }

# build TITLE TARGET: TARGET is a project or the solution. One build at a time in a checkout.
build() {
  local title=$1 target=$2 sources stamp
  stamp=$run_dir/built-$(basename "$target")
  exec 9>"$run_dir/build.lock"
  flock 9
  # Before the build, so that a source saved while it runs is built the next time.
  sources=$(sources_fingerprint)
  if built "$stamp" "$sources" || built "$run_dir/built-OnlineCompiler.sln" "$sources"; then
    say "==> $title: up to date"
  else
    rm -f "$stamp"
    # A compiler server of our own, ended with the step, and no build nodes waiting for a next build.
    step "$title" "$run_dir/build.log" \
      dotnet build "$root/$target" -c "$configuration" -v minimal -nodeReuse:false -p:SharedCompilationId="onlinecompiler-$$"
    printf '%s' "$sources $(outputs_fingerprint)" >"$stamp"
  fi
  exec 9>&-
}
