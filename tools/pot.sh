#!/bin/sh
# Gathers every sentence for people from the C code and the views into ui/locale/cornerdesk.pot and merges it into the
# catalogues. With --check: only tells whether the committed .pot still holds what the code says (exit 1 if not).
set -eu
cd "$(dirname "$0")/.."
ct=${BUILD:-build}/tools/ct
[ -x "$ct" ] || { echo "build first: $ct is not there" >&2; exit 1; }
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
mkdir "$tmp/views" "$tmp/mail"
"$ct" --header "$tmp/views/views.h" "$tmp/views" ui/views/*.html
"$ct" --mail --header "$tmp/mail/mailviews.h" "$tmp/mail" ui/mail/*.html
find src -name '*.[ch]' | LC_ALL=C sort > "$tmp/files"
ls "$tmp"/views/*.c "$tmp"/mail/*.c >> "$tmp/files"
xgettext --language=C --from-code=UTF-8 --files-from="$tmp/files" --output="$tmp/new.pot" --package-name=Cornerdesk \
  --add-comments=Translators --add-location=file --sort-by-file --no-wrap --foreign-user \
  --keyword --keyword=N_ --keyword=tr:2 --keyword=tr_c:2c,3 --keyword=trn:2,3 --keyword=tr_f:3 --keyword=trn_f:3,4
sed -i '/^"POT-Creation-Date:/d; s/^"Content-Type:.*charset=CHARSET/"Content-Type: text\/plain; charset=UTF-8/; 1,6{/^#/d}' "$tmp/new.pot"
if [ "${1:-}" = --check ]; then
  tools/po.py same ui/locale/cornerdesk.pot "$tmp/new.pot" || { echo "run tools/pot.sh: the sentences above changed" >&2; exit 1; }
  exit 0
fi
cp "$tmp/new.pot" ui/locale/cornerdesk.pot
for po in ui/locale/*.po; do msgmerge --quiet --update --backup=none --no-wrap --no-fuzzy-matching --add-location=file "$po" ui/locale/cornerdesk.pot; done
tools/po.py missing ui/locale/cornerdesk.pot ui/locale/*.po
