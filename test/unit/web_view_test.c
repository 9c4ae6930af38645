/* The shared parts and the shells: hostile values stay values, and pages refer only to files that are there. */
#include "test.h"
#include "views.h"
#include "web/static.h"

static View view_to(Arena *a, Buf *out) {
  *out = (Buf){ .arena = a };
  return (View){ .out = out, .arena = a, .zone = S("Europe/Lisbon"), .now = 1778760000 * SECOND, .csrf = S("tok\"en") };
}

TEST(field_keeps_hostile_values_inside) {
  Buf b;
  View v = view_to(a, &b);
  view_field(&v, &(Field){ .name = "em", .label = S("Mail <b>"), .value = S("\"><script>x"), .fault = S("a & b") });
  Str s = buf_str(&b);
  MUST(str_find(s, S("<script")) == SIZE_MAX);
  MUST(str_find(s, S("value=\"&quot;&gt;&lt;script&gt;x\"")) != SIZE_MAX);
  MUST(str_find(s, S("Mail &lt;b&gt;</label>")) != SIZE_MAX);
  MUST(str_find(s, S("aria-invalid=\"true\"")) != SIZE_MAX);
  MUST(str_find(s, S(" required")) == SIZE_MAX);
}

TEST(csrf_is_in_the_form) {
  Buf b;
  View v = view_to(a, &b);
  view_csrf(&v);
  IS(buf_str(&b), S("<input type=\"hidden\" name=\"csrf\" value=\"tok&quot;en\">"));
}

TEST(shells_are_whole_pages) {
  Buf b;
  View v = view_to(a, &b);
  Shell s = { .title = S("In your court"), .place = S("A & B"), .here = S("/inbox"), .current = RAIL_COURT, .actor = { .party = 3, .serves = true },
              .me = S("Sofie Janssens"), .demo = true };
  view_desk_head(&v, &s);
  view_desk_foot(&v, &s);
  MUST(str_starts(buf_str(&b), S("<!doctype html>\n<html lang=\"en\" dir=\"ltr\">")));
  MUST(str_find(buf_str(&b), S("<title>In your court · A &amp; B</title>")) != SIZE_MAX);
  MUST(str_find(buf_str(&b), S("href=\"/inbox\" title=\"In your court\" class=\"tab\" aria-current=\"page\"")) != SIZE_MAX);
  MUST(str_find(buf_str(&b), S("/mail\"")) == SIZE_MAX);         /* not an administrator */
  MUST(str_ends(buf_str(&b), S("</html>")));
  b.n = 0;
  view_shop_head(&v, &s);
  view_shop_foot(&v, &s);
  MUST(str_find(buf_str(&b), S("awning")) != SIZE_MAX);
}

TEST(static_files_have_addresses_of_their_bytes) {
  for (size_t i = 0; i < static_count(); i++) {
    const StaticFile *f = static_at(i);
    MUST(static_find(f->path) == f);
    MUST(f->bytes.n > 0 && f->gz.n < f->bytes.n);
  }
  MUST(!static_find(S("/static/cornerdesk.css")));
  MUST(str_starts(static_url("cornerdesk.css"), S("/static/cornerdesk.")));
}
