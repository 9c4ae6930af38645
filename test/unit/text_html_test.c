#include "base/base.h"
#include "text/caps.h"
#include "text/html_clean.h"
#include "text/html_entity.h"
#include "text/html_text.h"
#include "text/html_token.h"
#include "text/linkify.h"
#include "test.h"

TEST(html_cleaned) {
  static const struct { int line; const char *in, *out; } cases[] = {
    { __LINE__, "", "" },
    { __LINE__, "plain & <b>bold", "plain &amp; <b>bold</b>" },
    { __LINE__, "<P CLASS=x ID=y STYLE='color:red' onclick=a()>Hi</P>", "<p>Hi</p>" },
    { __LINE__, "<a href='https://e.org/?a=1&b=2' target=_blank>x</a>", "<a href=\"https://e.org/?a=1&amp;b=2\" rel=\"noopener noreferrer nofollow\">x</a>" },
    { __LINE__, "<a href='mailto:ana@e.org'>x</a><a href='tel:+31 20'>y</a>", "<a href=\"mailto:ana@e.org\" rel=\"noopener noreferrer nofollow\">x</a><a href=\"tel:+31%2020\" rel=\"noopener noreferrer nofollow\">y</a>" },
    { __LINE__, "<a href=/relative>x</a><a name=top>y</a>", "xy" },
    { __LINE__, "<img src='cid:Logo@x' alt='A \"logo\"' width=20 height=9999999>", "<img data-src=\"cid:Logo@x\" alt=\"A &quot;logo&quot;\" width=\"20\">" },
    { __LINE__, "<img src='https://e.org/p.png' onerror=x>", "<img data-src=\"https://e.org/p.png\" alt=\"\">" },
    { __LINE__, "<img src='data:image/svg+xml,<svg onload=x>' alt=cat>", "cat" },
    { __LINE__, "<center>a</center><font color=red>b</font><strike>c</strike><tt>d</tt>", "<div>a</div>b<s>c</s><code>d</code>" },
    { __LINE__, "<o:p>word</o:p><blink>b</blink><p dir=rtl lang=ar>c</p><span>d</span>", "wordb<p dir=\"rtl\" lang=\"ar\">c</p>d" },
    { __LINE__, "<table><tr><td colspan=2 bgcolor=x>a<th rowspan=99999>b</table>", "<table><tbody><tr><td colspan=\"2\">a</td><th>b</th></tr></tbody></table>" },
    { __LINE__, "<ol start=3><li>a<li>b</ol>", "<ol start=\"3\"><li>a</li><li>b</li></ol>" },
    { __LINE__, "<form action=x><input name=y><button>Go</button><textarea>t</textarea></form>after", "Goafter" },
    { __LINE__, "<pre>\n\n two\n</pre>", "<pre>\n\n two\n</pre>" },
    { __LINE__, "a<!-- hidden --><![if !mso]>b<![endif]><?xml x?>c</>d", "abcd" },
    { __LINE__, "<html><head><title>t</title><base href=x><meta http-equiv=refresh></head><body bgcolor=x>b</body></html>", "b" },
    { __LINE__, "1 < 2 && 3 > 2", "1 &lt; 2 &amp;&amp; 3 &gt; 2" },
    { __LINE__, "&lt;script&gt;&#60;b&#62; &eacute;&nbsp;&notanentity;", "&lt;script&gt;&lt;b&gt; é\xC2\xA0¬anentity;" },
    { __LINE__, "bad \xff\xfe utf", "bad \xEF\xBF\xBD utf" },
    { __LINE__, "a&#1;b&#0;c", "ab\xEF\xBF\xBD" "c" },
    { __LINE__, "<a href=http://a.b>x<a href=http://c.d>y", "<a href=\"http://a.b\" rel=\"noopener noreferrer nofollow\">x</a><a href=\"http://c.d\" rel=\"noopener noreferrer nofollow\">y</a>" },
  };
  for (size_t i = 0; i < COUNT(cases); i++) IS_AT(cases[i].line, html_clean(a, str_z(cases[i].in)).s, str_z(cases[i].out));
}

