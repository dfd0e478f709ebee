#include "run/quiet_lines.h"

#include <stdlib.h>

#include "core/hash64.h"
#include "decode/keyed/values.h"

enum {
    SHAPES = 256,                 /* remembered at a time; a power of two */
    CELLS_MOST = 4,               /* of a quiet line */
    KEPT_LEAST = QUIET_LEAST / 2, /* bytes of skeletons in a stretch: shorter ones are not long */
    ASKED_MOST = 64,              /* lines of one segment that are learned of */
    LOOKED_AT = 1024,             /* so many lines show whether it pays … */
    WAITED_MOST = 8192,           /* … at the latest, however many shapes are still learned … */
    PAYS = 8,                     /* … which it does where one of so many is quiet */
    REST_FIRST = 64 * 1024,       /* bytes of a unit before the first line is looked at */
    REST_LEAST = 512 * 1024,
    REST_MOST = 16 * 1024 * 1024,
};

enum shape_state { SHAPE_FREE, SHAPE_MET, SHAPE_QUIET };

/* Lines of one skeleton. */
struct shape {
    uint64_t hash;
    enum shape_state state;
    uint32_t met;                /* until it was quiet */
    uint32_t length;             /* of the skeleton */
    uint32_t lines;              /* in the stretch that is being made */
    uint32_t next;               /* what came behind it the last time */
    unsigned most;               /* characters that a number may have */
    uint32_t fields[CELLS_MOST]; /* of its cells */
    uint32_t cell_count;
    uint8_t skeleton[SKELETON_ROOM];
};

/* Some lines of the text that the filter was asked about last. */
struct part {
    const uint8_t *text;           /* the whole; NULL: there is none */
    size_t begin, end;             /* in the text */
    size_t here;                   /* where the filter is expected to be asked next */
    size_t at, length;             /* of skeletons.bytes: what was read, all */
    size_t suspect_count, suspect; /* … the first one not yet passed */
    struct number_suspect suspects[SUSPECTS_MOST]; /* their places are those in skeletons.bytes */
    struct skeletons skeletons;
};

/* A line in the bytes that the filter was asked about last, to be learned of. */
struct asked {
    size_t begin, end;
    uint32_t shape;
    uint64_t hash;
};

struct quiet_lines {
    const struct matcher *matcher;
    struct match_state *match;
    const struct skeleton_ops *ops;
    struct quiet_filter filter;
    struct shape *shapes;     /* by their hashes; NULL until the first line is looked at */
    uint32_t last;            /* the shape of the line before */
    uint32_t touched[SHAPES]; /* shapes with lines in the stretch that is being made */
    size_t touched_count;
    uint32_t left_out; /* the shape of the line before that stretch, which is scanned */
    struct quiet_cells cells[SHAPES * CELLS_MOST];
    struct asked asked[ASKED_MOST];
    size_t asked_count;
    size_t rest, rest_next;        /* bytes that are passed over, and the next time */
    unsigned tried, found;         /* lines; found: in stretches */
    unsigned waited;               /* lines tried before those */
    uint64_t kept;                 /* bytes of skeletons in the stretch that is being made */
    struct suspects_wanted wanted; /* most: the least one of the quiet shapes */
    struct part part;
};

bool quiet_lines_new(const struct engine *engine, struct match_state *match,
                     struct quiet_lines **out) {
    *out = NULL;
    /* who is asked for may stand anywhere, and references are made of every value */
    if (engine->sought != NULL || engine->reference != NULL || !match_knows_quiet(match)) {
        return true;
    }
    struct quiet_lines *lines = calloc(1, sizeof *lines);
    if (lines != NULL) {
        lines->matcher = engine->matcher;
        lines->match = match;
        lines->ops = skeleton_ops(engine->isa);
    }
    *out = lines;
    return lines != NULL;
}

void quiet_lines_free(struct quiet_lines *lines) {
    if (lines != NULL) {
        free(lines->shapes);
        free(lines);
    }
}

/* ---- parts of the text ---- */

/* Where the byte at AT of the skeletons stands in the text. */
static size_t place_of(const struct part *part, size_t at) {
    return at == part->length ? part->end : part->begin + skeletons_origin(&part->skeletons, at);
}

