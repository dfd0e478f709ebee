/* bacpac.c - databases as SqlPackage exports them: a zip archive with the model of the database
 * (model.xml) and native data of its tables (Data/…/TableData-*.BCP). A dacpac has the model alone.
 * What the model is by is DacFx, the form of the data that of `bcp -N`. */
#include <stdlib.h>

#include "decode/office/part.h"
#include "decode/sqlserver/bacpac_model.h"
#include "decode/sqlserver/bcp_rows.h"

enum { PATH_BYTES = 1024 };

struct bacpac_table {
    uint32_t table, first_field;
};

struct bacpac {
    const struct block64_ops *ops;
    struct byte_source *package;
    struct field_set *fields;
    struct decode_report *report;
    struct bacpac_model model;
    struct record_text text;
    struct narrow_text narrow;
    struct text_buffer list; /* of members */
    size_t list_at;
    struct bacpac_table *tables; /* by number in the model */
    struct office_part part;     /* the one that is read */
    size_t parts_begun;
    bool part_is_open;
    struct byte_source *member; /* whose rows are read */
    struct bcp_rows rows;
    size_t table; /* of the member */
    bool described;
};

static const char *const model_parts[] = {"model.xml", "Origin.xml", "DacMetadata.xml",
                                          "[Content_Types].xml", "_rels/.rels"};
enum { MODEL_PARTS = sizeof model_parts / sizeof *model_parts };

static void close_member(struct bacpac *b) {
    if (b->member != NULL) {
        bcp_rows_close(&b->rows);
        byte_source_close(b->member);
        b->member = NULL;
    }
}

static void close_bacpac(void *state) {
    struct bacpac *b = state;
    if (b != NULL) {
        close_member(b);
        if (b->part_is_open) {
            office_part_close(&b->part);
        }
        bacpac_model_release(&b->model);
        record_text_release(&b->text);
        narrow_text_release(&b->narrow);
        text_buffer_release(&b->list);
        free(b->tables);
        free(b);
    }
}

static int open_bacpac(const struct decode_input *in, void **state, struct error *err) {
    struct bacpac *b = calloc(1, sizeof *b);
    if (b == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for a database");
    }
    b->ops = in->ops;
    b->package = in->source;
    b->fields = in->fields;
    b->report = in->report;
    bacpac_model_init(&b->model, &b->text);
    narrow_text_init(&b->narrow, "CP950");
    text_buffer_init(&b->list, 0);
    in->report->encoding = "utf-16le";
    int status = office_list(in->source, &b->list, err);
    if (status != 0) {
        close_bacpac(b);
        return status;
    }
    *state = b;
    return 0;
}

/* ---- the model ---- */

/* Read a piece of it. 1: there is more of it, 0: it has been read. */
static int step_model(struct bacpac *b, struct error *err) {
    if (!b->part_is_open) {
        if (b->parts_begun == MODEL_PARTS) {
            return 0;
        }
        b->model.depth = 0;
        const char *name = model_parts[b->parts_begun++];
        const int opened = office_part_open(&b->part, b->package, bytes_of_string(name), b->ops,
                                            &bacpac_model_events, &b->model, err);
        b->part_is_open = opened == 1;
        office_tell(b->report, &b->part.problem);
        return opened < 0 ? opened : 1;
    }
    const int status = office_part_step(&b->part, err);
    if (status == 0) {
        office_tell(b->report, &b->part.problem);
        office_part_close(&b->part);
        b->part_is_open = false;
    }
    return status < 0 ? status : 1;
}

static int out_of_memory(struct error *err) {
    return error_set(err, YINMA_E_MEMORY, "out of memory for a database");
}

