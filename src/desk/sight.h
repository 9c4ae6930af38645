/* desk/sight.h: who may see what. The one predicate: every list, read, search, count, export, attachment and mail reply
   has it in its WHERE. It speaks of a request row named r, of the viewer as ?1 and of the mailed link's request as ?2;
   bind both with SIGHT_VALS(cx), first. Nothing matches nobody (0).

   A request is seen by the person who asked; by its owner; by the people who serve or lead its team; by those who take part
   (copies, helpers); and, unless the team is closed to others, by those trusted with its organisation's requests, by leaders
   of the house and by administrators. A mailed link sees its one request, as the person it was sent to.
   Notes among ourselves are seen by the serving side only, and never by the person who asked. */
#ifndef DESK_SIGHT_H
#define DESK_SIGHT_H
#include "store/db.h"

#define SIGHT_SERVES_OF_(who) \
  "(r.owner_id = " who \
  " OR r.team_id IN (SELECT to_id FROM relationship WHERE from_id = " who " AND kind IN ('serves','leads'))" \
  " OR EXISTS (SELECT 1 FROM participant p WHERE p.request_id = r.id AND p.party_id = " who " AND p.role = 'helper')" \
  " OR (r.team_id NOT IN (SELECT id FROM party WHERE closed = 1)" \
       " AND EXISTS (SELECT 1 FROM relationship e JOIN party o ON o.id = e.to_id" \
                   " WHERE e.from_id = " who " AND o.kind = 'organisation' AND e.kind IN ('leads','administers'))))"

#define SIGHT_OF_(who, only) \
  "((" who " = -1 OR (" who " > 0 AND (" only " = 0 OR r.id = " only ") AND (" \
  "r.asker_id = " who " OR " SIGHT_SERVES_OF_(who) \
  " OR EXISTS (SELECT 1 FROM participant p WHERE p.request_id = r.id AND p.party_id = " who ")" \
  " OR (r.organisation_id IN (SELECT to_id FROM relationship WHERE from_id = " who " AND kind = 'reads')" \
      " AND r.team_id NOT IN (SELECT id FROM party WHERE closed = 1))))))"

#define SIGHT_NOTES_OF_(who, only) \
  "((" who " = -1 OR (" who " > 0 AND " only " = 0 AND r.asker_id <> " who " AND " SIGHT_SERVES_OF_(who) ")))"

/* For sums over whole teams: of a team's id, with the viewer as ?1 and as ?2 how far they see: 0 the teams they serve or lead,
   1 all that are not closed too (leaders of the house, administrators), 2 all (our own software). sums: sight_breadth. */
#define SIGHT_TEAM_OF_(who, far, col) \
  "(" col " IN (SELECT to_id FROM relationship WHERE from_id = " who " AND kind IN ('serves','leads'))" \
  " OR (" far " = 1 AND " col " NOT IN (SELECT id FROM party WHERE closed = 1)) OR " far " = 2)"
#define SIGHT_TEAM(col) SIGHT_TEAM_OF_("?1", "?2", col)

#define SIGHT_SERVES_ SIGHT_SERVES_OF_("?1")
#define SIGHT         SIGHT_OF_("?1", "?2")
#define SIGHT_NOTES   SIGHT_NOTES_OF_("?1", "?2")
/* The same for many persons at once: of a party row named viewer. */
#define SIGHT_OF_VIEWER       SIGHT_OF_("viewer.id", "0")
#define SIGHT_NOTES_OF_VIEWER SIGHT_NOTES_OF_("viewer.id", "0")

/* The desk's own software sees all (-1): it acts for everybody and shows nothing to anybody. */
#define SIGHT_VIEWER(cx) ((cx)->actor.system ? (int64_t)-1 : (cx)->actor.party)
#define SIGHT_VALS(cx)   V(SIGHT_VIEWER(cx)), V((cx)->actor.system ? (int64_t)0 : (cx)->actor.only_request)
#endif