/* The whole lines among the first SKELETON_PART bytes from FROM on; false: there is none. */
static bool open_part(struct quiet_lines *lines, struct bytes text, size_t from, size_t to) {
    struct part *part = &lines->part;
    size_t length = to - from < SKELETON_PART ? to - from : SKELETON_PART;
    const uint8_t *newline = memrchr(text.ptr + from, '\n', length);
    part->text = NULL;
    if (newline == NULL) {
        return false;
    }
    struct bytes whole = bytes_of(text.ptr + from, (size_t)(newline - text.ptr) + 1 - from);
    lines->ops->make(whole.ptr, (whole.len + 63) / 64, &part->skeletons);
    part->text = text.ptr;
    part->begin = from;
    part->end = from + whole.len;
    part->at = part->suspect = 0;
    part->length = skeletons_at(&part->skeletons, whole.len - 1) + 1;
    part->suspect_count =
        match_suspects(lines->matcher, whole, &part->skeletons, &lines->wanted, part->suspects);
    for (size_t i = 0; i < part->suspect_count; i++) {
        struct number_suspect *suspect = &part->suspects[i];
        suspect->at = (uint32_t)skeletons_at(&part->skeletons, suspect->at);
    }
    return true;
}

/* Where the first number from here on stands that keeps a line from being quiet where none may be
 * longer than MOST. */
static size_t next_obstacle(struct part *part, unsigned most) {
    while (part->suspect < part->suspect_count && part->suspects[part->suspect].at < part->at) {
        part->suspect++;
    }
    size_t i = part->suspect;
    while (i < part->suspect_count && part->suspects[i].length <= most) {
        i++;
    }
    return i < part->suspect_count && part->suspects[i].at < part->length ? part->suspects[i].at
                                                                          : part->length;
}

/* ---- lines ---- */

/* Passes over the lines from here on that are of SHAPE, and counts them. */
static bool pass_alike(struct quiet_lines *lines, uint32_t number) {
    struct part *part = &lines->part;
    struct shape *shape = &lines->shapes[number];
    if (shape->state != SHAPE_QUIET) {
        return false;
    }
    size_t left = next_obstacle(part, shape->most) - part->at;
    size_t count =
        lines->ops->repeats(part->skeletons.bytes + part->at, left, shape->skeleton, shape->length);
    if (count == 0) {
        return false;
    }
    if (shape->lines == 0) {
        lines->touched[lines->touched_count++] = number;
    }
    shape->lines += (uint32_t)count;
    part->at += count * shape->length;
    lines->kept += count * shape->length;
    lines->tried += (unsigned)count;
    lines->last = number;
    return true;
}

/* A new shape takes the place of an old one that is met less often. */
static void meet(struct shape *shape, uint64_t hash, struct bytes skeleton) {
    if (shape->state != SHAPE_FREE && shape->met > 1) {
        shape->met /= 2;
        return;
    }
    shape->hash = hash;
    shape->state = SHAPE_MET;
    shape->met = 1;
    shape->length = (uint32_t)skeleton.len;
    memcpy(shape->skeleton, skeleton.ptr, skeleton.len);
}

static bool is_shape(const struct shape *shape, uint64_t hash, struct bytes skeleton) {
    return shape->state != SHAPE_FREE && shape->hash == hash &&
           bytes_equal(bytes_of(shape->skeleton, shape->length), skeleton);
}

/* The line at AT of the skeletons is scanned: learn of it when its shape was met 2, 4, 8 … times.
 */
static void ask_about(struct quiet_lines *lines, uint32_t number, size_t at, size_t length) {
    struct shape *shape = &lines->shapes[number];
    shape->met += shape->met < UINT32_MAX / 2;
    if ((shape->met & (shape->met - 1)) == 0 && lines->asked_count < ASKED_MOST) {
        lines->asked[lines->asked_count++] =
            (struct asked){.begin = place_of(&lines->part, at),
                           .end = place_of(&lines->part, at + length),
                           .shape = number,
                           .hash = shape->hash};
    }
}

/* The skeleton of the line that is read next. */
static struct bytes line_here(const struct part *part) {
    const uint8_t *line = part->skeletons.bytes + part->at;
    const uint8_t *newline = memchr(line, '\n', part->length - part->at);
    return bytes_of(line, newline == NULL ? part->length - part->at : (size_t)(newline - line) + 1);
}

/* Passes over quiet lines from here on. */
static bool pass_quiet(struct quiet_lines *lines) {
    if (pass_alike(lines, lines->shapes[lines->last].next)) {
        return true;
    }
    struct bytes skeleton = line_here(&lines->part);
    if (skeleton.len > SKELETON_LINE_MOST) {
        return false;
    }
    uint64_t hash = hash64(skeleton, 0);
    uint32_t number = (uint32_t)(hash % SHAPES);
    struct shape *shape = &lines->shapes[number];
    if (!is_shape(shape, hash, skeleton)) {
        meet(shape, hash, skeleton);
        return false;
    }
    if (shape->state != SHAPE_QUIET) {
        ask_about(lines, number, lines->part.at, skeleton.len);
        return false;
    }
    lines->shapes[lines->last].next = number;
    lines->last = number;
    return pass_alike(lines, number);
}

/* ---- stretches ---- */

