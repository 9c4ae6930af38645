/* Jobs: due, taken once, given back, moved while somebody works on them. */
#include "store/job.h"
#include "store_fixture.h"

#define LEASE (5 * MINUTE)

static Job *take(Cx *cx, Str kind, size_t max, size_t want) {
  Rows rows;
  OK(cx, job_take(cx, kind, LEASE, max, &rows));
  INT(rows.n, want);
  return ROW(Job, rows, 0);
}
static int64_t next(Cx *cx, Str kind) {
  int64_t at = -1;
  OK(cx, job_next(cx, kind, &at));
  return at;
}

TEST_STORES(a_job_is_taken_once) {
  INT(next(cx, S("")), 0);
  OK(cx, job_put(cx, S("mail"), S("mail/1"), cx->now - 5, S("{\"n\":1}")));
  OK(cx, job_put(cx, S("mail"), S("mail/2"), cx->now - 9, S("")));
  OK(cx, job_put(cx, S("tick"), S("tick/1"), cx->now, S("")));
  OK(cx, job_put(cx, S("mail"), S("mail/3"), cx->now + 1, S("")));
  INT(next(cx, S("")), cx->now - 9);
  INT(next(cx, S("tick")), cx->now);
  INT(next(cx, S("other")), 0);
  Job *j = take(cx, S("mail"), 10, 2);
  IS(j[0].key, S("mail/2"));
  IS(j[1].key, S("mail/1"));
  IS(j[1].body, S("{\"n\":1}"));
  IS(j[1].kind, S("mail"));
  INT(j[1].attempts, 0);
  take(cx, S("mail"), 10, 0);
  j = take(cx, S(""), 10, 1);
  IS(j[0].key, S("tick/1"));
  OK(cx, job_done(cx, j[0].id));
  INT(next(cx, S("tick")), 0);
  INT(next(cx, S("")), cx->now + 1);
}

TEST_STORES(the_earliest_first_and_no_more_than_asked) {
  for (int i = 0; i < 9; i++) OK(cx, job_put(cx, S("k"), str_fmt(a, "k%d", i), cx->now - (i * 7 % 9), S("")));
  Job *j = take(cx, S("k"), 3, 3);
  for (int i = 0; i < 3; i++) INT(j[i].due_at, cx->now - 8 + i);
  take(cx, S("k"), 100, 6);
}

TEST_STORES(a_lease_runs_out) {
  OK(cx, job_put(cx, S("k"), S("one"), cx->now, S("")));
  int64_t id = take(cx, S("k"), 1, 1)->id;
  INT(next(cx, S("k")), cx->now + LEASE);
  cx->now += LEASE - 1;
  take(cx, S("k"), 1, 0);
  cx->now += 1;
  INT(take(cx, S("k"), 1, 1)->id, id);
}

TEST_STORES(a_job_given_back_counts_its_tries) {
  OK(cx, job_put(cx, S("k"), S("one"), cx->now, S("body")));
  Job *j = take(cx, S("k"), 1, 1);
  OK(cx, job_retry(cx, j->id, cx->now + 60, S("no answer")));
  take(cx, S("k"), 1, 0);
  INT(next(cx, S("")), cx->now + 60);
  cx->now += 60;
  j = take(cx, S("k"), 1, 1);
  INT(j->attempts, 1);
  IS(j->body, S("body"));
}

TEST_STORES(a_job_put_again_is_another_standing) {
  OK(cx, job_put(cx, S("k"), S("one"), cx->now, S("old")));
  Job *old = take(cx, S("k"), 1, 1);
  OK(cx, job_put(cx, S("k"), S("one"), cx->now, S("new")));
  OK(cx, job_done(cx, old->id));                            /* the old worker ends, and the new standing stays */
  Job *j = take(cx, S("k"), 1, 1);
  IS(j->body, S("new"));
  MUST(j->id != old->id);
  OK(cx, job_done(cx, j->id));
  OK(cx, job_put(cx, S("k"), S("one"), cx->now, S("third")));
  OK(cx, job_done(cx, j->id));                              /* an id never comes back */
  take(cx, S("k"), 1, 1);
  OK(cx, job_drop(cx, S("one")));
  OK(cx, job_drop(cx, S("one")));
  INT(next(cx, S("")), 0);
}

TEST_STORES(a_job_stands_only_if_its_cause_does) {
  Tx tx;
  OK(cx, tx_begin(cx, &tx));
  OK(cx, job_put(cx, S("k"), S("one"), cx->now, S("")));
  tx_end(&tx);
  take(cx, S("k"), 1, 0);
}

TEST(two_nodes_share_the_jobs) {
  Cx one = test_store(a, STORE_POSTGRESQL), two = one;
  DEFER(db_closep) Db *db = NULL;
  OK(&one, db_open(&one, test_store_of(&one), DB_WRITE, &db));
  two.db = db;
  for (int i = 0; i < 6; i++) OK(&one, job_put(&one, S("k"), str_fmt(a, "k%d", i), one.now, S("")));
  Tx tx;
  OK(&one, tx_begin(&one, &tx));
  Job *mine = take(&one, S("k"), 2, 2);                     /* not committed: the other steps over them and does not wait */
  Job *theirs = take(&two, S("k"), 3, 3);
  for (int i = 0; i < 2; i++) for (int k = 0; k < 3; k++) MUST(mine[i].id != theirs[k].id);
  OK(&one, tx_commit(&tx));
  take(&two, S("k"), 9, 1);
}
