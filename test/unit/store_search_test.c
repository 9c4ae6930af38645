/* Full text, the same on both back ends: what people write in many languages, and what they type to find it. */
#include "store/search.h"
#include "store/words.h"
#include "store_fixture.h"

typedef struct { int64_t id; } Hit;
static const Col hit_cols[] = { COL(Hit, id) };
static const Shape hit_shape = SHAPE(Hit, hit_cols);

/* The ids that match, newest first, as "7 3 1". */
static Str hits(Cx *cx, Str match) {
  Query q = query_new(cx);
  Rows rows;
  Buf b = { .arena = cx->arena };
  query_add(&q, SQL("SELECT hit.id"));
  search_from(cx, &q, match);
  query_add(&q, SQL(" ORDER BY hit.id DESC"));
  OK(cx, query_rows(cx, &q, &hit_shape, &rows));
  for (size_t i = 0; i < rows.n; i++) buf_fmt(&b, "%s%lld", i ? " " : "", (long long)ROW(Hit, rows, i)->id);
  return buf_str(&b);
}
static Str found(Cx *cx, Str typed) {
  Str match = search_text(cx, typed);
  return match.n ? hits(cx, match) : S("nothing to look for");
}

static Str folded(Arena *a, Str s) {
  Words w = words_new(a);
  words_add(&w, s);
  return buf_str(&w.text);
}

TEST(words_are_folded) {
  static const struct { int line; const char *in, *out; } cases[] = {
    { __LINE__, "", "" }, { __LINE__, " -- ... ", "" },
    { __LINE__, "The Printer, on line-4!", "the printer on line 4" },
    { __LINE__, "ana.souza@example.org", "ana souza example org" },
    { __LINE__, "Não consigo imprimir: AVIÃO", "nao consigo imprimir aviao" },
    { __LINE__, "Straße ŁÓDŹ Işık İstanbul Ærø Ðakóvić", "strasse lodz isik istanbul aero dakovic" },
    { __LINE__, "e\xCC\x81te\xCC\x81", "ete" },                                     /* accents apart from their letters */
    { __LINE__, "ｆｕｌｌ　ｗｉｄｔｈ ﾌﾟﾘﾝﾀ", "full width プリ リン ンタ タ" },
    { __LINE__, "ΟΔΟΣ Ёлка", "οδοσ елка" },
    { __LINE__, "الطَّابِعَةُ لا تعمل ١٢٣", "الطابعه لا تعمل 123" },
    { __LINE__, "إلى أحمد", "الي احمد" },
    { __LINE__, "שָׁלוֹם", "שלום" },
    { __LINE__, "東京都のプリンタ", "東京 京都 都の のプ プリ リン ンタ タ" },
    { __LINE__, "東", "東" }, { __LINE__, "PC東京", "pc 東京 京" },
    { __LINE__, "がぎ、ぐ。", "がぎ ぎ ぐ" },
    { __LINE__, "프린터 고장", "프린 린터 터 고장 장" },
    { __LINE__, "เครื่องพิมพ์", "เค คร รื ื่ ่อ อง งพ พิ ิม มพ พ์ ์" },
    { __LINE__, "हिन्दी में", "हिन्दी में" },
    { __LINE__, "🖨️ broken", "broken" },
  };
  for (size_t i = 0; i < COUNT(cases); i++) IS_AT(cases[i].line, folded(a, str_z(cases[i].in)), str_z(cases[i].out));
}

