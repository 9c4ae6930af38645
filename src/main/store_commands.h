/* main/store_commands.h: the subcommands demo, verify, rebuild, export and calc. */
#ifndef MAIN_STORE_COMMANDS_H
#define MAIN_STORE_COMMANDS_H
#include "main/run.h"
Err command_demo(Run *);
Err command_verify(Run *);
Err command_rebuild(Run *);
Err command_export(Run *);
Err command_calc(Run *);
#endif
