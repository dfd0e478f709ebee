/* RTF ([RTF 1.9.1]): paragraphs are running text, tables are tables, as in the other documents.
 * Text in groups of their own (headers, notes, properties, instructions of fields) is read apart
 * from the paragraph around it. Embedded objects are hexadecimal digits here and are told as not
 * read. */
#include <stdio.h>
#include <stdlib.h>

#include "decode/decoder.h"
#include "decode/grid.h"
#include "decode/office/rtf_reader.h"
#include "decode/office/rtf_text.h"
#include "decode/office/rtf_words.h"

enum {
    RTF_BITS = 48,
    GROUPS_MOST = 512,           /* deeper ones are as the last one */
    PARAGRAPH_BYTES = 64 * 1024, /* a longer one is given away in pieces */
    PIECES_A_STEP = 4096,
};

enum destination { TO_TEXT, TO_ASIDE, TO_FONTS, TO_OBJECT, TO_NOTHING };

/* What a group inherits from the one around it. */
struct group {
    enum destination to;
    uint32_t font, wide_font;
    unsigned characters; /* how many stand for a \u in old readers */
    bool hidden, deleted;
    bool in_table;
    bool begins_aside; /* its text is put away where it ends */
    bool wide_next;    /* \dbch: the next font is that of Chinese characters */
};

struct rtf {
    struct decode_report *report;
    struct grid *grid;
    struct rtf_reader reader;
    struct rtf_text text;
    struct text_buffer paragraph; /* or cell */
    struct text_buffer aside;
    struct group groups[GROUPS_MOST];
    size_t depth;  /* of open groups */
    unsigned skip; /* characters that stand for the \u before */
    uint32_t defined_font;
    bool table_open, row_open, ended;
    size_t column;
    unsigned tables;
    uint64_t hidden, deleted, objects;
    bool in_hidden, in_deleted; /* the piece before was, too */
};

static struct group *now(struct rtf *r) {
    return &r->groups[r->depth < GROUPS_MOST ? r->depth : GROUPS_MOST - 1];
}

static struct text_buffer *target(struct rtf *r) {
    return now(r)->to == TO_ASIDE ? &r->aside : &r->paragraph;
}

static unsigned page(struct rtf *r) {
    return rtf_text_page(&r->text, now(r)->font, now(r)->wide_font);
}

/* Before anything that changes how bytes are read, or where to. */
static void flush(struct rtf *r) {
    rtf_text_flush(&r->text, page(r), target(r));
}

/* ---- paragraphs, tables ---- */

static void put_paragraph(struct rtf *r) {
    grid_text(r->grid, bytes_trim(text_buffer_view(&r->paragraph)));
    text_buffer_clear(&r->paragraph);
}

static void end_table(struct rtf *r) {
    if (r->table_open) {
        grid_end(r->grid);
        r->table_open = r->row_open = false;
    }
}

static void end_cell(struct rtf *r) {
    char name[32];
    if (!r->table_open) {
        const int len = snprintf(name, sizeof name, "table %u", ++r->tables);
        grid_begin(r->grid, bytes_of(name, (size_t)len));
        r->table_open = true;
    }
    if (!r->row_open) {
        grid_row(r->grid);
        r->row_open = true;
        r->column = 0;
    }
    const struct bytes text = bytes_trim(text_buffer_view(&r->paragraph));
    if (text.len > 0 && r->column < GRID_COLUMNS_MOST) {
        grid_cell(r->grid, r->column, text, 0);
    } else if (text.len > 0) {
        grid_text(r->grid, text);
    }
    r->column++;
    text_buffer_clear(&r->paragraph);
}

static void end_paragraph(struct rtf *r) {
    if (now(r)->to == TO_ASIDE || now(r)->in_table) {
        text_buffer_putc(target(r), ' ');
        return;
    }
    end_table(r);
    put_paragraph(r);
}

static void put_aside(struct rtf *r) {
    grid_text(r->grid, bytes_trim(text_buffer_view(&r->aside)));
    text_buffer_clear(&r->aside);
}

/* ---- groups ---- */

static void open_group(struct rtf *r) {
    flush(r);
    const struct group outer = *now(r);
    r->depth++;
    if (r->depth < GROUPS_MOST) {
        *now(r) = outer;
        now(r)->begins_aside = false;
    }
}

static void close_group(struct rtf *r) {
    flush(r);
    r->skip = 0;
    if (now(r)->begins_aside && r->depth < GROUPS_MOST) {
        put_aside(r);
    }
    r->depth -= r->depth > 0;
}

