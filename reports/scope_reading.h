/* scope_reading.h - was everything read that a control covers in this firm? Only `scope:` of the
 * configuration says what that is; without it nothing can be said to hold. */
#ifndef YINMA_REPORTS_SCOPE_READING_H
#define YINMA_REPORTS_SCOPE_READING_H

#include "core/text_buffer.h"
#include "reports/report.h"

struct scope_reading {
    bool met;      /* something in the scope stands in a zone of the rule */
    bool declared; /* a scope speaks of the control */
    bool complete; /* every system, zone and glob it names was met, and all in it was read */
    struct text_buffer read, unread; /* for the columns 已查 and 未查 */
};

void scope_reading_init(struct scope_reading *reading);
void scope_reading_release(struct scope_reading *reading);

/* Of number SECTION in the form of PACK, which RULE answers (or NULL). */
void scope_reading_make(struct scope_reading *reading, const struct results *results,
                        const struct report_options *options, const char *pack,
                        struct bytes section, const struct rule *rule);

#endif
