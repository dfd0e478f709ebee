#include "decode/encoding/pair_table.h"

#include <stdlib.h>

#include "core/utf8.h"
#include "decode/encoding/big5_table.h"

static const char *charset_name(enum encoding encoding) {
    switch (encoding) {
    case ENCODING_GB18030:
        return "GB18030";
    case ENCODING_CP937:
        return "IBM937";
    default:
        return "";
    }
}

int pair_table_open(struct pair_table *table, enum encoding encoding, struct error *err) {
    if (table->utf8 != NULL) {
        return 0;
    }
    if (encoding == ENCODING_BIG5) {
        table->utf8 = big5_utf8;
        return 0;
    }
    const char *charset = charset_name(encoding);
    table->codes = calloc(65536, sizeof *table->codes);
    table->met = calloc(65536, sizeof *table->met);
    table->utf8 = table->met;
    if (table->codes == NULL || table->met == NULL) {
        free(table->codes);
        free(table->met);
        *table = (struct pair_table){.codes = NULL};
        return error_set(err, YINMA_E_MEMORY, "out of memory for a table of characters");
    }
    table->to_utf16 = iconv_open("UTF-16LE", charset);
    if (table->to_utf16 == (iconv_t)-1) {
        return error_set(err, YINMA_E_UNSUPPORTED,
                         "the system's iconv does not know %s: install the package libc-bin with "
                         "its gconv modules",
                         charset);
    }
    return 0;
}

void pair_table_close(struct pair_table *table) {
    if (table->codes != NULL && table->to_utf16 != (iconv_t)-1) {
        iconv_close(table->to_utf16);
    }
    free(table->codes);
    free(table->met);
}

/* Ask iconv once for each pair that is met. */
uint16_t pair_look_up(struct pair_table *table, enum encoding encoding, uint8_t lead,
                      uint8_t trail) {
    bool shifted = encoding == ENCODING_CP937;
    char in[3] = {0x0E, (char)lead, (char)trail};
    uint8_t out[8];
    char *in_at = shifted ? in : in + 1, *out_at = (char *)out;
    size_t in_left = shifted ? 3 : 2, out_left = sizeof out;
    (void)iconv(table->to_utf16, NULL, NULL, NULL, NULL);
    size_t result = iconv(table->to_utf16, &in_at, &in_left, &out_at, &out_left);
    uint16_t code = NO_CHARACTER;
    if (result != (size_t)-1 && in_left == 0 && out_left == sizeof out - 2) {
        uint16_t found = (uint16_t)(out[0] | (unsigned)out[1] << 8);
        /* One-byte characters and surrogates would break the width rule. */
        code = found >= 0x80 && (found < 0xD800 || found > 0xDFFF) ? found : NO_CHARACTER;
    }
    size_t place = pair_place(lead, trail);
    table->codes[place] = code;
    if (code != NO_CHARACTER) {
        uint8_t bytes[4] = {0};
        uint32_t count = (uint32_t)utf8_encode(code, bytes);
        memcpy(&table->met[place], bytes, sizeof bytes);
        table->met[place] |= count << 24;
    }
    return code;
}
