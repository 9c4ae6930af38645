/* web/pages/my_words.c: tables of sentences. %1$s is who, %2$s an hour. */
#include "web/pages/my_words.h"
#include "text/when.h"

typedef struct {
  LoopAct act;
  const char *icon, *label, *they, *you;      /* label: said with a message; they, you: a line of its own */
} ActWords;

static const ActWords act_words[] = {
  { LOOP_ACT_OFFER,         "handshake",     N_("offers: %2$s"),              N_("%1$s offers it %2$s."),                 NULL },
  { LOOP_ACT_PROMISE,       "handshake",     N_("promised: %2$s"),            N_("%1$s promised it %2$s."),               NULL },
  { LOOP_ACT_COUNTER,       "handshake",     N_("offers instead: %2$s"),      N_("%1$s offers something else, %2$s."),    NULL },
  { LOOP_ACT_DECLINE,       "x",             N_("says no"),                   N_("%1$s said no."),                        NULL },
  { LOOP_ACT_ACCEPT_OFFER,  "check",         N_("said yes to the offer"),     N_("%1$s said yes to the offer."),          N_("You said yes to the offer.") },
  { LOOP_ACT_COUNTER_BACK,  "reply",         N_("suggested another way"),     N_("%1$s suggested another way."),          N_("You suggested another way.") },
  { LOOP_ACT_WITHDRAW,      "x",             N_("took it back"),              N_("%1$s took it back."),                   N_("You took it back.") },
  { LOOP_ACT_REPORT,        "package-check", N_("says it is done"),           N_("%1$s says it is done."),                NULL },
  { LOOP_ACT_ACCEPT,        "circle-check",  N_("says it is sorted"),         N_("%1$s says it is sorted."),              N_("You said it is sorted.") },
  { LOOP_ACT_NOT_YET,       "refresh-cw",    N_("not yet"),                   N_("%1$s said: not yet."),                  N_("You said: not yet.") },
  { LOOP_ACT_REVOKE,        "circle-alert",  N_("cannot keep it, and offers: %2$s"), N_("%1$s took the promise back and offers it %2$s."), NULL },
  { LOOP_ACT_AMEND,         "pencil",        N_("asked for a change"),        N_("%1$s asked for a change."),             N_("You asked for a change.") },
  { LOOP_ACT_DECLINE_AMEND, "x",             N_("keeps to what was promised"), N_("%1$s keeps to what was promised."),    NULL },
  { LOOP_ACT_LAPSE,         "moon",          NULL,                            N_("No answer came, so it rests."),         NULL },
};

static const ActWords *words_of(const Act *a) {
  LoopAct act = loop_act_of(a->kind);
  for (size_t i = 0; i < COUNT(act_words); i++) if (act_words[i].act == act) return &act_words[i];
  return NULL;
}

static Str fill(const View *v, const char *words, const Act *a) {
  Str hour = a->due_at ? when_by(READER(v), a->due_at) : S("");
  return tr_fill(v->arena, tr(v->lang, words), (const Str[]){ a->by, hour }, 2);
}

static Str touch_words(const View *v, const Touch *t) {
  if (str_eq(t->kind, S("owner")) && t->about.n) return tr_f(v->arena, v->lang, "%s looks after this now.", t->about);
  if (str_eq(t->kind, S("team")) && t->about.n) return tr_f(v->arena, v->lang, "It is with %s now.", t->about);
  if (str_eq(t->kind, S("spoken"))) return tr_f(v->arena, v->lang, "%s says you spoke with each other.", t->by);
  if (str_eq(t->kind, S("person"))) return tr(v->lang, "You asked to talk to a person.");
  return S("");
}

Str my_event_words(const View *v, const MyRequest *m, const MyStep *t) {
  (void)m;
  if (t->touch) return touch_words(v, t->touch);
  const ActWords *w = t->act ? words_of(t->act) : NULL;
  if (!w) return S("");
  if (t->message) return w->label ? fill(v, w->label, t->act) : S("");
  return fill(v, t->you && w->you ? w->you : w->they, t->act);
}

const char *my_event_icon(const MyStep *t) {
  const ActWords *w = t->act ? words_of(t->act) : NULL;
  if (w) return w->icon;
  return t->touch && str_eq(t->touch->kind, S("person")) ? "phone" : "user-round";
}

Str my_promise_state(const View *v, const Promise *p) {
  static const struct { const char *state, *words; } states[] = {
    { "kept", N_("kept") }, { "broken", N_("not kept") }, { "renegotiated", N_("kept, at the hour you agreed on later") },
    { "replaced", N_("replaced by a later one") }, { "withdrawn", N_("ended") }, { "refused", N_("you chose another way") },
    { "silent", N_("we did not hear how it went") },
  };
  for (size_t i = 0; i < COUNT(states); i++) if (str_eq(p->state, str_z(states[i].state))) return tr(v->lang, states[i].words);
  return S("");
}

Str my_channel(const View *v, const Message *m) {
  static const struct { const char *name, *words; } channels[] = {
    { "mail", N_("mail") }, { "phone", N_("phone") }, { "api", N_("a program") }, { "page", N_("this page") },
  };
  if (str_eq(m->channel, S("page")) && str_eq(m->side, S("provider"))) return S("");
  for (size_t i = 0; i < COUNT(channels); i++) if (str_eq(m->channel, str_z(channels[i].name))) return tr(v->lang, channels[i].words);
  return m->channel;
}

Str my_done(const Lang *lang, Str word) {
  static const struct { const char *word, *words; } done[] = {
    { "asked",     N_("Thank you. We have it, and a person will read it. You also get a mail with a link to this page.") },
    { "sent",      N_("Sent. Thank you.") },
    { "agreed",    N_("Agreed. It is a promise now.") },
    { "suggested", N_("Sent. Nothing is agreed until you both say yes.") },
    { "changed",   N_("Sent. You hear whether the change can be made.") },
    { "withdrawn", N_("You took it back. Nobody works on it further.") },
    { "sorted",    N_("Closed, with thanks. They read what you said.") },
    { "again",     N_("It is open again. They hear it at once; nobody has to be convinced.") },
    { "person",    N_("A person will come to you. They see it at the top of their list.") },
    { "worth",     N_("Thank you. It counts from now on.") },
    { "not-worth", N_("Thank you for saying so. It does not count.") },
    { "quiet",     N_("We will not ask you again how it went.") },
  };
  for (size_t i = 0; i < COUNT(done); i++) if (str_eq(word, str_z(done[i].word))) return tr(lang, done[i].words);
  return S("");
}
