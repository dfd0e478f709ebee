#include "decode/parquet/rows.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/utf8.h"
#include "decode/parquet/print.h"

/* What work is worth in bytes that are made of the file: values of no bytes take time, too. */
enum { CELL_COST = 32, COLUMN_COST = 256 };

/* The fields of all columns but those that the keys of maps name. False: memory is out. */
static bool define_fields(struct parquet_rows *r) {
    const struct parquet_schema *schema = &r->footer->schema;
    struct column_name *names = calloc(schema->count + 1, sizeof *names);
    size_t count = 0;
    for (size_t i = 0; names != NULL && i < schema->count; i++) {
        if (schema->leaves[i].map_key == PARQUET_NO_MAP) {
            names[count++] = (struct column_name){schema->leaves[i].path, BYTES_LIT("")};
        }
    }
    uint32_t field =
        names == NULL ? UINT32_MAX
        : count == 0  ? FIELD_FREE_TEXT
                      : field_set_columns(r->fields, TABLE_NONE, names, count, ATTRIBUTION_EXACT);
    free(names);
    for (size_t i = 0; field != UINT32_MAX && i < schema->count; i++) {
        const bool plain = schema->leaves[i].map_key == PARQUET_NO_MAP;
        r->own_fields[i] = plain ? field++ : UINT32_MAX;
    }
    return field != UINT32_MAX;
}

int parquet_rows_open(struct parquet_rows *rows, const struct decode_input *in, struct error *err) {
    struct parquet_rows *r = rows;
    const size_t count = r->footer->schema.count;
    r->desk.source = in->source;
    r->desk.blocks = in->blocks;
    r->desk.end = r->footer->begin;
    narrow_text_init(&r->narrow, "CP950");
    r->chunks = calloc(count + 1, sizeof *r->chunks);
    r->columns = calloc(count + 1, sizeof *r->columns);
    r->maps = calloc(count + 1, sizeof *r->maps);
    r->own_fields = calloc(count + 1, sizeof *r->own_fields);
    r->live = calloc(count + 1, sizeof *r->live);
    r->paths = json_paths_new(in->fields);
    const bool made = r->chunks != NULL && r->columns != NULL && r->maps != NULL &&
                      r->own_fields != NULL && r->live != NULL && r->paths != NULL;
    return made && define_fields(r)
               ? 0
               : error_set(err, YINMA_E_MEMORY, "out of memory for the columns of a file");
}

void parquet_rows_release(struct parquet_rows *rows) {
    const size_t count = rows->footer == NULL ? 0 : rows->footer->schema.count;
    for (size_t i = 0; i < count; i++) {
        if (rows->columns != NULL) {
            parquet_column_release(&rows->columns[i]);
        }
        if (rows->maps != NULL) {
            map_names_release(&rows->maps[i]);
        }
    }
    if (rows->footer != NULL) {
        narrow_text_release(&rows->narrow);
    }
    parquet_desk_release(&rows->desk);
    json_paths_free(rows->paths);
    free(rows->chunks);
    free(rows->columns);
    free(rows->maps);
    free(rows->own_fields);
    free(rows->live);
}

bool parquet_rows_failed(const struct parquet_rows *rows) {
    bool failed =
        rows->desk.no_memory || rows->narrow.utf8.failed || json_paths_failed(rows->paths);
    for (size_t i = 0; i < rows->footer->schema.count; i++) {
        failed = failed || rows->maps[i].failed;
    }
    return failed;
}

/* ---- what could not be read ---- */

/* That some is encrypted may be as it should: whatever else is missing is told before. A name that
 * is too long is none: what is left of a value in it could not be told from other words. */
static void tell(struct parquet_rows *r, const struct parquet_leaf *leaf, int code,
                 const char *why) {
    enum { NAME_BYTES = 100 };
    if (r->first.code != 0) {
        r->unread++;
        if (r->first.code != YINMA_E_ENCRYPTED || code == YINMA_E_ENCRYPTED) {
            return;
        }
    }
    char number[NAME_BYTES];
    const struct bytes name =
        leaf->path.len <= NAME_BYTES
            ? leaf->path
            : bytes_of(number, (size_t)snprintf(number, sizeof number, "#%zu",
                                                (size_t)(leaf - r->footer->schema.leaves) + 1));
    error_set(&r->first, code, "the column %.*s: %s", (int)name.len, (const char *)name.ptr, why);
}

