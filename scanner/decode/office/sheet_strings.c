#include "decode/office/sheet_strings.h"

#include <stdlib.h>

#include "decode/office/part.h"

void sheet_strings_init(struct sheet_strings *strings) {
    *strings = (struct sheet_strings){.count = 0};
    text_buffer_init(&strings->text, 0);
}

void sheet_strings_release(struct sheet_strings *strings) {
    text_buffer_release(&strings->text);
    free(strings->ends);
    free(strings->used);
}

static bool reserve(struct sheet_strings *strings) {
    if (strings->count < strings->capacity) {
        return true;
    }
    size_t capacity = strings->capacity == 0 ? 4096 : strings->capacity * 2;
    uint32_t *ends = realloc(strings->ends, capacity * sizeof *ends);
    if (ends == NULL) {
        strings->failed = true;
        return false;
    }
    strings->ends = ends;
    uint8_t *used = realloc(strings->used, capacity / 8);
    if (used == NULL) {
        strings->failed = true;
        return false;
    }
    memset(used + strings->capacity / 8, 0, (capacity - strings->capacity) / 8);
    strings->used = used;
    strings->capacity = capacity;
    return true;
}

void sheet_strings_end(struct sheet_strings *strings) {
    if (!reserve(strings)) {
        return;
    }
    strings->in_string = false;
    strings->failed |= strings->text.failed;
    strings->ends[strings->count++] = (uint32_t)strings->text.len;
    strings->over =
        strings->text.len >= SHEET_STRINGS_BYTES || strings->count >= SHEET_STRINGS_MOST;
}

static void on_start(void *context, struct bytes name, struct bytes tag) {
    struct sheet_strings *s = context;
    (void)tag;
    name = xml_local_name(name);
    if (bytes_equal(name, BYTES_LIT("si"))) {
        s->in_string = true;
    }
    s->aside |= bytes_equal(name, BYTES_LIT("rPh")); /* how it is pronounced */
}

static void on_text(void *context, const struct xml_text *text) {
    struct sheet_strings *s = context;
    if (s->in_string && !s->aside && !s->over) {
        office_put_text(&s->text, text);
    }
}

static void on_end(void *context, struct bytes name, const uint8_t *at) {
    struct sheet_strings *s = context;
    (void)at;
    name = xml_local_name(name);
    if (bytes_equal(name, BYTES_LIT("rPh"))) {
        s->aside = false;
    }
    if (bytes_equal(name, BYTES_LIT("si")) && !s->over) {
        sheet_strings_end(s);
    }
}

const struct xml_events sheet_strings_events = {.start = on_start, .end = on_end, .text = on_text};

void sheet_strings_tell_limit(const struct sheet_strings *strings, struct decode_report *report) {
    struct error problem = {0};
    if (strings->over) {
        error_set(&problem, YINMA_E_LIMIT,
                  "the workbook shares more than %d MiB of strings: the others were read without "
                  "their columns",
                  SHEET_STRINGS_BYTES >> 20);
        office_tell(report, &problem);
    }
}

static struct bytes string_at(const struct sheet_strings *strings, size_t index) {
    size_t begin = index == 0 ? 0 : strings->ends[index - 1];
    const size_t len = strings->ends[index] - begin; /* of no string at all: data is NULL */
    return len == 0 ? BYTES_LIT("") : bytes_of(strings->text.data + begin, len);
}

bool sheet_strings_get(struct sheet_strings *strings, size_t index, struct bytes *text) {
    if (index >= strings->count) {
        return false;
    }
    strings->used[index / 8] |= (uint8_t)(1U << index % 8);
    *text = string_at(strings, index);
    return true;
}

bool sheet_strings_unused(struct sheet_strings *strings, struct bytes *text) {
    while (strings->told < strings->count) {
        size_t index = strings->told++;
        if ((strings->used[index / 8] >> index % 8 & 1) == 0) {
            *text = string_at(strings, index);
            if (text->len > 0) {
                return true;
            }
        }
    }
    return false;
}
