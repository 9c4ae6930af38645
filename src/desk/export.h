/* desk/export.h: all we hold about a person, as they may take it with them (and as `cornerdesk export` writes it):
   who they are to us, what we remember, what they allowed, what they asked, with every word that was said to them.
   Not in it: notes people who serve wrote among themselves about the work, and other people's data beyond their names. */
#ifndef DESK_EXPORT_H
#define DESK_EXPORT_H
#include "desk/party.h"

/* JSON, readable, times RFC 3339 UTC. The actor must be the person, an administrator or the desk's own software:
   E_DENIED. A mailed link to one request may not. */
Err person_export(Cx *, int64_t person, Buf *to) CHECKED;
#endif
