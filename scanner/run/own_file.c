#include "run/own_file.h"

#include <stdlib.h>

#include "core/json_value.h"
#include "match/match.h"

enum {
    READ_BYTES = 64 * 1024,
    LINE_BYTES_MAX = 16 << 20,
    KEY_BYTES_MAX = 40,
    HEAD_BYTES = 32,
    TYPES_MAX = 16,
};
static const uint64_t file_bytes_max = UINT64_C(1) << 30;

/* Which records a file of ours has: the first one, those that may follow, the last one. */
static const struct own_form {
    const char *name, *begins, *first, *last; /* last NULL: any of them */
    const char *others[TYPES_MAX];
} forms[] = {
    {"results",
     "{\"type\":\"run\",\"schema\":",
     "run",
     "summary",
     {"field", "occurrence", "violation", "control", "logs", "coverage", "sources", "request",
      "found", "comparison", "change", "run", "summary", NULL}},
    {"baseline", "{\"type\":\"accepted\",\"rule\":", "accepted", NULL, {"accepted", NULL}},
    {"ledger", "{\"type\":\"ledger\",\"schema\":", "ledger", NULL, {"ledger", NULL}},
    {"receipt", "{\"type\":\"receipt\",\"schema\":", "receipt", NULL, {NULL}},
};
enum { FORMS = sizeof forms / sizeof *forms };

bool own_file_hint(struct byte_source *source) {
    char head[HEAD_BYTES];
    int64_t got = source->ops->read_at == NULL || source->size > file_bytes_max
                      ? 0
                      : source->ops->read_at(source, 0, head, sizeof head, NULL);
    for (size_t i = 0; got > 0 && i < FORMS; i++) {
        if (bytes_starts_with(bytes_of(head, (size_t)got), bytes_of_string(forms[i].begins))) {
            return true;
        }
    }
    return false;
}

/* ---- one value ---- */

/* Digests and lists of them: long, and no text. */
static bool is_hex(struct bytes text) {
    for (size_t i = 0; i < text.len; i++) {
        if (!byte_is_digit(text.ptr[i]) && (text.ptr[i] < 'a' || text.ptr[i] > 'f')) {
            return false;
        }
    }
    return text.len >= 16 && text.len % 16 == 0;
}

/* A text that yinma wrote has been concealed: to do it again changes nothing. */
static bool is_concealed(kind_list kinds, struct bytes text) {
    struct text_buffer shown;
    text_buffer_init(&shown, 0);
    conceal(kinds, text, &shown);
    bool same = !shown.failed && bytes_equal(text_buffer_view(&shown), text);
    text_buffer_release(&shown);
    return same;
}

static bool is_own_key(struct bytes key) {
    for (size_t i = 0; i < key.len; i++) {
        uint8_t c = key.ptr[i];
        if (!byte_is_digit(c) && (c < 'a' || c > 'z') && c != '_' && c != '-') {
            return false;
        }
    }
    return key.len <= KEY_BYTES_MAX;
}

static bool is_own_value(kind_list kinds, const struct json_value *value) {
    bool good = is_own_key(value->key);
    if (value->type == JSON_TEXT) {
        good = good && (is_hex(value->text) || is_concealed(kinds, value->text));
    }
    for (const struct json_value *each = value->first; good && each != NULL; each = each->next) {
        good = is_own_value(kinds, each); /* as deep as JSON_DEPTH */
    }
    return good;
}

/* ---- lines ---- */

struct own_reading {
    kind_list kinds;
    struct arena arena;
    const struct own_form *form; /* NULL: not known yet */
    struct text_buffer line;
    bool ended; /* the last record of the form was the last one read */
};

static const struct own_form *form_of(struct bytes type) {
    for (size_t i = 0; i < FORMS; i++) {
        if (bytes_equal(type, bytes_of_string(forms[i].first))) {
            return &forms[i];
        }
    }
    return NULL;
}

static bool may_follow(const struct own_form *form, struct bytes type) {
    for (size_t i = 0; form->others[i] != NULL; i++) {
        if (bytes_equal(type, bytes_of_string(form->others[i]))) {
            return true;
        }
    }
    return false;
}

static bool take_record(struct own_reading *reading, const struct json_value *record) {
    struct bytes type = json_find_text(record, "type");
    if (record->first == NULL || !bytes_equal(record->first->key, BYTES_LIT("type"))) {
        return false;
    }
    bool begins = reading->form == NULL;
    reading->form = begins ? form_of(type) : reading->form;
    if (reading->form == NULL || (!begins && !may_follow(reading->form, type))) {
        return false;
    }
    const char *last = reading->form->last;
    reading->ended = last == NULL || bytes_equal(type, bytes_of_string(last));
    /* values in clear are data, whoever wrote them */
    return !json_find_truth(record, "revealed") && is_own_value(reading->kinds, record);
}

static bool take_line(struct own_reading *reading) {
    const struct json_value *record = NULL;
    struct bytes text = text_buffer_view(&reading->line);
    bool good = json_parse(text, &reading->arena, &record, NULL) == 0 &&
                record->type == JSON_OBJECT && take_record(reading, record);
    arena_release(&reading->arena);
    text_buffer_clear(&reading->line);
    return good;
}

/* False as soon as something is not ours. */
static bool take_bytes(struct own_reading *reading, struct bytes text) {
    while (text.len > 0) {
        size_t end = bytes_find(text, BYTES_LIT("\n"));
        text_buffer_put(&reading->line, bytes_first(text, end));
        if (reading->line.failed || (end != SIZE_MAX && !take_line(reading))) {
            return false;
        }
        text = end == SIZE_MAX ? bytes_of(text.ptr, 0) : bytes_from(text, end + 1);
    }
    return true;
}

const char *own_file_of(kind_list kinds, struct byte_source *source) {
    struct own_reading reading = {.kinds = kinds};
    uint8_t *buffer = malloc(READ_BYTES);
    bool good = buffer != NULL && own_file_hint(source);
    uint64_t at = 0;
    int64_t got = 0;
    arena_init(&reading.arena, (size_t)LINE_BYTES_MAX * 16);
    text_buffer_init(&reading.line, LINE_BYTES_MAX);
    while (good && (got = source->ops->read_at(source, at, buffer, READ_BYTES, NULL)) > 0) {
        at += (uint64_t)got;
        good = take_bytes(&reading, bytes_of(buffer, (size_t)got));
    }
    /* what has no line end was cut off while it was written */
    good = good && got == 0 && reading.line.len == 0 && reading.ended;
    text_buffer_release(&reading.line);
    arena_release(&reading.arena);
    free(buffer);
    return good ? reading.form->name : NULL;
}
