/* main/mail_commands.h: the subcommand mail-in. */
#ifndef MAIN_MAIL_COMMANDS_H
#define MAIN_MAIL_COMMANDS_H
#include "main/run.h"
Err command_mail_in(Run *);
#endif
