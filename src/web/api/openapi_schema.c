/* web/api/openapi_schema.c: what calls give and take, by name. To add a member to an answer: here, beside where it is
   written (shared.c, people.c); a test holds real answers against this. */
#include <assert.h>
#include "desk/loop.h"
#include "web/api/openapi_inside.h"

/* ---- types */

static void words_put(JsonOut *w, Str words) {
  Str one;
  JSON(w, "type", "string");
  JSON_ARR(w, "enum");
  for (words = str_from(words, 1); ; ) {
    bool more = str_cut(words, '|', &one, &words);
    json_put_str(w, one);
    if (!more) break;
  }
  json_end(w);
}

static void plain_put(JsonOut *w, Str type) {
  bool time = str_eq(type, S("date-time")), file = str_eq(type, S("file"));
  JSON(w, "type", time || file ? S("string") : type);
  if (time) JSON(w, "format", "date-time");
  if (file) JSON(w, "contentMediaType", "application/octet-stream");
}

static bool named(Str type) { return type.p[0] >= 'A' && type.p[0] <= 'Z'; }

static void null_or(JsonOut *w, Cx *cx, Str type) {
  if (!named(type) && !str_ends(type, S("[]"))) {
    bool time = str_eq(type, S("date-time"));
    JSON_ARR(w, "type");
    json_put_str(w, time ? S("string") : type);
    json_put_str(w, S("null"));
    json_end(w);
    if (time) JSON(w, "format", "date-time");
    return;
  }
  JSON_ARR(w, "anyOf");
  json_obj(w);
  openapi_type(w, cx, type);
  json_end(w);
  json_obj(w);
  JSON(w, "type", "null");
  json_end(w);
  json_end(w);
}

void openapi_type(JsonOut *w, Cx *cx, Str type) {
  if (str_ends(type, S("!"))) type = str_head(type, type.n - 1);
  if (str_ends(type, S("?"))) { null_or(w, cx, str_head(type, type.n - 1)); return; }
  if (str_ends(type, S("[]"))) {
    JSON(w, "type", "array");
    JSON_OBJ(w, "items");
    openapi_type(w, cx, str_head(type, type.n - 2));
    json_end(w);
  }
  else if (type.p[0] == '|') words_put(w, type);
  else if (named(type)) JSON(w, "$ref", str_cat(cx->arena, S("#/components/schemas/"), type));
  else plain_put(w, type);
}

void openapi_fields(JsonOut *w, Cx *cx, const ApiField *fields) {
  bool any = false;
  JSON(w, "type", "object");
  JSON(w, "additionalProperties", (bool)false);
  JSON_OBJ(w, "properties");
  for (const ApiField *f = fields; f->name; f++) {
    JSON_OBJ(w, f->name);
    openapi_type(w, cx, str_z(f->type));
    JSON(w, "description", f->about);
    json_end(w);
    any |= str_ends(str_z(f->type), S("!"));
  }
  json_end(w);
  if (!any) return;
  JSON_ARR(w, "required");
  for (const ApiField *f = fields; f->name; f++) if (str_ends(str_z(f->type), S("!"))) json_put_z(w, f->name);
  json_end(w);
}

/* ---- schemas: "name:type", a string where nothing else is said; "~" before a name: not always there. Or words. */

#define NAME_(name)       "|" #name
#define WORD_(name, word) "|" word
#define REQUEST \
  "id:integer ref url kind:Kind subject excerpt state:State ball:|provider|customer| outcome:Outcome version:integer rework:integer asker:Named? owner:Named?" \
  " team:Named? organisation:Named? service channel lang due:date-time? hear_by:date-time? since:date-time? waiting_since:date-time? reported:date-time?" \
  " ended:date-time? created:date-time updated:date-time bar:Bar"
#define FIGURE \
  "~measure kind:|share|median|score|index|count k:integer n:integer value:number? ci:number[]? ~bounds:number[] viewpoint:Viewpoint silent:integer" \
  " period:PeriodSaid show:|none|list|interval|percent ~answers:string[]"
