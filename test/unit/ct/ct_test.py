#!/usr/bin/env python3
"""The template compiler refuses what it cannot be sure of, with file and line, and makes the C it always made.
   ct_test.py CT DIR [--write]      --write makes the golden file anew: look at the difference before you commit it"""
import os, subprocess, sys, tempfile

ct, here = os.path.abspath(sys.argv[1]), sys.argv[2]
V = '@view t(Str s, int n)\n'

# What must not build: the body of a view (from line 2 on), the line of the fault, a piece of the message.
BAD = [
    # code and styles
    ('<a onclick="x()">{{ s }}</a>', 2, 'onclick: no code'),
    ('<p style="color:red">{{ s }}</p>', 2, 'no style attributes'),
    ('<style>p { }</style>', 2, '<style> is not for pages'),
    ('<script>var x = 1</script>', 2, 'JSON only'),
    ('<script>{{ s }}</script>', 2, 'JSON only'),
    ('<script type="module">x</script>', 2, 'JSON only'),
    ('<script type="{{ s }}" src="/x.js"></script>', 2, 'no holes in type'),
    ('<script src="/x.js" type="application/json"></script>', 2, 'either src or JSON'),
    ('<iframe srcdoc="x"></iframe>', 2, 'no srcdoc'),
    ('<meta http-equiv="refresh" content="0">', 2, 'no http-equiv'),
    ('<base href="/">', 2, 'no href'),
    ('<object data="/x"></object>', 2, 'not an element'),
    ('<svg><script href="/x"/></svg>', 2, 'not closed by its slash'),
    ('<svg><foreignObject></foreignObject></svg>', 2, 'not an element'),
    ('<svg><animate/></svg>', 2, 'not an element'),
    ('<math></math>', 2, 'not an element'),
    ('<SCRIPT>x</SCRIPT>', 2, 'not an element'),
    # places
    ('<!-- {{ s }} -->', 2, 'no comments'),
    ('<!-- plain -->', 2, 'no comments'),
    ('<![CDATA[x]]>', 2, 'bare <'),
    ('<?xml ?>', 2, 'bare <'),
    ('<a href={{ s }}></a>', 2, 'href: quote the value'),
    ('<a class=x></a>', 2, 'class: quote the value'),
    ('<a {{ s }}></a>', 2, 'cannot be the name of an attribute'),
    ('<a {{ s }}="x"></a>', 2, 'cannot be the name of an attribute'),
    ('<a data-{{ s }}="x"></a>', 2, 'cannot be the name of an attribute'),
    ('<{{ s }}></p>', 2, 'bare <'),
    ('<p{{ s }}></p>', 2, 'cannot be the name of an attribute'),
    ('<p></{{ s }}>', 2, 'without its >'),
    ('<a title="{{ s }} href="/x"></a>', 2, 'cannot stand inside a tag'),
    ('<a title="<b>"></a>', 2, 'is its quote missing'),
    ('<a class="x" class="y"></a>', 2, 'class twice'),
    ('<img alt="" srcset="{{ s }} 2x">', 2, 'no holes in srcset'),
    ('<link rel="{{ s }}" href="/x">', 2, 'no holes in rel'),
    ('<a href="javascript:alert(1)">{{ s }}</a>', 2, 'href: http, https'),
    ('<a href="data:{{ s }}">{{ s }}</a>', 2, 'href: http, https'),
    ('<form action="javascript:x" method="post"></form>', 2, 'action: http'),
    ('<a href="{{_ "x" }}"></a>', 2, 'a sentence cannot stand here'),
    ('<script type="application/json">{ "a": "{{ s }}" }</script>', 2, 'no quotes round it'),
    ('<script type="application/json">{ "a": "</b>" }</script>', 2, '< inside <script>'),
    ('<title><b></b></title>', 2, 'no tags inside <title>'),
    ('<textarea id="a" aria-label="{{ s }}"><b></b></textarea>', 2, 'no tags inside <textarea>'),
    ('<p>{{ s }', 2, '{{ without }}'),
    ('<p>{{ "}} }}</p>', 2, 'without its end'),
    ('<p>{{ }}</p>', 2, 'an empty hole'),
    # tags
    ('<p>{{ s }}', 3, '<p> is still open'),
    ('</p>', 2, 'ends nothing'),
    ('<b><i>{{ s }}</b></i>', 2, '</i> must come first'),
    ('<div/>', 2, 'not closed by its slash'),
    ('<p><div>{{ s }}</div></p>', 2, '<p> cannot hold <div>'),
    ('<a href="/"><span><a href="/x"></a></span></a>', 2, '<a> inside <a>'),
    ('<button type="button"><a href="/"></a></button>', 2, '<a> inside <button>'),
    ('<form action="/"><div><form action="/"></form></div></form>', 2, '<form> inside <form>'),
    ('<blink></blink>', 2, 'not an element'),
    ('<p\n', 1, 'without @end'),
    ('<p>a & b</p>', 2, 'a bare & '),
    ('<p>1 < 2</p>', 2, 'a bare < '),
    # lines of C
    ('% if (n) {\n<b>\n% }\n</b>', 4, 'leaves <b> open'),
    ('<b>\n% if (n) {\n</b>\n% }', 5, 'ends <b> that it did not open'),
    ('% for (int i = 0; i < n; i++) {\n<li>\n% }', 4, 'leaves <li> open'),
    ('% if (n) {\n<b>{{ s }}</b>\n% } else {\n<b>\n% }', 6, 'leaves <b> open'),
    ('<a class="\n% if (n) {\nx">\n% }\n</a>', 5, 'leaves <a> open'),
    ('<a class="\n% if (n) {\n"\n% }\n></a>', 5, 'another place'),
    ('<a href="{{ s }}:{{ s }}"></a>', 2, 'href: http, https'),
    ('<a href="{{ s }}{{ n }}:x"></a>', 2, 'href: http, https'),
    ('<a href=" {{ s }}"></a>', 2, 'no blanks in a URL'),
    ('<a href="\n% if (n) {\n/x\n% }\n{{ s }}"></a>', 2, 'no blanks in a URL'),
    ('% if (n)\n<b>{{ s }}</b>', 2, 'write the braces'),
    ('% for (int i = 0; i < n; i++)\n<b>{{ s }}</b>', 2, 'write the braces'),
    ('% if (n) {\n% } else\n<b>{{ s }}</b>', 3, 'write the braces'),
    ('<b>\n% return;\n</b>', 3, 'return here leaves <b> open'),
    ('% while (n) {\n<b>\n% break;\n</b>\n% }', 4, 'leaves <b> open'),
    ('% while (n) {\n<b>\n% if (n) {\n% continue;\n% }\n</b>\n% }', 5, 'leaves <b> open'),
    ('% switch (n) {\n% case 1:\n<b>\n% case 2:\n</b>\n% }', 5, 'leaves <b> open'),
    ('% goto x;', 2, 'no goto'),
    ('% }', 2, '} without {'),
    ('% if (n) {\n<b>{{ s }}</b>', 4, 'is not closed'),
    ('% if (n) { // }\n<b></b>', 4, 'is not closed'),
    # words
    ('<p>Hello there</p>', 2, 'words for people'),
    ('<p>привет</p>', 2, 'words for people'),
    ('<a title="Close"></a>', 2, 'title: words for people'),
    ('<input type="text" aria-label="Your name">', 2, 'aria-label: words'),
    ('<img alt="A picture">', 2, 'alt: words'),
    ('<p>{{_ s }}</p>', 2, 'in double quotes'),
    ('<p>{{_f "Hello %s" }}</p>', 2, '1 places, 0 are given'),
    ('<p>{{_f "Hello", s }}</p>', 2, '0 places, 1 are given'),
    ('<p>{{_f "Hello %s %2$s", s, s }}</p>', 2, 'either'),
    ('<p>{{_f "Hello %d", n }}</p>', 2, 'only %s'),
    ('<p>{{_n "one" "%s" }}</p>', 2, 'needs its number'),
    ('<p>{{_n "one" "%s %s", n }}</p>', 2, '2 places, 1 are given'),
    ('<p>{{_x "a" }}</p>', 2, 'is not known'),
    ('<p>{{_h "<b>%s", s }}</p>', 2, 'not closed'),
    ('<p>{{_h "<b>%s</i></b>", s }}</p>', 2, 'crossed'),
    ('<p>{{_h "<script>%s</script>", s }}</p>', 2, 'a sentence may hold'),
    ('<p>{{_h "<a onclick=\\"x\\">%s</a>", s }}</p>', 2, 'no code'),
    ('<p>{{_h "<a href=\'%s\'>x</a>", s }}</p>', 2, 'double quotes'),
    ('<p>{{_h "<a href=\\"javascript:%s\\">x</a>", s }}</p>', 2, 'http, https'),
    ('<p>{{_h "<b class=%s>x</b>", s }}</p>', 2, 'double quotes'),
    ('<p>{{_h "<b %s>x</b>", s }}</p>', 2, 'inside a value'),
    ('<a title="{{_h "<b>%s</b>", s }}"></a>', 2, 'stands in text only'),
    # conditions and calls
    ('<a{{? href="/x" : n }}></a>', 2, 'plain attributes'),
    ('<a{{? onclick="x" : n }}></a>', 2, 'plain attributes'),
    ('<a{{? style="x" : n }}></a>', 2, 'plain attributes'),
    ('<a{{? class=x : n }}></a>', 2, 'quote the value'),
    ('<a{{? title="Some words" : n }}></a>', 2, 'must be translated'),
    ('<a class="x{{? "y" : n }}"></a>', 2, 'no quotes'),
    ('<a href="/{{? y : n }}"></a>', 2, 'inside a tag'),
    ('<p>{{? x : n }}</p>', 2, 'inside a tag'),
    ('<p{{? checked }}></p>', 2, 'what : condition'),
    ('<a title="{{> t(s, 1) }}"></a>', 2, 'in text only'),
    ('{{> head() }}<p>{{ s }}</p>', 3, '<div> is still open'),
    ('{{> foot() }}', 2, 'ends nothing'),
    # for people who do not see or point
    ('<img src="/x">', 2, 'needs alt'),
    ('<button>{{ s }}</button>', 2, 'needs a type'),
    ('<input name="x">', 2, 'needs a label'),
    ('<input id="x">', 2, 'no <label for>'),
    ('<p><label for="y">{{ s }}</label><input id="x"></p>', 2, 'no <label for>'),
    ('<select name="x"></select>', 2, 'needs a label'),
    ('<textarea></textarea>', 2, 'needs a label'),
    ('<a href="/" tabindex="3">{{ s }}</a>', 2, 'tabindex is 0 or -1'),
    ('<html></html>', 2, 'needs lang'),
    ('<iframe src="/x"></iframe>', 2, 'title and sandbox'),
    ('<a href="/x" target="_blank">{{ s }}</a>', 2, 'noopener'),
]

