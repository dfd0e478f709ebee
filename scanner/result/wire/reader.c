#include "result/wire/reader.h"

uint64_t wire_long_varint(struct wire_reader *in) {
    uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        uint8_t byte = wire_u8(in);
        value |= (uint64_t)(byte & 0x7F) << shift;
        if (byte < 0x80) {
            if (shift == 63 && byte > 1) {
                break;
            }
            return value;
        }
    }
    wire_fail(in, YINMA_E_DAMAGED);
    return 0;
}

uint64_t wire_u64(struct wire_reader *in) {
    uint64_t value;
    if (in->left.len < sizeof value) {
        wire_fail(in, YINMA_E_DAMAGED);
        return 0;
    }
    memcpy(&value, in->left.ptr, sizeof value); /* processors have the byte order of the wire */
    in->left = bytes_from(in->left, sizeof value);
    return value;
}

int32_t wire_day(struct wire_reader *in) {
    uint32_t value = (uint32_t)wire_up_to(in, UINT32_MAX);
    return (int32_t)(value >> 1 ^ (0U - (value & 1)));
}

struct bytes wire_view(struct wire_reader *in) {
    size_t len = (size_t)wire_varint(in);
    if (len > in->left.len) {
        wire_fail(in, YINMA_E_DAMAGED);
        len = 0;
    }
    struct bytes view = bytes_first(in->left, len);
    in->left = bytes_from(in->left, len);
    return view;
}

void wire_text(struct wire_reader *in, struct bytes *out) {
    struct bytes view = wire_view(in);
    bool ok = true;
    if (in->store == NULL) {
        ok = text_copy(view, out);
    } else {
        *out = facts_store_text(in->store, view);
        ok = out->len == view.len;
    }
    if (!ok) {
        wire_fail(in, YINMA_E_MEMORY);
    }
}

void wire_string(struct wire_reader *in, char *out, size_t size) {
    struct bytes view = wire_view(in);
    if (view.len >= size || (view.len > 0 && memchr(view.ptr, 0, view.len) != NULL)) {
        wire_fail(in, YINMA_E_DAMAGED);
        view.len = 0;
    }
    if (view.len > 0) {
        memcpy(out, view.ptr, view.len);
    }
    out[view.len] = '\0';
}

void wire_end_text(struct wire_reader *in, const char *text) {
    if (in->store != NULL) {
        facts_store_end(in->store, text + strlen(text) + 1);
    }
}

void wire_example(struct wire_reader *in, struct example *out) {
    out->row = wire_varint(in);
    out->line = wire_varint(in);
    out->offset = wire_varint(in) - 1;
    wire_string(in, out->shown, sizeof out->shown);
    wire_string(in, out->fingerprint, sizeof out->fingerprint);
}
