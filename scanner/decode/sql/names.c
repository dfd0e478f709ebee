#include "decode/sql/names.h"

#include <stdlib.h>

enum { NAMES_MAX_BYTES = 4 * 1024 * 1024 };

void sql_names_init(struct sql_names *names) {
    *names = (struct sql_names){0};
    text_buffer_init(&names->text, NAMES_MAX_BYTES);
}

void sql_names_release(struct sql_names *names) {
    text_buffer_release(&names->text);
    free(names->ends);
    free(names->columns);
}

void sql_names_clear(struct sql_names *names) {
    text_buffer_clear(&names->text);
    names->count = 0;
    names->failed = false;
}

static bool grow(struct sql_names *names) {
    size_t capacity = names->capacity == 0 ? 64 : names->capacity * 2;
    void *ends = realloc(names->ends, capacity * sizeof *names->ends);
    if (ends == NULL) {
        return false;
    }
    names->ends = ends;
    void *columns = realloc(names->columns, capacity * sizeof *names->columns);
    if (columns == NULL) {
        return false;
    }
    names->columns = columns;
    names->capacity = capacity;
    return true;
}

void sql_names_add(struct sql_names *names, const struct sql_token *name,
                   const struct sql_dialect *dialect) {
    if (names->count == names->capacity && !grow(names)) {
        names->failed = true;
        return;
    }
    sql_token_append(name, dialect, &names->text);
    names->ends[names->count][0] = names->text.len;
    names->ends[names->count][1] = names->text.len;
    names->count++;
    names->failed |= names->text.failed;
}

void sql_names_label(struct sql_names *names, const struct sql_token *label,
                     const struct sql_dialect *dialect) {
    if (names->count != 0) {
        sql_token_append(label, dialect, &names->text);
        names->ends[names->count - 1][1] = names->text.len;
        names->failed |= names->text.failed;
    }
}

struct column_name *sql_names_columns(struct sql_names *names) {
    size_t begin = 0;
    const char *text = text_buffer_string(&names->text);
    for (size_t i = 0; i < names->count; i++) {
        size_t middle = names->ends[i][0], end = names->ends[i][1];
        names->columns[i].column = bytes_of(text + begin, middle - begin);
        names->columns[i].label = bytes_of(text + middle, end - middle);
        begin = end;
    }
    return names->columns;
}
