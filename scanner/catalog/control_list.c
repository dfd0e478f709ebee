#include "catalog/control_list.h"

#include <string.h>

#include "catalog/control_table.h"

enum { CONTROL_CELLS = 9, ANSWER_CELLS = 4 };

/* The next row of COUNT cells; false at the end. A test has checked that rows are whole. */
static bool next_row(struct bytes *rest, const char **cells, size_t count) {
    for (size_t i = 0; i < count; i++) {
        const uint8_t *end = rest->len == 0 ? NULL : memchr(rest->ptr, 0, rest->len);
        if (end == NULL) {
            return false;
        }
        cells[i] = (const char *)rest->ptr;
        size_t used = (size_t)(end - rest->ptr) + 1;
        *rest = bytes_of(rest->ptr + used, rest->len - used);
    }
    return true;
}

static bool next_control(struct bytes *rest, struct control *out) {
    const char *cells[CONTROL_CELLS];
    if (!next_row(rest, cells, CONTROL_CELLS)) {
        return false;
    }
    *out = (struct control){.id = cells[0],
                            .document = cells[1],
                            .section = cells[0] + strlen(cells[1]) + 1,
                            .printed = cells[2],
                            .level = cells[3],
                            .class = cells[4],
                            .how = cells[5],
                            .answer = cells[6],
                            .text = {cells[7], cells[8]}};
    return true;
}

bool control_at(size_t index, struct control *out) {
    struct bytes rest = embedded_controls;
    bool found = next_control(&rest, out);
    while (found && index-- > 0) {
        found = next_control(&rest, out);
    }
    return found;
}

static bool is_called(const struct control *control, const char *id) {
    size_t document = strlen(control->document);
    bool in_document = strncmp(id, control->document, document) == 0 && id[document] == '/';
    const char *number = in_document ? id + document + 1 : id;
    return strcmp(number, control->section) == 0 || strcmp(number, control->printed) == 0;
}

bool control_find(const char *id, struct control *out) {
    struct bytes rest = embedded_controls;
    struct control control;
    unsigned found = 0;
    while (next_control(&rest, &control)) {
        if (is_called(&control, id)) {
            *out = control;
            found++;
        }
    }
    return found == 1;
}

static bool find_answer(const char *code, size_t length, struct control_answer *out) {
    struct bytes rest = embedded_answers;
    const char *cells[ANSWER_CELLS];
    while (next_row(&rest, cells, ANSWER_CELLS)) {
        if (strlen(cells[0]) == length && memcmp(cells[0], code, length) == 0) {
            *out = (struct control_answer){cells[0], cells[1], {cells[2], cells[3]}};
            return true;
        }
    }
    return false;
}

bool control_answer_at(const struct control *control, size_t number, struct control_answer *out) {
    const char *code = control->answer;
    if (strcmp(control->how, "rule") == 0) {
        return false;
    }
    for (; number > 0; number--) {
        code = strchr(code, ',');
        if (code == NULL) {
            return false;
        }
        code++;
    }
    return find_answer(code, strcspn(code, ","), out);
}
