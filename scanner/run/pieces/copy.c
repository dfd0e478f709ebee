#include "run/pieces/copy.h"

#include <stdlib.h>

#include "core/error.h"

enum {
    LOOK_BYTES = 128 * 1024,  /* of rows that are looked at in one place … */
    FEW_BYTES = 16 * 1024,    /* … which hardly ever needs more than that */
    CHUNK_BYTES = 256 * 1024, /* read at a time going back */
    NEAR_BYTES = 1024 * 1024, /* so far back every line is seen */
    HEAD_MAX = 16 * 1024,     /* of a statement */
    ROWS_AGREE = 8,
    LINES_TRIED = 16, /* before rows that agree */
    COLUMNS_SEEN = 32,
};

/* What a value is made of. */
enum { SEEN_DIGITS = 1, SEEN_NUMBER = 2, SEEN_TEXT = 4 };

/* What some rows that stand together look like. */
struct shape {
    size_t tabs;
    uint8_t seen[COLUMNS_SEEN]; /* 0: nothing but NULL and empty */
};

struct search {
    struct byte_source *file;
    uint8_t *look; /* CHUNK_BYTES + HEAD_MAX */
    struct shape shape;
    struct piece_copy *out;
};

void piece_copy_init(struct piece_copy *copy) {
    *copy = (struct piece_copy){.statement_at = UINT64_MAX};
    text_buffer_init(&copy->head, 0);
}

void piece_copy_release(struct piece_copy *copy) {
    text_buffer_release(&copy->head);
}

/* ---- statements ---- */

size_t piece_copy_statement(struct bytes line) {
    const uint8_t *end = NULL;
    if (bytes_starts_with(line, BYTES_LIT("COPY "))) {
        end = memchr(line.ptr, '\n', line.len < HEAD_MAX ? line.len : HEAD_MAX);
    }
    if (end == NULL) {
        return 0;
    }
    size_t len = (size_t)(end - line.ptr) + 1;
    struct bytes statement = bytes_trim(bytes_first(line, len));
    static const char from[] = " FROM stdin;";
    return bytes_equal_ignoring_case(bytes_from(statement, statement.len - sizeof from + 1),
                                     BYTES_LIT(from))
               ? len
               : 0;
}

bool piece_copy_ends(struct bytes line) {
    return bytes_starts_with(line, BYTES_LIT("\\.")) &&
           (line.len == 2 || line.ptr[2] == '\n' || line.ptr[2] == '\r');
}

/* Columns that STATEMENT lists; 0: it lists none. */
static size_t columns_of(struct bytes statement) {
    size_t columns = 0;
    bool quoted = false;
    for (size_t i = 0; i < statement.len; i++) {
        uint8_t c = statement.ptr[i];
        quoted ^= c == '"';
        columns += !quoted && (c == ',' || c == '(');
    }
    return columns;
}

static bool fits(struct bytes statement, const struct shape *shape) {
    size_t columns = columns_of(statement);
    return columns == 0 || columns == shape->tabs + 1;
}

/* ---- rows ---- */

static unsigned seen_in(struct bytes value) {
    unsigned seen = SEEN_DIGITS;
    if (value.len == 0 || bytes_equal(value, BYTES_LIT("\\N"))) {
        return 0;
    }
    for (size_t i = 0; i < value.len && seen != SEEN_TEXT; i++) {
        uint8_t c = value.ptr[i];
        if (!byte_is_digit(c)) {
            seen = c < 0x80 && strchr("-+:./ ", c) != NULL && c != 0 ? SEEN_NUMBER : SEEN_TEXT;
        }
    }
    return seen;
}

static size_t note_row(struct shape *shape, struct bytes row) {
    size_t tabs = 0, begin = 0;
    for (size_t i = 0; i <= row.len; i++) {
        if (i == row.len || row.ptr[i] == '\t') {
            if (tabs < COLUMNS_SEEN) {
                shape->seen[tabs] |= (uint8_t)seen_in(bytes_of(row.ptr + begin, i - begin));
            }
            tabs += i < row.len;
            begin = i + 1;
        }
    }
    return tabs;
}

/* Rows of one number of columns from AT on. */
static bool rows_agree(struct bytes text, size_t at, struct shape *out) {
    *out = (struct shape){.tabs = 0};
    for (unsigned i = 0; i < ROWS_AGREE; i++) {
        struct bytes row = bytes_from(text, at);
        const uint8_t *end = row.len == 0 ? NULL : memchr(row.ptr, '\n', row.len);
        if (end == NULL || piece_copy_ends(row)) {
            return false;
        }
        row = bytes_first(row, (size_t)(end - row.ptr));
        size_t tabs = note_row(out, row);
        if (tabs == 0 || (i > 0 && tabs != out->tabs)) {
            return false;
        }
        out->tabs = tabs;
        at += row.len + 1;
    }
    return true;
}

/* Where rows begin in TEXT, behind its first line end; SIZE_MAX: nowhere near. */
static size_t first_row(struct bytes text, struct shape *out) {
    size_t at = 0;
    for (unsigned i = 0; i < LINES_TRIED; i++) {
        const uint8_t *end = at >= text.len ? NULL : memchr(text.ptr + at, '\n', text.len - at);
        if (end == NULL) {
            break;
        }
        at = (size_t)(end - text.ptr) + 1;
        bool continued = at >= 2 && text.ptr[at - 2] == '\\'; /* a line end in a value */
        if (!continued && rows_agree(text, at, out)) {
            return at;
        }
    }
    return SIZE_MAX;
}

