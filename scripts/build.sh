# shellcheck shell=bash
# Builds, and skips the build when its outcome is known to be there already. Sourced after common.sh.

export configuration=Release

# Two scopes: "app" is the AppHost and what it starts, "all" the tests, too.

# sources_fingerprint SCOPE: of everything a build reads: the content of the sources, tracked or not, and the tools.
sources_fingerprint() {
  cd "$root" || return
  {
    dotnet --version
    node --version
    printf '%s\n' "${UseAspire:-}" "${NUGET_PACKAGES:-}"
    ls -d ~/.aspire/bin "${NUGET_PACKAGES:-$HOME/.nuget/packages}/aspire.apphost.sdk" 2>/dev/null || true
    list_sources "$1" | LC_ALL=C sort -z | xargs -0 sha256sum 2>&1 || true
  } | sha256sum
}

# All but our own documents and scripts; those in deeper folders may well be built in.
list_sources() {
  local others=docs
  [[ $1 == all ]] || others=tests
  git ls-files -z --cached --others --exclude-standard -- \
    . ':(exclude,glob)*.md' ':(exclude,glob)*.sh' ':!docs' ':!scripts' ':!.ci' ":!$others" 2>/dev/null ||
    find . \( -name bin -o -name obj -o -name node_modules -o -name '.?*' \
      -o -path ./Web/wwwroot -o -path ./docs -o -path ./scripts -o -path "./$others" \) -prune -o -type f -print0
}

# outputs_fingerprint SCOPE: of what the build left: when anything else has touched it since, no stamp vouches for it.
outputs_fingerprint() {
  cd "$root" || return
  local others=node_modules
  [[ $1 == all ]] || others=tests
  find . \( -name node_modules -o -path "./$others" \) -prune -o \
    -type f \( -path "*/bin/$configuration/*" -o -path './Web/wwwroot/*' \) \
    \( -name '*.dll' -o -name '*.deps.json' -o -name '*.html' -o -name '*.js' -o -name '*.css' -o -perm -u+x \) \
    -printf '%p %s %T@\n' | LC_ALL=C sort | sha256sum
}

# built STAMP SCOPE SOURCES: whether the stamp of a build vouches for these sources and for what is there now.
built() { [[ -f $run_dir/$1 && $(<"$run_dir/$1") == "$3 $(outputs_fingerprint "$2")" ]]; }

# build TITLE TARGET: TARGET is a project or the solution. One build at a time in a checkout.
build() {
  local title=$1 target=$2 scope=all stamp sources app_sources
  # Not "app": a trap runs among these names, and the one of run.sh asks for an "app" of its own.
  local app_project=OnlineCompiler.AppHost/OnlineCompiler.AppHost.csproj solution=OnlineCompiler.sln
  [[ $target != "$app_project" ]] || scope=app
  stamp=built-$(basename "$target")
  exec 9>"$run_dir/build.lock"
  flock 9
  # Before the build, so that a source saved while it runs is built the next time.
  sources=$(sources_fingerprint "$scope")
  app_sources=$(sources_fingerprint app)
  if built "$stamp" "$scope" "$sources" || built "built-$solution" all "$sources"; then
    say "==> $title: up to date"
  else
    rm -f "$run_dir/$stamp"
    # A compiler server of our own, whatever the environment says (without one a build takes nearly three times as long), ended
    # with the step; and no build nodes waiting for a next build.
    step "$title" "$run_dir/build.log" \
      dotnet build "$root/$target" -c "$configuration" -v minimal -nodeReuse:false \
      -p:UseSharedCompilation=true -p:SharedCompilationId="onlinecompiler-$$"
    printf '%s' "$sources $(outputs_fingerprint "$scope")" >"$run_dir/$stamp"
    # The solution contains the application.
    [[ $target != "$solution" ]] || printf '%s' "$app_sources $(outputs_fingerprint app)" >"$run_dir/built-$(basename "$app_project")"
  fi
  exec 9>&-
}
