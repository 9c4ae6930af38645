/* store/search.c: see search.h. Both back ends keep a table message_words and match the words of words.c.
   SQLite: adding one message to FTS5 costs four times its share of a batch, and ten times inside a savepoint (each one
   makes FTS5 write out a segment). So a command only notes its words; the commit that ends a group puts all that wait
   into the index: at once when the group is small, as for people clicking, every tenth of a second when groups are
   large. What waits is in the store: a crash loses nothing. PostgreSQL's GIN index batches by itself.
   Invariant (SQLite): message_index holds exactly the rows of message_words that are not in message_waiting. */
#include "store/search.h"
#include "store/backend.h"
#include "store/fill.h"
#include "store/words.h"

enum { SETTLE_EVERY = SECOND / 10, SETTLE_MAX = 4000, SMALL_GROUP = 8, PIECES_MAX = 24, TYPED_MAX = 1000 };

/* A mark begins with a letter for private use: no word of a text does. */
#define MARK "\xEE\x80\x80"

static bool lite(const Cx *cx) { return db_kind(cx->db) == STORE_SQLITE; }

/* ---- putting */

static Err waits(Cx *cx, int64_t id, int64_t *ret) {
  return db_int(cx, ret, SQL("SELECT COUNT(*) FROM message_waiting WHERE message_id = ?1"), V(id));
}

/* Takes an earlier row's words out of the index; FTS5 must be told them again to find them. */
static Err unindex(Cx *cx, int64_t id) {
  int64_t there, waiting;
  TRY(db_int(cx, &there, SQL("SELECT COUNT(*) FROM message_words WHERE message_id = ?1"), V(id)));
  if (!there) return E_OK;
  TRY(waits(cx, id, &waiting));
  if (waiting) return E_OK;
  return db_run(cx, SQL("INSERT INTO message_index(message_index, rowid, words) "
                        "SELECT 'delete', message_id, words FROM message_words WHERE message_id = ?1"), V(id));
}

static Err put_lite(Cx *cx, int64_t id, Str words) {
  TRY(unindex(cx, id));
  TRY(db_run(cx, SQL("INSERT OR REPLACE INTO message_words (message_id, words) VALUES (?1, ?2)"), V(id), V(words)));
  TRY(db_run(cx, SQL("INSERT OR IGNORE INTO message_waiting (message_id) VALUES (?1)"), V(id)));
  cx->db->words_wait = true;
  cx->db->words_put++;
  return cx->db->depth ? E_OK : search_settle(cx);
}

/* "'printer':1 'jam':2": the words need no other quoting, they are letters and digits. */
static Str vector(Cx *cx, Str words) {
  Buf b = { .arena = cx->arena };
  Str word;
  for (int64_t at = 1; words.n; at++) {
    str_cut(words, ' ', &word, &words);
    buf_fmt(&b, "'" STR_FMT "':%lld ", STR_ARG(word), (long long)at);
  }
  return buf_str(&b);
}

static Err put_pg(Cx *cx, int64_t id, Str words) {
  return db_run(cx, SQL("INSERT INTO message_words (message_id, words) VALUES (?1, CAST(?2 AS tsvector)) "
                        "ON CONFLICT (message_id) DO UPDATE SET words = excluded.words"), V(id), V(vector(cx, words)));
}

/* Marks, then words, as they are stored. */
static Str folded(Cx *cx, Str words, const Str *marks, size_t n) {
  Words w = words_new(cx->arena);
  words_add(&w, words);
  Buf all = { .arena = cx->arena };
  for (size_t i = 0; i < n; i++) { buf_add(&all, marks[i]); buf_char(&all, ' '); }
  buf_add(&all, buf_str(&w.text));
  return str_trim(buf_str(&all));
}

Err search_put_marked(Cx *cx, int64_t message_id, Str words, const Str *marks, size_t n) {
  Str text = folded(cx, words, marks, n);
  return lite(cx) ? put_lite(cx, message_id, text) : put_pg(cx, message_id, text);
}

