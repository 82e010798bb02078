#!/usr/bin/env bash
# Runs every test, from nothing. The last line is the count; the exit code is 0 only when nothing failed.
#   ./test.sh                     everything
#   ./test.sh --fast              without a browser, PostgreSQL and S3
#   ./test.sh [--fast] <filter>   only tests whose full name contains it
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
results="$here/.build/tests"
failed_checks=()
tests_said_no=no
passed_checks=0

say() { printf '%s\n' "$*" >&2; }

missing_packages() {
  command -v node >/dev/null || echo nodejs
  command -v npm >/dev/null || echo npm
  command -v python3 >/dev/null || echo python3
  [ "$fast" = yes ] && return
  command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null \
    || echo chromium fonts-liberation
  compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null || command -v postgres >/dev/null || echo postgresql
}

install_packages() {
  local as=()
  command -v apt-get >/dev/null || return 1
  if [ "$(id -u)" != 0 ]; then
    sudo -n true 2>/dev/null || return 1
    as=(sudo -n)
  fi
  say "Installing $*"
  "${as[@]}" apt-get update -qq >&2 || return 1
  "${as[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

# What cannot be installed is said, and the tests that need it will say so too.
ensure_packages() {
  local wanted
  "$here/run.sh" --install-only || true
  read -ra wanted <<<"$(missing_packages | tr '\n' ' ')"
  [ "${#wanted[@]}" = 0 ] && return
  install_packages "${wanted[@]}" || say "Some tests will fail before you type: sudo apt-get install -y ${wanted[*]}"
}

# A step that is a test of its own; bash does not stop a step at its first failed line, so a step joins its lines by &&.
check() {
  local name="$1"
  shift
  if "$@" >"$results/check.log" 2>&1; then
    passed_checks=$((passed_checks + 1))
  else
    failed_checks+=("$name")
    cat "$results/check.log" >&2
  fi
}

built_files_are_fresh() {
  cd "$here/wwwroot-src" && npm ci --no-audit --no-fund && npm run build -- --check
}

builds() {
  dotnet build "$here/Dressora.sln" --nologo -v quiet -p:UseSharedCompilation=false && touch "$results/built"
}

# Every count and every failure comes from the one file that the runner writes.
run_tests() {
  local filter=""
  [ "$fast" = yes ] && filter="needs!=browser&needs!=postgres&needs!=s3"
  [ -n "$only" ] && filter="${filter:+($filter)&}FullyQualifiedName~$only"
  dotnet test "$here/Dressora.Tests" --no-build --nologo -v quiet ${filter:+--filter "$filter"} \
    --blame-hang-timeout 15m --blame-hang-dump-type none \
    --logger "console;verbosity=minimal" --logger "trx;LogFileName=tests.trx" --results-directory "$results" >&2
}

counted() { grep -o "<Counters [^>]*" "$results/tests.trx" | grep -o " $1=\"[0-9]*\"" | grep -o '[0-9]*'; }

report() {
  local passed=0 failed=0 skipped=0
  if [ -f "$results/tests.trx" ]; then
    passed=$(counted passed)
    failed=$(($(counted failed) + $(counted error) + $(counted timeout) + $(counted aborted)))
    skipped=$(($(counted total) - $(counted executed)))
  fi
  # A run that broke off counts nobody as failed by itself.
  if [ "$tests_said_no" = yes ] && [ "$failed" = 0 ]; then failed_checks+=("the test run itself"); fi
  passed=$((passed + passed_checks))
  failed=$((failed + ${#failed_checks[@]}))
  printf '\n'
  for name in "${failed_checks[@]}"; do printf 'failed: %s\n' "$name"; done
  [ -f "$results/tests.trx" ] && sed -n 's/.*<UnitTestResult [^>]*testName="\([^"]*\)"[^>]*outcome="Failed".*/failed: \1/p' "$results/tests.trx"
  printf '%s passed, %s failed%s\n' "$passed" "$failed" "$([ "$skipped" = 0 ] || printf ', %s skipped' "$skipped")"
  [ "$failed" = 0 ] && [ "$passed" != 0 ]
}

main() {
  fast=no
  if [ "${1:-}" = --fast ]; then
    fast=yes
    shift
  fi
  only="${1:-}"
  export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_HOME="${DOTNET_CLI_HOME:-${HOME:-/tmp}}" MSBUILDDISABLENODEREUSE=1
  rm -rf "$results"
  mkdir -p "$results"
  ensure_packages
  check "run.sh builds" "$here/run.sh" --build-only
  check "the built browser files are what wwwroot-src says" built_files_are_fresh
  check "the solution builds without a warning" builds
  [ -f "$results/built" ] && { run_tests || tests_said_no=yes; }
  report
}

main "$@"
