/* kind_names.h - the names that records may use for kinds and roles. Packs and masks may name all
 * of them, also those that no pattern of this build finds yet; anything else is a slip. */
#ifndef YINMA_CATALOG_KIND_NAMES_H
#define YINMA_CATALOG_KIND_NAMES_H

#include "catalog/catalog.h"

/* A set of names as bits of rule_vocabulary: bit i is the i-th name; -1 when the name is allowed
 * but means nothing in this build; -2 when there is no such name. */
int kind_bit(const struct rule_vocabulary *words, struct bytes name);
int role_bit(const struct rule_vocabulary *words, struct bytes name);

/* `unknown kind "…"; allowed: …` */
void kind_complaint(const struct rule_vocabulary *words, struct bytes given, char *out,
                    size_t size);
void role_complaint(const struct rule_vocabulary *words, struct bytes given, char *out,
                    size_t size);

#endif
