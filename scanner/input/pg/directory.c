/* directory.c - dumps of pg_dump -Fd: toc.dat, and beside it a file of rows for each table. The
 * files are read one by one, as a folder is; each looks into toc.dat for what it holds. toc.dat
 * itself gives the script, and tells which files are missing. */
#include <stdlib.h>

#include "input/formats.h"
#include "input/limits.h"
#include "input/neighbours/beside_rule.h"
#include "input/pg/toc.h"

static const char *const endings_of_data[] = {"", ".gz", ".lz4", ".zst"};

struct directory {
    struct byte_source *source; /* not owned */
    struct pg_toc toc;
    struct byte_source *memory;
    struct text_buffer preamble, script;
    bool given;
};

static void directory_close(void *state) {
    struct directory *d = state;
    if (d != NULL) {
        byte_source_close(d->memory);
        pg_toc_release(&d->toc);
        text_buffer_release(&d->preamble);
        text_buffer_release(&d->script);
        free(d);
    }
}

/* The contents of SOURCE, which stands at its start. */
static int read_contents(struct pg_toc *toc, struct byte_source *source, uint64_t max_bytes,
                         struct error *err) {
    struct pg_reader *reader = malloc(sizeof *reader);
    *toc = (struct pg_toc){0};
    if (reader == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory");
    }
    pg_reader_init(reader, source);
    int code = pg_toc_read(toc, reader, max_bytes, err);
    free(reader);
    return code;
}

static int directory_open(struct byte_source *source, struct input_budget *budget, void **state,
                          struct error *err) {
    *state = NULL;
    struct directory *d = calloc(1, sizeof *d);
    if (d == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory");
    }
    d->source = source;
    text_buffer_init(&d->preamble, 0);
    text_buffer_init(&d->script, 0);
    int code = read_contents(&d->toc, source, budget_memory(budget), err);
    if (code != 0) {
        directory_close(d);
        return code;
    }
    *state = d;
    return 0;
}

static bool has_file(struct byte_source *source, const char *file) {
    bool found = false;
    for (size_t i = 0; i < sizeof endings_of_data / sizeof *endings_of_data && !found; i++) {
        struct text_buffer path;
        text_buffer_init(&path, 0);
        text_buffer_puts(&path, file);
        text_buffer_puts(&path, endings_of_data[i]);
        struct byte_source *sibling = source->ops->sibling(source, text_buffer_string(&path), NULL);
        found = sibling != NULL;
        byte_source_close(sibling);
        text_buffer_release(&path);
    }
    return found;
}

static int check_files(struct directory *d, struct error *err) {
    for (size_t i = 0; i < d->toc.count; i++) {
        struct pg_entry *entry = &d->toc.entries[i];
        entry->met =
            !entry->has_data || d->source->ops->sibling == NULL || has_file(d->source, entry->file);
    }
    return pg_toc_check_all_met(&d->toc, "pg-directory", err);
}

static int directory_next(void *state, struct container_member *out, struct error *err) {
    struct directory *d = state;
    if (d->given) {
        return check_files(d, err);
    }
    d->given = true;
    pg_toc_script(&d->toc, &d->script);
    d->memory = d->script.failed ? NULL : input_open_memory(text_buffer_view(&d->script));
    if (d->memory == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory");
    }
    *out = (struct container_member){.name = BYTES_LIT("schema.sql"), .source = d->memory};
    out->hint = pg_entry_hint(&d->toc, NULL, "pg-directory", &d->preamble);
    return 1;
}

static unsigned directory_bid(struct bytes head) {
    enum pg_format format;
    return pg_head_is(head, &format) && (format == PG_TAR || format == PG_DIRECTORY) ? 48 : 0;
}

static const char *const endings[] = {NULL};

const struct container_format container_pg_directory = {
    .name = "pg-directory",
    .summary = "PostgreSQL dumps in a folder (pg_dump -Fd): toc.dat and the files it names",
    .type = CONTAINER_ARCHIVE,
    .endings = endings,
    .bid = directory_bid,
    .open = directory_open,
    .next = directory_next,
    .close = directory_close,
};

/* ---- a file of rows ---- */

static bool is_data_file(struct bytes stem) {
    size_t digits = 0;
    while (digits < stem.len && byte_is_digit(stem.ptr[digits])) {
        digits++;
    }
    return digits > 0 && bytes_equal(bytes_from(stem, digits), BYTES_LIT(".dat"));
}

static bool directory_wish(struct bytes stem, struct text_buffer *wish) {
    const bool may = is_data_file(stem);
    if (may) {
        text_buffer_puts(wish, "toc.dat");
    }
    return may;
}

static bool directory_find(struct beside *beside, struct byte_source *source, struct bytes stem,
                           struct bytes head, struct input_budget *budget) {
    (void)head;
    struct byte_source *contents =
        is_data_file(stem) ? source->ops->sibling(source, "toc.dat", NULL) : NULL;
    struct pg_toc toc = {0};
    bool found = false;
    if (contents != NULL && read_contents(&toc, contents, budget_memory(budget), NULL) == 0) {
        struct pg_entry *entry = pg_toc_by_file(&toc, stem);
        found = entry != NULL;
        if (found) {
            pg_entry_name(entry, &beside->name);
            beside->hint = pg_entry_hint(&toc, entry, "pg-directory", &beside->preamble);
            memcpy(beside->encoding, toc.encoding, sizeof toc.encoding);
            beside->hint.encoding = toc.encoding[0] != '\0' ? beside->encoding : NULL;
        }
    }
    byte_source_close(contents);
    pg_toc_release(&toc);
    return found;
}

const struct beside_rule beside_pg_directory = {.wish = directory_wish, .find = directory_find};