#define PERSON "id:integer name email role:Role title say_name pronouns lang zone organisation disabled:boolean"

static const struct { const char *name, *about, *fields; } schemas[] = {
  { "Kind", "What kind of request it is.", "|help|order|question|project|complaint|whatif|feedback" },
  { "State", "Where the conversation stands. It is what the acts say; nothing else moves it.", LOOP_STATES(NAME_) },
  { "ActName", "What can be done. Which of them now, and by whom, is in allowed of the request.", LOOP_ACTS(WORD_) },
  { "Outcome", "What became of the promise; silent, when the asker never said. Empty while it is open.", "|" LOOP_OUTCOMES(WORD_) },
  { "Role", "The most that somebody is here.", "|asker|provider|lead|admin|supplier" },
  { "Named", "Somebody, or some group, by name.", "id:integer name ~email" },
  { "Asker", "Who asks: an address that is known, or a new one with a name.", "~name email" },
  { "Bar", "What the asker asked for, in their own words, and by when.", "by:date-time? told good" },
  { "BarSaid", "By when it is needed, what was told before, what good looks like.", "~by:date-time ~told ~good" },
  { "Request", "A request, as a list shows it. Hours are RFC 3339, or null where there is none.", REQUEST },
  { "RequestWhole", "A request with all that was said, promised and done.",
    REQUEST " messages:Message[] promises:Promise[] people:Participant[] tags:string[] acts:Act[] allowed:ActName[] clocks:Clocks" },
  { "Message", "Something that was said. body is what is new in it; quoted, what came along from before.",
    "id:integer at:date-time side:|customer|provider|system|other visibility:|public|internal channel format:|plain|markdown|html body quoted trusted:boolean files:integer attachments:File[] author:Named?" },
  { "Act", "One step of the conversation. Each holds the hash of the one before it.",
    "seq:integer act:ActName side:|customer|provider|system by_kind channel at:date-time due:date-time? state:State ball:|provider|customer| body:object? hash by:Named?" },
  { "Promise", "One version of a promise.",
    "version:integer state due:date-time? conditions:string[] offered:date-time? from:date-time? until:date-time? promiser:Named?" },
  { "Participant", "Somebody who takes part without asking or owning.", "id:integer name role" },
  { "Clocks", "How long it took: for the asker every second counts, for those who serve their hours.", "customer_seconds:number agent_seconds:number partition:Partition" },
  { "Partition", "In whose hands it was, in seconds.", "provider:number customer:number supplier:number closed:number" },
  { "Person", "A person, as a list shows them.", PERSON },
  { "PersonWhole", "A person with their addresses.", PERSON " addresses:Address[]" },
  { "Address", "Where a person can be written to.", "email main:boolean verified:boolean" },
  { "Note", "Something we remember about a person. Confidence fades with time.",
    "id:integer kind words source confidence:number still_true:boolean used:integer created:date-time confirmed:date-time? by" },
  { "File", "A file at a request.", "id:integer name type size:integer" },
  { "Made", "What was made, by its number.", "id:integer" },
  { "RequestList", "One page of requests; next is the cursor of the page after it.", "items:Request[] next:string?" },
  { "PersonList", "One page of persons; next is the cursor of the page after it.", "items:Person[] next:string?" },
  { "NoteList", "Notes, all of them.", "items:Note[] next:string?" },
  { "FileList", "The files that came, in their order.", "items:File[]" },
  { "BadWhy", "What made a moment bad: a low mark, a hard way, a promise whose hour passed, a second “not yet”, having to explain it more than once.",
    "|unsatisfied|hard|broken|not-yet|repeated" },
  { "MomentStep", "Who did it, and when.", "at:date-time by:Named?" },
  { "BadMoment", "A bad moment of somebody. person: in front of whom it is; claimed: who will speak with them; spoken: the first human words; "
    "recovered: whether their next verdict met their own bar.",
    "ref number:integer url subject at:date-time why:BadWhy[] said asker:Named? person:Named? team:Named? organisation:Named? claimed:MomentStep? spoken:MomentStep?"
    " next_verdict:date-time? recovered:boolean?" },
  { "BadMomentList", "One page of bad moments, newest first; next is the cursor of the page after it.", "items:BadMoment[] ~figures:BadMomentFigures next:string?" },
  { "BadMomentFigures", "Of the last 90 days, with the first page: people who had one; how long until a person spoke with them; whose next verdict met their own bar.",
    "had_a_bad_moment:FigureAlone recovery:FigureAlone recovered:FigureAlone" },
  { "Viewpoint", "Through whose eyes, on whose clock.", "|customer|agent|both" },
  { "Measure", "What is measured. pair: the measure that is shown beside it; line: it can be drawn over time.",
    "name label question formula source kind:|share|median|score|index|count viewpoint:Viewpoint pair:string? better:|more|less line:boolean" },
  { "MeasureList", "All measures.", "items:Measure[] next:string?" },
  { "Instrument", "A card: its questions, how often it is asked, and its figures. lines: statements, where there are several; by_line: a figure for each.",
    "name title question lowest:integer highest:integer lines:string[] on:boolean every_days:integer share:integer asked:integer open:integer silent:integer"
    " score:FigureAlone answered:FigureAlone ~weighed:FigureAlone by_line:FigureAlone[] chosen:InstrumentStep[] by_team:InstrumentPlace[] by_organisation:InstrumentPlace[]" },
  { "InstrumentStep", "How many chose this answer, where there is a single question.", "answer:integer n:integer" },
  { "InstrumentPlace", "The same of a team, or of an organisation; fewer than five answers are only counted.", "id:integer name score:FigureAlone answered:FigureAlone" },
  { "InstrumentList", "All instruments.", "items:Instrument[] next:string?" },
  { "PeriodSaid", "From when to when; to is not in it. null: from the beginning, or until now.", "from:date-time? to:date-time?" },
  { "FigureAlone", "A figure with what it stands on. Times are in seconds; value is null where n is 0, or where few answers are counted and not told.", FIGURE },
  { "Figure", "A figure, its pair (one that only we can see is never without the customer's), and its points if they were asked for.",
    FIGURE " ~pair:FigureAlone ~points:FigureAlone[] ~chart:ControlChart" },
  { "ControlChart", "A measure over time, and what may be concluded; up: to the higher side. Limits are in the unit of the points, times in seconds; null while there are too few.",
    "measure unit:|day|week|month says:|few|steady|odd|leaning|changed up:boolean? limits:ControlLimits? signals:ControlSignal[] points:FigureAlone[] ~all:FigureAlone" },
  { "ControlLimits", "On how many points they stand, and whether somebody who leads has locked them.",
    "centre:number lower:number upper:number range_upper:number points:integer locked:boolean" },
  { "ControlSignal", "The point that begins then, and by which rule: 1 outside the limits, 2 eight on one side, 3 three of four near a limit.", "from:date-time rule:integer" },
  { "NearFar", "Of everybody, of those near, of those far away; gap: what may be said of the last two.", "all:FigureAlone near:FigureAlone far:FigureAlone gap:|too-few|none|near-better|far-better" },
  { "ProximityElement", "One of the ten: what people say, and what the loop shows of it.", "name words said:NearFar seen_words seen:NearFar" },
  { "ProximityAlpha", "How the ten lines hang together, from cards answered in full.", "alpha:number cards:integer" },
  { "ProximityChannel", "Good verdicts of those who came by a channel.", "channel good:FigureAlone" },
  { "ProximityParity", "The two channels that differ most: a less b.", "a b difference:number ci:number[] distinguishable:boolean" },
  { "ProximityLines", "By the ten lines, and by the picture.", "index:ControlChart picture:ControlChart" },
  { "Proximity", "How near. unknown: of the requests looked at, those of people nobody knows the zone of; sampled: there were more.",
    "index:NearFar picture:NearFar elements:ProximityElement[] alpha:ProximityAlpha? requests:integer unknown:integer sampled:boolean channels:ProximityChannel[]"
    " parity:ProximityParity? carried:FigureAlone over_time:ProximityLines" },
  { "Floor", "How it is right now.", "now:FloorNow promises:FloorPromise[] more_promises:boolean people:FloorPerson[] hands:FloorHand[] said:FloorSaid? charts:FloorCharts came:FloorCame" },
  { "FloorNow", "waiting: people; soon: promises due within the hour, of which nobody have no owner; past: whose hour has passed.",
    "waiting:integer longest:FloorLongest? soon:integer nobody:integer past:integer" },
  { "FloorLongest", "Who waits longest.", "ref asker since:date-time" },
  { "FloorPromise", "A promise that falls due by this time tomorrow. helpers: names.", "ref subject due:date-time asker:Named? owner:Named? helpers" },
  { "FloorPerson", "Somebody who is here. promises: of these teams, in force and our move; due_today: of these.", "id:integer name seen:date-time asked_for_a_hand:boolean promises:integer due_today:integer" },
  { "FloorHand", "A hand, please.", "ref subject words at:date-time by:Named?" },
  { "FloorSaid", "A good moment of the last month, in the words of who told it.", "ref words lang asker owner at:date-time" },
  { "FloorCharts", "The charts of the floor, by week.", "first_answer:ControlChart promises_kept:ControlChart" },
  { "FloorCame", "hours: seven days of twenty-four hours.", "from:date-time to:date-time total:integer hours:integer[][]" },
  { "Waiting", "Open requests, by whose move it is.", "us:integer them:integer" },
  { "CustomerLine", "A customer, and how it goes.", "id:integer name waiting:Waiting sorted:FigureAlone promises_kept:FigureAlone bad_moments:FigureAlone" },
  { "CustomerList", "Customers, all of them.", "items:CustomerLine[] next:string?" },
  { "Customer", "A customer and the desk. Gap: what is promised less what they wished for, the middle; drift: how what they wish for moves in 30 days; null where there are too few.",
    "id:integer name whole:boolean waiting:Waiting sorted:FigureAlone promises_kept:FigureAlone renegotiated:integer ~bad_moments:FigureAlone bar_met:FigureAlone bar_gap_seconds:number?"
    " bar_drift_seconds:number? months:CustomerMonth[] promised:CustomerOpen[] asked:CustomerOpen[] their_promises_kept:FigureAlone their_promises:Pledge[] bars:StandingBar[] worth:WorthLine[]" },
  { "CustomerMonth", "How a month felt, with words of somebody who was let down, if anybody was.", "sorted:FigureAlone ~words ~ref" },
  { "CustomerOpen", "A request that is promised, or that waits for them.", "ref subject state:State due:date-time? waiting_since:date-time?" },
  { "Pledge", "What they promised us. noted: by us, and they have not said yes.", "id:integer words promiser due:date-time? done:date-time? state:|noted|open|late|kept|kept_late" },
  { "StandingBar", "What they expect of everything they ask. promised_seconds: what we promised against it, 0 for nothing yet.",
    "id:integer words by how:|hear|done|judged seconds:integer promised_seconds:integer since:date-time? met:FigureAlone" },
  { "WorthLine", "What something was worth to them; it counts once they confirmed it.",
    "id:integer words kind:|profit|process|position amount:number currency ~ref proposed_by confirmed_by confirmed:date-time?" },
  { "ProfitMap", "What customers bring in and what they cost, in whole units of the currency. foreign: lines in another currency, left out; books: of one customer, if they were asked for.",
    "currency from to months:integer large:number gainful:number requests:integer written:integer foreign:integer customers:MapCustomer[] teams:MapTeam[] ~books:BookLine[]" },
  { "MapCustomer", "A customer. left: what is left, margin: of what came in; confirmed: what they say they gained.",
    "id:integer name revenue:number goods:number other_cost:number minutes:number serving:number left:number margin:number? place:|peak|drain|desert confirmed:number confirmed_lines:integer" },
  { "MapTeam", "A team's capacity; null where nobody said yet what a minute costs.", "name cost:number? minutes:number? used:number unused:number?" },
  { "BookLine", "A line in a customer's books.", "id:integer month kind:|revenue|goods|cost amount:number currency words" },
  { "SavedAnswer", "Words that are kept to be written again. team: null if they are your own.", "id:integer title words language team:Named? sent:integer changed:date-time" },
  { "SavedAnswerList", "Saved answers, all of them.", "items:SavedAnswer[] next:string?" },
  { "Work", "Minutes of a request.", "entered:integer reckoned:integer lines:WorkLine[]" },
  { "WorkLine", "Minutes that somebody wrote down.", "id:integer minutes:integer note at:date-time?" },
  { "Journey", "A map that people walk; in_force is the number of its version, 0 if there is none yet.",
    "id:integer code name about walker team url in_force:integer since:date-time? in_work:boolean" },
  { "JourneyList", "Journeys, all of them.", "items:Journey[] next:string?" },
  { "JourneyWhole", "A journey as it is walked. Figures are over what the caller may see; cjml and xes are where its files are.",
    "id:integer code name about walker team url in_force:integer since:date-time? in_work:boolean version:integer walks:integer people:integer still_walking:integer cut:boolean"
    " as_planned:FigureAlone bad_moments:FigureAlone remembered:FigureAlone weights:RememberWeights stages:JourneyStage[] deviations:JourneyDeviation[] cjml xes" },
  { "RememberWeights", "How what is likely remembered is weighed.", "worst:number end:number mean:number" },
  { "JourneyStage", "A touchpoint of the map, and what is known of it. priority: people times the share that found it below their own bar. proximity: how near they feel afterwards; up to four answers are only counted.",
    "code name phase:|before|during|after lane kind:|communication|action doing initiator receiver channel owner promise ideas visits:integer people:integer wait:FigureAlone"
    " effort:FigureAlone good:FigureAlone feeling:FigureAlone bar_met:FigureAlone promised_later:FigureAlone promise_kept:FigureAlone proximity:FigureAlone renegotiated:integer marked:boolean"
    " priority:number channels:ChannelCount[] worst:WorstMoment?" },
  { "ChannelCount", "By which channel so many came.", "channel n:integer" },
  { "WorstMoment", "In the words of the person; ref is not there if they stay nameless.", "~ref words" },
  { "JourneyDeviation", "What went otherwise than planned, and in how many walks.", "went:|missing|failing|again|elsewhere|early touchpoint:string? before:string? service walks:integer" },
  { "Problem", "What was wrong, with what, what to do (RFC 9457).", "type title status:integer detail ~errors:FieldProblem[]" },
  { "FieldProblem", "One field that was wrong.", "field detail" },
};