TEST(words_have_limits) {
  Buf b = { .arena = a };
  for (int i = 0; i < 200; i++) buf_add(&b, S("ab"));
  INT(folded(a, buf_str(&b)).n, WORD_BYTES);
  b.n = 0;
  for (int i = 0; i < 200; i++) buf_add(&b, S("é́́ñ"));
  MUST(folded(a, buf_str(&b)).n <= WORD_BYTES);
  b.n = 0;
  for (int i = 0; i < 100; i++) buf_add(&b, S("дом"));
  Str cut = folded(a, buf_str(&b));
  MUST(cut.n <= WORD_BYTES && str_utf8_ok(cut));
  b.n = 0;
  for (int i = 0; i < 50000; i++) buf_fmt(&b, "w%d ", i);
  Words w = words_new(a);
  words_add(&w, buf_str(&b));
  INT(w.n, WORDS_MAX);
  b.n = 0;
  for (int i = 0; i < 500000; i++) buf_add(&b, S("東"));
  words_add(&w, buf_str(&b));
  w = words_new(a);
  words_add(&w, buf_str(&b));
  MUST(w.n <= WORDS_MAX);
}

TEST_STORES(what_people_write_is_found) {
  static const char *const messages[] = {
    "The printer on line four prints blank labels. ana.souza@example.org",
    "Impressora não imprime; a etiqueta sai em branco. Conceição",
    "東京本社のプリンターが動きません。至急お願いします。",
    "الطابعة في الطابق الثالث لا تعمل منذ الصباح",
    "Printing is slow since the update 0x80070005",
    "เครื่องพิมพ์ชั้นสามไม่ทำงาน",
  };
  for (size_t i = 0; i < COUNT(messages); i++) OK(cx, search_put(cx, (int64_t)i + 1, str_z(messages[i])));
  static const struct { int line; const char *typed, *want; } cases[] = {
    { __LINE__, "printer", "1" }, { __LINE__, "PRINTER line", "1" }, { __LINE__, "print*", "5 1" }, { __LINE__, "print", "" },
    { __LINE__, "printer slow", "" }, { __LINE__, "\"blank labels\"", "1" }, { __LINE__, "\"labels blank\"", "" },
    { __LINE__, "“blank lab”*", "1" }, { __LINE__, "\"blank lab\"", "" }, { __LINE__, "p*", "" }, { __LINE__, "pr*", "" }, { __LINE__, "on*", "1" }, { __LINE__, "pri*", "5 1" },
    { __LINE__, "ana.souza@example.org", "1" }, { __LINE__, "ana.example@souza.org", "" }, { __LINE__, "souza", "1" },
    { __LINE__, "0x80070005", "5" }, { __LINE__, "0x8007*", "5" },
    { __LINE__, "nao conceicao", "2" }, { __LINE__, "não", "2" }, { __LINE__, "ETIQUETA", "2" }, { __LINE__, "impress*", "2" },
    { __LINE__, "東京", "3" }, { __LINE__, "京本", "3" }, { __LINE__, "リンター", "3" }, { __LINE__, "東京本社", "3" }, { __LINE__, "京都", "" },
    { __LINE__, "至", "3" }, { __LINE__, "社", "3" }, { __LINE__, "東京　至急", "3" }, { __LINE__, "本社の動", "" }, { __LINE__, "ﾌﾟﾘﾝﾀｰ", "3" },
    { __LINE__, "ません", "3" }, { __LINE__, "ん", "3" },
    { __LINE__, "الطابعة", "4" }, { __LINE__, "الطَّابِعَةُ", "4" }, { __LINE__, "الطابعه تعمل", "4" }, { __LINE__, "الطاب*", "4" },
    { __LINE__, "พิมพ์", "6" }, { __LINE__, "ทำงาน", "6" }, { __LINE__, "สี่", "" },
    { __LINE__, "", "nothing to look for" }, { __LINE__, "* - \"\" ()", "nothing to look for" },
    { __LINE__, "line\" OR \"slow", "" }, { __LINE__, "printer' | 'slow", "" }, { __LINE__, "printer) (", "1" },
    { __LINE__, "words:printer", "" }, { __LINE__, "NOT printer", "" }, { __LINE__, "print\\er", "" }, { __LINE__, "^printer", "1" },
    { __LINE__, "printer :* & !x", "" }, { __LINE__, "\"printer", "1" }, { __LINE__, "\xff\xfe printer", "1" },
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    Str got = found(cx, str_z(cases[i].typed));
    if (!str_eq(got, str_z(cases[i].want))) print_error("  %s\n", cases[i].typed);
    IS_AT(cases[i].line, got, str_z(cases[i].want));
  }
}

