#include "run/pieces/unit_share.h"

#include <stdatomic.h>

#include "decode/decoder.h"
#include "input/neighbours/beside.h"
#include "run/ahead.h"
#include "run/pieces/frame_pieces.h"
#include "run/pieces/stream_pieces.h"

unsigned unit_share_hire(struct pipeline *pipeline) {
    if (pipeline->lease.spare == NULL || atomic_load(pipeline->lease.spare) == 0) {
        return 0;
    }
    if (pipeline->crew == NULL) {
        pipeline->crew = crew_new(pipeline->engine);
    }
    return pipeline->crew == NULL ? 0 : crew_hire(pipeline->crew, &pipeline->lease);
}

void unit_share_dismiss(struct pipeline *pipeline) {
    if (pipeline->crew != NULL) {
        crew_dismiss(pipeline->crew, &pipeline->lease);
    }
}

/* A unit on its way to the decoders. */
struct unit_way {
    struct passage *passage;
    const struct stream *stream;
    struct byte_source *source; /* owned; NULL when it is closed */
    struct bytes head;
    bool whole;
    struct unit_facts *facts; /* what came of it */
};

static struct unit_facts *new_unit_of(void *context) {
    const struct unit_way *way = context;
    return passage_unit_of(way->passage, way->stream);
}

static struct unit_scan_input input_of(const struct unit_way *way) {
    struct passage *p = way->passage;
    return (struct unit_scan_input){.source = way->source,
                                    .head = way->head,
                                    .whole = way->whole,
                                    .name = way->stream->unit_name,
                                    .cut = p->cut,
                                    .hint = way->stream->hint,
                                    .budget = &p->budget,
                                    .sink = p->sink,
                                    .reported = &p->reported};
}

/* It could not be cut: from its start again, where there is a way, else with all of the item. */
static int start_again(struct unit_way *way, struct error *err) {
    struct passage *p = way->passage;
    struct byte_source *again = byte_source_again(way->source, &p->budget);
    if (again == NULL) {
        return passage_want_whole(p, err);
    }
    byte_source_close(way->source);
    way->source = input_peek(again, &way->head, &way->whole, err);
    return way->source == NULL ? YINMA_E_MEMORY : 0;
}

static struct stream_pieces pieces_of(struct unit_way *way, unsigned hands,
                                      const struct unit_scan_input *input) {
    const struct pipeline *pipeline = way->passage->pipeline;
    return (struct stream_pieces){.engine = pipeline->engine,
                                  .crew = pipeline->crew,
                                  .hands = hands,
                                  .own = pipeline->unit_scan,
                                  .input = input,
                                  .piece_bytes = pipeline->piece_bytes,
                                  .new_unit = new_unit_of,
                                  .context = way};
}

/* By all HANDS. Without facts when it is still to be scanned. */
static int scan_in_pieces(struct unit_way *way, unsigned hands, struct error *err) {
    const struct unit_scan_input input = input_of(way);
    const struct stream_pieces how = pieces_of(way, hands, &input);
    enum stream_pieces_outcome outcome = STREAM_PIECES_UNFIT;
    struct byte_source *again;
    int status = stream_pieces_scan(&how, &outcome, &again, &way->facts, err);
    if (again != NULL) {
        way->source = again;
    }
    return status == 0 && outcome == STREAM_PIECES_UNFIT ? start_again(way, err) : status;
}

/* What is compressed in frames that can be read each by itself: each thread decompresses what it
 * scans. Without facts when it is still to be scanned. */
static int scan_in_frames(struct unit_way *way, unsigned hands, struct error *err) {
    struct passage *p = way->passage;
    struct byte_source *framed =
        p->members == 0 ? byte_source_again(way->source, &p->budget) : NULL;
    if (framed == NULL) {
        return 0;
    }
    byte_source_close(way->source);
    way->source = input_peek(framed, &way->head, &way->whole, err);
    if (way->source == NULL || input_frames_packed(framed) == 0) {
        return way->source == NULL ? YINMA_E_MEMORY : 0;
    }
    const struct unit_scan_input input = input_of(way);
    const struct stream_pieces how = pieces_of(way, hands, &input);
    enum stream_pieces_outcome outcome = STREAM_PIECES_SHORT;
    int status = frame_pieces_scan(&how, framed, &outcome, &way->facts, err);
    return status == 0 && outcome == STREAM_PIECES_UNFIT ? start_again(way, err) : status;
}

