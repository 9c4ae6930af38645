/* desk/setting.h: what people set in the browser, kept in the store: the place's name, its language, its zone. */
#ifndef DESK_SETTING_H
#define DESK_SETTING_H
#include "store/db.h"

Err setting_get(Cx *, Str name, Str *ret) CHECKED;            /* "" if never set */
Err setting_set(Cx *, Str name, Str value) CHECKED;
/* Names in use: place.name place.zone place.lang place.phone setup.step setup.done mail.out mail.out.user
   mail.out.secret (sealed) mail.from cards.rest */
Err setting_place(Cx *, Str *ret_name) CHECKED;               /* the place's name, "Cornerdesk" before setup */
#endif