static unsigned count_lines(const struct quiet_lines *lines) {
    unsigned count = 0;
    for (size_t i = 0; i < lines->touched_count; i++) {
        count += lines->shapes[lines->touched[i]].lines;
    }
    return count;
}

static void forget_stretch(struct quiet_lines *lines) {
    for (size_t i = 0; i < lines->touched_count; i++) {
        struct shape *shape = &lines->shapes[lines->touched[i]];
        shape->met += shape->met < UINT32_MAX / 2 ? shape->lines : 0;
        shape->lines = 0;
    }
    lines->touched_count = 0;
    lines->kept = 0;
}

static void tell_cells(struct quiet_lines *lines, struct quiet_stretch *out) {
    size_t count = 0;
    for (size_t i = 0; i < lines->touched_count; i++) {
        const struct shape *shape = &lines->shapes[lines->touched[i]];
        uint32_t quiet = shape->lines - (lines->touched[i] == lines->left_out);
        for (uint32_t c = 0; c < shape->cell_count; c++) {
            struct quiet_cells *cells = &lines->cells[count++];
            *cells = (struct quiet_cells){.field = shape->fields[c], .count = quiet};
        }
    }
    out->cells = lines->cells;
    out->cell_count = count;
}

/* May the lines from here on be looked at? Where hardly any is quiet they are left alone for ever
 * longer. */
static bool is_worth_it(struct quiet_lines *lines, size_t bytes) {
    if (lines->tried >= LOOKED_AT) {
        bool pays = lines->found * PAYS >= lines->tried;
        lines->rest = pays ? 0 : lines->rest_next;
        lines->rest_next = pays ? REST_LEAST : lines->rest_next * 2;
        lines->rest_next = lines->rest_next < REST_MOST ? lines->rest_next : REST_MOST;
        lines->tried = lines->found = lines->waited = 0;
    }
    if (lines->rest > 0) {
        lines->rest -= lines->rest < bytes ? lines->rest : bytes;
        return false;
    }
    if (lines->shapes == NULL) {
        lines->shapes = calloc(SHAPES, sizeof *lines->shapes);
    }
    return lines->shapes != NULL; /* without memory everything is looked at */
}

/* The stretch [begin, end) is over: is it long enough? */
static bool end_stretch(struct quiet_lines *lines, size_t begin, size_t end,
                        struct quiet_stretch *out) {
    bool enough = lines->touched_count != 0 && end - begin >= QUIET_LEAST;
    if (enough) {
        out->begin = begin;
        out->end = end;
        tell_cells(lines, out);
        lines->found += count_lines(lines);
    }
    forget_stretch(lines);
    return enough;
}

/* The line before the first one of a stretch may be a label of which that is the value: it is
 * scanned. Where the others begin; the first one stands at AT of the skeletons. */
static size_t leave_out_first(struct quiet_lines *lines, size_t at) {
    lines->left_out = lines->last;
    return at + lines->shapes[lines->last].length;
}

/* Reads the part to its end, or to that of a stretch, then true; *begin: of the stretch, which may
 * go on behind the part. */
static bool read_part(struct quiet_lines *lines, size_t *begin, struct quiet_stretch *out) {
    struct part *part = &lines->part;
    size_t first =
        SIZE_MAX; /* where the stretch begins in the skeletons of this part, if it does */
    while (part->at < part->length) {
        size_t line = part->at;
        bool begins = lines->touched_count == 0;
        if (pass_quiet(lines)) {
            first = begins ? leave_out_first(lines, line) : first;
            continue;
        }
        if (lines->kept >= KEPT_LEAST) { /* most are too short: never mind where they stand */
            part->here = place_of(part, line);
            *begin = first == SIZE_MAX ? *begin : place_of(part, first);
            if (end_stretch(lines, *begin, part->here, out)) {
                return true;
            }
        }
        forget_stretch(lines);
        part->at += line_here(part).len;
        lines->tried++;
    }
    *begin = first == SIZE_MAX || lines->touched_count == 0 ? *begin : place_of(part, first);
    return false;
}

static size_t behind_line(struct bytes text, size_t from, size_t to) {
    const uint8_t *newline = memchr(text.ptr + from, '\n', to - from);
    return newline == NULL ? to : (size_t)(newline - text.ptr) + 1;
}

static void next_stretch(void *context, struct bytes text, size_t from, size_t to,
                         struct quiet_stretch *out) {
    struct quiet_lines *lines = context;
    struct part *part = &lines->part;
    *out = (struct quiet_stretch){.begin = to, .end = to};
    lines->asked_count = 0;
    if (!is_worth_it(lines, to - from)) {
        return;
    }
    if (from == 0 || text.ptr[from - 1] != '\n') {
        from = behind_line(text, from, to);
    }
    bool opened = part->text == text.ptr && part->here == from && part->end <= to;
    size_t begin = from;
    while (from < to) {
        if (!opened && !open_part(lines, text, from, to)) {
            if (end_stretch(lines, begin, from, out)) {
                return;
            }
            from = behind_line(text, from, to); /* it is very long, or the last one */
            lines->tried++;
            continue;
        }
        if (read_part(lines, &begin, out)) {
            return;
        }
        from = part->end;
        opened = false;
    }
    part->text = NULL;
    (void)end_stretch(lines, begin, from, out);
}