/* What every output must be, read with our own tokenizer: only listed elements, only listed attributes, safe addresses. */
static bool harmless(Arena *a, Str html) {
  static const char *const attrs[] = { "href", "title", "rel", "data-src", "alt", "width", "height", "colspan", "rowspan", "start", "dir", "lang" };
  HtmlTokens in = { .rest = html };
  for (HtmlToken t = html_token(&in); t.kind != HTML_END; t = html_token(&in)) {
    if (t.kind == HTML_TEXT) continue;
    if (!t.tag || !(t.tag->is & TAG_OUT)) return false;
    Str rest = t.text, name, value;
    while (html_attr(&rest, &name, &value)) {
      bool known = false;
      for (size_t i = 0; i < COUNT(attrs); i++) known = known || str_eq(name, str_z(attrs[i]));
      value = html_entities(a, value);
      if (!known) return false;
      bool web = str_istarts(value, S("http://")) || str_istarts(value, S("https://"));
      if (str_eq(name, S("href")) && !web && !str_istarts(value, S("mailto:")) && !str_istarts(value, S("tel:"))) return false;
      if (str_eq(name, S("data-src")) && !web && !str_istarts(value, S("cid:"))) return false;
    }
  }
  return str_utf8_ok(html) && str_ifind(html, S("<script")) == SIZE_MAX && str_find(html, S("<!--")) == SIZE_MAX;
}

