/* web/pages/journey_words.c: the words of maps and walks. */
#include <math.h>
#include "text/num.h"
#include "web/number.h"
#include "web/pages/journey.h"
#include "web/pages/journey_logs.h"
#include "web/words.h"

const char *journey_icon(Str channel) {
  static const struct { const char *word, *icon; } known[] = {
    { "mail", "mail" }, { "call", "phone" }, { "phone", "phone" }, { "video", "video" }, { "chat", "message-square" }, { "person", "user-round" }, { "visit", "user-round" },
    { "page", "globe" }, { "portal", "globe" }, { "web", "globe" }, { "letter", "file-text" }, { "parcel", "package-check" }, { "api", "link" },
  };
  for (size_t i = 0; i < COUNT(known); i++) if (str_ifind(channel, str_z(known[i].word)) != SIZE_MAX) return known[i].icon;
  return "circle";
}

static Str word_of(const Lang *l, Str word, const char *const (*table)[2], size_t n) {
  for (size_t i = 0; i < n; i++) if (str_eq(word, str_z(table[i][0]))) return tr(l, table[i][1]);
  return word;
}
#define WORD_OF(l, word, table) word_of((l), (word), (table), COUNT(table))

Str journey_phase(const Lang *l, Str phase) {
  static const char *const words[][2] = { { "before", N_("Before") }, { "during", N_("During") }, { "after", N_("After") } };
  return WORD_OF(l, phase, words);
}

Str journey_lane(const Lang *l, Str lane) {
  static const char *const words[][2] = { { "evidence", N_("What they can see and touch") }, { "customer", N_("What they do") }, { "onstage", N_("Us, in their sight") },
                                          { "backstage", N_("Us, out of their sight") }, { "support", N_("What helps us: systems, suppliers") } };
  return WORD_OF(l, lane, words);
}

Str journey_act(const Lang *l, Str act) {
  static const char *const words[][2] = {
    { "", N_("nothing: visits are not known") }, { "request", N_("they ask") }, { "promise", N_("we promise") }, { "ask", N_("we ask them something") },
    { "report", N_("we say it is done") }, { "accept", N_("they say it is sorted") }, { "verdict", N_("they say how it was") },
  };
  return WORD_OF(l, act, words);
}

Str journey_channel(const Lang *l, Str channel) {
  static const char *const words[][2] = { { "mail", N_("mail") }, { "page", N_("this page") }, { "phone", N_("phone") }, { "visit", N_("in person") }, { "api", N_("a program") } };
  return WORD_OF(l, channel, words);
}

Str journey_whose(const View *v, const Journey *j) {
  if (str_eq(j->whose, S("organisation"))) return tr_f(v->arena, v->lang, "people of %s", j->whose_name);
  if (str_eq(j->whose, S("service"))) return tr_f(v->arena, v->lang, "people who asked for “%s”", j->whose_name);
  if (str_eq(j->whose, S("tag"))) return tr_f(v->arena, v->lang, "people with the tag %s", j->whose_name);
  return tr(v->lang, "everybody who comes by");
}

Str journey_period(const Lang *l, int64_t days) {
  return days == 30 ? tr(l, "last 30 days") : days == 180 ? tr(l, "last half year") : days == 365 ? tr(l, "last year") : tr(l, "last 90 days");
}

bool stage_knows(const Touchpoint *t) { return t->act.n > 0; }

Str stage_rule(const View *v, const Touchpoint *t) {
  Buf b = { .arena = v->arena };
  if (!stage_knows(t)) return tr(v->lang, "No visit is known here yet: say by what it is known.");
  buf_add(&b, tr_f(v->arena, v->lang, "A visit is when %s", journey_act(v->lang, t->act)));
  if (t->service.n) buf_add(&b, tr_f(v->arena, v->lang, ", for “%s”", t->service));
  if (t->request_kind.n) buf_add(&b, tr_f(v->arena, v->lang, ", of the kind %s", t->request_kind));
  if (t->by_channel.n) buf_add(&b, tr_f(v->arena, v->lang, ", by %s", journey_channel(v->lang, t->by_channel)));
  if (t->tag.n) buf_add(&b, tr_f(v->arena, v->lang, ", tagged %s", t->tag));
  if (t->word.n) buf_add(&b, tr_f(v->arena, v->lang, ", with “%s” in its name", t->word));
  return buf_str(&b);
}

