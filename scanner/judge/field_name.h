/* field_name.h - what the name of a field says. Private to this room. */
#ifndef YINMA_JUDGE_FIELD_NAME_H
#define YINMA_JUDGE_FIELD_NAME_H

#include "judge/judge.h"
#include "patterns/name_memory.h"

static inline void read_field_name(const struct judge_settings *settings,
                                   const struct field_facts *place, struct name_reading *out) {
    if (settings->names != NULL) {
        name_memory_read(settings->names, place->column, place->label, out);
    } else {
        lexicon_read(settings->lexicon, place->column, place->label, out);
    }
}

#endif
