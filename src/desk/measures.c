/* desk/measures.c: the rows. Words are marked for translation here and translated where they are shown. */
#include "desk/measures.h"
#include "measure/moment.h"

#define HEARD_SINCE "From the first attempt on any channel to the first words of a person, on a clock that never pauses; the median."

static Told nothing(void) { return (Told){ 0 }; }
static Told share(bool hit) { return (Told){ .counts = true, .hit = hit }; }
static Told took(int64_t us) { return (Told){ .counts = true, .hit = true, .us = us }; }
static Told said(bool was_said, bool hit, const Fact *f) { return was_said ? share(hit) : f->cards ? (Told){ .silent = true } : nothing(); }

/* ── what they say ───────────────────────────────────────────────────── */
static Told see_sorted(const Fact *f)    { return said(f->sorted.n > 0, str_eq(f->sorted, S("yes")), f); }
static Told see_satisfied(const Fact *f) { return said(f->satisfaction > 0, f->satisfaction >= 4, f); }
static Told see_easy(const Fact *f)      { return said(f->ease > 0, f->ease >= 5, f); }
static Told see_bar(const Fact *f)       { return said(f->against_bar.n > 0, !str_eq(f->against_bar, S("below")), f); }
static Told see_moment(const Fact *f)    { return said(f->sorted.n > 0, str_eq(f->moment_kind, S("good")), f); }
static Told see_honoured(const Fact *f)  { return f->honoured < 0 ? nothing() : share(f->honoured > 0); }
static Told see_lost(const Fact *f)      { return f->lost_minutes < 0 ? said(false, false, f) : took(f->lost_minutes * MINUTE); }
static Told see_answered(const Fact *f)  { return f->cards ? share(f->answered > 0) : nothing(); }
static Told see_not_yet(const Fact *f)   { return said(f->sorted.n > 0, f->reopens > 0, f); }

/* ── promises ────────────────────────────────────────────────────────── */
static Told see_kept(const Fact *f) {
  if (str_eq(f->outcome, S("kept"))) return share(true);
  if (str_eq(f->outcome, S("broken"))) return share(false);
  return str_eq(f->outcome, S("silent")) ? (Told){ .silent = true } : nothing();
}
static Told see_moved(const Fact *f) {
  return str_eq(f->outcome, S("kept")) || str_eq(f->outcome, S("broken")) || str_eq(f->outcome, S("renegotiated")) ? share(str_eq(f->outcome, S("renegotiated"))) : nothing();
}

/* ── clocks ──────────────────────────────────────────────────────────── */
static Told see_hear(const Fact *f)      { return took(f->hear_us); }
static Told see_hear_ours(const Fact *f) { return took(f->hear_work_us); }
static Told see_whole(const Fact *f)     { return took(f->customer_us); }
static Told see_ours(const Fact *f)      { return took(f->provider_us); }
static Told see_reach(const Fact *f)     { return f->reach_us < 0 ? nothing() : took(f->reach_us); }
static Told see_in_time(const Fact *f)   { return f->in_time < 0 ? nothing() : share(f->in_time > 0); }
static Told see_watermelon(const Fact *f) {
  return f->in_time != 1 || !f->sorted.n ? nothing() : share(f->bad || !str_eq(f->sorted, S("yes")));
}

/* ── effort and worst moments ────────────────────────────────────────── */
enum { FEW_DAYS = 7, MANY_DAYS = 30 };
static bool came_back(const Fact *f, int64_t days) { return f->again_after >= 0 && f->again_after <= days; }
static Told first_contact(const Fact *f, int64_t days) {
  return f->sorted.n ? share(str_eq(f->sorted, S("yes")) && f->touches == 1 && !came_back(f, days)) : nothing();
}
static Told see_first(const Fact *f)      { return first_contact(f, FEW_DAYS); }
static Told see_first_30(const Fact *f)   { return first_contact(f, MANY_DAYS); }
static Told see_first_ours(const Fact *f) { return share(f->agent_first != 0); }
static Told see_effort(const Fact *f)     { EffortSeen e = fact_effort(f); return share(effort_points(&e) >= EFFORT_HIGH); }
static Told see_bad(const Fact *f)        { return share(f->bad != 0); }