const struct quiet_filter *quiet_lines_begin(struct quiet_lines *lines,
                                             const struct piece_cut *cut) {
    if (lines == NULL) {
        return NULL;
    }
    if (lines->shapes != NULL) {
        for (size_t i = 0; i < SHAPES; i++) {
            lines->shapes[i].state = SHAPE_FREE;
        }
    }
    lines->asked_count = 0;
    lines->tried = lines->found = lines->waited = 0;
    lines->rest = REST_FIRST;
    lines->rest_next = REST_LEAST;
    lines->last = 0;
    lines->wanted = (struct suspects_wanted){.most = SUSPECT_ALWAYS - 1};
    lines->part.text = NULL;
    lines->filter = (struct quiet_filter){.next = next_stretch, .context = lines};
    if (cut != NULL) {
        lines->filter.edges[0] = cut->prefix;
        lines->filter.edges[1] = cut->prefix + (cut->end - cut->begin);
    }
    return &lines->filter;
}

/* ---- learning ---- */

static bool has_hit(const struct match_result *result, size_t begin, size_t end) {
    for (size_t i = 0; i < result->count && result->hits[i].offset < end; i++) {
        if ((size_t)result->hits[i].offset + result->hits[i].length > begin) {
            return true;
        }
    }
    return false;
}

/* The first cell that ends behind AT. */
static size_t first_cell(const struct segment *segment, size_t at) {
    size_t low = 0, high = segment->cell_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if ((size_t)segment->cells[middle].offset + segment->cells[middle].length <= at) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* Cells of which nothing but their number is of interest. */
static bool learn_cells(struct shape *shape, const struct segment *segment,
                        const struct match_result *result, size_t begin, size_t end) {
    shape->cell_count = 0;
    for (size_t i = first_cell(segment, begin); i < segment->cell_count; i++) {
        const struct cell *cell = &segment->cells[i];
        const struct cell_plan *plan = &result->plans[cell->field];
        if (cell->offset >= end) {
            break;
        }
        if ((cell->flags & ~(uint32_t)(CELL_TEXT | CELL_NUMBER)) != 0 || plan->kinds != 0 ||
            plan->unnamed != 0 || plan->date_rank != 0 || shape->cell_count == CELLS_MOST) {
            return false;
        }
        shape->fields[shape->cell_count++] = cell->field;
    }
    return true;
}

/* Of a shape whose numbers may have MOST characters. */
static void want_suspects(struct quiet_lines *lines, unsigned most, bool parted) {
    struct suspects_wanted *wanted = &lines->wanted;
    if (most < wanted->most || (parted && !wanted->parted)) {
        wanted->most = most < wanted->most ? most : wanted->most;
        wanted->parted |= parted;
        lines->part.text = NULL; /* other numbers were not noted in it */
    }
}

static int learn_line(struct quiet_lines *lines, const struct asked *asked,
                      const struct segment *segment, const struct match_result *result,
                      struct error *err) {
    struct shape *shape = &lines->shapes[asked->shape];
    struct bytes line = bytes_of(segment->bytes + asked->begin, asked->end - asked->begin);
    bool quiet;
    if (shape->state != SHAPE_MET || shape->hash != asked->hash ||
        has_hit(result, asked->begin, asked->end) ||
        !learn_cells(shape, segment, result, asked->begin, asked->end) ||
        !keyed_values_steady(line, &shape->most)) {
        return 0;
    }
    int status = match_quiet_words(lines->match, line, &quiet, err);
    if (status == 0 && quiet) {
        shape->state = SHAPE_QUIET;
        shape->next = asked->shape;
        if (lines->waited < WAITED_MOST) { /* that may change everything */
            lines->waited += lines->tried;
            lines->tried = lines->found = 0;
        }
        want_suspects(lines, shape->most, match_may_be_parted(line));
    }
    return status;
}

int quiet_lines_learn(struct quiet_lines *lines, const struct segment *segment,
                      const struct match_result *result, struct error *err) {
    int status = 0;
    for (size_t i = 0; lines != NULL && i < lines->asked_count && status == 0; i++) {
        const struct asked *asked = &lines->asked[i];
        if (asked->begin >= segment->begin && asked->end <= segment->end) {
            status = learn_line(lines, asked, segment, result, err);
        }
    }
    return status;
}
