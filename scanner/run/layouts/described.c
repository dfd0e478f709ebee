#include "run/layouts/described.h"

#include "decode/encoding/narrow_text.h"
#include "decode/sqlserver/bcp_fields.h"
#include "input/neighbours/beside.h"
#include "input/neighbours/beside_rule.h"
#include "run/layouts/bcp_format.h"
#include "run/layouts/bcp_table.h"
#include "run/layouts/sqlldr_control.h"

typedef bool read_description(struct bytes text, struct arena *memory, struct record_layout *out);

static read_description *const readers[] = {
    [BESIDE_SQLLDR] = sqlldr_read, [BESIDE_BCP] = bcp_format_read};

/* TEXT as UTF-8: scripts of SQL Server are mostly UTF-16, old ones Big5. */
static void make_utf8(struct text_buffer *text) {
    const struct bytes raw = text_buffer_view(text);
    struct text_buffer wide;
    struct narrow_text narrow;
    text_buffer_init(&wide, 0);
    narrow_text_init(&narrow, "CP950");
    if (bytes_starts_with(raw, BYTES_LIT("\xFF\xFE"))) {
        text_buffer_put_utf16le(&wide, bytes_from(raw, 2));
    } else {
        text_buffer_put(&wide, narrow_text_read(&narrow, raw));
    }
    wide.failed = wide.failed || narrow.utf8.failed;
    narrow_text_release(&narrow);
    text_buffer_release(text);
    *text = wide;
}

static bool read_sibling(struct byte_source *source, struct bytes stem, const char *ending,
                         struct input_budget *budget, struct text_buffer *out) {
    struct text_buffer name;
    text_buffer_init(&name, 0);
    text_buffer_put(&name, stem);
    text_buffer_puts(&name, ending);
    text_buffer_clear(out);
    bool read = !name.failed && beside_read(source, text_buffer_view(&name), budget, out);
    text_buffer_release(&name);
    return read && !out->failed;
}

static bool find_format(struct byte_source *source, struct bytes stem, struct input_budget *budget,
                        struct arena *memory, struct record_layout *out) {
    struct text_buffer text;
    bool found = false;
    text_buffer_init(&text, 0);
    for (size_t i = 0; !found && beside_layout_endings[i].ending != NULL; i++) {
        const struct beside_layout_ending *ending = &beside_layout_endings[i];
        found = read_sibling(source, stem, ending->ending, budget, &text) &&
                readers[ending->form](text_buffer_view(&text), memory, out);
    }
    text_buffer_release(&text);
    if (found) {
        out->preface = 0; /* the data that may follow there are others */
    }
    return found;
}

/* ---- native data ---- */

static const struct bcp_layout *find_table(struct byte_source *source, struct bytes stem,
                                           struct bytes schema, struct input_budget *budget,
                                           struct arena *memory) {
    const struct bcp_layout *found = NULL;
    struct text_buffer text;
    text_buffer_init(&text, 0);
    if (source->ops->sibling != NULL && read_sibling(source, stem, ".sql", budget, &text)) {
        make_utf8(&text);
        found = bcp_table_read(text_buffer_view(&text), stem, true, memory);
    }
    if (found == NULL && schema.len > 0) {
        found = bcp_table_read(schema, stem, false, memory);
    }
    const char *const *scripts = beside_layout_scripts;
    for (size_t i = 0; found == NULL && source->ops->sibling != NULL && scripts[i] != NULL; i++) {
        if (read_sibling(source, bytes_of_string(scripts[i]), "", budget, &text)) {
            make_utf8(&text);
            found = bcp_table_read(text_buffer_view(&text), stem, false, memory);
        }
    }
    text_buffer_release(&text);
    return found;
}

/* Are the data rows of that table? Descriptions may be old, or of another file. */
static bool fits(const struct bcp_layout *layout, struct bytes head, bool whole) {
    if (layout == NULL || !beside_layout_native(head)) {
        return false;
    }
    const struct bcp_fit fit = bcp_fit(layout->columns, layout->count, head, whole, 0);
    return bcp_is_fit(&fit, head.len);
}

static bool find_beside(struct byte_source *source, const struct decode_head *head,
                        struct bytes schema, struct input_budget *budget, struct arena *memory,
                        struct record_layout *out) {
    struct bytes stem = beside_layout_stem(head->name);
    if (stem.len == 0 || (source->ops->sibling == NULL && schema.len == 0)) {
        return false;
    }
    if (source->ops->sibling != NULL && find_format(source, stem, budget, memory, out)) {
        return out->native == NULL || fits(out->native, head->head, head->whole);
    }
    if (!beside_layout_native(head->head)) {
        return false;
    }
    *out = (struct record_layout){.native = find_table(source, stem, schema, budget, memory)};
    return fits(out->native, head->head, head->whole);
}

/* ---- */

bool described_may(struct byte_source *source, struct bytes name, struct bytes head,
                   struct bytes schema) {
    const bool may = source->ops->sibling != NULL || schema.len > 0;
    return (may && beside_layout_stem(name).len > 0 &&
            (beside_layout_native(head) || !beside_layout_lacks(source))) ||
           sqlldr_is_control(head);
}

const struct record_layout *described_find(struct byte_source *source,
                                           const struct decode_head *head, struct bytes schema,
                                           struct input_budget *budget, struct arena *memory) {
    struct record_layout *out = arena_alloc(memory, sizeof *out);
    if (out == NULL) {
        return NULL;
    }
    if (sqlldr_read(head->head, memory, out) && out->preface != 0) {
        return out;
    }
    return find_beside(source, head, schema, budget, memory, out) ? out : NULL;
}

bool described_file(struct byte_source *source, struct bytes name, struct input_budget *budget) {
    uint8_t first[4096];
    struct arena memory;
    struct record_layout layout;
    struct input_budget own = *budget;
    const uint64_t read = budget->compressed_bytes;
    arena_init(&memory, 0);
    const uint64_t counted = budget->compressed_bytes;
    int64_t got = source->ops->read_at == NULL
                      ? 0
                      : source->ops->read_at(source, 0, first, sizeof first, NULL);
    budget->compressed_bytes = counted; /* it will be read again */
    const struct decode_head head = {.head = bytes_of(first, got > 0 ? (size_t)got : 0),
                                     .name = name};
    bool described = sqlldr_is_control(head.head) ||
                     find_beside(source, &head, bytes_of("", 0), &own, &memory, &layout);
    budget->compressed_bytes = read; /* it is read again */
    arena_release(&memory);
    return described;
}