TEST(html_hostile) {
  static const struct { int line; const char *in; } cases[] = {
    { __LINE__, "<script>alert(1)</script>" },
    { __LINE__, "<SCRIPT SRC=//e.org/x.js></SCRIPT>" },
    { __LINE__, "<scr<script>ipt>alert(1)</scr</script>ipt>" },
    { __LINE__, "<img src=x onerror=alert(1)>" },
    { __LINE__, "<img/src=x/onerror=alert(1)>" },
    { __LINE__, "<img src=`x`onerror=alert(1)>" },
    { __LINE__, "<img \"\"\"><script>alert(1)</script>\">" },
    { __LINE__, "<svg onload=alert(1)>" },
    { __LINE__, "<svg><script>alert(1)</script></svg>" },
    { __LINE__, "<svg><a xlink:href=\"javascript:alert(1)\"><text>x</text></a></svg>" },
    { __LINE__, "<svg><style><img src=x onerror=alert(1)></style></svg>" },
    { __LINE__, "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">" },
    { __LINE__, "<svg><![CDATA[<img src=x onerror=alert(1)>]]></svg>" },
    { __LINE__, "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">" },
    { __LINE__, "<math><mtext><table><mglyph><style><math><table id=\"</table>\"><img src=1 onerror=alert(1)\">" },
    { __LINE__, "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>" },
    { __LINE__, "<math><annotation-xml encoding=\"text/html\"><style><img src=x onerror=alert(1)></style></annotation-xml></math>" },
    { __LINE__, "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">" },
    { __LINE__, "<noembed><img title=\"</noembed><img src=x onerror=alert(1)>\"></noembed>" },
    { __LINE__, "<xmp><img title=\"</xmp><img src=x onerror=alert(1)>\"></xmp>" },
    { __LINE__, "<textarea><img title=\"</textarea><img src=x onerror=alert(1)>\"></textarea>" },
    { __LINE__, "<title><img title=\"</title><img src=x onerror=alert(1)>\"></title>" },
    { __LINE__, "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>" },
    { __LINE__, "<iframe src=javascript:alert(1)>" },
    { __LINE__, "<template><script>alert(1)</script></template>" },
    { __LINE__, "<select><template><style><!--</style><a rel=\"--></style></template></select><img id=x src onerror=alert(1)>\">" },
    { __LINE__, "<select><option><style></select><img src=x onerror=alert(1)></style>" },
    { __LINE__, "<plaintext><img src=x onerror=alert(1)>" },
    { __LINE__, "<a href=javascript:alert(1)>x</a>" },
    { __LINE__, "<a href=\"java\tscript:alert(1)\">x</a>" },
    { __LINE__, "<a href=\"java&#10;script:alert(1)\">x</a>" },
    { __LINE__, "<a href=\"&#x6A;avascript:alert(1)\">x</a>" },
    { __LINE__, "<a href=\" &#14;javascript:alert(1)\">x</a>" },
    { __LINE__, "<a href=\"jAvAsCrIpT&colon;alert(1)\">x</a>" },
    { __LINE__, "<a href=\"vbscript:x\">x</a><a href=\"data:text/html,<script>alert(1)</script>\">x</a>" },
    { __LINE__, "<a href=\"https://e.org/\" onclick=\"alert(1)\">x</a>" },
    { __LINE__, "<a href='https://e.org/\" onmouseover=\"alert(1)'>x</a>" },
    { __LINE__, "<a href=\"//e.org/x\">x</a><a href=\"\\\\e.org\">x</a>" },
    { __LINE__, "<div style=\"background:url(javascript:alert(1))\">x</div>" },
    { __LINE__, "<style>@import 'javascript:alert(1)';</style><link rel=stylesheet href=javascript:alert(1)>" },
    { __LINE__, "<meta http-equiv=refresh content=\"0;url=javascript:alert(1)\"><base href=javascript:alert(1)//>" },
    { __LINE__, "<object data=javascript:alert(1)><embed src=javascript:alert(1)><applet code=x>" },
    { __LINE__, "<body onload=alert(1)><frameset onload=alert(1)><frame src=javascript:alert(1)>" },
    { __LINE__, "<table background=javascript:alert(1)><td background=x><form action=javascript:x><button formaction=javascript:x>" },
    { __LINE__, "<video><source onerror=alert(1)></video><audio src=x onerror=alert(1)>" },
    { __LINE__, "<details open ontoggle=alert(1)>x</details><marquee onstart=alert(1)>x</marquee>" },
    { __LINE__, "<input autofocus onfocus=alert(1)><keygen autofocus onfocus=alert(1)>" },
    { __LINE__, "<p hx-get=/x hx-trigger=load data-hx-get=/x hx-on:load=alert(1)>x</p>" },
    { __LINE__, "<img data-src=\"javascript:alert(1)\"><img data-src='https://e.org/\" onerror=\"x'>" },
    { __LINE__, "<img src=\"cid:x&quot; onerror=&quot;alert(1)\">" },
    { __LINE__, "<!--><img src=x onerror=alert(1)>-->" },
    { __LINE__, "<!--[if gte mso 9]><script>alert(1)</script><![endif]-->" },
    { __LINE__, "<!-- --!><img src=x onerror=alert(1)>" },
    { __LINE__, "<![CDATA[<script>alert(1)</script>]]>" },
    { __LINE__, "<?php <img src=x onerror=alert(1)> ?>" },
    { __LINE__, "</p/><img src=x onerror=alert(1)" },
    { __LINE__, "<<img src=x onerror=alert(1)//" },
    { __LINE__, "<a <img src=x onerror=alert(1)>" },
    { __LINE__, "<p title='<script>alert(1)</script>'>x" },
    { __LINE__, "&lt;img src=x onerror=alert(1)&gt;" },
    { __LINE__, "+ADw-script+AD4-alert(1)+ADw-/script+AD4-" },
    { __LINE__, "<table><a><tr><a><td><a href=http://x.y><table><a href=http://z.y>" },
    { __LINE__, "<p><table><p>a<a href=http://a.b><table><a href=http://c.d>x" },
    { __LINE__, "<b><p><i></b>x</p></i><a href=http://x.y><div></a>z</div>" },
    { __LINE__, "<ul><li><p><li><blockquote><li></ul><dl><dt><dd><p><dt></dl>" },
    { __LINE__, "<h1><h2><p><h3></h1>x" },
    { __LINE__, "<table><caption><table><td><caption>x</table>y</table><tr><td>z" },
    { __LINE__, "<pre>\n<pre>\n\n</pre><b>\n" },
    { __LINE__, "<h1>a<font><p>b</p><h1>c" },
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    Html once = html_clean(a, str_z(cases[i].in)), mail = html_clean_mail(a, str_z(cases[i].in)), reply, quoted;
    MUST_AT(cases[i].line, harmless(a, once.s));
    IS_AT(cases[i].line, html_clean(a, once.s).s, once.s);
    html_fold(mail, &reply, &quoted);
    MUST_AT(cases[i].line, harmless(a, reply.s) && harmless(a, quoted.s));
  }
}

TEST(html_floods) {
  static const struct { int line; const char *head, *each, *tail; int times; } cases[] = {
    { __LINE__, "", "<div>", "deep", 48000 },                          /* quadratic in the parser if let through */
    { __LINE__, "", "<div>", "deep", 257 },
    { __LINE__, "", "<b>x</b>", "many", 20001 },
    { __LINE__, "", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "long", 5000 },
    { __LINE__, "<p><font><b><i><u><s><em></p>", "<p>x</p>", "cut", 9000 },
    { __LINE__, "", "<span><span><span><div></span></span></span>", "leak", 2000 },
    { __LINE__, "", "<svg><style><!--</style></div></div>", "foreign", 3000 },
    { __LINE__, "", "<svg>", "unclosed", 40000 },
    { __LINE__, "", "<!--", "comments", 50000 },
    { __LINE__, "", "<table>", "tables", 30000 },
    { __LINE__, "", "<a href=\"", "quotes", 30000 },
    { __LINE__, "", "&#1", "entities", 60000 },
    { __LINE__, "", "<ul><li>", "lists", 5000 },
    { __LINE__, "", "<blockquote>", "blockquotes", 250 },
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    Buf b = { .arena = a };
    buf_add(&b, str_z(cases[i].head));
    for (int k = 0; k < cases[i].times; k++) buf_add(&b, str_z(cases[i].each));
    buf_add(&b, str_z(cases[i].tail));
    Html out = html_clean(a, buf_str(&b));
    MUST_AT(cases[i].line, harmless(a, out.s));
    IS_AT(cases[i].line, html_clean(a, out.s).s, out.s);
    html_to_text(a, buf_str(&b), NULL);
  }
  Buf b = { .arena = a };
  for (int k = 0; k < 48000; k++) buf_add(&b, S("<div>"));
  buf_add(&b, S("deep<br>er</div>still"));
  IS(html_clean(a, buf_str(&b)).s, S("<p>deep<br>er</p><p>still</p>"));
}

TEST(html_as_text) {
  static const struct { int line; const char *in, *out; } cases[] = {
    { __LINE__, "<p>One</p><p>Two<br>three</p>", "One\n\nTwo\nthree" },
    { __LINE__, "<div>One</div><div><br></div><div>Two</div>", "One\n\nTwo" },
    { __LINE__, "<p class=MsoNormal>One</p><p class=MsoNormal>&nbsp;</p><p class=MsoNormal>Two</p>", "One\n\nTwo" },
    { __LINE__, "  a \n  b&nbsp; c  ", "a b c" },
    { __LINE__, "<ul><li>a<li>b<ul><li>c</ul></ul><ol start=9><li>x<li>y</ol>", "- a\n- b\n  - c\n\n9. x\n10. y" },
    { __LINE__, "<table><tr><td>Name</td><td>Phone</td></tr><tr><td>Ana</td><td></td></tr></table>", "Name | Phone\nAna" },
    { __LINE__, "before<blockquote><p>one</p><p>two</p></blockquote>after", "before\n\n> one\n>\n> two\n\nafter" },
    { __LINE__, "<blockquote>a<blockquote>b</blockquote></blockquote>", "> a\n>\n> > b" },
    { __LINE__, "<a href='https://e.org/x'>the page</a> and <a href='https://e.org/'>e.org</a>", "the page <https://e.org/x> and e.org" },
    { __LINE__, "<a href='mailto:ana@e.org'>ana@e.org</a>, <a href='mailto:ana@e.org'>Ana</a>", "ana@e.org, Ana <ana@e.org>" },
    { __LINE__, "<a href='https://e.org'><img src=x></a>", "" },
    { __LINE__, "<pre>a  b\n\n  c</pre>", "a  b\n\n  c" },
    { __LINE__, "<h1>Title</h1>text<hr>more", "Title\n\ntext\n---\nmore" },
    { __LINE__, "<style>p{}</style><script>x</script><title>t</title>seen", "seen" },
    { __LINE__, "<img alt='a cat' src=x>", "[a cat]" },
    { __LINE__, "z\xE2\x80\x8Bw&shy;x", "zwx" },
    { __LINE__, "", "" },
  };
  for (size_t i = 0; i < COUNT(cases); i++) IS_AT(cases[i].line, html_to_text(a, str_z(cases[i].in), NULL), str_z(cases[i].out));
}

/* Each: what the folded HTML shows of the reply, as text. "" for the quote: nothing is folded. */
TEST(html_quoted_history) {
  static const struct { int line; const char *in, *reply; bool folds; } cases[] = {
    { __LINE__, "<div dir=ltr>Yes please</div><br><div class=\"gmail_quote gmail_quote_container\"><div dir=ltr class=gmail_attr>On Mon, 3 Jan 2022 at 10:00, Bo &lt;bo@e.org&gt; wrote:<br></div>"
                "<blockquote class=gmail_quote style=\"margin:0\">Old words</blockquote></div>", "Yes please", true },
    { __LINE__, "<div>Inline:</div><div class=gmail_quote><div class=gmail_attr>On … wrote:</div><blockquote class=gmail_quote>Q1</blockquote><div>My answer</div><blockquote class=gmail_quote>Q2</blockquote></div>",
                "Inline:\nOn … wrote:\n\n> Q1\n\nMy answer\n\n> Q2", false },
    { __LINE__, "<div class=gmail_quote><div class=gmail_attr>On 3 Jan 2022 Bo &lt;b@e.org&gt; wrote:</div><blockquote class=gmail_quote>Q</blockquote></div><div>Bottom</div>", "On 3 Jan 2022 Bo <b@e.org> wrote:\n\n> Q\n\nBottom", false },
    { __LINE__, "<div>See below</div><div class=gmail_quote><div class=gmail_attr>---------- Forwarded message ---------<br>From: x</div>Body</div>", "See below\n---------- Forwarded message ---------\nFrom: x\nBody", false },
    { __LINE__, "<div class=WordSection1><p class=MsoNormal>Top</p><div><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'><p class=MsoNormal><b>Van:</b> Bo<br><b>Verzonden:</b> maandag</p></div></div><p>Old</p></div>", "Top", true },
    { __LINE__, "<div>Top</div><div id=\"appendonsend\"></div><hr style=\"width:98%\"><div id=\"divRplyFwdMsg\" dir=\"ltr\"><b>From:</b> x</div><div>Old</div>", "Top", true },
    { __LINE__, "<div>Top</div><hr><div id=\"x_divRplyFwdMsg\"><b>From:</b> x</div><div>Old</div>", "Top", true },
    { __LINE__, "<html><body>Top<br><br>Sent from my iPhone<div dir=ltr><br><blockquote type=\"cite\">On 3 Jan 2022, at 10:00, Bo &lt;bo@e.org&gt; wrote:<br><br></blockquote></div><blockquote type=\"cite\"><div>Old</div></blockquote></body></html>", "Top\n\nSent from my iPhone", true },
    { __LINE__, "<p>Top</p><div class=\"moz-cite-prefix\">Op 3-1-2022 om 10:00 schreef Bo:<br></div><blockquote type=\"cite\" cite=\"mid:1@e.org\">Old</blockquote>", "Top", true },
    { __LINE__, "<div class=\"moz-cite-prefix\">Op 3-1-2022 om 10:00 schreef Bo:</div><blockquote type=\"cite\">Old</blockquote><p>Below</p>", "Op 3-1-2022 om 10:00 schreef Bo:\n\n> Old\n\nBelow", false },
    { __LINE__, "<div class=\"ydp1yahoo-style-wrap\"><div>Top</div></div><div id=\"ydp2yahoo_quoted_123\" class=\"ydp2yahoo_quoted\"><div>On Monday Bo wrote:</div>Old</div>", "Top", true },
    { __LINE__, "<div>Top</div><div class=\"protonmail_quote\">On Mon Bo wrote:<blockquote class=\"protonmail_quote\" type=\"cite\">Old</blockquote></div>", "Top", true },
    { __LINE__, "<p>Top</p><p>Am 03.01.2022 um 10:00 schrieb Bo:</p><blockquote>Old</blockquote>", "Top", true },
    { __LINE__, "<p>Top</p><p id=\"reply-intro\">On 2022-01-03 10:00, Bo wrote:</p><blockquote type=\"cite\">Old</blockquote>", "Top", true },
    { __LINE__, "<p>Hi</p><p id=\"reply-intro\">On 2022-01-03 10:00, Bo wrote:</p><blockquote type=\"cite\">Old</blockquote><p>Below</p>", "Hi\n\nOn 2022-01-03 10:00, Bo wrote:\n\n> Old\n\nBelow", false },
    { __LINE__, "<p>Top</p><blockquote>A saying I like</blockquote>", "Top\n\n> A saying I like", false },
    { __LINE__, "<div class=gmail_quote><blockquote class=gmail_quote>All there is</blockquote></div>", "> All there is", false },
    { __LINE__, "<div>Top</div><div class=protonmail_quote>Old</div><p>This email has been checked for viruses by Avast</p>", "Top", true },
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    Html reply, quoted;
    INT_AT(cases[i].line, html_fold(html_clean_mail(a, str_z(cases[i].in)), &reply, &quoted), cases[i].folds);
    IS_AT(cases[i].line, html_to_text(a, reply.s, NULL), str_z(cases[i].reply));
    IS_AT(cases[i].line, html_clean(a, reply.s).s, reply.s);
    IS_AT(cases[i].line, html_clean(a, quoted.s).s, quoted.s);
    INT_AT(cases[i].line, quoted.s.n > 0, cases[i].folds);
  }
}

static Str let_in(void *arg, Str address) { return str_eq(address, S("cid:a&b")) ? *(const Str *)arg : S(""); }

TEST(html_pictures_let_in) {
  Str ours = S("/a/7?x=1&y=2");
  Html clean = html_clean(a, S("<img src='cid:a&amp;b' alt=x><p> data-src=\"fake\"</p><img src='http://e.org/t.gif'>"));
  IS(html_pictures(a, clean, let_in, &ours).s,
     S("<img src=\"/a/7?x=1&amp;y=2\" alt=\"x\"><p> data-src=&quot;fake&quot;</p><img data-src=\"http://e.org/t.gif\" alt=\"\">"));
}

TEST(text_as_html) {
  static const struct { int line; const char *in, *out; } cases[] = {
    { __LINE__, "a\nb\n\nc <i>", "<p>a<br>\nb</p>\n<p>c &lt;i&gt;</p>" },
    { __LINE__, "see https://e.org/a?b=1&c=(2).", "<p>see <a href=\"https://e.org/a?b=1&amp;c=(2)\" rel=\"noopener noreferrer nofollow\">https://e.org/a?b=1&amp;c=(2)</a>.</p>" },
    { __LINE__, "(https://e.org)", "<p>(<a href=\"https://e.org\" rel=\"noopener noreferrer nofollow\">https://e.org</a>)</p>" },
    { __LINE__, "mail ana.b+c@e.org, please", "<p>mail <a href=\"mailto:ana.b+c@e.org\" rel=\"noopener noreferrer nofollow\">ana.b+c@e.org</a>, please</p>" },
    { __LINE__, "javascript:alert(1) http:// a@b @ana \"https://e.org\"", "<p>javascript:alert(1) http:// a@b @ana &quot;<a href=\"https://e.org\" rel=\"noopener noreferrer nofollow\">https://e.org</a>&quot;</p>" },
    { __LINE__, "https://e.org/。次", "<p><a href=\"https://e.org/\" rel=\"noopener noreferrer nofollow\">https://e.org/</a>。次</p>" },
    { __LINE__, "\n\n", "" },
  };
  for (size_t i = 0; i < COUNT(cases); i++) IS_AT(cases[i].line, text_to_html(a, str_z(cases[i].in)).s, str_z(cases[i].out));
}
