/* name_question.h - what the collector asks about a field when a unit is over (collect_finish). */
#ifndef YINMA_RUN_NAME_QUESTION_H
#define YINMA_RUN_NAME_QUESTION_H

#include "judge/seek/seek.h"
#include "match/match.h"

struct name_question {
    struct match_state *match;
    const struct field_set *fields;
    const struct seeker *seeker; /* NULL: nobody is asked for */
};

/* CONTEXT is a question: does the name of the field say something, and what date column is it? */
bool name_question_tells(void *context, uint32_t number);
unsigned char name_question_date_rank(void *context, uint32_t number);

#endif