static int define_tables(struct bacpac *b, struct error *err) {
    struct bacpac_model *model = &b->model;
    b->described = true;
    if (!bacpac_model_finish(model)) {
        return out_of_memory(err);
    }
    b->tables = calloc(model->table_count + 1, sizeof *b->tables);
    for (size_t i = 0; b->tables != NULL && i < model->table_count; i++) {
        if (model->tables[i].count > 0 &&
            !bcp_layout_define(&model->tables[i], b->fields, &b->tables[i].table,
                               &b->tables[i].first_field)) {
            return out_of_memory(err);
        }
    }
    if (model->over && b->report->status == 0) {
        b->report->status =
            error_set(&b->report->error, YINMA_E_LIMIT,
                      "the model of the database takes more than %d MiB: not all of "
                      "its tables are known",
                      BACPAC_MODEL_BYTES >> 20);
    }
    return b->tables == NULL ? out_of_memory(err) : 0;
}

/* ---- rows ---- */

/* Open the next member that holds rows of a table. 1; 0: there is none. */
static int open_member(struct bacpac *b, struct error *err) {
    struct bytes name;
    char path[PATH_BYTES];
    while (office_name(&b->list, &b->list_at, &name)) {
        const size_t table = bacpac_model_table(&b->model, name, b->table);
        if (table == SIZE_MAX || name.len >= sizeof path) {
            continue; /* is scanned by itself */
        }
        struct error problem = {0};
        memcpy(path, name.ptr, name.len);
        path[name.len] = '\0';
        b->member = b->package->ops->sibling(b->package, path, &problem);
        if (b->member == NULL) {
            office_tell(b->report, &problem);
            continue;
        }
        b->table = table;
        b->rows = (struct bcp_rows){.fields = b->fields,
                                    .text = &b->text,
                                    .narrow = &b->narrow,
                                    .report = b->report,
                                    .table = b->tables[table].table,
                                    .first_field = b->tables[table].first_field};
        const int status = bcp_rows_open(&b->rows, &b->model.tables[table], b->member,
                                         BCP_WIDE | BCP_CHAR_BARE, err);
        return status == 0 ? 1 : status;
    }
    return 0;
}

static int step_rows(struct bacpac *b, struct error *err) {
    int status = b->member == NULL ? open_member(b, err) : 1;
    if (status == 1) {
        status = bcp_rows_next(&b->rows, err);
        if (status == 0) {
            close_member(b);
            status = 1;
        }
    }
    return status;
}

/* Are there as many rows as the package tells? */
static void compare_rows(struct bacpac *b) {
    const uint64_t told = b->model.rows_told;
    if (told != UINT64_MAX && told != b->report->rows && b->report->status == 0) {
        b->report->status = error_set(
            &b->report->error, YINMA_E_DAMAGED, "the export tells of %llu rows, %llu were read",
            (unsigned long long)told, (unsigned long long)b->report->rows);
    }
}

static int next_segment(void *state, struct segment *out, struct error *err) {
    struct bacpac *b = state;
    int status = 1;
    record_text_clear(&b->text);
    while (status > 0 && !record_text_full(&b->text)) {
        status = b->described ? step_rows(b, err) : step_model(b, err);
        if (status == 0 && !b->described) {
            status = define_tables(b, err);
            status = status == 0 ? 1 : status;
        } else if (status == 0) {
            compare_rows(b);
        }
    }
    if (status >= 0 && (b->text.failed || b->model.failed)) {
        status = out_of_memory(err);
    }
    if (status < 0) {
        return status;
    }
    if (b->text.len == 0 && b->text.cell_count == 0) {
        return 0;
    }
    record_text_segment(&b->text, out);
    return 1;
}

static unsigned bid(const struct decode_head *head) {
    (void)head;
    return 0;
}

const struct decoder decoder_bacpac = {
    .name = "bacpac",
    .summary = "SQL Server databases (bacpac, dacpac): their tables with names and types, scripts "
               "and remarks of the model; after the documentation only",
    .traits = DECODER_BINARY | DECODER_PACKAGE | DECODER_DUMP,
    .bid = bid,
    .open = open_bacpac,
    .next = next_segment,
    .close = close_bacpac,
};
