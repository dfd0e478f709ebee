/* Cells that hold compressed text. */
#include "core/utf8.h"
#include "decode/encoded_text.h"
#include "decode/packed_value.h"
#include "run/unfold/state.h"

enum { PACKED_BYTES = 64 * 1024 * 1024 /* the most that is read of one value */ };

/* Something in a cell was not read: the first reason stands for all. */
static void tell(struct unfold *unfold, const struct error *why) {
    if (unfold->report->status == 0) {
        unfold->report->status = why->code;
        unfold->report->error = *why;
    }
}

/* What random bytes decompress to does not look like that for long. */
static bool is_text(struct bytes text) {
    enum { LONG_ENOUGH = 32 };
    size_t at = 0;
    while (at < text.len && (text.ptr[at] >= 0x20 || byte_is_within(text.ptr[at], '\t', '\r'))) {
        at++;
    }
    return text.len >= LONG_ENOUGH && at == text.len && utf8_valid(text, UTF8_MAY_BE_CUT);
}

bool unfold_expand(struct unfold *unfold, struct bytes data, struct bytes *content) {
    struct packed_value packed;
    struct error err = {0};
    const char *file = packed_file(data);
    if (file != NULL) {
        (void)error_set(&err, YINMA_E_UNSUPPORTED,
                        "a file (%s) inside a value is not opened: only its bytes were scanned",
                        file);
        tell(unfold, &err);
    }
    if (data.len < PACKED_VALUE_MIN || !packed_value(data, &packed)) {
        return false;
    }
    struct block_buffer *out = &unfold->expanded;
    out->most = PACKED_BYTES;
    const int code =
        block_expand(&unfold->blocks, packed.codec, bytes_from(data, packed.begin), out, &err);
    unfold->failed |= code == YINMA_E_MEMORY;
    if (code < 0) {
        if (!packed.sure && !is_text(bytes_of(out->bytes, out->len))) {
            return false;
        }
        struct error why;
        (void)error_set(&why, code, "compressed data inside a value: %s", err.text);
        tell(unfold, &why);
    }
    if (out->len > PACKED_BYTES) {
        (void)error_set(&err, YINMA_E_LIMIT, "compressed data inside a value: more than 64 MiB");
        tell(unfold, &err);
    }
    *content = bytes_first(bytes_of(out->bytes, out->len), PACKED_BYTES);
    return content->len > 0;
}

static bool surely_packed(struct bytes data) {
    struct packed_value packed;
    return packed_file(data) != NULL || (packed_value(data, &packed) && packed.sure);
}

void unfold_part(struct unfold *unfold, struct bytes part) {
    enum { LOOKED_AT = 32 };
    uint8_t first[LOOKED_AT];
    const size_t len = base64_decode(bytes_first(part, LOOKED_AT), first, 0);
    if (surely_packed(part) || surely_packed(bytes_of(first, len))) {
        struct error err;
        (void)error_set(&err, YINMA_E_LIMIT,
                        "compressed data inside a value: longer than what is held of one value");
        tell(unfold, &err);
    }
}

bool unfold_made(struct unfolding *u, const struct cell *cell, struct bytes content) {
    content = unfold_layer_made(u->layer, cell->offset, cell->offset + cell->length, content);
    if (content.ptr == NULL) {
        return false;
    }
    unfold_layer_value(u->layer, content, cell->field, 0, u->row);
    return true;
}