/* The next member; false: that was all. */
static bool member(Cx *cx, Str *rest, const char **name, Str *type, bool *always) {
  Str one, key;
  if (!rest->n) return false;
  str_cut(*rest, ' ', &one, rest);
  if (!str_cut(one, ':', &key, type)) *type = S("string");
  *always = !str_starts(key, S("~"));
  *name = str_cstr(cx->arena, *always ? key : str_from(key, 1));
  return true;
}

static void members_put(JsonOut *w, Cx *cx, Str fields) {
  const char *name;
  Str rest = fields, type;
  bool always;
  JSON(w, "type", "object");
  JSON_OBJ(w, "properties");
  while (member(cx, &rest, &name, &type, &always)) {
    JSON_OBJ(w, name);
    openapi_type(w, cx, type);
    json_end(w);
  }
  json_end(w);
  JSON_ARR(w, "required");
  for (rest = fields; member(cx, &rest, &name, &type, &always); ) if (always) json_put_z(w, name);
  json_end(w);
}

static void schemas_put(JsonOut *w, Cx *cx) {
  JSON_OBJ(w, "schemas");
  for (size_t i = 0; i < COUNT(schemas); i++) {
    JSON_OBJ(w, schemas[i].name);
    JSON(w, "description", schemas[i].about);
    if (schemas[i].fields[0] == '|') words_put(w, str_z(schemas[i].fields)); else members_put(w, cx, str_z(schemas[i].fields));
    json_end(w);
  }
  json_end(w);
}

