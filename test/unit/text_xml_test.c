/* XML: what was written is read and written to the same bytes; what is ill is refused with its line; nothing is fetched, nothing swells. */
#include "test.h"
#include "text/caps.h"
#include "text/xml.h"

static Str again(Arena *a, Str bytes) {
  Cx cx = { .arena = a };
  Xml *x;
  Buf b = { .arena = a };
  OK(&cx, xml_read(&cx, bytes, &x, NULL));
  xml_document(&b, x);
  return buf_str(&b);
}

TEST(xml_is_spelled_the_same_way_twice) {
  static const struct { int line; const char *in, *out; } cases[] = {
    { __LINE__, "<a/>", "<a/>\n" },
    { __LINE__, "<a></a>", "<a/>\n" },
    { __LINE__, "<a  x = '1'\n y=\"2\"  ><b/>\n\n<c>d</c></a>", "<a x=\"1\" y=\"2\">\n  <b/>\n  <c>d</c>\n</a>\n" },
    { __LINE__, "<a>one <b>two</b> three</a>", "<a>one <b>two</b> three</a>\n" },
    { __LINE__, "<a>  kept  </a>", "<a>  kept  </a>\n" },
    { __LINE__, "<a><![CDATA[x < y & z]]></a>", "<a>x &lt; y &amp; z</a>\n" },
    { __LINE__, "<a t=\"&#10;&lt;&quot;&#x9;\">&#xD;&gt;</a>", "<a t=\"&#10;&lt;&quot;&#9;\">&#13;&gt;</a>\n" },
    { __LINE__, "<x:a xmlns:x='urn:y'><x:b z:c='1' xmlns:z='urn:z'/></x:a>", "<x:a xmlns:x=\"urn:y\">\n  <x:b xmlns:z=\"urn:z\" z:c=\"1\"/>\n</x:a>\n" },
    { __LINE__, "<y:a y:b='1'/>", "<y:a y:b=\"1\"/>\n" },
    { __LINE__, "\xEF\xBB\xBF<?xml version=\"1.0\"?><a>ł 渡辺</a>", "<a>ł 渡辺</a>\n" },
    { __LINE__, "<a><!-- gone --><b/><?gone too?></a>", "<a>\n  <b/>\n</a>\n" },
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    Str once = again(a, str_z(cases[i].in)), want = str_cat(a, S("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"), str_z(cases[i].out));
    IS_AT(cases[i].line, once, want);
    IS_AT(cases[i].line, again(a, once), want);
  }
}

static Err reads(Arena *a, Str bytes, Str *ret_why) {
  Cx cx = { .arena = a };
  Xml *x;
  Err e = xml_read(&cx, bytes, &x, NULL);
  *ret_why = cx.why;
  return e;
}

TEST(ill_xml_is_refused_with_its_line) {
  static const struct { int line; const char *in, *why; } cases[] = {
    { __LINE__, "<a>\n<b>\n</a>", "Line 3" },
    { __LINE__, "<a>\n\n&nbsp;</a>", "Line 3" },
    { __LINE__, "<a/>\n<b/>", "Line 2" },
    { __LINE__, "", "empty" },
    { __LINE__, "  \n", "empty" },
    { __LINE__, "hello", "Line 1" },
    { __LINE__, "<a x='1' x='2'/>", "Line 1" },
    { __LINE__, "<a>\xff</a>", "UTF-8" },
    { __LINE__, "<a", "Line 1" },
    { __LINE__, "<!DOCTYPE a SYSTEM 'http://127.0.0.1:1/x'><a/>", "DOCTYPE" },
    { __LINE__, "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>", "DOCTYPE" },
    { __LINE__, "<!DOCTYPE a [<!ENTITY x 'xxxxxxxxxx'><!ENTITY y '&x;&x;&x;'>]><a>&y;</a>", "DOCTYPE" },
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    Str why;
    INT_AT(cases[i].line, reads(a, str_z(cases[i].in), &why), E_INVALID);
    if (str_find(why, str_z(cases[i].why)) == SIZE_MAX) IS_AT(cases[i].line, why, str_z(cases[i].why));
  }
}

TEST(xml_beyond_the_caps_is_refused) {
  Str why;
  Buf deep = { .arena = a }, many = { .arena = a };
  for (int i = 0; i <= CAP_XML_DEPTH; i++) buf_add(&deep, S("<a>"));
  for (int i = 0; i <= CAP_XML_DEPTH; i++) buf_add(&deep, S("</a>"));
  INT(reads(a, buf_str(&deep), &why), E_INVALID);
  MUST(str_find(why, S("deep")) != SIZE_MAX);
  INT(reads(a, str_from(str_head(buf_str(&deep), deep.n - 4), 3), &why), E_OK);
  buf_add(&many, S("<a>"));
  for (int i = 0; i <= CAP_XML_NODES; i++) buf_add(&many, S("<b/>"));
  buf_add(&many, S("</a>"));
  INT(reads(a, buf_str(&many), &why), E_INVALID);
  while (many.n <= CAP_XML_BYTES) buf_add(&many, S("                                                                "));
  INT(reads(a, buf_str(&many), &why), E_TOO_LARGE);
}

TEST(a_tree_is_asked_for_its_parts) {
  Cx cx = { .arena = a };
  Xml *x;
  size_t dropped;
  OK(&cx, xml_read(&cx, S("<!-- c --><a n='7'>\n <b> first </b><b>second</b><c>x<d>y</d>z</c></a>"), &x, &dropped));
  INT(dropped, 1);
  IS(xml_get(x, "n"), S("7"));
  IS(xml_get(x, "m"), S(""));
  IS(xml_said(a, x, "b"), S("first"));
  IS(xml_said(a, x, "c"), S("xyz"));
  IS(xml_said(a, x, "nothing"), S(""));
  IS(xml_said(a, NULL, "nothing"), S(""));
  INT(x->children.at[0]->line, 2);
  Xml *made = xml_new(a, "made");
  xml_set(a, made, "by", S("a \"b\" <c>"));
  xml_say(a, made, "empty", S(""));
  xml_say(a, made, "bell", S("\a&"));
  Buf b = { .arena = a };
  xml_write(&b, made);
  IS(buf_str(&b), S("<made by=\"a &quot;b&quot; &lt;c&gt;\">\n  <bell>\xEF\xBF\xBD&amp;</bell>\n</made>\n"));
}