# Whole files: text, line, message.
BAD_FILES = [
    ('<p></p>\n', 1, 'text outside'),
    ('@view t(Str s)\n<p></p>\n', 1, 'without @end'),
    ('@view t\n@end\n', 1, '@view name(arguments)'),
    ('@view t() opens p x\n@end\n', 1, 'cannot be left open'),
    ('@view t() opens p\n@end\n', 2, 'promised by opens'),
    ('@view t() also p\n@end\n', 1, 'opens or closes'),
    ('@view t()\n@view u()\n@end\n', 2, 'only @end'),
]

# Must build as it stands.
GOOD = [
    '<a class="row\n% if (n) {\n unread\n% }\n" href="/x">{{ s }}</a>',
    '<ul>\n% for (int i = 0; i < n; i++) {\n% if (i == 3) {\n% continue;\n% }\n<li>{{ s }}</li>\n% }\n</ul>',
    '% switch (n) {\n% case 1:\n<b>{{ s }}</b>\n% break;\n% default:\n<i>{{ s }}</i>\n% }',
    '% if (n) {\n</p><p>\n% }'.replace('</p><p>', '<p></p>'),
    '% if (n) {\n% return;\n% }\n<p>{{ s }}</p>',
    '% const char *brace = "{"; /* } */ (void)brace;\n<p>{{ s }}</p>',
    '<p>{{ (n > 1 ? "}}" : "{{") }}</p>',
    '<label for="a{{ n }}">{{ s }}</label><input id="a{{ n }}">',
    '<label>{{ s }} <input></label>',
    '<script type="application/json" id="d">{ "a": {{ s }}, "b\\"": [{{ n }}] }</script>',
    '<p>·  — → 12 &amp; a &nbsp; x</p>',
    '<a href="{{ s }}/a:b?c={{ s }}:{{ n }}"></a><a href="/x/{{ s }}:{{ n }}"></a><a href="https://x:80/{{ s }}"></a>',
    '<code>git log</code> <kbd>Ctrl</kbd> <span translate="no">Cornerdesk</span>',
    '<pre>\n  {{ s }}\n</pre>',
    '<input\n% if (n) {\nvalue="a"\n% } else {\nvalue="b"\n% }\naria-label="{{ s }}">',
    '{{> head() }}<p>{{ s }}</p>{{> foot() }}',
    '<p>{{_h "<a href=\\"/x/%s\\">you</a> and <b>%s</b>", s, s }}</p>',
    '<p>{{_ "a" }}{{_c "verb" "Open" }}{{_n "one" "%s", n }}{{_hn "<b>one</b>" "<b>%s</b> of %s", n, s }}{{_f "%2$s %1$s", n, s }}</p>',
]