/* ---- what can go wrong */

bool openapi_takes_version(const Route *r, const ApiDoc *d) {
  return d->body && (strstr(r->path, "{ref}") || str_ends(str_z(r->path), S("{id}")));
}

static const struct { Err err; const char *name, *about; } problems[] = {
  { E_MALFORMED, "Malformed", "The call is not well formed." },
  { E_UNKNOWN,   "Unknown",   "There is no token, or it is not known, or it was ended." },
  { E_DENIED,    "Denied",    "This person may not do that." },
  { E_ABSENT,    "Absent",    "There is no such thing, or this person may not see it." },
  { E_CONFLICT,  "Conflict",  "It does not fit what is there by now, or there is a newer version than If-Match says; detail says what would do." },
  { E_TOO_LARGE, "TooLarge",  "That is more than is taken at once." },
  { E_TYPE,      "Type",      "The body is of a kind that is not taken." },
  { E_INVALID,   "Invalid",   "A value is wrong; errors names the field." },
  { E_RATE,      "Rate",      "That was a lot at once." },
  { E_BUSY,      "Busy",      "Nothing was changed; it is worth trying again." },
};

static bool possible(Err e, const Route *r, const ApiDoc *d) {
  bool sends = r->verb != GET;
  switch (e) {
  case E_UNKNOWN: return r->may != MAY_ANYONE;
  case E_ABSENT:  return strchr(r->path, '{') != NULL;
  case E_MALFORMED: case E_INVALID: return sends || d->query;
  case E_DENIED: return sends || r->may > MAY_ASKER;
  case E_CONFLICT: case E_TOO_LARGE: case E_TYPE: return sends;
  default: return true;
  }
}