/* The text of this group is read apart. */
static void begin_aside(struct rtf *r) {
    if (now(r)->to == TO_TEXT) {
        flush(r);
        now(r)->to = TO_ASIDE;
        now(r)->begins_aside = true;
    }
}

/* ---- control words ---- */

/* A sign that stands for itself; one that follows a \u may stand for that. */
static void put_sign(struct rtf *r, char sign) {
    if (r->skip > 0) {
        r->skip--;
    } else if (now(r)->to <= TO_ASIDE) {
        rtf_text_byte(&r->text, (uint8_t)sign, page(r), target(r));
    }
}

/* A character of the text: is it one that is not shown? */
static void see_hidden(struct rtf *r, bool blank) {
    const struct group *g = now(r);
    r->hidden += g->hidden && !r->in_hidden && !blank;
    r->deleted += g->deleted && !r->in_deleted && !blank;
    r->in_hidden = g->hidden && (r->in_hidden || !blank);
    r->in_deleted = g->deleted && (r->in_deleted || !blank);
}

static void put_unicode(struct rtf *r) {
    if (now(r)->to <= TO_ASIDE) {
        see_hidden(r, false);
        if (r->text.raw_len > 0) { /* half a character may wait for its other half otherwise */
            flush(r);
        }
        rtf_text_unicode(&r->text, r->reader.number, target(r));
    }
    r->skip = now(r)->characters;
}

static void set_font(struct rtf *r) {
    struct group *g = now(r);
    const uint32_t number = (uint32_t)r->reader.number;
    flush(r);
    if (g->to == TO_FONTS) {
        r->defined_font = number;
    } else if (g->wide_next) {
        g->wide_font = number;
    } else {
        g->font = number;
    }
}

static void do_state(struct rtf *r, enum rtf_action action) {
    struct group *g = now(r);
    const bool on = !r->reader.has_number || r->reader.number != 0;
    switch (action) {
    case DO_NOT_TABLE:
        g->in_table = false;
        break;
    case DO_IN_TABLE:
        g->in_table = true;
        break;
    case DO_PLAIN:
        g->hidden = g->deleted = false;
        break;
    case DO_HIDDEN:
        g->hidden = on;
        break;
    case DO_DELETED:
        g->deleted = on;
        break;
    case DO_SKIP_COUNT:
        g->characters = r->reader.number < 0 ? 0 : (unsigned)r->reader.number;
        break;
    case DO_WIDE:
    case DO_NARROW:
        g->wide_next = action == DO_WIDE;
        break;
    default:
        break;
    }
}

static void do_fonts(struct rtf *r, enum rtf_action action) {
    const unsigned number = r->reader.number < 0 ? 0 : (unsigned)r->reader.number;
    switch (action) {
    case DO_PAGE:
        r->text.page = number;
        break;
    case DO_FONT:
        set_font(r);
        break;
    case DO_WIDE_FONT:
        if (now(r)->wide_next) {
            set_font(r);
        }
        break;
    case DO_CHARSET:
        rtf_text_font(&r->text, r->defined_font, rtf_charset_page(number));
        break;
    case DO_FONT_PAGE:
        rtf_text_font(&r->text, r->defined_font, number);
        break;
    default:
        break;
    }
}

static void do_destination(struct rtf *r, enum rtf_action action) {
    struct group *g = now(r);
    if (action == DO_ASIDE) {
        begin_aside(r);
        return;
    }
    flush(r);
    r->objects += action == DO_OBJECT;
    g->to = action == DO_FONTS ? TO_FONTS : action == DO_OBJECT ? TO_OBJECT : TO_NOTHING;
}

static void do_break(struct rtf *r, enum rtf_action action) {
    if (now(r)->to > TO_ASIDE) {
        return;
    }
    flush(r);
    if (action == DO_PARAGRAPH) {
        end_paragraph(r);
    } else if (action == DO_CELL && now(r)->to == TO_TEXT) {
        end_cell(r);
    } else if (action == DO_ROW && now(r)->to == TO_TEXT) {
        r->row_open = false;
    } else {
        text_buffer_putc(target(r), ' ');
    }
}

static void do_word(struct rtf *r) {
    const struct rtf_word *word = rtf_find_word(r->reader.word);
    if (word == NULL) {
        return;
    }
    if (word->action == DO_PUT) {
        put_sign(r, word->put);
    } else if (word->action == DO_UNICODE) {
        put_unicode(r);
    } else if (word->action <= DO_ROW) {
        do_break(r, word->action);
    } else if (word->action >= DO_ASIDE) {
        do_destination(r, word->action);
    } else if (word->action == DO_PAGE || word->action == DO_FONT || word->action == DO_WIDE_FONT ||
               word->action == DO_CHARSET || word->action == DO_FONT_PAGE) {
        do_fonts(r, word->action);
    } else {
        flush(r);
        do_state(r, word->action);
    }
}

