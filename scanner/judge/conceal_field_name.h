/* conceal_field_name.h - names of tables and columns leave a worker only in the form in which they
 * may be shown. */
#ifndef YINMA_JUDGE_CONCEAL_FIELD_NAME_H
#define YINMA_JUDGE_CONCEAL_FIELD_NAME_H

#include "judge/collect/collect.h"

/* A copy of NAME in the form in which it may be shown; owned. False when memory is out. */
bool conceal_field_name(const struct collect_finish *finish, struct bytes name, struct bytes *out);

#endif
