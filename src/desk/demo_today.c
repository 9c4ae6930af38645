/* desk/demo_today.c: the stories of today, told through the same functions that pages and mail use, in the order of time. */
#include <stdlib.h>
#include "desk/act.h"
#include "desk/demo_place.h"
#include "desk/hand.h"
#include "desk/message.h"
#include "desk/party.h"
#include "desk/touch.h"

typedef struct { const DemoStory *story; const DemoTurn *turn; int64_t *request; size_t order; } Beat;

static int by_time(const void *a, const void *b) {
  const Beat *x = a, *y = b;
  if (x->turn->at != y->turn->at) return x->turn->at > y->turn->at ? -1 : 1;
  return x->order < y->order ? -1 : 1;
}

static int64_t asker_of(const DemoPlace *p, const char *name) {
  for (size_t i = 0; i < demo_asker_count; i++) if (!strcmp(demo_askers[i].name, name)) return p->askers_named[i];
  return 0;
}
/* The owner, or for 'o' somebody else of the same team. */
static int64_t server_of(const DemoPlace *p, const DemoStory *s, char who) {
  for (size_t i = 0; i < demo_server_count; i++) {
    bool owner = !strcmp(demo_servers[i].name, s->owner);
    if (who == 'o' ? !owner && demo_servers[i].team == s->service : owner) return p->servers[i];
  }
  return 0;
}

static size_t lines(Cx *cx, const char *text, Str **ret) {
  Str rest = str_z(text);
  *ret = NEW_N(cx->arena, Str, 8);
  size_t n = 0;
  while (rest.n && n < 8) (*ret)[n++] = str_line(&rest);
  return n;
}

static Err ask(Cx *cx, const DemoPlace *p, const Beat *b, int64_t now) {
  Request r;
  RequestNew in = { .asker_id = cx->actor.party, .service_id = p->services[b->story->service], .subject = str_z(b->story->subject), .text = str_z(b->turn->text),
                    .lang = str_z(b->story->lang), .channel = S("mail"), .since_at = now - b->story->since * MINUTE,
                    .kind = str_starts(str_z(b->story->subject), S("What if")) ? S("whatif") : S("") };
  TRY(request_new(cx, &in, &r));
  *b->request = r.id;
  return E_OK;
}

static Err play(Cx *cx, const DemoPlace *p, const Beat *b, int64_t now) {
  const DemoTurn *t = b->turn;
  cx->now = now - t->at * MINUTE;
  TRY(actor_load(cx, t->who == 'c' ? asker_of(p, b->story->asker) : server_of(p, b->story, t->who), &cx->actor));
  Str act = str_z(t->act), channel = t->who == 'c' ? S("mail") : S("page");
  if (str_eq(act, S("request"))) return ask(cx, p, b, now);
  Request r;
  int64_t id;
  TRY(request_get(cx, *b->request, &r));
  if (str_eq(act, S("snooze"))) return request_snooze(cx, &r, now + t->due * MINUTE);
  if (str_eq(act, S("hand"))) return hand_ask(cx, &r, str_z(t->text));
  if (str_eq(act, S("claim"))) return touch_new(cx, r.id, act, 0, S(""));
  if (str_eq(act, S("say")) || str_eq(act, S("ask")) || str_eq(act, S("note")))
    return message_new(cx, &r, &(MessageNew){ .text = str_z(t->text), .channel = channel, .asks = t->act[0] == 'a', .internal = t->act[0] == 'n',
                                              .lang = t->who == 'c' ? str_z(b->story->lang) : S("") }, &id);
  Str *conditions;
  size_t n = lines(cx, t->conditions ? t->conditions : "", &conditions);
  return act_do(cx, &r, &(ActNew){ .act = loop_act_of(act), .text = str_z(t->text), .channel = channel, .due = t->due ? now + t->due * MINUTE : 0,
                                   .conditions = conditions, .condition_n = n, .lost_minutes = -1, .satisfaction = t->satisfaction,
                                   .repeated = t->repeated, .repeated_said = t->repeated > 0 });
}

/* Some were at the desk a moment ago. Nobody can come in by it: the hash is of nothing. */
static Err at_the_desk(Cx *cx, const DemoPlace *p) {
  static const int minutes[] = { 3, 1, 150, 0, 6, 0, 2, 0, 45, 20, 0, 0, 9, 0 };
  for (size_t i = 0; i < demo_server_count && i < COUNT(minutes); i++)
    if (minutes[i]) TRY(db_run(cx, SQL("INSERT INTO session(party_id, token_hash, browser, created_at, seen_at, ends_at) VALUES (?1, ?2, '', ?3, ?3, ?4)"),
                               V(p->servers[i]), V(str_fmt(cx->arena, "sample %d", (int)i)), V(cx->now - minutes[i] * MINUTE), V(cx->now + DAY)));
  return E_OK;
}

Err demo_today_make(Cx *cx, DemoPlace *p) {
  VEC(Beat) beats = { 0 };
  for (size_t i = 0; i < demo_story_count; i++) {
    int64_t *request = NEW(cx->arena, int64_t);
    for (const DemoTurn *t = demo_stories[i].turns; t < demo_stories[i].turns + COUNT(demo_stories[i].turns) && t->who; t++)
      vec_add(cx->arena, &beats, (Beat){ &demo_stories[i], t, request, beats.n });
  }
  if (beats.n) qsort(beats.at, beats.n, sizeof *beats.at, by_time);
  int64_t now = cx->now;
  for (size_t i = 0; i < beats.n; i++) TRY(play(cx, p, &beats.at[i], now));
  cx->now = now;
  cx->actor = (Actor){ 0 };
  return at_the_desk(cx, p);
}