/* ---- text ---- */

static void take_byte(struct rtf *r) {
    struct group *g = now(r);
    if (r->skip > 0) {
        r->skip--;
        return;
    }
    if (g->to > TO_ASIDE) {
        return;
    }
    const bool blank = r->reader.byte <= ' ';
    see_hidden(r, blank);
    rtf_text_byte(&r->text, r->reader.byte, page(r), target(r));
    if (target(r)->len > PARAGRAPH_BYTES && blank) {
        flush(r);
        if (g->to == TO_ASIDE) {
            put_aside(r);
        } else {
            put_paragraph(r);
        }
    }
}

static void tell_end(struct rtf *r) {
    struct decode_report *report = r->report;
    flush(r);
    put_aside(r);
    end_table(r);
    put_paragraph(r);
    r->ended = true;
    report->rows = grid_rows(r->grid);
    if (r->reader.failure.code != 0) {
        report->error = r->reader.failure;
        report->status = r->reader.failure.code;
    } else if (r->depth > 0) {
        report->status =
            error_set(&report->error, YINMA_E_TRUNCATED, "the document ends inside a group");
    } else if (r->objects > 0) {
        report->status =
            error_set(&report->error, YINMA_E_UNSUPPORTED, "embedded objects were not read: %llu",
                      (unsigned long long)r->objects);
    }
    if (r->hidden + r->deleted > 0) {
        snprintf(report->notice, sizeof report->notice,
                 SAID("hidden: pieces of text %llu, deleted ones %llu"),
                 (unsigned long long)r->hidden, (unsigned long long)r->deleted);
    }
}

static void step(struct rtf *r) {
    for (int i = 0; i < PIECES_A_STEP && !r->ended; i++) {
        switch (rtf_reader_next(&r->reader)) {
        case RTF_END:
            tell_end(r);
            break;
        case RTF_OPEN:
            open_group(r);
            break;
        case RTF_CLOSE:
            close_group(r);
            break;
        case RTF_WORD:
            do_word(r);
            break;
        case RTF_BYTE:
            take_byte(r);
            break;
        case RTF_BINARY:
        default:
            break;
        }
    }
}

/* ---- the decoder ---- */

static void close_rtf(void *state) {
    struct rtf *r = state;
    if (r != NULL) {
        rtf_reader_close(&r->reader);
        rtf_text_release(&r->text);
        text_buffer_release(&r->paragraph);
        text_buffer_release(&r->aside);
        grid_free(r->grid);
        free(r);
    }
}

static int open_rtf(const struct decode_input *in, void **state, struct error *err) {
    struct rtf *r = calloc(1, sizeof *r);
    if (r == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for a document");
    }
    r->report = in->report;
    r->groups[0].characters = 1;
    text_buffer_init(&r->paragraph, 0);
    text_buffer_init(&r->aside, 0);
    r->grid = grid_new(in->fields);
    int status = rtf_reader_open(&r->reader, in->source, err);
    if (status == 0 && r->grid == NULL) {
        status = error_set(err, YINMA_E_MEMORY, "out of memory for a document");
    }
    if (status != 0) {
        close_rtf(r);
        return status;
    }
    *state = r;
    return 0;
}

static int next_segment(void *state, struct segment *out, struct error *err) {
    struct rtf *r = state;
    while (!grid_take(r->grid, r->ended ? GRID_ALL : GRID_ENOUGH, out)) {
        if (r->ended) {
            return 0;
        }
        step(r);
        if (grid_failed(r->grid) || r->paragraph.failed || r->aside.failed || r->text.failed) {
            return error_set(err, YINMA_E_MEMORY, "out of memory for a document");
        }
    }
    return 1;
}

static unsigned bid(const struct decode_head *head) {
    return bytes_starts_with(head->head, BYTES_LIT("{\\rtf")) ? RTF_BITS : 0;
}

const struct decoder decoder_rtf = {
    .name = "rtf",
    .summary = "RTF documents: text, tables, notes, properties; hidden and deleted text is told, "
               "embedded objects are not read",
    .traits = DECODER_BINARY,
    .bid = bid,
    .open = open_rtf,
    .next = next_segment,
    .close = close_rtf,
};
