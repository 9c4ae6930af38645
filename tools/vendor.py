#!/usr/bin/env python3
"""Copies into ui/static what pages use of npm packages: the icons named in ui/static/icons.list.
   Run by hand after a change of package.json or the list: npm ci && tools/vendor.py. The result is committed, so that
   a build needs no network."""
import json, os, re

root = os.path.join(os.path.dirname(__file__), '..')
modules, static = os.path.join(root, 'node_modules'), os.path.join(root, 'ui', 'static')

MARK = ('<symbol id="mark" viewBox="0 0 28 28"><path class="mk" d="M6 4h16l3.5 7.5a2.875 2.875 0 0 1-5.75 0 2.875 2.875 0 0 1-5.75 0 '
        '2.875 2.875 0 0 1-5.75 0 2.875 2.875 0 0 1-5.75 0z" fill="currentColor"/><path d="M4 19.5h20M7 19.5v5M21 19.5v5" fill="none" '
        'stroke="currentColor" stroke-width="2.25" stroke-linecap="round"/></symbol>')

def version(package):
    return json.load(open(os.path.join(modules, package, 'package.json')))['version']

def icon(name):
    svg = open(os.path.join(modules, 'lucide-static', 'icons', name + '.svg')).read()
    shapes = re.search(r'<svg[^>]*>(.*)</svg>', svg, re.S).group(1)
    shapes = re.sub(r'\s+/>', '/>', re.sub(r'>\s+<', '><', re.sub(r'\s+', ' ', shapes.strip())))
    return '<symbol id="%s" viewBox="0 0 24 24">%s</symbol>' % (name, shapes)

names = open(os.path.join(static, 'icons.list')).read().split()
with open(os.path.join(static, 'icons.svg'), 'w') as f:
    f.write('<?xml version="1.0" encoding="UTF-8"?>\n<!-- Icons from Lucide %s, ISC licence, (c) Lucide Icons and contributors; '
            'some from Feather, MIT licence, (c) Cole Bemis. The mark is ours. -->\n' % version('lucide-static'))
    f.write('<svg xmlns="http://www.w3.org/2000/svg">\n' + '\n'.join([icon(n) for n in sorted(names)] + [MARK]) + '\n</svg>\n')
