/* unit_decode.h - one unit with the decoder that was chosen for it: its segments are matched,
 * unfolded, collected and looked through for a person, and its facts are made. Private to run. */
#ifndef YINMA_RUN_UNIT_DECODE_H
#define YINMA_RUN_UNIT_DECODE_H

#include "run/unit_scan_state.h"

/* TEXT: NULL when SOURCE (not owned) has bytes as they are. As unit_scan_run(). */
int unit_decode(struct unit_scan *scan, const struct unit_scan_input *input,
                const struct decoder *decoder, struct byte_source *source,
                const struct decode_head *head, const struct transcoding *text,
                struct unit_facts *facts, struct error *err);

#endif
