/* unit_scan.h - one unit from its decoded bytes to its facts: transcode, decode, match, collect. */
#ifndef YINMA_RUN_UNIT_SCAN_H
#define YINMA_RUN_UNIT_SCAN_H

#include "decode/encoding/transcode.h"
#include "run/pieces/source.h"
#include "run/pipeline.h"

/* The scratch of one worker that units use in turn. */
struct unit_scan;
struct unit_scan *unit_scan_new(const struct engine *engine);
void unit_scan_free(struct unit_scan *scan);
/* For what is done with pieces in the same thread. */
struct piece_eyes unit_scan_eyes(struct unit_scan *scan);

struct unit_scan_input {
    struct byte_source *source; /* at its start; owned: closed in any case */
    struct bytes head;
    bool whole;
    struct bytes name;               /* of the unit, in clear */
    const struct piece_cut *cut;     /* NULL: the source is the whole unit */
    const struct content_hint *hint; /* NULL: nothing is known from elsewhere */
    struct input_budget *budget;
    const struct unit_sink *sink;
    uint64_t *reported; /* bytes already told to sink->progress */
};

/* Fill FACTS (made by the caller). What is wrong with the data is told there; negative only when
 * yinma failed or was asked to stop. */
int unit_scan_run(struct unit_scan *scan, const struct unit_scan_input *input,
                  struct unit_facts *facts, struct error *err);

/* The same without asking what the content is: bytes without structure. Keeps FACTS' coverage. */
int unit_scan_raw(struct unit_scan *scan, const struct unit_scan_input *input,
                  struct unit_facts *facts, struct error *err);

/* What the unit of READING holds so far, by the tables that had new values since the last view, and
 * how many times a field has had its first value of a kind in a state (collect.h). The view is
 * released in any case. */
int unit_reading_view(const struct unit_reading *reading, struct unit_facts *out,
                      struct error *err);
void unit_reading_release(struct unit_facts *view);
uint64_t unit_reading_news(const struct unit_reading *reading);

/* Coverage of UNIT: why it is not plainly scanned. TEXT may hold names: it is concealed here. */
void unit_set_coverage(kind_list kinds, struct unit_facts *unit, enum coverage_status status,
                       int error_code, const char *text);

/* Does the sink ask to stop? In any thread. */
bool unit_stopping(const struct unit_scan_input *input);
/* It did: UNIT, of which there is the begin (NULL: nothing), says so. YINMA_E_CANCELLED. */
int unit_stopped(struct unit_facts *unit, struct error *err);

/* Tell the sink how far the outermost source has been read. YINMA_E_CANCELLED when it says stop. */
int unit_report_progress(const struct unit_scan_input *input, struct error *err);

#endif
