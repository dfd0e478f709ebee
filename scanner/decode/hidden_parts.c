#include "decode/hidden_parts.h"

#include <stdio.h>

#include "core/error.h"
#include "core/utf8.h"

void hidden_list_add(struct hidden_list *list, const char *text) {
    const char *comma = list->len > 0 ? ", " : "";
    const size_t need = strlen(comma) + strlen(text);
    if (list->more || list->len + need >= sizeof list->text) {
        list->more = true;
        return;
    }
    list->len += (size_t)snprintf(list->text + list->len, sizeof list->text - list->len, "%s%s",
                                  comma, text);
}

void hidden_name(struct bytes name, char *out, size_t room) {
    static const char cut[] = "…";
    const size_t len = name.len < room ? name.len : utf8_cut_between_words(name, room - sizeof cut);
    snprintf(out, room, "%.*s%s", (int)len, (const char *)name.ptr, len < name.len ? cut : "");
}

void hidden_list_tell(const struct hidden_list *list, char out[HIDDEN_TOLD_BYTES]) {
    const unsigned long long count = list->count;
    if (list->len == 0) {
        snprintf(out, HIDDEN_TOLD_BYTES, "%llu%s", count, list->more ? " (…)" : "");
    } else {
        snprintf(out, HIDDEN_TOLD_BYTES, "%llu (%s%s)", count, list->text, list->more ? ", …" : "");
    }
}

static void end_rows(struct sheet_hidden *hidden) {
    char text[HIDDEN_NAME_BYTES + 48];
    const char *blank = hidden->sheet[0] != '\0' ? " " : "";
    if (hidden->first_row == 0) {
        return;
    }
    if (hidden->first_row == hidden->last_row) {
        snprintf(text, sizeof text, "%s%s%llu", hidden->sheet, blank,
                 (unsigned long long)hidden->first_row);
    } else {
        snprintf(text, sizeof text, "%s%s%llu-%llu", hidden->sheet, blank,
                 (unsigned long long)hidden->first_row, (unsigned long long)hidden->last_row);
    }
    hidden_list_add(&hidden->rows, text);
    hidden->first_row = 0;
}

void sheet_hidden_begin(struct sheet_hidden *hidden, struct bytes name, bool is_hidden) {
    end_rows(hidden);
    hidden_name(name, hidden->sheet, sizeof hidden->sheet);
    if (is_hidden) {
        hidden->sheets.count++;
        hidden_list_add(&hidden->sheets, hidden->sheet);
    }
}

/* 27 → "AB"; OUT has room for 16 bytes. */
static void column_name(uint64_t column, char *out) {
    char letters[16];
    size_t len = 0;
    for (column++; column > 0 && len + 1 < sizeof letters; column = (column - 1) / 26) {
        letters[len++] = (char)('A' + (column - 1) % 26);
    }
    for (size_t i = 0; i < len; i++) {
        out[i] = letters[len - 1 - i];
    }
    out[len] = '\0';
}

void sheet_hidden_columns(struct sheet_hidden *hidden, uint64_t first, uint64_t last) {
    char text[HIDDEN_NAME_BYTES + 48], from[16], to[16];
    column_name(first, from);
    column_name(last, to);
    snprintf(text, sizeof text, "%s%s%s%s%s", hidden->sheet, hidden->sheet[0] != '\0' ? " " : "",
             from, first == last ? "" : "-", first == last ? "" : to);
    hidden->columns.count += last - first + 1;
    hidden_list_add(&hidden->columns, text);
}

void sheet_hidden_rows(struct sheet_hidden *hidden, uint64_t row, uint64_t count) {
    if (hidden->first_row == 0 || hidden->last_row != row) { /* not the one behind the last */
        end_rows(hidden);
        hidden->first_row = row + 1;
    }
    hidden->last_row = row + count;
    hidden->rows.count += count;
}

void sheet_hidden_tell(struct sheet_hidden *hidden, char *out, size_t room) {
    char sheets[HIDDEN_TOLD_BYTES], columns[HIDDEN_TOLD_BYTES], rows[HIDDEN_TOLD_BYTES];
    end_rows(hidden);
    if (hidden->sheets.count + hidden->columns.count + hidden->rows.count == 0) {
        return;
    }
    hidden_list_tell(&hidden->sheets, sheets);
    hidden_list_tell(&hidden->columns, columns);
    hidden_list_tell(&hidden->rows, rows);
    snprintf(out, room, SAID("hidden: sheets %s, columns %s, rows %s"), sheets, columns, rows);
}
