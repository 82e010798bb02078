#!/usr/bin/env bash
# What adapter.json runs around a measured server: builds it, seeds a house once and copies it before every run, keeps a
# machine that takes jobs and never calls back, and tells the credit book once nobody works any more.
# usage: house.sh up | reset | check | down
set -euo pipefail
home="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
here="$DRESSORA_BENCH"
program="$home/.build/app/Dressora.Web.dll"
machine="$here/machine.pid"

stop_machine() {
  [ -s "$machine" ] || return 0
  kill "$(cat "$machine")" 2>/dev/null || true
  rm -f "$machine"
}

up() {
  mkdir -p "$here"
  "$home/run.sh" --build-only
  if [ "$(cat "$here/seeded" 2>/dev/null)" != "$(cat "$home/.build/stamp")" ]; then
    rm -rf "$here/seed"
    dotnet "$program" seed --people 1001 --results 30 --credits 10000000 --last 250 --life 2700 --data "$here/seed" >&2
    cp "$home/.build/stamp" "$here/seeded"
  fi
  stop_machine
  node "$home/Dressora.Tests/Bench/machine.mjs" 3111 </dev/null >"$here/machine.log" 2>&1 &
  echo $! >"$machine"
}

reset() {
  rm -rf "$here/data"
  cp -r "$here/seed" "$here/data"
}

# Jobs that were asked for are sent to the machine after the answer; the book is told when all of that is done.
check() {
  local book
  for _ in $(seq 600); do
    book="$(dotnet "$program" ledger verify --json)"
    case "$book" in *'"waiting":0,'*) break ;; esac
    sleep 0.5
  done
  printf '%s\n' "$book"
}

case "${1:-}" in
  up) up ;;
  reset) reset ;;
  check) check ;;
  down) stop_machine ;;
  *) echo "usage: $0 up|reset|check|down" >&2; exit 64 ;;
esac