static bool may_share(const struct unit_way *way) {
    const struct passage *p = way->passage;
    bool sql;
    const struct piece_eyes eyes = unit_scan_eyes(p->pipeline->unit_scan);
    bool known = way->stream->hint != NULL &&
                 (way->stream->hint->format != NULL || way->stream->hint->preamble.len != 0 ||
                  way->stream->hint->encoding != NULL);
    return p->repeatable && !p->pipeline->keep_whole && !known && p->sink->segment == NULL &&
           pieces_wanted(p->pipeline->engine) &&
           pieces_possible(&eyes, way->head, way->stream->unit_name, &sql);
}

static int scan_alone(struct unit_way *way, struct error *err) {
    struct passage *p = way->passage;
    struct byte_source *source = input_unit(way->source, &p->budget, err);
    way->source = NULL;
    if (source == NULL) {
        return YINMA_E_MEMORY;
    }
    way->facts = new_unit_of(way);
    if (way->facts == NULL) {
        byte_source_close(source);
        return error_set(err, YINMA_E_MEMORY, "out of memory for the facts of a unit");
    }
    struct unit_scan_input input = input_of(way);
    input.source = source;
    return unit_scan_run(p->pipeline->unit_scan, &input, way->facts, err);
}

/* Streams, which come no faster than they are decompressed, are shared with the processors that no
 * other worker needs. */
static int scan_with_hands(struct unit_way *way, unsigned hands, struct error *err) {
    struct pipeline *pipeline = way->passage->pipeline;
    int status = 0;
    if (may_share(way)) {
        status = scan_in_frames(way, hands, err);
        if (status == 0 && way->facts == NULL) {
            status = scan_in_pieces(way, hands, err);
        }
        if (status != 0 || way->facts != NULL) {
            return status;
        }
    }
    if (pipeline->keep_whole && way->passage->members > 0) { /* limits are at work, perhaps */
        return scan_alone(way, err);
    }
    way->source = ahead_open(pipeline->crew, pipeline->unit_scan, way->source);
    return way->source == NULL ? error_set(err, YINMA_E_MEMORY, "out of memory for reading ahead")
                               : scan_alone(way, err);
}

/* Databases and described records are read with what stands beside them, which the same thread has
 * to fetch. */
static bool may_ask_beside(const struct unit_way *way) {
    const struct decode_head look = {.head = way->head,
                                     .whole = way->whole,
                                     .name = bytes_last_component(way->stream->unit_name),
                                     .widths.anchor = way->head.ptr};
    return way->source->ops->sibling != NULL &&
           (decoder_choose_binary(&look) != NULL || beside_layout_stands(way->source, look.name));
}

int unit_share_scan(struct passage *p, const struct stream *stream, struct byte_source *source,
                    struct bytes head, bool whole, struct unit_facts **out, struct error *err) {
    struct unit_way way = {
        .passage = p, .stream = stream, .source = source, .head = head, .whole = whole};
    bool streams =
        !whole && stream->depth > 0 && source->ops->read_at == NULL && !may_ask_beside(&way);
    unsigned hands = streams ? unit_share_hire(p->pipeline) : 0;
    int status = hands > 0 ? scan_with_hands(&way, hands, err) : scan_alone(&way, err);
    byte_source_close(way.source);
    unit_share_dismiss(p->pipeline);
    if (status == 0 && p->budget.threads > 0 && way.facts != NULL &&
        way.facts->status != COVERAGE_SCANNED) {
        unit_facts_free(way.facts); /* threads have read more of it than one would have */
        way.facts = NULL;
        status = passage_want_whole(p, err);
    }
    *out = way.facts;
    return status;
}