/* A column may look different in places, most of them do not. */
static bool alike(const struct shape *a, const struct shape *b) {
    size_t looked = a->tabs + 1 < COLUMNS_SEEN ? a->tabs + 1 : COLUMNS_SEEN, differ = 0;
    for (size_t i = 0; i < looked; i++) {
        differ += a->seen[i] != 0 && b->seen[i] != 0 && (a->seen[i] & b->seen[i]) == 0;
    }
    return a->tabs == b->tabs && 4 * differ <= looked;
}

/* Where behind PLACE rows begin, SIZE_MAX: nowhere near. */
static int rows_near(const struct search *s, uint64_t place, struct shape *shape, size_t *out,
                     struct error *err) {
    int64_t got = 0;
    *out = SIZE_MAX;
    for (size_t most = FEW_BYTES; *out == SIZE_MAX && got >= 0 && most <= LOOK_BYTES;
         most += LOOK_BYTES - FEW_BYTES) {
        got = s->file->ops->read_at(s->file, place, s->look, most, err);
        *out = got <= 0 ? SIZE_MAX : first_row(bytes_of(s->look, (size_t)got), shape);
    }
    return got < 0 ? (int)got : 0;
}

/* Do rows like those that are asked about stand at PLACE? */
static int rows_at(const struct search *s, uint64_t place, bool *out, struct error *err) {
    struct shape shape;
    size_t row;
    int status = rows_near(s, place, &shape, &row, err);
    *out = row != SIZE_MAX && alike(&shape, &s->shape);
    return status;
}

/* ---- the statement before them ---- */

/* In TEXT, which stands at BASE: the last line before LIMIT that begins or ends a COPY. */
static bool last_mark(struct search *s, struct bytes text, size_t limit, uint64_t base) {
    while (limit > 0) {
        const uint8_t *newline = memrchr(text.ptr, '\n', limit);
        if (newline == NULL) {
            break;
        }
        limit = (size_t)(newline - text.ptr);
        struct bytes line = bytes_from(text, limit + 1);
        if (piece_copy_ends(line)) {
            return true;
        }
        size_t len = piece_copy_statement(line);
        if (len != 0) {
            s->out->found = fits(bytes_first(line, len), &s->shape);
            s->out->statement_at = base + limit + 1;
            text_buffer_put(&s->out->head, bytes_first(line, len));
            return true;
        }
    }
    return false;
}

/* The same from TO back to FROM. *over: there was one. */
static int search_back(struct search *s, uint64_t from, uint64_t to, bool *over,
                       struct error *err) {
    *over = false;
    while (to > from && !*over) {
        uint64_t base = to - from > CHUNK_BYTES ? to - CHUNK_BYTES : from;
        size_t own = (size_t)(to - base);
        int64_t got = s->file->ops->read_at(s->file, base, s->look, own + HEAD_MAX, err);
        if (got < (int64_t)own) {
            return got < 0 ? (int)got : 0;
        }
        *over = last_mark(s, bytes_of(s->look, (size_t)got), own, base);
        to = base;
    }
    return 0;
}

/* Back in steps that double as long as the rows look the same, then by halves. */
static int search_far(struct search *s, uint64_t to, struct error *err) {
    uint64_t high = to, low = 0, step = NEAR_BYTES;
    bool same = true, over;
    int status = 0;
    while (status == 0 && same && high > step) {
        status = rows_at(s, high - step, &same, err);
        if (same) {
            high -= step;
            step *= 2;
        } else {
            low = high - step;
        }
    }
    while (status == 0 && high - low > CHUNK_BYTES) {
        uint64_t middle = low + (high - low) / 2;
        status = rows_at(s, middle, &same, err);
        *(same ? &high : &low) = middle;
    }
    high += LOOK_BYTES; /* its rows may have been seen from before it */
    return status == 0 ? search_back(s, low, high < to ? high : to, &over, err) : status;
}

int piece_copy_find(struct byte_source *file, uint64_t target, const struct bytes *open,
                    struct piece_copy *out, struct error *err) {
    struct search s = {.file = file, .look = malloc(CHUNK_BYTES + HEAD_MAX), .out = out};
    bool over = true;
    if (s.look == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for a piece of a dump");
    }
    size_t row;
    int status = rows_near(&s, target, &s.shape, &row, err);
    if (status == 0 && row != SIZE_MAX) {
        out->at = target + row;
        uint64_t near = out->at > NEAR_BYTES ? out->at - NEAR_BYTES : 0;
        status = search_back(&s, open == NULL ? near : target, out->at, &over, err);
    }
    if (status == 0 && !over && open == NULL) {
        status = search_far(&s, out->at, err);
    } else if (status == 0 && !over) {
        out->found = open->len != 0 && fits(*open, &s.shape);
        text_buffer_put(&out->head, *open);
    }
    free(s.look);
    return status == 0 && out->head.failed
               ? error_set(err, YINMA_E_MEMORY, "out of memory for a piece of a dump")
               : status;
}