void openapi_problems(JsonOut *w, Cx *cx, const Route *r, const ApiDoc *d) {
  for (size_t i = 0; i < COUNT(problems); i++) {
    if (!possible(problems[i].err, r, d)) continue;
    JSON_OBJ(w, str_fmt(cx->arena, "%d", err_http(problems[i].err)).p);
    JSON(w, "$ref", str_fmt(cx->arena, "#/components/responses/%s", problems[i].name));
    json_end(w);
  }
}

static void problem_put(JsonOut *w, Err e, const char *about) {
  JSON(w, "description", about);
  if (e == E_RATE || e == E_BUSY) {
    JSON_OBJ(w, "headers");
    openapi_header(w, S("Retry-After"));
    json_end(w);
  }
  JSON_OBJ(w, "content");
  JSON_OBJ(w, "application/problem+json");
  JSON_OBJ(w, "schema");
  JSON(w, "$ref", "#/components/schemas/Problem");
  json_end(w);
  JSON_OBJ(w, "example");
  JSON(w, "type", "about:blank");
  JSON(w, "title", err_title(e));
  JSON(w, "status", err_http(e));
  JSON(w, "detail", about);
  for (int i = 0; i < 3; i++) json_end(w);
}

void openapi_components(JsonOut *w, Cx *cx) {
  JSON_OBJ(w, "components");
  JSON_OBJ(w, "securitySchemes");
  JSON_OBJ(w, "token");
  JSON(w, "type", "http");
  JSON(w, "scheme", "bearer");
  JSON(w, "description", "A key of a person, made by `cornerdesk token new` or on their own page. It acts as that person.");
  json_end(w);
  json_end(w);
  schemas_put(w, cx);
  JSON_OBJ(w, "responses");
  for (size_t i = 0; i < COUNT(problems); i++) {
    JSON_OBJ(w, problems[i].name);
    problem_put(w, problems[i].err, problems[i].about);
    json_end(w);
  }
  json_end(w);
  json_end(w);
}
