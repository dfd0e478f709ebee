#include "decode/free_text.h"

#include <stdlib.h>

struct free_text {
    struct window window;
    size_t known_end;                 /* segments up to here come out of what was read */
    const struct quiet_filter *quiet; /* NULL: everything is looked at */
    struct keyed_values *keys;        /* NULL: none wanted */
    unsigned flags;
    struct decode_report *report;
};

int free_text_open(const struct decode_input *in, enum free_text_keys keys, unsigned extra_flags,
                   void **state, struct error *err) {
    struct free_text *text = calloc(1, sizeof *text);
    if (text == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for reading text");
    }
    text->flags = extra_flags;
    text->report = in->report;
    text->quiet = (extra_flags & SEGMENT_BINARY) == 0 ? in->quiet : NULL;
    int status = window_init(&text->window, in->source, in->ops, in->width_rule, err);
    if (status == 0 && keys != FREE_TEXT_WITHOUT_KEYS) {
        text->keys = keyed_values_new(in->fields, in->ops);
        status = text->keys != NULL
                     ? 0
                     : error_set(err, YINMA_E_MEMORY, "out of memory for the keys of a log");
    }
    if (status == 0 && keys == FREE_TEXT_OF_PROGRAM) {
        keyed_values_of_program(text->keys);
    }
    if (status == 0 && keys == FREE_TEXT_WITH_KEYS) {
        keyed_values_with_members(text->keys);
    }
    if (status != 0) {
        free_text_close(text);
        return status;
    }
    text->window.err = &in->report->error;
    *state = text;
    return 0;
}

void free_text_close(void *state) {
    struct free_text *text = state;
    if (text == NULL) {
        return;
    }
    window_release(&text->window);
    keyed_values_free(text->keys);
    free(text);
}

/* Where the segment ends: behind a newline if there is one, else far enough from the end of the
 * buffer to leave look-ahead, and not inside a character. */
static size_t segment_end(const struct window *w) {
    if (w->at_end) {
        return w->end;
    }
    size_t end = w->end - SEGMENT_CONTEXT;
    const uint8_t *newline = memrchr(w->bytes + w->begin, '\n', end - w->begin);
    if (newline != NULL) {
        return (size_t)(newline - w->bytes) + 1;
    }
    for (size_t back = 0; back < 3 && (w->bytes[end] & 0xC0) == 0x80; back++) {
        end--;
    }
    return end;
}

static int add_keyed_values(const struct window *w, struct keyed_values *keys, struct segment *out,
                            struct error *err) {
    int status = keyed_values_find(keys, bytes_of(out->bytes, out->len), out->begin, out->end, err);
    if (status != 0) {
        return status;
    }
    out->cells = keyed_values_cells(keys, &out->cell_count);
    out->unescape = keyed_values_unescape;
    if (out->cell_count == 0) {
        return 0;
    }
    /* In a line longer than the buffer a value may go on behind the end. The next segment can have
     * it whole, unless it is all there is: then its pieces are running text. */
    struct cell *last = &keyed_values_cells_mutable(keys)[out->cell_count - 1];
    if ((size_t)last->offset + last->length > out->end && !w->at_end) {
        if (last->offset > out->begin) {
            out->end = last->offset;
            out->cell_count--;
        } else {
            last->length = (uint32_t)(out->end - last->offset);
            last->flags |= CELL_PARTIAL | CELL_TEXT;
        }
    }
    return 0;
}

/* The segment from where W stands to END, the last bytes of which may be quiet. */
static int make_segment(struct window *w, struct keyed_values *keys, unsigned flags, size_t end,
                        const struct quiet_stretch *quiet, struct segment *out, struct error *err) {
    size_t lively_end = quiet == NULL ? end : quiet->begin;
    *out = (struct segment){
        .bytes = w->bytes,
        .len = w->end - end > SEGMENT_CONTEXT ? end + SEGMENT_CONTEXT : w->end,
        .begin = w->begin,
        .end = lively_end,
        .offset = w->offset,
        .line = w->line,
        .gap_field = FIELD_FREE_TEXT,
        .width_rule = w->width_rule,
        .flags = SEGMENT_FREE_TEXT | flags,
    };
    if (keys != NULL) {
        int status = add_keyed_values(w, keys, out, err);
        if (status != 0) {
            return status;
        }
    }
    if (quiet != NULL && out->end == lively_end) {
        out->end = end;
        out->quiet = end - lively_end;
        out->quiet_cells = quiet->cells;
        out->quiet_cell_count = quiet->cell_count;
    }
    window_consume(w, out->end);
    return 1;
}

int free_text_segment(struct window *w, struct keyed_values *keys, unsigned flags,
                      struct segment *out, struct error *err) {
    (void)window_fill(w, NULL);
    return w->begin == w->end ? 0 : make_segment(w, keys, flags, segment_end(w), NULL, out, err);
}

/* The first quiet stretch from where the window stands on; false: there is none. */
static bool find_quiet(const struct free_text *text, struct quiet_stretch *out) {
    const struct quiet_filter *quiet = text->quiet;
    const struct window *w = &text->window;
    struct bytes all = bytes_of(w->bytes, w->end);
    size_t from = w->begin;
    for (size_t i = 0; from < text->known_end; i++) {
        size_t to = text->known_end;
        if (i < sizeof quiet->edges / sizeof *quiet->edges) {
            uint64_t edge = quiet->edges[i];
            if (edge <= w->offset + from || edge >= w->offset + to) {
                continue;
            }
            to = (size_t)(edge - w->offset);
        }
        quiet->next(quiet->context, all, from, to, out);
        if (out->begin < out->end) {
            return true;
        }
        from = to;
    }
    return false;
}

static int filtered_segment(struct free_text *text, struct segment *out, struct error *err) {
    struct window *w = &text->window;
    struct quiet_stretch quiet;
    if (w->begin == text->known_end) {
        (void)window_fill(w, NULL);
        if (w->begin == w->end) {
            return 0;
        }
        text->known_end = segment_end(w);
    }
    bool found = find_quiet(text, &quiet);
    int more = make_segment(w, text->keys, text->flags, found ? quiet.end : text->known_end,
                            found ? &quiet : NULL, out, err);
    if (more > 0 && !found) {
        text->known_end = w->begin; /* a value may have been left to the next segment */
    }
    return more;
}

uint64_t free_text_lines(const struct window *w) {
    /* A last line without a newline counts too. */
    bool open_line = w->end > 0 && w->bytes[w->end - 1] != '\n';
    return w->line - 1 + w->ops->count(w->bytes, w->end, '\n') + open_line;
}

int free_text_next(void *state, struct segment *out, struct error *err) {
    struct free_text *text = state;
    int more = text->quiet != NULL
                   ? filtered_segment(text, out, err)
                   : free_text_segment(&text->window, text->keys, text->flags, out, err);
    if (more == 0) {
        text->report->rows = free_text_lines(&text->window);
        text->report->status = text->window.status;
        text->report->keys = text->keys == NULL ? 0 : keyed_values_known(text->keys);
    }
    return more;
}