Err search_put(Cx *cx, int64_t message_id, Str words) { return search_put_marked(cx, message_id, words, NULL, 0); }

Err search_fill(Cx *cx, const SearchNew *in, size_t n) {
  Fill words = fill_new(cx, SQL("message_words"), SQL("message_id, words"));
  Fill index = fill_new(cx, SQL("message_index"), SQL("rowid, words"));
  for (size_t i = 0; i < n; i++) {
    Str text = folded(cx, in[i].words, NULL, 0);
    fill_row(&words, V(in[i].message_id), V(lite(cx) ? text : vector(cx, text)));
    if (lite(cx)) fill_row(&index, V(in[i].message_id), V(text));
  }
  TRY(fill_write(cx, &words));
  return fill_write(cx, &index);
}

Err search_drop(Cx *cx, int64_t message_id) {
  if (lite(cx)) {
    TRY(unindex(cx, message_id));
    TRY(db_run(cx, SQL("DELETE FROM message_waiting WHERE message_id = ?1"), V(message_id)));
  }
  return db_run(cx, SQL("DELETE FROM message_words WHERE message_id = ?1"), V(message_id));
}

Err search_clear(Cx *cx) {
  if (lite(cx)) {
    TRY(db_run(cx, SQL("INSERT INTO message_index(message_index) VALUES ('delete-all')")));
    TRY(db_run(cx, SQL("DELETE FROM message_waiting")));
  }
  return db_run(cx, SQL("DELETE FROM message_words"));
}

/* ---- settling */

/* The oldest that wait, in order: FTS5 writes rising ids in one piece. */
static Err settle_some(Cx *cx, int64_t *ret_last) {
  *ret_last = 0;
  TRY(db_int(cx, ret_last, SQL("SELECT MAX(message_id) FROM (SELECT message_id FROM message_waiting ORDER BY message_id LIMIT ?1)"),
             V(SETTLE_MAX)));
  if (!*ret_last) return E_OK;
  TRY(db_run(cx, SQL("INSERT INTO message_index(rowid, words) SELECT w.message_id, w.words FROM message_waiting q "
                     "JOIN message_words w ON w.message_id = q.message_id WHERE q.message_id <= ?1 ORDER BY q.message_id"), V(*ret_last)));
  return db_run(cx, SQL("DELETE FROM message_waiting WHERE message_id <= ?1"), V(*ret_last));
}

Err search_at_commit(Cx *cx) {
  Db *db = cx->db;
  bool small = db->words_put < SMALL_GROUP;
  db->words_put = 0;
  if (!db->words_wait || (!small && clock_steady() - db->words_settled < SETTLE_EVERY)) return E_OK;
  int64_t last;
  TRY(settle_some(cx, &last));
  db->words_wait = last != 0;                           /* perhaps there are more; the next look will tell */
  db->words_settled = clock_steady();
  return E_OK;
}

bool search_waits(const Db *db) { return db->words_wait; }

Err search_settle(Cx *cx) {
  if (!cx->db->words_wait) return E_OK;
  for (int64_t last = 1; last; ) {
    DEFER(tx_end) Tx tx = { 0 };
    TRY(tx_begin(cx, &tx));
    TRY(settle_some(cx, &last));
    cx->db->words_wait = false;
    TRY(tx_commit(&tx));
  }
  return E_OK;
}

/* ---- looking */

/* One piece of what was typed, in this back end's language: words that stand side by side. */
static void add_phrase(const Cx *cx, Buf *b, Words *w, bool beginning) {
  if (w->last == WORD_TAIL && w->n > 1) words_drop_last(w);   /* its pairs find it, wherever the run goes on */
  else if (w->last == WORD_ALONE) beginning = true;
  else if (str_utf8_len(str_from(buf_str(&w->text), w->last_at)) < 3) beginning = false;   /* half the dictionary */
  Str rest = buf_str(&w->text), word;
  if (b->n) buf_add(b, lite(cx) ? S(" ") : S(" & "));
  if (lite(cx)) { buf_fmt(b, "\"" STR_FMT "\"%s", STR_ARG(rest), beginning ? "*" : ""); return; }
  buf_add(b, S("("));
  while (rest.n) {
    bool more = str_cut(rest, ' ', &word, &rest);
    buf_fmt(b, "'" STR_FMT "'%s", STR_ARG(word), more ? " <-> " : beginning ? ":*" : "");
  }
  buf_add(b, S(")"));
}