/* ── what went otherwise ─────────────────────────────────────────────── */

static Str stage_name(const JourneyPage *p, int place) { return place >= 0 && (size_t)place < p->map.n ? ROW(Touchpoint, p->map, place)->name : S(""); }

Str went_words(Arena *a, const Lang *l, const JourneyPage *p, const Deviation *d) {
  Str name = stage_name(p, d->place);
  switch (d->went) {
    case WENT_MISSING:   return tr_f(a, l, "never came to “%s”", name);
    case WENT_FAILING:   return tr_f(a, l, "tried “%s”, and it did not work", name);
    case WENT_AGAIN:     return tr_f(a, l, "came back to “%s”", name);
    case WENT_ELSEWHERE: return d->service.n ? tr_f(a, l, "also asked for “%s”", d->service) : tr(l, "also asked for something else");
    case WENT_EARLY:     return tr_f(a, l, "came to “%1$s” before “%2$s”", name, stage_name(p, d->other));
    default:             return S("");
  }
}

Str went_kind(const Lang *l, Went w) {
  switch (w) {
    case WENT_MISSING: return tr(l, "missing");
    case WENT_FAILING: return tr(l, "failing");
    case WENT_EARLY:   return tr(l, "out of order");
    default:           return tr(l, "not on the map");
  }
}

Str went_query(Arena *a, const JourneyPage *p, const Deviation *d) {
  Buf b = { .arena = a };
  buf_fmt(&b, "/read?went=" STR_FMT, STR_ARG(went_name(d->went)));
  if (d->place >= 0) { buf_add(&b, S("&at=")); url_encode(&b, ROW(Touchpoint, p->map, d->place)->code); }
  if (d->other >= 0) { buf_add(&b, S("&than=")); url_encode(&b, ROW(Touchpoint, p->map, d->other)->code); }
  if (d->service_id) buf_fmt(&b, "&service=%lld", (long long)d->service_id);
  return journey_href(a, p, str_cstr(a, buf_str(&b)));
}

static Str kind_words(const Lang *l, int place, StepKind kind) {
  if (place < 0) return tr(l, "not on the map");
  switch (kind) {
    case STEP_OUT_OF_ORDER: return tr(l, "out of order");
    case STEP_FAILING:      return tr(l, "it did not work");
    case STEP_AD_HOC:       return tr(l, "again, not on the map");
    default:                return tr(l, "as planned");
  }
}

Str step_words(const Lang *l, const Step *s) { return kind_words(l, s->place, s->kind); }

/* ── walks of elsewhere ──────────────────────────────────────────────── */

Str log_step_words(const Lang *l, const LogStep *s) { return kind_words(l, s->place, s->kind); }

Str log_says_words(const Lang *l, const LogStep *s) {
  if (!log_step_differs(s)) return S("");
  switch (s->says) {
    case SAYS_PLANNED: return tr(l, "as planned");
    case SAYS_ORDER:   return tr(l, "out of order");
    case SAYS_FAILED:  return tr(l, "it did not work");
    default:           return tr(l, "not on the map");
  }
}

Str log_missed_words(Arena *a, const Lang *l, const Rows *map, const LogWalk *w) {
  VEC(Str) names = { 0 };
  for (size_t i = 0; i < map->n; i++) if (w->missing[i]) vec_add(a, &names, str_cat(a, S("“"), ROW(Touchpoint, *map, i)->name, S("”")));
  return names.n ? tr_f(a, l, "never came to %s", list_and(a, l, names.at, names.n)) : S("");
}

Str log_rating_words(Arena *a, const Lang *l, const LogFit *f, const LogStep *s) {
  double rating;
  if (!s->rating.n) return S("");
  if (!str_double(s->rating, &rating)) return tr_f(a, l, "they call it “%s”", s->rating);
  if (!f->ours) return tr_f(a, l, "they rated it %s", num_double(a, l, rating, rating == floor(rating) ? 0 : 1));
  return tr_f(a, l, "they rated it %1$s of %2$s", num_double(a, l, rating, 0), num(a, l, 100));
}
