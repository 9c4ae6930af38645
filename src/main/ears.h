/* main/ears.h: hearing what other processes and other nodes commit to the same store, and letting them hear of ours. */
#ifndef MAIN_EARS_H
#define MAIN_EARS_H
#include "store/db.h"

typedef struct Ears Ears;

/* heard: on a thread of its own, after something was committed, by anybody; must not block. */
Ears *ears_start(const Store *, void (*heard)(void *), void *arg);
void  ears_tell(Ears *);         /* we have committed something; never blocks */
void  ears_stop(Ears *);         /* takes NULL */
#endif
