/* test/look/main.c: writes the made-up pages of look.html and the static files into a directory, to be served and looked
   at: look DIR, then python3 -m http.server in it. Not a test that passes or fails. */
#include <stdio.h>
#include <sys/stat.h>
#include "lookviews.h"
#include "web/static.h"

static void write_to(Arena *a, const char *dir, Str name, Str s) {
  Str path = str_fmt(a, "%s/" STR_FMT, dir, STR_ARG(name));
  FILE *f = fopen(path.p, "wb");
  if (!f || fwrite(s.p, 1, s.n, f) != s.n || fclose(f)) perror(path.p);
}

int main(int argc, char **argv) {
  if (argc != 2) return 2;
  Arena *a = arena_new(64 << 20);
  mkdir(argv[1], 0755);
  mkdir(str_fmt(a, "%s/static", argv[1]).p, 0755);
  for (size_t i = 0; i < static_count(); i++) write_to(a, argv[1], str_from(static_at(i)->path, 1), static_at(i)->bytes);
  Pair fault[] = { { S("mp"), S("The server answered, but did not accept the password") } };
  Pairs wrong = { fault, 1, 1 };
  static const char *const langs[] = { "en", "ar", "en-XA", "ar-XB", "nl" };
  for (size_t i = 0; i < COUNT(langs); i++) {
    Buf b = { .arena = a };
    View v = { .out = &b, .arena = a, .lang = lang_find(str_z(langs[i])), .zone = S("Europe/Lisbon"), .now = 1778762400 * SECOND, .csrf = S("x") };
    Shell s = { .title = S("Label printer on line 4"), .place = S("Meridian Foods"), .here = S("/requests/R-12"), .current = RAIL_COURT,
      .counts = { [RAIL_COURT] = 7, [RAIL_PROMISED] = 4 }, .actor = { .party = 3, .serves = true, .administers = true },
      .me = S("Sofie Janssens"), .me_now = S("at the desk until 17:30"), .phone = S("+351 22 555 0140"), .demo = i == 0 };
    view_look_desk(&v, &s);
    write_to(a, argv[1], str_fmt(a, "desk-%s.html", langs[i]), buf_str(&b));
    b.n = 0;
    s.actor = (Actor){ 0 };
    view_look_shop(&v, &s, &wrong);
    write_to(a, argv[1], str_fmt(a, "shop-%s.html", langs[i]), buf_str(&b));
  }
  arena_free(a);
  return 0;
}
