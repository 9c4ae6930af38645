/* web/pages/saved_answers.h: the page of saved answers: to find one, to put it into what is being written, to make and change them. */
#ifndef WEB_PAGES_SAVED_ANSWERS_H
#define WEB_PAGES_SAVED_ANSWERS_H
#include "desk/request.h"
#include "desk/saved_answer.h"
#include "text/view.h"
#include "web/req.h"
#include "web/shell.h"

/* Its words with {{name}} and the like put in, as they are for that request: the asker as one calls them, its number, the writer, the place, the
   hour that is promised. What has no value stays as it stands. */
Err saved_answer_here(Cx *, const Request *, const SavedAnswer *, Str *ret) CHECKED;

typedef struct {
  Rows rows;                     /* SavedAnswer, their words filled where there is a request */
  Str q, done, undo;             /* undo: where a POST takes back what was just done; "" */
  Str ref, asker, form, back;    /* opened from that request's form; ref "": from nowhere */
  Rows teams;                    /* Party: for which the reader may make them */
  SavedAnswer edit;              /* what stands in the form; id 0: a new one */
  const Pairs *wrong;
} SavedAnswersPage;
Str saved_answer_link(const View *, const SavedAnswersPage *, int64_t id);    /* puts it into the form */
#endif
