#ifndef PMPREP_CLI_ITEM_H
#define PMPREP_CLI_ITEM_H

#include "cli/command.h"
#include "pmprep/bank/model.h"
#include "pmprep/base/json.h"

/* Items of banks as lists, as text and as JSON. */
void item_list(struct cli *c, const struct item_meta *metas, size_t count); /* --json too */
void item_show(struct cli *c, const struct item *item);                     /* --json too */

/* item_json.c */
void item_meta_json(struct json *j, const struct item_meta *m); /* one object, within an array */
void item_json(struct cli *c, const struct item *item);         /* prints it whole */

#endif
