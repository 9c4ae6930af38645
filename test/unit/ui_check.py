#!/usr/bin/env python3
"""What gcc cannot see of the pages: icons and classes that exist, colours that can be read, sizes within their budgets.
   ui_check.py ROOT [--strict]    without --strict a class that has no rule is only told"""
import glob, gzip, os, re, sys

root = sys.argv[1]
read = lambda *path: open(os.path.join(root, *path), encoding='utf-8').read()
css, icons = read('ui/static/cornerdesk.css'), read('ui/static/icons.svg')
bad, notes = [], []

# ── icons: every name a view or a table of C gives to icon() is drawn
have = set(re.findall(r'<symbol id="([^"]+)"', icons))
listed = set(read('ui/static/icons.list').split()) | {'mark'}
if have != listed:
    bad.append('icons.svg is not what icons.list says: %s (tools/vendor.py)' % sorted(have ^ listed))
views = sorted(glob.glob(os.path.join(root, 'ui/views/*.html')))
for path in views:
    text = open(path, encoding='utf-8').read()
    for name in re.findall(r'(?:icon|icon_flip|chip|event_begin|say_begin)\(\s*"([a-z0-9-]+)"', text):
        if name not in have:
            bad.append('%s: no icon %s in ui/static/icons.list' % (path, name))
for name in re.findall(r'"([a-z0-9-]+)",\s*(?:true|false),\s*(?:true|false)', read('src/web/shell.c')):
    if name not in have:
        bad.append('src/web/shell.c: no icon %s in ui/static/icons.list' % name)

# ── classes: every literal one has a rule; what has none is misspelt, or dead
ruled = set(re.findall(r'\.([A-Za-z][\w-]*)', re.sub(r'/\*.*?\*/', '', css, flags=re.S)))
for path in views:
    for n, line in enumerate(open(path, encoding='utf-8'), 1):
        for value in re.findall(r'class="((?:\{\{.*?\}\}|[^"{])*)"', line):
            words = re.findall(r'\{\{\?\s*([\w -]+?)\s*:', value)
            plain = re.sub(r'\{\{.*?\}\}', '\0', re.sub(r'\{\{\?.*?\}\}', ' ', value))
            for word in words + [w for w in plain.split() if '\0' not in w]:
                for one in word.split():
                    if one not in ruled:
                        notes.append('%s:%d: no rule for class %s in cornerdesk.css' % (path, n, one))

# ── colours: each word on each ground, light and dark (WCAG 2.2, 1.4.3 and 1.4.11)
tokens = {}
for name, light, dark in re.findall(r'--([\w-]+):\s*light-dark\((#[0-9a-f]{6}),\s*(#[0-9a-f]{6})\)', css):
    tokens[name] = (light, dark)

def luminance(c):
    parts = [int(c[i:i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * r + 0.7152 * g + 0.0722 * b

def contrast(a, b):
    a, b = sorted((luminance(a), luminance(b)), reverse=True)
    return (a + 0.05) / (b + 0.05)

PAIRS = [(w, g, 4.5) for w in ('ink', 'ink-2', 'teal') for g in ('desk', 'paper', 'sunk', 'hover')]
PAIRS += [(w, g, 4.5) for w in ('amber', 'brick') for g in ('desk', 'paper', 'hover')]
PAIRS += [('on-teal', 'teal-fill', 4.5), ('teal', 'teal-soft', 4.5), ('ink', 'teal-soft', 4.5), ('amber', 'amber-soft', 4.5), ('ink', 'amber-soft', 4.5),
          ('teal', 'amber-soft', 4.5), ('ink', 'note', 4.5), ('ink-2', 'note', 4.5), ('field', 'desk', 3), ('field', 'paper', 3), ('note-edge', 'paper', 3), ('amber-fill', 'paper', 3)]
PAIRS += [('ink', 'p%d' % i, 4.5) for i in range(1, 7)]
for word, ground, least in PAIRS:
    for look in (0, 1):
        got = contrast(tokens[word][look], tokens[ground][look])
        if got < least:
            bad.append('--%s on --%s, %s: %.2f, less than %.1f' % (word, ground, ('light', 'dark')[look], got, least))

# ── budgets, as sent (gzip), in bytes
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(root, 'tools'))
from embed import sent
size = lambda *names: sum(len(gzip.compress(sent(os.path.join(root, 'ui/static', n)), 9, mtime=0)) for n in names)
for what, got, most in (('CSS', size('cornerdesk.css'), 12000), ('icons', size('icons.svg'), 6000), ('scripts', size('desk.js'), 15000), ('the script of the form that one writes in', size('writing.js'), 3000)):
    print('%s: %d of %d bytes' % (what, got, most))
    if got > most:
        bad.append('%s: %d bytes, the budget is %d' % (what, got, most))
if read('ui/static/desk.js').count('\n') > 1500:
    bad.append('desk.js is longer than 1500 lines')

if '--strict' in sys.argv:
    bad += notes
else:
    print('\n'.join('note: ' + n for n in notes))
print('\n'.join(bad) or 'well')
sys.exit(1 if bad else 0)
