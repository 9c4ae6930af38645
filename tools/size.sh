#!/usr/bin/env bash
# tools/size.sh: files and functions that have grown too long to read. Aim: files of 150 to 400 lines, functions of 25.
# Over 1000 lines a file, over 120 a header, over 120 a function (tables left out): refused. Over 600 and 60: told.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit
bad=0
mapfile -t files < <(find src -name '*.c')
while read -r n f; do
  most=1000; ask=600
  [[ $f == *.h ]] && { most=160; ask=120; }
  if [ "$n" -gt $most ]; then echo "$f: $n lines, at most $most"; bad=1
  elif [ "$n" -gt $ask ]; then echo "  (ask) $f: $n lines"; fi
done < <(find src -name '*.[ch]' -exec wc -l {} + | awk '$2 != "total" && $2 != "insgesamt"')
awk '
  FNR == 1 { open = 0; bad_here = 0 }
  !open && /^[A-Za-z_].*\) *\{ *$/ { open = FNR; name = $0 }
  open && /^\}/ {
    n = FNR - open + 1
    sub(/\(.*/, "", name); sub(/.*[ *]/, "", name)
    if (n > 120) { printf "%s:%d: %s has %d lines, at most 120\n", FILENAME, open, name, n; bad = 1 }
    else if (n > 60) printf "  (ask) %s:%d: %s has %d lines\n", FILENAME, open, name, n
    open = 0
  }
  END { exit bad }' "${files[@]}" || bad=1
exit $bad