SHELLS = '@view head() opens div\n<div>\n@end\n@view foot() closes div\n</div>\n@end\n'
failed = 0

def run(text, mail=False):
    with tempfile.TemporaryDirectory() as tmp:
        path = os.path.join(tmp, 'x.html')
        open(path, 'w').write(text)
        shells = os.path.join(tmp, 'shells.html')
        open(shells, 'w').write(SHELLS)
        p = subprocess.run([ct] + (['--mail'] if mail else []) + ['--header', tmp + '/v.h', tmp, path, shells], capture_output=True, text=True)
        return p.returncode, p.stderr.replace(path, 'x.html')

def expect_bad(text, line, message, mail=False):
    global failed
    code, err = run(text, mail)
    if code != 1 or not err.startswith('x.html:%d: error: ' % line) or message not in err:
        failed += 1
        print('NOT REFUSED AS IT SHOULD BE (line %d, %s):\n%s\n-> %d %s' % (line, message, text, code, err))

def expect_good(text, mail=False):
    global failed
    code, err = run(text, mail)
    if code:
        failed += 1
        print('DOES NOT BUILD:\n%s\n-> %s' % (text, err))

for body, line, message in BAD:
    expect_bad(V + body + '\n@end\n' if 'without @end' not in message else V + body, line, message)
