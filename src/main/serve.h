/* main/serve.h: the server as a command. */
#ifndef MAIN_SERVE_H
#define MAIN_SERVE_H
#include "main/run.h"

Err serve(Run *) CHECKED;          /* until SIGTERM or SIGINT */
#endif
