/* main/calendar_commands.h: the subcommand calendar: opening hours and their closed days, without a browser. */
#ifndef MAIN_CALENDAR_COMMANDS_H
#define MAIN_CALENDAR_COMMANDS_H
#include "main/run.h"
Err command_calendar(Run *);
#endif
