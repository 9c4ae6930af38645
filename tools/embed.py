#!/usr/bin/env python3
"""Makes C tables of files, at build. Python, because meson brings it along.
   embed.py static OUT.c OUT.h FILE…     the files of ui/static, with hashed names and gzip
   embed.py catalogues OUT.c OUT.h FILE.mo…"""
import gzip, hashlib, os, re, sys

TYPES = {'.css': 'text/css; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.svg': 'image/svg+xml',
         '.png': 'image/png', '.ico': 'image/x-icon', '.json': 'application/json', '.webmanifest': 'application/manifest+json',
         '.txt': 'text/plain; charset=utf-8'}

def literal(data):
    """A C string: octal always in three digits, so that no digit after it joins in."""
    out, line = [], ''
    for b in data:
        c = chr(b)
        line += '\\' + c if c in '"\\' else c if 32 <= b < 127 and c != '?' else '\\%03o' % b
        if len(line) > 110:
            out.append('"%s"' % line)
            line = ''
    out.append('"%s"' % line)
    return '\n  '.join(out)

def text(data):
    return '{ %s, %d }' % (literal(data), len(data))

def write(path, s):
    if os.path.exists(path) and open(path).read() == s:
        return
    with open(path, 'w') as f:
        f.write(s)

def sent(path):
    """A file of ui/static as it goes over the wire: style sheets without comments and needless white space, our scripts without
    comments and indentation (both only where a line begins with them, so nothing inside a text is touched)."""
    data = open(path, 'rb').read()
    if path.endswith('.js'):
        return re.sub(rb'^[ \t]+', b'', re.sub(rb'^[ \t]*/\*.*?\*/[ \t]*\n', b'', data, flags=re.S | re.M), flags=re.M)
    if not path.endswith('.css'):
        return data
    css = re.sub(r'/\*.*?\*/', '', data.decode(), flags=re.S)
    return re.sub(r' ?([{};,]) ?', r'\1', re.sub(r'\s+', ' ', css)).strip().encode()

def static(out_c, out_h, files):
    rows = []
    for path in files:
        data, name = sent(path), os.path.basename(path)
        stem, ext = os.path.splitext(name)
        gz = gzip.compress(data, 9, mtime=0)
        if len(gz) >= len(data):
            gz = b''
        url = '/static/%s.%s%s' % (stem, hashlib.sha256(data).hexdigest()[:12], ext)
        rows.append('  { "%s", %s,\n    %s,\n    %s,\n    %s },\n' % (name, text(url.encode()), text(TYPES[ext].encode()), text(data), text(gz)))
    write(out_h, '#pragma once\n#include "web/static.h"\nextern const StaticFile static_files[];\nextern const size_t static_file_count;\n')
    write(out_c, '#include "%s"\nconst StaticFile static_files[] = {\n%s};\nconst size_t static_file_count = %d;\n'
          % (os.path.basename(out_h), ''.join(rows), len(rows)))

def catalogues(out_c, out_h, files):
    names = ['mo_' + os.path.splitext(os.path.basename(p))[0].replace('-', '_') for p in files]
    write(out_h, '#pragma once\n#include "base/str.h"\n' + ''.join('extern const Str %s;\n' % n for n in names))
    write(out_c, '#include "%s"\n' % os.path.basename(out_h)
          + ''.join('const Str %s = %s;\n' % (n, text(open(p, 'rb').read())) for n, p in zip(names, files)))

if __name__ == '__main__':
    {'static': static, 'catalogues': catalogues}[sys.argv[1]](sys.argv[2], sys.argv[3], sys.argv[4:])
