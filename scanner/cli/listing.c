#include "cli/listing.h"

#include <inttypes.h>
#include <stdio.h>

#include "core/utf8.h"
#include "reports/json_writer.h"

void listing_names(uint64_t set, kind_list kinds, member_name *name, struct text_buffer *out) {
    const char *separator = "";
    for (; set != 0; set &= set - 1) {
        text_buffer_puts(out, separator);
        text_buffer_puts(out, name(kinds, (unsigned)__builtin_ctzll(set)));
        separator = ", ";
    }
}

/* ---- for programs ---- */

static void write_json_entry(struct json_writer *json, const char *key, kind_list kinds,
                             const struct entry *entry) {
    switch (entry->type) {
    case ENTRY_ABSENT:
        return;
    case ENTRY_TEXT:
        json_member_string(json, key, entry->text);
        return;
    case ENTRY_NUMBER:
        json_member_number(json, key, entry->number);
        return;
    case ENTRY_FLAG:
        json_key(json, key);
        json_bool(json, entry->number != 0);
        return;
    case ENTRY_NAMES:
        break;
    }
    json_key(json, key);
    json_open(json, '[');
    for (uint64_t set = entry->number; set != 0; set &= set - 1) {
        json_string(json, entry->name(kinds, (unsigned)__builtin_ctzll(set)));
    }
    json_close(json, ']');
}

static int print_json(const struct listing *listing, const struct listing_view *view,
                      struct error *err) {
    struct report_sink sink;
    report_sink_init(&sink, view->out);
    struct json_writer json = {.sink = &sink};
    json_open(&json, '[');
    for (size_t i = 0;; i++) {
        struct entry entries[LISTING_COLUMNS] = {0};
        if (!listing->row(view, i, entries)) {
            break;
        }
        json_open(&json, '{');
        for (size_t c = 0; listing->columns[c].key != NULL; c++) {
            write_json_entry(&json, listing->columns[c].key, view->kinds, &entries[c]);
        }
        json_close(&json, '}');
    }
    json_close(&json, ']');
    report_putc(&sink, '\n');
    report_flush(&sink);
    if (sink.error.code < 0) {
        *err = sink.error;
    }
    return sink.error.code;
}

/* ---- for people ---- */

static void write_text_entry(const struct entry *entry, kind_list kinds, struct text_buffer *out) {
    text_buffer_clear(out);
    switch (entry->type) {
    case ENTRY_TEXT:
        text_buffer_puts(out, entry->text);
        break;
    case ENTRY_NUMBER:
        text_buffer_printf(out, "%" PRIu64, entry->number);
        break;
    case ENTRY_FLAG:
        text_buffer_puts(out, entry->number != 0 ? "yes" : "no");
        break;
    case ENTRY_NAMES:
        listing_names(entry->number, kinds, entry->name, out);
        break;
    case ENTRY_ABSENT:
        break;
    }
}

static void measure(const struct listing *listing, const struct listing_view *view,
                    struct text_buffer *scratch, size_t *widths) {
    struct entry entries[LISTING_COLUMNS] = {0};
    for (size_t i = 0; listing->row(view, i, entries); i++) {
        for (size_t c = 0; listing->columns[c].key != NULL; c++) {
            write_text_entry(&entries[c], view->kinds, scratch);
            size_t width = utf8_width(text_buffer_view(scratch));
            widths[c] = width > widths[c] ? width : widths[c];
        }
        memset(entries, 0, sizeof entries);
    }
}

static void print_row(const struct listing *listing, const struct listing_view *view,
                      const struct entry *entries, const size_t *widths,
                      struct text_buffer *scratch) {
    size_t pending = 0; /* blanks owed: none behind the last column */
    for (size_t c = 0; listing->columns[c].key != NULL; c++) {
        if (!listing->columns[c].in_text) {
            continue;
        }
        write_text_entry(&entries[c], view->kinds, scratch);
        size_t width = utf8_width(text_buffer_view(scratch));
        if (width > 0) {
            fprintf(view->out, "%*s%s", (int)pending, "", text_buffer_string(scratch));
            pending = 0;
        }
        pending += widths[c] - width + 2;
    }
    fputc('\n', view->out);
}

static int print_text(const struct listing *listing, const struct listing_view *view,
                      struct error *err) {
    struct text_buffer scratch;
    text_buffer_init(&scratch, 0);
    size_t widths[LISTING_COLUMNS] = {0};
    measure(listing, view, &scratch, widths);
    struct entry entries[LISTING_COLUMNS] = {0};
    for (size_t i = 0; listing->row(view, i, entries); i++) {
        print_row(listing, view, entries, widths, &scratch);
        memset(entries, 0, sizeof entries);
    }
    bool failed = scratch.failed;
    text_buffer_release(&scratch);
    return failed ? error_set(err, YINMA_E_MEMORY, "memory ran out") : 0;
}

int listing_print(const struct listing *listing, const struct listing_view *view,
                  enum list_format format, struct error *err) {
    return format == LIST_JSON ? print_json(listing, view, err) : print_text(listing, view, err);
}
