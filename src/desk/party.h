/* desk/party.h: persons, teams, organisations, their addresses and how they stand to each other.
   Roles are positions in a loop, not kinds of party: who serves or leads a team provides, everybody may ask.
   Not here: signing in (session.h), what we remember of somebody (memory.h). */
#ifndef DESK_PARTY_H
#define DESK_PARTY_H
#include "store/db.h"

/* A row; Str members live in the Cx's arena. mail: the main address, organisation: its name. */
typedef struct {
  int64_t id, organisation_id, calendar_id, closed, disabled_at, created_at, version;
  Str kind, name, say_name, pronouns, title, lang, zone, phone, about, mail, organisation;
} Party;

/* What an administrator or the person may set. Empty and 0 leave things as they are when changing. */
typedef struct {
  Str kind;                    /* 'person' (if empty), 'team', 'organisation' */
  Str name, mail, say_name, pronouns, title, lang, zone, phone, about;
  int64_t organisation_id, calendar_id;
  bool closed;
} PartyNew;

Err party_get(Cx *, int64_t id, Party *ret) CHECKED;                     /* E_ABSENT */
Err party_by_mail(Cx *, Str mail, Party *ret) CHECKED;                   /* any of the person's addresses; E_ABSENT */
/* E_INVALID name or mail; E_CONFLICT if the address is somebody's already. */
Err party_new(Cx *, const PartyNew *, int64_t *ret_id) CHECKED;
Err party_change(Cx *, int64_t id, const PartyNew *) CHECKED;            /* only what is not empty */
/* How somebody is addressed, in their own words: name, say_name, pronouns, lang, zone, phone, all of them, empty too
   (but a name). E_INVALID name. */
Err party_address_as(Cx *, int64_t id, const PartyNew *) CHECKED;
/* Ends sessions and tokens too; nothing is deleted. E_CONFLICT: nobody else looks after the desk. */
Err party_disable(Cx *, int64_t id, bool off) CHECKED;
/* The person with this address; made if there is none, in the organisation that owns the domain, if one does. */
Err party_find_or_new(Cx *, Str mail, Str name, Party *ret) CHECKED;
/* Persons (or teams, organisations) whose name or address begins with q, by name; after = last id seen, for paging. */
typedef struct { Str kind, q, role; int64_t after; size_t limit; bool gone; } PartyFilter;
Err party_list(Cx *, const PartyFilter *, Rows *ret) CHECKED;            /* rows of Party */
Err party_count(Cx *, Str kind, int64_t *ret) CHECKED;

/* asker, provider, lead, admin or supplier: the widest of what the person is. */
Err party_role(Cx *, int64_t id, Str *ret) CHECKED;

typedef struct { int64_t id, main, verified_at, refused_until; Str value; } Address;
Err address_list(Cx *, int64_t party, Rows *ret) CHECKED;                /* rows of Address, main first */
Err address_add(Cx *, int64_t party, Str mail, bool main) CHECKED;       /* E_CONFLICT: somebody else's */
Err address_drop(Cx *, int64_t party, int64_t address) CHECKED;          /* E_CONFLICT: the last one stays */
Err address_verified(Cx *, Str mail) CHECKED;                            /* the person showed that they read mail there */
Err address_refused(Cx *, Str mail, int64_t until) CHECKED;              /* a hard bounce; 0 lifts it */
/* Whoever writes from this domain belongs to the organisation. E_CONFLICT: another's. */
Err organisation_domain(Cx *, int64_t organisation, Str domain) CHECKED;
/* Lower case, one @, a dot in the domain or a bare host, no blanks or control bytes; "" if it is none. */
Str mail_normal(Arena *, Str);

/* kind: serves leads supplies employs reads administers. Adding twice is no error. Dropping the last who administers is E_CONFLICT. */
Err relationship_add(Cx *, int64_t from, Str kind, int64_t to) CHECKED;
Err relationship_drop(Cx *, int64_t from, Str kind, int64_t to) CHECKED;
/* Parties that stand so to `to`, or to whom `from` stands so. rows of Party, by name. Disabled ones left out. */
Err relationship_from(Cx *, Str kind, int64_t to, Rows *ret) CHECKED;
Err team_people(Cx *, int64_t team, Rows *ret) CHECKED;                  /* rows of Party: who serves or leads it, each once, by name */
Err relationship_to(Cx *, int64_t from, Str kind, Rows *ret) CHECKED;

Err team_list(Cx *, Rows *ret) CHECKED;                                  /* all teams, rows of Party, by name */
Err team_of(Cx *, int64_t person, Rows *ret) CHECKED;                    /* the teams a person serves or leads */
Err team_by_name(Cx *, Str name, Party *ret) CHECKED;
Err team_close(Cx *, int64_t team, bool closed) CHECKED;                 /* closed: leaders of the house cannot read it either */
Err team_has(Cx *, int64_t team, int64_t person, bool *ret) CHECKED;
Err house_get(Cx *, Party *ret) CHECKED;                                 /* the organisation the desk belongs to; E_ABSENT before setup */

/* Who acts, from a person's id: what they serve, lead, administer. Disabled or unknown: nobody (zero). */
Err actor_load(Cx *, int64_t party, Actor *ret) CHECKED;
#endif