for text, line, message in BAD_FILES:
    expect_bad(text, line, message)
for body in GOOD:
    expect_good(V + body + '\n@end\n')
expect_bad(V + '<p style="color:{{ s }}"></p>\n@end\n', 2, 'no holes in style', mail=True)
expect_bad(V + '<style>p { {{ s }} }</style>\n@end\n', 2, 'no holes in <style>', mail=True)
expect_good(V + '<p style="color:red">{{ s }}</p><img alt="" src="cid:x">\n@end\n', mail=True)

# Values of a type that has no business in a place: gcc refuses them, at the line of the page.
TYPES = [
    ('<p>{{ h }}</p>', True), ('<p title="{{ s }}">{{ n }}</p>', True), ('<a href="{{ s }}">{{ U(s) }}</a>', True), ('<p title="{{ U(s) }}"></p>', True),
    ('<p title="{{ h }}"></p>', False), ('<a href="{{ h }}"></a>', False), ('<a href="/{{ h }}"></a>', False), ('<title>{{ h }}</title>', False),
    ('<a href="{{ U(s) }}"></a>', False), ('<a href="{{ n }}"></a>', False), ('<p>{{ (bool)n }}</p>', False), ('<p>{{ 1.5 }}</p>', False),
    ('<p>{{_f "%s", h }}</p>', False), ('<script type="application/json">{{ h }}</script>', False), ('<p>{{ &s }}</p>', False),
]
source = os.path.join(os.path.abspath(here), '..', '..', '..', 'src')
for body, good in TYPES:
    with tempfile.TemporaryDirectory() as tmp:
        open(tmp + '/x.html', 'w').write('@view t(Str s, int n, Html h)\n% (void)s; (void)n; (void)h;\n' + body + '\n@end\n')
        subprocess.run([ct, '--header', 'v.h', '.', 'x.html'], cwd=tmp, check=True)
        p = subprocess.run(['cc', '-std=gnu17', '-fsyntax-only', '-Wno-unused-value', '-I' + source, '-I.', 'x.c'], cwd=tmp, capture_output=True, text=True)
        if good != (p.returncode == 0) or (not good and not p.stderr.count('x.html:3:')):
            failed += 1
            print('%s: %s\n%s' % ('SHOULD COMPILE' if good else 'SHOULD NOT COMPILE', body, p.stderr[:600]))

# The C of one file that uses everything, as it was when last looked at.
with tempfile.TemporaryDirectory() as tmp:
    p = subprocess.run([ct, '--header', tmp + '/shapes.h', tmp, 'shapes.html'], cwd=here, capture_output=True, text=True)
    got = p.stderr + open(tmp + '/shapes.h').read() + open(tmp + '/shapes.c').read() if not p.returncode else p.stderr
    golden = os.path.join(here, 'shapes.golden')
    if '--write' in sys.argv:
        open(golden, 'w').write(got)
    elif got != open(golden).read():
        failed += 1
        import difflib
        print(''.join(difflib.unified_diff(open(golden).read().splitlines(True), got.splitlines(True), 'golden', 'now')))

print('%d refused, %d built, %d wrong' % (len(BAD) + len(BAD_FILES) + 2, len(GOOD) + 1, failed))
sys.exit(1 if failed else 0)
