#include "base/base.h"
#include "text/markdown.h"
#include "test.h"

#define REL " rel=\"noopener noreferrer nofollow\""

TEST(markdown) {
  static const struct { int line; const char *in, *out; } cases[] = {
    { __LINE__, "", "" },
    { __LINE__, "Hi **Ana**,\nit *works* ~~not~~ `now`.\n\nBo", "<p>Hi <strong>Ana</strong>,<br>\nit <em>works</em> <del>not</del> <code>now</code>.</p>\n<p>Bo</p>\n" },
    { __LINE__, "- a\n- b\n\n3. c\n", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n<ol start=\"3\">\n<li>c</li>\n</ol>\n" },
    { __LINE__, "# Head\n> quoted\n\n---\n", "<h3>Head</h3>\n<blockquote>\n<p>quoted</p>\n</blockquote>\n<hr>\n" },
    { __LINE__, "```c\nint x < 3;\n```", "<pre><code>int x &lt; 3;\n</code></pre>\n" },
    { __LINE__, "    four blanks are not code", "<p>four blanks are not code</p>\n" },
    { __LINE__, "<script>alert(1)</script> <b>x</b>", "<p>&lt;script&gt;alert(1)&lt;/script&gt; &lt;b&gt;x&lt;/b&gt;</p>\n" },
    { __LINE__, "[x](https://e.org/?a&b \"t\\\"\")", "<p><a href=\"https://e.org/?a&amp;b\" title=\"t&quot;\"" REL ">x</a></p>\n" },
    { __LINE__, "[x](javascript:alert(1)) [y](<java&#115;cript:z>) [z](data:x)", "<p><a" REL ">x</a> <a" REL ">y</a> <a" REL ">z</a></p>\n" },
    { __LINE__, "see https://e.org/a. or ana@e.org", "<p>see <a href=\"https://e.org/a\"" REL ">https://e.org/a</a>. or <a href=\"mailto:ana@e.org\"" REL ">ana@e.org</a></p>\n" },
    { __LINE__, "![a *cat* \"x\"](https://e.org/c.png)", "<p><img data-src=\"https://e.org/c.png\" alt=\"a cat &quot;x&quot;\"></p>\n" },
    { __LINE__, "![a ![b](x) c](javascript:x)", "<p><img alt=\"a b c\"></p>\n" },
    { __LINE__, "|a|b|\n|:--|--:|\n|1|2|", "<table>\n<thead><tr><th class=\"left\">a</th><th class=\"right\">b</th></tr>\n</thead>\n<tbody><tr><td class=\"left\">1</td><td class=\"right\">2</td></tr>\n</tbody>\n</table>\n" },
    { __LINE__, "&lt;b&gt; &amp; &copy; <", "<p>&lt;b&gt; &amp; © &lt;</p>\n" },
    { __LINE__, "a\xff", "<p>a\xEF\xBF\xBD</p>\n" },
  };
  for (size_t i = 0; i < COUNT(cases); i++) IS_AT(cases[i].line, markdown_html(a, str_z(cases[i].in)).s, str_z(cases[i].out));
}

TEST(markdown_floods) {
  static const struct { int line; const char *head, *each; int times; } cases[] = {
    { __LINE__, "", ">", 30000 }, { __LINE__, "", "- ", 30000 }, { __LINE__, "", "[", 30000 }, { __LINE__, "", "![", 30000 }, { __LINE__, "", "*a_", 20000 },
    { __LINE__, "", "<a", 30000 }, { __LINE__, "", "`", 30000 }, { __LINE__, "", "~~a ", 20000 }, { __LINE__, "", "|a", 5000 }, { __LINE__, "|a|b\n|-|-\n", "|\n", 20000 },
    { __LINE__, "", "[a](b", 10000 }, { __LINE__, "", "a@b.c ", 20000 }, { __LINE__, "", "http://", 20000 }, { __LINE__, "", "&#x41;", 20000 },
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    Buf b = { .arena = a };
    buf_add(&b, str_z(cases[i].head));
    for (int k = 0; k < cases[i].times; k++) buf_add(&b, str_z(cases[i].each));
    MUST_AT(cases[i].line, str_utf8_ok(markdown_html(a, buf_str(&b)).s));
  }
}
