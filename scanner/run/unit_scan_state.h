/* unit_scan_state.h - the scratch of one worker, for the files that read units with it. Private to
 * run. */
#ifndef YINMA_RUN_UNIT_SCAN_STATE_H
#define YINMA_RUN_UNIT_SCAN_STATE_H

#include "decode/decoder.h"
#include "decode/head_notes.h"
#include "judge/collect/collect.h"
#include "judge/dates/unit_dates.h"
#include "judge/seek/seek.h"
#include "judge/shown_names.h"
#include "match/match.h"
#include "run/quiet_lines.h"
#include "run/unfold/unfold.h"
#include "run/unit_scan.h"

struct unit_scan {
    const struct engine *engine;
    struct match_state *match;
    struct collector *collector;
    struct unfold *unfold;
    struct name_cache *shown;
    struct head_memory *heads; /* of pieces */
    struct seeker *seeker;     /* of the person that is asked for; NULL: nobody is */
    struct quiet_lines *quiet; /* NULL: there are none, everything is looked at */
    struct unit_dates dates;
    struct header_memory headers;        /* that were met before */
    struct arena described;              /* layouts that come with a unit */
    const struct record_layout *layout;  /* of the unit that is read, if one was given … */
    struct encoding_guess layout_values; /* … and how its values are written */
};

#endif
