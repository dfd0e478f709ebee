/* own_kinds.h - kinds that the user describes in yinma.yaml become rows like the built-in ones. */
#ifndef YINMA_MATCH_OWN_KINDS_H
#define YINMA_MATCH_OWN_KINDS_H

#include "catalog/config.h"
#include "patterns/pattern.h"

struct own_kinds;

/* Of CONFIG, which must outlive them. YINMA_E_USAGE with file and line for an expression or
 * a checksum that cannot be used. */
int own_kinds_new(const struct config *config, struct own_kinds **out, struct error *err);
void own_kinds_free(struct own_kinds *own);

/* Row INDEX, in the order of the configuration; NULL when there is none. */
const struct pattern *own_kinds_row(const struct own_kinds *own, size_t index);
/* The setting that ROW was made of. */
const struct own_kind_setting *own_kind_setting_of(const struct pattern *row);

/* May a value of ROW be of any length? Such expressions are slow in running text. */
bool own_kind_unbounded(const struct pattern *row);

#endif
