/* The shared parts and the shells: hostile values stay values, and pages refer only to files that are there. */
#include "test.h"
#include <zlib.h>
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

TEST(letters_on_faces) {
  static const struct { int line; const char *name, *letters; } cases[] = {
    { __LINE__, "Ana Souza", "AS" },            { __LINE__, "Oluwaseun Adeyemi", "OA" },   { __LINE__, "Etiqueta", "Et" },
    { __LINE__, "渡辺 健司", "渡" },            { __LINE__, "ليلى حداد", "ل" },            { __LINE__, "Nguyễn Thị Mai", "NM" },
    { __LINE__, "Jean-Baptiste Koffi", "JK" },  { __LINE__, "élodie  durand ", "ÉD" },     { __LINE__, "Ольга Петрова", "ОП" },
    { __LINE__, "प्रिया शर्मा", "प" },             { __LINE__, "  \"Bo\" (Bob) 7th ", "B7" }, { __LINE__, "김민준", "김" },
    { __LINE__, "O", "O" },                     { __LINE__, "", "?" },                     { __LINE__, "!!! ---", "?" },
    { __LINE__, "\xF0\x9F\x98\x80 Smile Er", "SE" }, { __LINE__, "Dr. 渡辺 Kenji", "DK" },  { __LINE__, "e\xCC\x81lan vital", "E\xCC\x81V" },
    { __LINE__, "R2", "R2" },
  };
  for (size_t i = 0; i < COUNT(cases); i++) IS_AT(cases[i].line, face_letters(a, str_z(cases[i].name)), str_z(cases[i].letters));
  for (int64_t id = -3; id < 20; id++) MUST(face_colour(id) >= 1 && face_colour(id) <= 6);
}

TEST(a_message_keeps_its_writer_at_bay) {
  Buf b;
  View v = view_to(a, &b);
  FilePart file = { S("/files/3"), S("a\"><b>.png"), 1200000, true };
  view_message(&v, &(MessagePart){ .id = S("m3"), .said = SAID_BY_THEM, .author = 5, .name = S("</b><script>"), .at = v.now - HOUR,
    .channel = S("mail"), .lang = S("pt"), .body = HTML("<p>Olá</p>"), .files = &file, .n_files = 1 });
  Str s = buf_str(&b);
  MUST(str_find(s, S("<script")) == SIZE_MAX);
  MUST(str_find(s, S("<bdi>&lt;/b&gt;&lt;script&gt;</bdi>")) != SIZE_MAX);
  MUST(str_find(s, S("lang=\"pt\"")) != SIZE_MAX && str_find(s, S("<p>Olá</p>")) != SIZE_MAX);
  MUST(str_find(s, S("a&quot;&gt;&lt;b&gt;.png</bdi>")) != SIZE_MAX && str_find(s, S("1.2 MB")) != SIZE_MAX);
  MUST(str_find(s, S("only the team")) == SIZE_MAX);
}

TEST(static_files_unpack_to_themselves) {
  for (size_t i = 0; i < static_count(); i++) {
    const StaticFile *f = static_at(i);
    Bytef *out = NEW_N(a, Bytef, f->bytes.n + 1);
    z_stream z = { .next_in = (Bytef *)(uintptr_t)f->gz.p, .avail_in = (uInt)f->gz.n, .next_out = out, .avail_out = (uInt)f->bytes.n + 1 };
    MUST(inflateInit2(&z, 16 + MAX_WBITS) == Z_OK);
    MUST(inflate(&z, Z_FINISH) == Z_STREAM_END);
    IS(((Str){ (char *)out, z.total_out }), f->bytes);
    inflateEnd(&z);
    MUST(f->type.n > 0 && str_find(f->path, S("/static/")) == 0);
  }
}
