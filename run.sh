#!/usr/bin/env bash
# Starts Dressora: installs what the system lacks, builds when the sources changed, and runs the program with whatever
# stands behind: ./run.sh --urls http://127.0.0.1:8080, ./run.sh help, ./run.sh admin create --email ...
# For the Dockerfile: --install-only, --build-only, --healthy.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
built="$here/.build"
program="$built/app/Dressora.Web.dll"

say() { printf '%s\n' "$*" >&2; }

has_library() { [[ "$(PATH="$PATH:/sbin:/usr/sbin" ldconfig -p 2>/dev/null)" == *"$1"* ]]; }

missing_packages() {
  has_library libsqlite3.so.0 || echo libsqlite3-0
  has_library libvips.so.42 || echo libvips42
  command -v ffmpeg >/dev/null || echo ffmpeg
  command -v espeak-ng >/dev/null || echo espeak-ng
}

# As root or with a sudo that asks nothing; fails otherwise.
install_packages() {
  local as=()
  command -v apt-get >/dev/null || return 1
  if [ "$(id -u)" != 0 ]; then
    sudo -n true 2>/dev/null || return 1
    as=(sudo -n)
  fi
  say "Installing $*"
  "${as[@]}" apt-get update -qq >&2 || return 1
  # Newer systems pack what reads a phone's pictures apart from libvips.
  local codec
  for codec in libheif-plugin-libde265 libheif-plugin-aomdec libheif-plugin-aomenc; do
    [[ " $* " == *" libvips42 "* ]] && apt-cache show "$codec" >/dev/null 2>&1 && set -- "$@" "$codec"
  done
  "${as[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

# Tries once for the same list; after that it only says what is missing, and fails.
ensure_packages() {
  local wanted
  mapfile -t wanted < <(missing_packages)
  [ "${#wanted[@]}" = 0 ] && return
  if [ "$(cat "$built/tried" 2>/dev/null)" != "${wanted[*]}" ]; then
    install_packages "${wanted[@]}" && return
    if mkdir -p "$built" 2>/dev/null; then printf '%s\n' "${wanted[*]}" >"$built/tried"; fi
  fi
  say "Some things will not work before you type: sudo apt-get install -y ${wanted[*]}"
  return 1
}

stamp() {
  cd "$here"
  find Dressora.Web Directory.Build.props Directory.Packages.props global.json \
    -type d \( -name bin -o -name obj \) -prune -o -type f -printf '%p %s %T@\n' | LC_ALL=C sort | sha256sum
}

publish() {
  if ! command -v dotnet >/dev/null; then
    say "The .NET 10 SDK is needed to build: https://dotnet.microsoft.com/download"
    exit 69
  fi
  say "Building, because there is no build yet or a source changed. This takes a minute."
  rm -rf "$built/new"
  if ! dotnet publish "$here/Dressora.Web" -c Release -o "$built/new" -v quiet --nologo \
    -p:UseSharedCompilation=false -nodeReuse:false >"$built/log" 2>&1; then
    cat "$built/log" >&2
    exit 70
  fi
  rm -rf "$built/app"
  mv "$built/new" "$built/app"
}

# Only where there are sources, and only when they changed; two at once take turns.
ensure_built() {
  [ -d "$here/Dressora.Web" ] || return 0
  mkdir -p "$built"
  exec 9>"$built/lock"
  flock 9
  local now
  now="$(stamp)"
  if [ ! -f "$program" ] || [ "$(cat "$built/stamp" 2>/dev/null)" != "$now" ]; then
    publish
    printf '%s\n' "$now" >"$built/stamp"
  fi
  exec 9>&-
}

# Succeeds when the server of this container answers that it is up.
is_healthy() {
  { exec 3<>"/dev/tcp/127.0.0.1/${PORT:-5080}"; } 2>/dev/null || return 1
  printf 'GET /up HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' >&3
  local status
  read -r status <&3
  [[ "$status" == *" 200 "* ]]
}

main() {
  export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_HOME="${DOTNET_CLI_HOME:-${HOME:-/tmp}}"
  case "${1:-}" in
    --install-only) ensure_packages ;;
    --build-only) ensure_built ;;
    --healthy) is_healthy ;;
    *)
      ensure_packages || true
      ensure_built
      exec dotnet "$program" "$@"
      ;;
  esac
}

main "$@"
