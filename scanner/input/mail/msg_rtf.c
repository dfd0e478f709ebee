#include "input/mail/msg_rtf.h"

enum { HEADER_BYTES = 16, DICTIONARY_BYTES = 4096 };

/* What the dictionary holds at first. */
static const char known_text[] =
    "{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern "
    "\\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0"
    "\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";

struct dictionary {
    uint8_t bytes[DICTIONARY_BYTES];
    size_t at;
};

static void put(struct text_buffer *out, struct dictionary *d, uint8_t c) {
    text_buffer_putc(out, (char)c);
    d->bytes[d->at] = c;
    d->at = (d->at + 1) % DICTIONARY_BYTES;
}

/* A place in the dictionary and a length. False: the end. */
static bool put_reference(struct text_buffer *out, struct dictionary *d, unsigned reference) {
    size_t from = reference >> 4;
    if (from == d->at) {
        return false;
    }
    for (unsigned length = (reference & 0xF) + 2; length > 0; length--) {
        put(out, d, d->bytes[from]);
        from = (from + 1) % DICTIONARY_BYTES;
    }
    return true;
}

bool msg_rtf_put(struct text_buffer *out, struct bytes compressed) {
    struct dictionary d = {.at = sizeof known_text - 1};
    memset(d.bytes, ' ', sizeof d.bytes);
    memcpy(d.bytes, known_text, sizeof known_text - 1);
    if (compressed.len >= HEADER_BYTES && memcmp(compressed.ptr + 8, "MELA", 4) == 0) {
        text_buffer_put(out, bytes_from(compressed, HEADER_BYTES));
        return true;
    }
    if (compressed.len < HEADER_BYTES || memcmp(compressed.ptr + 8, "LZFu", 4) != 0) {
        return false;
    }
    for (size_t at = HEADER_BYTES; at < compressed.len && !out->failed;) {
        const unsigned flags = compressed.ptr[at++];
        for (unsigned bit = 0; bit < 8 && at < compressed.len; bit++) {
            if ((flags >> bit & 1) == 0) {
                put(out, &d, compressed.ptr[at++]);
                continue;
            }
            if (compressed.len - at < 2) {
                return false;
            }
            if (!put_reference(out, &d,
                               (unsigned)compressed.ptr[at] << 8 | compressed.ptr[at + 1])) {
                return true;
            }
            at += 2;
        }
    }
    return false;
}