/* How many bytes at the start are a quotation mark, a blank; 0 if none. */
static size_t one_of(Str s, const char *const *marks, size_t n) {
  for (size_t i = 0; i < n; i++) if (str_starts(s, str_z(marks[i]))) return strlen(marks[i]);
  return 0;
}
static size_t quote(Str s) {
  static const char *const marks[] = { "\"", "“", "”", "„", "«", "»" };
  return one_of(s, marks, COUNT(marks));
}
static size_t blank(Str s) {
  static const char *const marks[] = { " ", "\t", "\n", "\r", "\xC2\xA0", "\xE3\x80\x80" };
  return one_of(s, marks, COUNT(marks));
}

/* Cuts the next piece off: up to the closing quote, or up to a blank or a quote. ret_star: a * followed it. */
static Str next_piece(Str *rest, bool *ret_star) {
  size_t open = quote(*rest), n = 0;
  *rest = str_from(*rest, open);
  while (n < rest->n && !quote(str_from(*rest, n)) && (open || !blank(str_from(*rest, n)))) n++;
  Str piece = str_head(*rest, n);
  *rest = str_from(*rest, n);
  *ret_star = !open && str_ends(piece, S("*"));
  if (open) *rest = str_from(*rest, quote(*rest));
  if (open && str_starts(*rest, S("*"))) { *ret_star = true; *rest = str_from(*rest, 1); }
  return piece;
}

Str search_text(Cx *cx, Str typed) {
  Buf b = { .arena = cx->arena };
  Str rest = str_utf8_fix(cx->arena, str_head(typed, TYPED_MAX));
  for (size_t pieces = 0; rest.n && pieces < PIECES_MAX; ) {
    size_t skip = blank(rest);
    if (skip) { rest = str_from(rest, skip); continue; }
    bool star;
    Words w = words_new(cx->arena);
    words_add(&w, next_piece(&rest, &star));
    if (!w.n) continue;
    add_phrase(cx, &b, &w, star);
    pieces++;
  }
  return buf_str(&b);
}

Str search_mark(Cx *cx, const char *kind, int64_t id) { return str_fmt(cx->arena, MARK "%s%lld", kind, (long long)id); }

Str search_narrow(Cx *cx, Str match, Str mark) {
  bool both = match.n > 0;
  if (lite(cx)) return str_fmt(cx->arena, STR_FMT "%s\"" STR_FMT "\"", STR_ARG(match), both ? " " : "", STR_ARG(mark));
  return str_fmt(cx->arena, STR_FMT "%s'" STR_FMT "'", STR_ARG(match), both ? " & " : "", STR_ARG(mark));
}

static void matches(Cx *cx, Query *q, Str match) {
  q->once = true;                                       /* how rare a word is decides the plan */
  if (lite(cx)) query_val(q, SQL("SELECT rowid AS id FROM message_index WHERE message_index MATCH "), V(match));
  else {
    query_val(q, SQL("SELECT message_id AS id FROM message_words WHERE words @@ CAST("), V(match));
    query_add(q, SQL(" AS tsquery)"));
  }
}

void search_where(Cx *cx, Query *q, Sql column, Str match) {
  query_add(q, SQL(" "));
  query_add(q, column);
  query_add(q, SQL(" IN ("));
  matches(cx, q, match);
  query_add(q, SQL(")"));
}

void search_from(Cx *cx, Query *q, Str match) {
  query_add(q, SQL(" FROM ("));
  matches(cx, q, match);
  query_add(q, SQL(") AS hit"));
}
