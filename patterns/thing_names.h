/* thing_names.h - names of things that are written as Latin names of people might be. */
#ifndef YINMA_PATTERNS_THING_NAMES_H
#define YINMA_PATTERNS_THING_NAMES_H

#include "core/bytes.h"

/* "Exception Status", "fou-genl-name". */
bool thing_name_is(struct bytes text);

#endif
