#ifndef PMPREP_CLI_ITEM_H
#define PMPREP_CLI_ITEM_H

#include "cli/command.h"
#include "pmprep/bank/model.h"

/* Items of banks as lists, as text and as JSON. */
void item_list(struct cli *c, const struct item_meta *metas, size_t count); /* --json too */
void item_show(struct cli *c, const struct item *item);                     /* --json too */

#endif
