/* unit_age.h - how old a unit is as a whole, for values whose rows have no dates. */
#ifndef YINMA_RESULT_UNIT_AGE_H
#define YINMA_RESULT_UNIT_AGE_H

#include "core/day.h"

/* Days; DAY_NONE = not known. */
struct unit_age {
    int32_t dumped;              /* when a dump says it was made */
    int32_t member;              /* the time that the innermost archive around it keeps for it */
    int32_t log_first, log_last; /* time stamps of a log */
    bool log_year_assumed;       /* they name no year: that of the file's date */
};
static const struct unit_age unit_age_none = {DAY_NONE, DAY_NONE, DAY_NONE, DAY_NONE, false};

#endif