const Measure measures[] = {
  { "sorted", FIGURE_SHARE, EYES_CUSTOMER, DAY_VERDICT, "in-time", N_("Sorted, says the person who asked"), N_("Is it sorted for them?"),
    N_("Requests of which they said “yes, sorted” when first asked, of all with a verdict."), N_("Wilson 1927 for the interval"), N_("yes"), N_("not yet"), false, see_sorted },
  { "satisfied", FIGURE_SHARE, EYES_CUSTOMER, DAY_VERDICT, NULL, N_("Good or very good, all in all"), N_("How was it for them, all in all?"),
    N_("4 and 5 on a scale to 5, of all that said."), N_("ISO 10004, top two boxes"), N_("good"), N_("not good"), false, see_satisfied },
  { "easy", FIGURE_SHARE, EYES_CUSTOMER, DAY_VERDICT, "effort", N_("Easy, they say"), N_("Was it easy to get there?"),
    N_("5 to 7 on a scale to 7, of all that said."), N_("Customer Effort Score 2.0; Dixon, Freeman and Toman 2010"), N_("easy"), N_("not easy"), false, see_easy },
  { "bar-met", FIGURE_SHARE, EYES_CUSTOMER, DAY_VERDICT, "in-time", N_("At or above their own bar"), N_("Did we meet the bar they set themselves?"),
    N_("“As I asked” or “better”, of all that said."), N_("Zeithaml, Berry and Parasuraman 1993"), N_("met"), N_("below"), false, see_bar },
  { "answered", FIGURE_SHARE, EYES_BOTH, DAY_VERDICT, NULL, N_("Gave a verdict when asked"), N_("How many tell us?"),
    N_("Requests with a verdict, of those for which one was asked and time has passed or it was given."), N_("Groves 2006"), N_("answered"), N_("silent"), false, see_answered },
  { "promise-kept", FIGURE_SHARE, EYES_BOTH, DAY_ENDED, NULL, N_("Promises kept"), N_("Do we do what we said, by when we said it?"),
    N_("Kept, of kept and broken. Renegotiated in time and silent ones are counted apart."), N_("Winograd and Flores 1986"), N_("kept"), N_("broken"), false, see_kept },
  { "promise-moved", FIGURE_SHARE, EYES_BOTH, DAY_ENDED, "promise-kept", N_("Promises renegotiated in time"), N_("How often is a new hour agreed before the old one falls?"),
    N_("Renegotiated, of kept, broken and renegotiated."), N_("Winograd and Flores 1986"), N_("renegotiated"), N_("as first said"), true, see_moved },
  { "first-answer", FIGURE_TIME, EYES_CUSTOMER, DAY_HEARD, "first-answer-ours", N_("First answer by a person"), N_("How long until a person spoke to them?"),
    N_(HEARD_SINCE), N_("Two clocks; the median withstands the few very long ones"), NULL, NULL, true, see_hear },
  { "first-answer-ours", FIGURE_TIME, EYES_AGENT, DAY_HEARD, "first-answer", N_("First answer, in opening hours"), N_("How long did we take while we were open?"),
    N_("The same, in opening hours only; the median."), N_("The classic clock of service levels"), NULL, NULL, true, see_hear_ours },
  { "in-time", FIGURE_SHARE, EYES_AGENT, DAY_HEARD, "sorted", N_("First answer within what we said"), N_("Did we answer within the time we gave ourselves?"),
    N_("Heard within the service’s hours to answer, of all that were heard."), N_("The classic service level"), N_("in time"), N_("late"), false, see_in_time },
  { "watermelon", FIGURE_SHARE, EYES_CUSTOMER, DAY_VERDICT, "in-time", N_("Green for us, red for them"), N_("Where we met our own time, how often was it bad for them all the same?"),
    N_("Not sorted or a bad moment, of the judged ones that were answered in time."), N_("Wilson 1927 for the interval"), N_("bad for them"), N_("good for both"), true, see_watermelon },
  { "whole-time", FIGURE_TIME, EYES_CUSTOMER, DAY_ENDED, "our-time", N_("From first attempt to the end"), N_("How long did they live with it?"),
    N_("From the first attempt to the end, on a clock that never pauses; the median."), N_("Two clocks"), NULL, NULL, true, see_whole },
  { "our-time", FIGURE_TIME, EYES_AGENT, DAY_ENDED, "whole-time", N_("Of which with us, while open"), N_("How much of it was our working time?"),
    N_("Opening hours while it was our move; the median."), N_("The classic clock of service levels"), NULL, NULL, true, see_ours },
  { "person-reached", FIGURE_TIME, EYES_CUSTOMER, DAY_HEARD, NULL, N_("A person, when they asked for one"), N_("How far away is a person?"),
    N_("From “I would like to talk to a person” to a person’s words; the median."), N_("Two clocks"), NULL, NULL, true, see_reach },
  { "first-contact", FIGURE_SHARE, EYES_CUSTOMER, DAY_VERDICT, "first-contact-ours", N_("Sorted the first time they wrote"), N_("Was one message enough?"),
    N_("Sorted, one touch of theirs, and not back within seven days; of those with a verdict."), N_("First-contact resolution, as the customer judges it"), N_("the first time"), N_("not"), false, see_first },
  { "first-contact-30", FIGURE_SHARE, EYES_CUSTOMER, DAY_VERDICT, "first-contact-ours", N_("The same, not back within thirty days"), N_("Did it stay sorted for a month?"),
    N_("As above, with thirty days."), N_("First-contact resolution, as the customer judges it"), N_("the first time"), N_("not"), false, see_first_30 },
  { "first-contact-ours", FIGURE_SHARE, EYES_AGENT, DAY_ENDED, "first-contact", N_("Solved the first time, we say"), N_("How often do we think one message was enough?"),
    N_("Reported done when they had written once, of all that ended. Above theirs: our optimism."), N_("First-contact resolution, as agents count it"), N_("the first time"), N_("not"), false, see_first_ours },
  { "effort", FIGURE_SHARE, EYES_BOTH, DAY_ENDED, "easy", N_("A hard way, as both can see"), N_("How often did it take many steps of theirs?"),
    N_("Five or more of: further touches, transfers, repeats, switches of channel, reopenings, things asked of them."), N_("Dixon, Freeman and Toman 2010"), N_("a hard way"), N_("a short way"), true, see_effort },
  { "lost-time", FIGURE_TIME, EYES_CUSTOMER, DAY_VERDICT, NULL, N_("Time it cost them, they say"), N_("How much of their time did it cost?"),
    N_("The median of what they say; a mean would hide the few that cost most."), N_("Lost time, as people tell it"), NULL, NULL, true, see_lost },
  { "not-yet", FIGURE_SHARE, EYES_CUSTOMER, DAY_VERDICT, NULL, N_("“Not yet” at least once"), N_("How often was it not done when we said so?"),
    N_("Judged requests in which they said “not yet”."), N_("Winograd and Flores 1986"), N_("not yet"), N_("right away"), true, see_not_yet },
  { "bad-request", FIGURE_SHARE, EYES_BOTH, DAY_ENDED, NULL, N_("Requests with a bad moment"), N_("How many requests hurt?"),
    N_("A bad moment is: 1 or 2 of 5, 1 to 3 of 7 for ease, a broken promise, “not yet” twice, or telling it again twice."), N_("Byrnes and Wass 2021"), N_("bad"), N_("not bad"), true, see_bad },
  { "bad-moment", FIGURE_SHARE, EYES_BOTH, DAY_NOW, NULL, N_("Had a bad moment in 90 days"), N_("How many of the people we serve had a bad moment lately?"),
    N_("People with at least one bad moment, of all served in these 90 days."), N_("Byrnes and Wass 2021; Kahneman and others 1993"), N_("a bad moment"), N_("none"), true, see_bad },
  { "good-moment", FIGURE_SHARE, EYES_CUSTOMER, DAY_VERDICT, NULL, N_("A good moment worth remembering"), N_("How often do they tell us of a good moment?"),
    N_("Verdicts with a moment they call good. It says nothing about value."), N_("Positive moments"), N_("a good moment"), N_("none told"), false, see_moment },
  { "honoured", FIGURE_SHARE, EYES_CUSTOMER, DAY_VERDICT, NULL, N_("What helps them was done"), N_("Where we know what helps somebody, did we do it?"),
    N_("“Yes” of those that say, where something is on file."), N_("Inclusion by design"), N_("done"), N_("not done"), false, see_honoured },
  { 0 },
};

size_t measures_n(void) { return COUNT(measures) - 1; }

const Measure *measure_find(Str name) {
  for (const Measure *m = measures; m->name; m++) if (str_eq(str_z(m->name), name)) return m;
  return NULL;
}

int64_t measure_at(const Measure *m, const Fact *f) {
  switch (m->day) {
    case DAY_HEARD:   return f->heard_at;
    case DAY_VERDICT: return f->verdict_at;
    default:          return f->ended_at;
  }
}
