/* unit_end.h - what a unit that was read to its end says of itself: which of the expected tables
 * are there, and whether a dump says that it is complete. */
#ifndef YINMA_RUN_UNIT_END_H
#define YINMA_RUN_UNIT_END_H

#include "judge/dates/unit_dates.h"
#include "run/engine.h"

/* Fill FACTS (tables_seen, UNIT_END_MARK; coverage where a dump was cut off). DATES: NULL where the
 * unit goes on in another piece. */
void unit_end_note(const struct engine *engine, const struct field_set *fields,
                   const struct unit_dates *dates, struct unit_facts *facts);

#endif
