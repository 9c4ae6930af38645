/* web/pages/new_request.h: what the page is drawn from on which a request is written down for somebody else. */
#ifndef WEB_PAGES_NEW_REQUEST_H
#define WEB_PAGES_NEW_REQUEST_H
#include "desk/party.h"
#include "desk/service.h"
#include "text/view.h"
#include "web/req.h"

typedef struct {
  Str who, name, text, subject, since, channel;   /* as typed */
  int64_t service;
  Rows services, people;         /* Service; Party: to choose from while typing */
  const Pairs *wrong;
  bool files;
} NewRequest;
#endif
