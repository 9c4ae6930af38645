#!/usr/bin/env python3
"""Reads gettext catalogues. Python, because meson brings it along.
   po.py pseudo en-XA|ar-XB IN.pot OUT.po   a made-up language, to see what is not translated, too tight, or wrong way round
   po.py check FILE.po…                     tags and places of each translation are those of the English; exits 1 if not
   po.py missing FILE.pot FILE.po…          how much of each is translated
   po.py same A.pot B.pot                   exits 1 if they hold other sentences"""
import re, sys

PIECE = re.compile(r'<[^>]*>|%%|%(?:[1-9]\$)?s|&[a-z]+;|\n')

def entries(path):
    """Dictionaries with msgctxt, msgid, msgid_plural, msgstr (a list), fuzzy, line."""
    entry, key, out = {'fuzzy': False}, None, []
    def done():
        nonlocal entry
        if 'msgid' in entry:
            entry['msgstr'] = [entry[k] for k in sorted(entry) if k.startswith('msgstr')]
            out.append(entry)
        entry = {'fuzzy': False}
    for n, line in enumerate(open(path, encoding='utf-8'), 1):
        line = line.strip()
        if line.startswith('#~'):
            continue
        if line.startswith('#') or not line:
            if 'msgid' in entry:
                done()
            if line.startswith('#,') and 'fuzzy' in line:
                entry['fuzzy'] = True
            continue
        m = re.match(r'(msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?)\s+(".*")$', line)
        if m:
            if m.group(1) in ('msgctxt', 'msgid') and 'msgid' in entry and m.group(1) != 'msgid_plural':
                done()
            key = m.group(1)
            entry[key] = ''
            entry.setdefault('line', n)
            line = m.group(2)
        entry[key] += re.sub(r'\\(.)', lambda e: {'n': '\n', 't': '\t'}.get(e.group(1), e.group(1)), line[1:-1])
    done()
    return out

def quote(s):
    return '"%s"' % s.replace('\\', '\\\\').replace('"', '\\"').replace('\n', '\\n')

ACCENTED = str.maketrans('AaBCcDdEeGgHhIiJjKkLlNnOoRrSsTtUuWwYyZz', 'ÅåƁÇçÐðÉéĜĝĤĥÎîĴĵĶķĻļÑñÖöŔŕŠšŢţÛûŴŵÝýŽž')
PAD = 'one two three four five six seven eight nine ten'.split()

def accented(s):
    words = [p if PIECE.fullmatch(p) else p.translate(ACCENTED) for p in re.split('(%s)' % PIECE.pattern, s)]
    letters = len(PIECE.sub('', s))
    pad = ' '.join(PAD[i % len(PAD)] for i in range(1 + letters // 12)) if letters > 3 else ''
    return '[%s%s]' % (''.join(words), ' ' + pad if pad else '')

def mirrored(s):
    turn = lambda w: '\u202e' + w + '\u202c' if re.search('[A-Za-z]', w) else w
    return ''.join(p if PIECE.fullmatch(p) else re.sub(r'[^\s]+', lambda m: turn(m.group()), p)
                   for p in re.split('(%s)' % PIECE.pattern, s))

def pseudo(tag, pot, po):
    turn = accented if tag == 'en-XA' else mirrored
    with open(po, 'w', encoding='utf-8') as f:
        f.write('msgid ""\nmsgstr ""\n"Language: %s\\n"\n"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
                '"Content-Transfer-Encoding: 8bit\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n' % tag)
        for e in entries(pot):
            if not e['msgid']:
                continue
            f.write('\n')
            if 'msgctxt' in e:
                f.write('msgctxt %s\n' % quote(e['msgctxt']))
            f.write('msgid %s\n' % quote(e['msgid']))
            if 'msgid_plural' in e:
                f.write('msgid_plural %s\nmsgstr[0] %s\nmsgstr[1] %s\n'
                        % (quote(e['msgid_plural']), quote(turn(e['msgid'])), quote(turn(e['msgid_plural']))))
            else:
                f.write('msgstr %s\n' % quote(turn(e['msgid'])))

def tags(s):
    return sorted(re.findall(r'<[^>]*>?', s))

def places(s):
    """Which arguments a sentence takes, from 1."""
    plain, out = 0, set()
    for p in re.findall(r'%%|%(?:[1-9]\$)?s|%', s):
        if p == '%s':
            plain += 1
            out.add(plain)
        elif p == '%':
            out.add('a bare %')
        elif p != '%%':
            out.add(int(p[1]))
    return out

def wrong(e, s):
    one, many = e['msgid'], e.get('msgid_plural')
    if tags(s) != tags(one) and (many is None or tags(s) != tags(many)):
        return 'other tags than the English'
    if '>' in re.sub(r'<[^>]*>', '', s) and '>' not in re.sub(r'<[^>]*>', '', one + (many or '')):
        return 'a > that the English has not'
    allowed = places(one) | places(many or '')
    if many is None and places(s) != allowed:
        return 'other places (%s) than the English'
    if many is not None and not (places(s) <= allowed and places(s) >= (places(many) - {1})):
        return 'other places (%s) than the English'
    if s[:1].isspace() != one[:1].isspace() or s[-1:].isspace() != one[-1:].isspace():
        return 'other blanks at its ends than the English'
    return None

def check(paths):
    bad = 0
    for path in paths:
        for e in entries(path):
            if not e['msgid'] or e['fuzzy']:
                continue
            for s in e['msgstr']:
                why = s and wrong(e, s)
                if why:
                    print('%s:%d: %s: %s' % (path, e['line'], e['msgid'], why))
                    bad = 1
    return bad

def keys(path):
    return {(e.get('msgctxt', ''), e['msgid'], e.get('msgid_plural', '')) for e in entries(path) if e['msgid']}

def missing(pot, paths):
    every = keys(pot)
    for path in paths:
        have = {(e.get('msgctxt', ''), e['msgid'], e.get('msgid_plural', '')) for e in entries(path)
                if e['msgid'] and not e['fuzzy'] and all(e['msgstr'])}
        print('%s: %d of %d' % (path, len(have & every), len(every)))
    return 0

def same(a, b):
    only = [('-', k) for k in sorted(keys(a) - keys(b))] + [('+', k) for k in sorted(keys(b) - keys(a))]
    for sign, k in only:
        print(sign, ' | '.join(p for p in k if p))
    return 1 if only else 0

if __name__ == '__main__':
    do, args = sys.argv[1], sys.argv[2:]
    sys.exit({'pseudo': lambda: pseudo(*args), 'check': lambda: check(args), 'missing': lambda: missing(args[0], args[1:]),
              'same': lambda: same(*args)}[do]())
