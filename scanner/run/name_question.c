#include "run/name_question.h"

bool name_question_tells(void *context, uint32_t number) {
    const struct name_question *question = context;
    if (question->seeker != NULL && seeker_met(question->seeker, number)) {
        return true; /* whoever is asked for stands in it */
    }
    const struct name_reading *name = match_name(question->match, question->fields, number);
    return name->role_bits != 0 || (name->strength >= NAME_HINT && name->kinds != 0);
}

unsigned char name_question_date_rank(void *context, uint32_t number) {
    const struct name_question *question = context;
    return role_date_rank(match_name(question->match, question->fields, number)->role_bits);
}