TEST_STORES(a_message_put_again_or_dropped) {
  OK(cx, search_put(cx, 1, S("old words here")));
  OK(cx, search_put(cx, 2, S("others here")));
  OK(cx, search_put(cx, 1, S("new words here")));
  IS(found(cx, S("old")), S(""));
  IS(found(cx, S("new")), S("1"));
  IS(found(cx, S("here")), S("2 1"));
  OK(cx, search_drop(cx, 1));
  OK(cx, search_drop(cx, 77));
  IS(found(cx, S("here")), S("2"));
  IS(found(cx, S("words")), S(""));
  OK(cx, search_put(cx, 3, S("")));
  OK(cx, search_clear(cx));
  IS(found(cx, S("here")), S(""));
  OK(cx, search_put(cx, 1, S("again here")));
  IS(found(cx, S("here")), S("1"));
}

/* Groups as the writer commits them, with one command that fails. */
TEST_STORES(small_groups_are_found_at_once) {
  for (int64_t group = 0; group < 2; group++) {
    Tx tx;
    OK(cx, tx_begin(cx, &tx));
    for (int64_t i = 1; i <= 5; i++) {
      Tx one;
      OK(cx, tx_begin(cx, &one));
      OK(cx, search_put(cx, group * 5 + i, str_fmt(a, "common word%lld", (long long)(group * 5 + i))));
      if (i == 4) OK(cx, search_put(cx, group * 5 + 1, S("common changed")));
      if (i == 5) OK(cx, search_drop(cx, group * 5 + 2));
      if (i == 3) tx_end(&one); else OK(cx, tx_commit(&one));
    }
    OK(cx, tx_commit(&tx));
    IS(found(cx, S("common")), group ? S("10 9 6 5 4 1") : S("5 4 1"));
  }
  IS(found(cx, S("changed")), S("6 1"));
  IS(found(cx, S("word6")), S(""));
  if (db_kind(cx->db) == STORE_SQLITE)                      /* FTS5 compares its index with the rows */
    OK(cx, db_run(cx, SQL("INSERT INTO message_index(message_index, rank) VALUES ('integrity-check', 1)")));
  IS(found(cx, S("word9")), S("9"));
  OK(cx, search_put(cx, 9, S("replaced")));                 /* now that it is in the index */
  IS(found(cx, S("word9")), S(""));
  IS(found(cx, S("replaced")), S("9"));
}

static int64_t how_many(Cx *cx) {
  Query q = query_new(cx);
  int64_t n = -1;
  query_add(&q, SQL("SELECT COUNT(*) FROM message_words x WHERE"));
  search_where(cx, &q, SQL("x.message_id"), search_text(cx, S("common")));
  OK(cx, query_int(cx, &q, &n));
  return n;
}

TEST_STORES(large_groups_are_found_when_they_have_settled) {
  for (int64_t group = 0; group < 3; group++) {
    Tx tx;
    OK(cx, tx_begin(cx, &tx));
    for (int64_t i = 1; i <= 50; i++) OK(cx, search_put(cx, group * 50 + i, S("common words")));
    OK(cx, tx_commit(&tx));
    if (group == 0) INT(how_many(cx), 50);                  /* nothing had settled before */
  }
  OK(cx, search_settle(cx));
  MUST(!search_waits(cx->db));
  INT(how_many(cx), 150);
}

TEST(what_waits_survives_its_program) {
  Cx cx = { .arena = a };
  Store *st = test_store_empty(&cx, STORE_SQLITE);
  DEFER(db_closep) Db *db = NULL;
  OK(&cx, store_migrate(&cx, st));
  OK(&cx, db_open(&cx, st, DB_WRITE, &db));
  cx.db = db;
  OK(&cx, db_run(&cx, SQL("INSERT INTO message_words (message_id, words) VALUES (1, 'common')")));
  OK(&cx, db_run(&cx, SQL("INSERT INTO message_waiting (message_id) VALUES (1)")));
  INT(how_many(&cx), 0);
  OK(&cx, store_migrate(&cx, st));                          /* as every start does */
  INT(how_many(&cx), 1);
}

