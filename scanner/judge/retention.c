#include "judge/retention.h"

bool clause_older_than(const struct age_question *question, struct age_answer *out) {
    *out = (struct age_answer){.why = question->age->setting != NULL ? UNDECIDED_SETTING
                                                                     : UNDECIDED_DATE};
    return false;
}
