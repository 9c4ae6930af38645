/* main/people_commands.h: the subcommands person, team and token. */
#ifndef MAIN_PEOPLE_COMMANDS_H
#define MAIN_PEOPLE_COMMANDS_H
#include "main/run.h"
Err command_person(Run *);
Err command_team(Run *);
Err command_token(Run *);
#endif