TEST_STORES(a_long_message) {
  Buf b = { .arena = a };
  for (int i = 0; i < 15000; i++) buf_fmt(&b, "word%d ", i);
  for (int i = 0; i < 3000; i++) buf_add(&b, S("aVeryLongWordThatGoesOnAndOnUntilItIsCutSomewhereInTheMiddleOfIt "));
  OK(cx, search_put(cx, 1, buf_str(&b)));
  IS(found(cx, S("\"word14998 word14999\"")), S("1"));
  b.n = 0;
  for (int i = 0; i < 300000; i++) buf_add(&b, S("東京"));
  OK(cx, search_put(cx, 2, buf_str(&b)));
  IS(found(cx, S("京東")), S("2"));
}

TEST_STORES(narrowed_to_a_mark) {
  for (int64_t i = 1; i <= 6; i++) {
    Str marks[] = { search_mark(cx, "team", 1 + i % 2), search_mark(cx, "asker", i) };
    OK(cx, search_put_marked(cx, i, S("printer"), marks, COUNT(marks)));
  }
  Str match = search_text(cx, S("printer"));
  IS(hits(cx, search_narrow(cx, match, search_mark(cx, "team", 2))), S("5 3 1"));
  IS(hits(cx, search_narrow(cx, search_narrow(cx, match, search_mark(cx, "team", 2)), search_mark(cx, "asker", 3))), S("3"));
  IS(hits(cx, search_narrow(cx, S(""), search_mark(cx, "asker", 4))), S("4"));
  IS(hits(cx, search_narrow(cx, match, search_mark(cx, "team", 22))), S(""));
  IS(found(cx, S("team2")), S(""));
  IS(found(cx, S("\xEE\x80\x80team2")), S(""));
}

TEST_STORES(a_column_can_be_asked_for) {
  for (int64_t i = 1; i <= 4; i++) OK(cx, search_put(cx, i, i % 2 ? S("odd one") : S("even one")));
  Query q = query_new(cx);
  int64_t n;
  query_add(&q, SQL("SELECT COUNT(*) FROM message_words x WHERE"));
  search_where(cx, &q, SQL("x.message_id"), search_text(cx, S("odd")));
  query_val(&q, SQL(" AND x.message_id > "), V(1));
  OK(cx, query_int(cx, &q, &n));
  INT(n, 1);
}

/* SQLite: the hits must come out of the index newest first, with no sorting in between. */
TEST(newest_first_without_sorting) {
  Cx cx = test_store(a, STORE_SQLITE);
  typedef struct { int64_t id, parent, unused; Str detail; } Step;
  static const Col cols[] = { COL(Step, id), COL(Step, parent), COL(Step, unused), COL(Step, detail) };
  static const Shape shape = SHAPE(Step, cols);
  Query q = query_new(&cx);
  query_add(&q, SQL("EXPLAIN QUERY PLAN SELECT r.id, r.subject, m.id"));
  search_from(&cx, &q, search_text(&cx, S("printer line")));
  query_add(&q, SQL(" CROSS JOIN message m CROSS JOIN request r WHERE m.id = hit.id AND r.id = m.request_id"));
  query_val(&q, SQL(" AND (r.team_id = "), V(3));
  query_add(&q, SQL(" OR r.asker_id = 1) ORDER BY hit.id DESC LIMIT 50"));
  Rows rows;
  OK(&cx, query_rows(&cx, &q, &shape, &rows));
  MUST(rows.n == 3);
  MUST(str_find(ROW(Step, rows, 0)->detail, S("message_index")) != SIZE_MAX);
  for (size_t i = 0; i < rows.n; i++) MUST(str_find(ROW(Step, rows, i)->detail, S("TEMP B-TREE")) == SIZE_MAX);
}
