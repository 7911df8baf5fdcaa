/* template: annals load --map-template: mappings to begin with. */
#ifndef ANNALS_CLIENT_TEMPLATE_H
#define ANNALS_CLIENT_TEMPLATE_H

#include "annals/command.h"

/* Prints a mapping for each table that is named. */
enum command_exit template_print(const struct arguments *args, struct arena *a);

#endif