void parquet_rows_tell(const struct parquet_rows *rows) {
    struct decode_report *report = rows->report;
    const struct thrift *groups = &rows->footer->groups;
    if (rows->first.code != 0 && rows->unread > 0) {
        report->status = error_set(&report->error, rows->first.code, "%s (and %zu more like it)",
                                   rows->first.text, rows->unread);
    } else if (rows->first.code != 0) {
        report->status = error_set(&report->error, rows->first.code, "%s", rows->first.text);
    } else if (groups->bad) {
        report->status =
            error_set(&report->error, YINMA_E_DAMAGED,
                      "what the Parquet file says of its row groups makes no sense: not all of "
                      "them were read");
    } else if (rows->footer->schema.over) {
        report->status = error_set(&report->error, YINMA_E_LIMIT,
                                   "the Parquet file has more than %d columns: the others were "
                                   "not read",
                                   PARQUET_LEAVES_MOST);
    } else if (rows->text->cut) {
        record_text_tell_cut(rows->text, report);
    } else if (rows->elsewhere) {
        snprintf(report->notice, sizeof report->notice,
                 SAID("columns that are told here are in other files"));
    }
}

/* ---- row groups ---- */

static bool begin_group(struct parquet_rows *r) {
    const struct parquet_schema *schema = &r->footer->schema;
    if (!parquet_footer_group(r->footer, r->chunks, &r->told)) {
        return false;
    }
    r->live_count = 0;
    r->desk.spent += schema->count * COLUMN_COST;
    for (size_t i = 0; i < schema->count; i++) {
        const struct parquet_chunk *chunk = &r->chunks[i];
        parquet_column_begin(&r->columns[i], &schema->leaves[i], chunk, &r->desk);
        r->live[r->live_count++] = (uint32_t)i;
        r->elsewhere = r->elsewhere || chunk->elsewhere;
        if (chunk->encrypted) {
            tell(r, &schema->leaves[i], YINMA_E_ENCRYPTED, SAID("it is encrypted"));
        } else if (!chunk->told && !chunk->elsewhere && r->told > 0) {
            tell(r, &schema->leaves[i], YINMA_E_DAMAGED,
                 SAID("where it is in the file is not told"));
        }
    }
    r->in_group = true;
    r->rows = 0;
    return true;
}

static void end_group(struct parquet_rows *r) {
    const struct parquet_schema *schema = &r->footer->schema;
    for (size_t i = 0; i < schema->count; i++) {
        struct parquet_column *c = &r->columns[i];
        const bool read = c->chunk.told && !c->chunk.encrypted && !c->chunk.elsewhere;
        if (c->problem != 0) {
            tell(r, c->leaf, c->problem, c->error.text);
        } else if (c->damaged) {
            tell(r, c->leaf, YINMA_E_DAMAGED, SAID("the checksum of a page is wrong"));
        } else if (read && (r->rows != r->told ||
                            (c->leaf->repetition == 0 && c->chunk.values != r->told))) {
            tell(r, c->leaf, YINMA_E_DAMAGED, SAID("it has not as many values as there are rows"));
        }
    }
    r->in_group = false;
}

/* ---- values ---- */

/* Text that is no UTF-8 may be of a code page; bytes that nobody calls text may be anything. */
static void put_bytes(struct parquet_rows *r, const struct parquet_column *c, struct bytes value,
                      uint32_t field) {
    unsigned flags = 0;
    if (!c->is_utf8 && !utf8_valid(value, UTF8_WHOLE)) {
        bool text = true;
        for (size_t i = 0; i < value.len && text; i++) {
            text = value.ptr[i] >= ' ' || (value.ptr[i] >= '\t' && value.ptr[i] <= '\r');
        }
        if (text || c->leaf->type.meaning == PARQUET_TEXT) {
            value = narrow_text_read(&r->narrow, value);
        } else {
            flags = CELL_TEXT;
        }
    }
    record_text_cell(r->text, value, field, flags);
}

