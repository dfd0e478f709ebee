#include "decode/office/cipher.h"

#include <stdio.h>

#include "core/endian.h"

enum {
    INFO_BYTES = 8192, /* the description of the encryption is some hundreds to 2 KiB long */
    NAME_BYTES = 64,
    /* EncryptionVersionInfo, [MS-OFFCRYPTO] 2.3.4.5, 2.3.4.6, 2.3.4.10. */
    VERSION_BYTES = 4,
    MINOR_STANDARD = 2,
    MINOR_AGILE = 4,
    /* EncryptionHeader, 2.3.2. */
    HEADER_AT = 12, /* behind version, flags, size of the header */
    ALGORITHM_AT = 8,
    KEY_BITS_AT = 16,
    ALGORITHM_RC4 = 0x6801,
    ALGORITHM_AES_128 = 0x660E,
    ALGORITHM_AES_192 = 0x660F,
    ALGORITHM_AES_256 = 0x6610,
    RC4_DEFAULT_BITS = 40, /* what a length of 0 stands for */
    /* FibBase, [MS-DOC] 2.5.2. */
    FIB_MARK = 0xA5EC,
    FIB_FLAGS_AT = 10,
    FIB_ENCRYPTED = 0x0100,
    FIB_TABLE_1 = 0x0200, /* which of two streams its tables are in */
    FIB_OBFUSCATED = 0x8000,
};

struct bytes office_cipher_name(struct bytes header, char *room, size_t room_bytes) {
    if (header.len < KEY_BITS_AT + 4) {
        return BYTES_LIT(SAID("its cipher is not told"));
    }
    const uint32_t bits = little_u32(header.ptr + KEY_BITS_AT);
    switch (little_u32(header.ptr + ALGORITHM_AT)) {
    case ALGORITHM_RC4:
        snprintf(room, room_bytes, SAID("RC4, key of %u bits"),
                 bits == 0 ? RC4_DEFAULT_BITS : bits);
        return bytes_of_string(room);
    case ALGORITHM_AES_128:
        return BYTES_LIT("AES-128");
    case ALGORITHM_AES_192:
        return BYTES_LIT("AES-192");
    case ALGORITHM_AES_256:
        return BYTES_LIT("AES-256");
    default:
        return BYTES_LIT(SAID("its cipher is not told"));
    }
}

/* The value of an attribute in the XML that describes the encryption. */
static struct bytes described(struct bytes text, struct bytes attribute) {
    size_t at = bytes_find(text, attribute);
    if (at == SIZE_MAX) {
        return BYTES_LIT("");
    }
    text = bytes_first(bytes_from(text, at + attribute.len), 16);
    size_t len = 0;
    while (len < text.len && byte_is_alnum(text.ptr[len])) {
        len++;
    }
    return bytes_first(text, len);
}

/* Agile encryption: keyData is the first to name a cipher, and it is the one of the content. */
static struct bytes agile_name(struct bytes xml, char *room, size_t room_bytes) {
    const struct bytes cipher = described(xml, BYTES_LIT("cipherAlgorithm=\""));
    const struct bytes bits = described(xml, BYTES_LIT("keyBits=\""));
    if (cipher.len == 0 || bits.len == 0 || cipher.len + bits.len + sizeof "-" > room_bytes) {
        return BYTES_LIT(SAID("its cipher is not told"));
    }
    snprintf(room, room_bytes, "%.*s-%.*s", (int)cipher.len, (const char *)cipher.ptr,
             (int)bits.len, (const char *)bits.ptr);
    return bytes_of_string(room);
}

static int tell(struct error *err, struct bytes name) {
    return error_set(err, YINMA_E_ENCRYPTED, "encrypted Office document: %.*s", (int)name.len,
                     (const char *)name.ptr);
}

/* The first bytes of stream ENTRY. */
static struct bytes first_bytes(const struct ole2_file *file, int32_t entry, uint8_t *room,
                                size_t room_bytes) {
    if (entry == OLE2_NONE) {
        return BYTES_LIT("");
    }
    struct ole2_stream stream = ole2_stream_of(file, entry);
    return bytes_of(room, ole2_read_most(&stream, room, room_bytes));
}

/* A package of today's Office in a stream of its own. */
static int tell_package(const struct ole2_file *file, struct error *err) {
    uint8_t room[INFO_BYTES];
    char name[NAME_BYTES];
    const struct bytes info =
        first_bytes(file, ole2_find_stream(file, "EncryptionInfo"), room, sizeof room);
    const uint16_t minor = info.len < VERSION_BYTES ? 0 : little_u16(info.ptr + 2);
    if (minor == MINOR_AGILE) {
        return tell(err, agile_name(info, name, sizeof name));
    }
    return tell(err, minor == MINOR_STANDARD
                         ? office_cipher_name(bytes_from(info, HEADER_AT), name, sizeof name)
                         : BYTES_LIT(SAID("its cipher is not told")));
}

/* A document of Word 97 to 2003: flags in front, the description in the stream of its tables. */
static int tell_document(const struct ole2_file *file, int32_t document, struct error *err) {
    uint8_t fib[FIB_FLAGS_AT + 2], room[INFO_BYTES];
    char name[NAME_BYTES];
    const struct bytes base = first_bytes(file, document, fib, sizeof fib);
    const bool is_word = base.len == sizeof fib && little_u16(fib) == FIB_MARK;
    const unsigned flags = is_word ? little_u16(fib + FIB_FLAGS_AT) : 0;
    if ((flags & FIB_ENCRYPTED) == 0) {
        return 0;
    }
    if ((flags & FIB_OBFUSCATED) != 0) {
        return tell(err, BYTES_LIT(SAID("XOR, a key of 16 bits")));
    }
    const char *table = (flags & FIB_TABLE_1) != 0 ? "1Table" : "0Table";
    const struct bytes info = first_bytes(file, ole2_find_stream(file, table), room, sizeof room);
    if (info.len < VERSION_BYTES || little_u16(info.ptr + 2) != MINOR_STANDARD) {
        return tell(err, BYTES_LIT(SAID("RC4, key of 40 bits")));
    }
    return tell(err, office_cipher_name(bytes_from(info, HEADER_AT), name, sizeof name));
}

int office_cipher_tell(const struct ole2_file *file, struct error *err) {
    const int32_t document = ole2_find_stream(file, "WordDocument");
    if (ole2_find_stream(file, "EncryptedPackage") != OLE2_NONE) {
        return tell_package(file, err);
    }
    if (ole2_find_stream(file, "EncryptedSummary") != OLE2_NONE) { /* PowerPoint 97 to 2003 */
        return tell(err, BYTES_LIT("RC4 (CryptoAPI)"));
    }
    return document == OLE2_NONE ? 0 : tell_document(file, document, err);
}
