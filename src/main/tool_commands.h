/* main/tool_commands.h: the subcommand tool: a parser of ours on standard input, as the server uses it. */
#ifndef MAIN_TOOL_COMMANDS_H
#define MAIN_TOOL_COMMANDS_H
#include "main/run.h"
Err command_tool(Run *);
#endif