/* A null counts, an empty list does not: it has no element. */
static void put_value(struct parquet_rows *r, struct parquet_column *c, uint32_t field) {
    const struct parquet_leaf *leaf = c->leaf;
    const struct bytes value = c->texts_of[c->at];
    if (value.ptr == NULL) {
        if (c->definition[c->at] >= leaf->element) {
            record_text_cell(r->text, bytes_of("", 0), field, CELL_NULL);
        }
    } else if (parquet_is_text(&leaf->type)) {
        put_bytes(r, c, value, field);
    } else {
        record_text_cell(r->text, value, field, parquet_cell_flags(&leaf->type));
    }
}

/* The field of LEAF where no key names it. */
static uint32_t own_field(struct parquet_rows *r, size_t number, const struct parquet_leaf *leaf) {
    if (r->own_fields[number] == UINT32_MAX) {
        const uint32_t field = field_set_key(r->fields, TABLE_NONE, leaf->path, ATTRIBUTION_EXACT);
        r->desk.no_memory = r->desk.no_memory || field == UINT32_MAX;
        r->own_fields[number] = field == UINT32_MAX ? FIELD_FREE_TEXT : field;
    }
    return r->own_fields[number];
}

/* The field of the value that is next, which a key may name. */
static uint32_t field_of(struct parquet_rows *r, size_t number, struct parquet_column *c) {
    const struct parquet_leaf *leaf = c->leaf;
    uint32_t named = FIELD_FREE_TEXT;
    if (leaf->is_map_key && c->texts_of[c->at].ptr != NULL) {
        map_names_add(&r->maps[number], r->paths, leaf, c->texts_of[c->at]);
    }
    if (leaf->map_key != PARQUET_NO_MAP && c->definition[c->at] >= leaf->map_definition) {
        r->entry += c->repetition[c->at] <= leaf->map_repetition; /* the first of the next one */
        named = r->entry == 0
                    ? FIELD_FREE_TEXT
                    : map_names_field(&r->maps[leaf->map_key], r->paths, leaf, r->entry - 1);
    }
    return named != FIELD_FREE_TEXT ? named : own_field(r, number, leaf);
}

/* The values of column NUMBER in the current row. False: the text is full before their end, or no
 * more may be made of the file. */
static bool put_leaf(struct parquet_rows *r, size_t number) {
    struct parquet_column *c = &r->columns[number];
    while (parquet_column_has(c) && (!r->in_leaf || c->repetition[c->at] > 0)) {
        if (r->in_leaf && (record_text_full(r->text) || parquet_desk_spent(&r->desk))) {
            return false;
        }
        r->desk.spent += CELL_COST + c->leaf->map_rest.len;
        put_value(r, c, field_of(r, number, c));
        c->at++;
        r->in_leaf = true;
        if (c->leaf->repetition == 0) {
            break; /* without a look at what comes: the batch stays as long as it is used */
        }
    }
    r->in_leaf = false;
    r->entry = 0;
    return true;
}

/* Columns that have ended cost the rows that follow nothing. */
static bool begin_row(struct parquet_rows *r) {
    size_t kept = 0;
    for (size_t i = 0; i < r->live_count; i++) {
        const uint32_t number = r->live[i];
        map_names_clear(&r->maps[number]);
        if (parquet_column_has(&r->columns[number])) {
            r->live[kept++] = number;
        }
    }
    r->live_count = kept;
    if (kept == 0) {
        return false;
    }
    r->rows++;
    r->report->rows++;
    field_set_table_at(r->fields, TABLE_NONE)->rows++;
    r->in_row = true;
    r->leaf = 0;
    return true;
}

bool parquet_rows_step(struct parquet_rows *rows) {
    struct parquet_rows *r = rows;
    if (!r->in_group && !begin_group(r)) {
        return false;
    }
    if (!r->in_row && !begin_row(r)) {
        end_group(r);
        return true;
    }
    record_text_row(r->text, field_set_table_view(r->fields, TABLE_NONE)->rows);
    for (; r->leaf < r->live_count; r->leaf++) {
        if (!put_leaf(r, r->live[r->leaf])) {
            return true; /* goes on in the next segment */
        }
    }
    r->in_row = false;
    return true;
}
