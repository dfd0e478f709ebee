/* checklist_record.h - what a row of the auditor's sheet says. */
#ifndef YINMA_REPORTS_CHECKLIST_RECORD_H
#define YINMA_REPORTS_CHECKLIST_RECORD_H

#include "catalog/control_list.h"
#include "reports/answers.h"
#include "reports/scope_reading.h"

struct checklist_record {
    const char *item;           /* our words for the number; "" where there are none */
    bool judged;                /* the tool says something to it */
    struct text_buffer verdict; /* 符合, 不符合 or 未判定, with what belongs to it */
    struct text_buffer text;    /* 實作紀錄 */
    struct scope_reading scope;
};

void checklist_record_init(struct checklist_record *record);
void checklist_record_release(struct checklist_record *record);

/* Of ROW in the form of PACK. */
void checklist_record_make(struct checklist_record *record, const struct answers *answers,
                           const struct report_options *options, const char *pack,
                           const struct form_row *row);

#endif
