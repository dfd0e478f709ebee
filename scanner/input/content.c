/* content.c - what cannot be read as records, told by its first bytes. */
#include <stdlib.h>

#include "core/endian.h"
#include "core/script_text.h"
#include "input/input.h"

struct signature {
    const char *magic;
    const char *what;
    enum content_class class;
    uint16_t offset;
    uint16_t len;
};

/* One row a signature: where it stands, its bytes, its class, its name. */
#define ROW(offset, magic, class, what)                                                            \
    { magic, what, CONTENT_##class, offset, sizeof(magic) - 1 }

static const struct signature signatures[] = {
    ROW(0, "\x89PNG\r\n\x1A\n", OPAQUE, "PNG image"),
    ROW(0, "\xFF\xD8\xFF", OPAQUE, "JPEG image"),
    ROW(0, "GIF87a", OPAQUE, "GIF image"),
    ROW(0, "GIF89a", OPAQUE, "GIF image"),
    ROW(0, "II*\0", OPAQUE, "TIFF image"),
    ROW(0, "MM\0*", OPAQUE, "TIFF image"),
    ROW(8, "WEBPVP8", OPAQUE, "WebP image"),
    ROW(0, "\0\0\1\0", OPAQUE, "icon"),
    ROW(0, "8BPS\0\1", OPAQUE, "Photoshop image"),
    ROW(0, "\xFF\x4F\xFF\x51", OPAQUE, "JPEG 2000 image"),
    ROW(0, "\0\0\0\x0CjP  ", OPAQUE, "JPEG 2000 image"),
    ROW(4, "ftypavif", OPAQUE, "AVIF image"),
    ROW(4, "ftypheic", OPAQUE, "HEIF image"),
    ROW(4, "ftypmif1", OPAQUE, "HEIF image"),
    ROW(0, "wOFF", OPAQUE, "web font"),
    ROW(0, "wOF2", OPAQUE, "web font"),
    ROW(0, "OTTO\0", OPAQUE, "OpenType font"),
    ROW(14, "\xC0HBAM7", UNSUPPORTED, "FileMaker database"), /* begins like a font */
    ROW(0, "\0\1\0\0\0", OPAQUE, "TrueType font"),
    ROW(0, "ttcf\0", OPAQUE, "font collection"),
    ROW(0, "\177ELF", OPAQUE, "ELF executable"),
    ROW(0, "\xCA\xFE\xBA\xBE\0\0", OPAQUE, "Java class or Mach-O executable"),
    ROW(0, "\xCE\xFA\xED\xFE", OPAQUE, "Mach-O executable"),
    ROW(0, "\xCF\xFA\xED\xFE", OPAQUE, "Mach-O executable"),
    ROW(0, "\0asm", OPAQUE, "WebAssembly module"),
    ROW(0, "\033Lua", OPAQUE, "Lua bytecode"),
    ROW(0, "ID3\2\0", OPAQUE, "MP3 audio"),
    ROW(0, "ID3\3\0", OPAQUE, "MP3 audio"),
    ROW(0, "ID3\4\0", OPAQUE, "MP3 audio"),
    ROW(0, "OggS\0", OPAQUE, "Ogg audio or video"),
    ROW(0, "fLaC\0", OPAQUE, "FLAC audio"),
    ROW(8, "WAVEfmt ", OPAQUE, "WAV audio"),
    ROW(8, "AVI LIST", OPAQUE, "AVI video"),
    ROW(4, "ftypisom", OPAQUE, "MP4 video"),
    ROW(4, "ftypmp4", OPAQUE, "MP4 video"),
    ROW(4, "ftypM4A", OPAQUE, "MP4 audio"),
    ROW(4, "ftypM4V", OPAQUE, "MP4 video"),
    ROW(4, "ftypqt  ", OPAQUE, "QuickTime video"),
    ROW(4, "ftyp3gp", OPAQUE, "3GPP video"),
    ROW(0, "\x1A\x45\xDF\xA3", OPAQUE, "Matroska or WebM video"),
    ROW(0, "FLV\1", OPAQUE, "Flash video"),
    ROW(0, "\0\0\1\xBA", OPAQUE, "MPEG video"),

    ROW(0, "-----BEGIN PGP MESSAGE-----", ENCRYPTED, "PGP message"),
    ROW(0, "age-encryption.org/v1\n", ENCRYPTED, "age encrypted file"),
    ROW(0, "-----BEGIN AGE ENCRYPTED FILE-----", ENCRYPTED, "age encrypted file"),
    ROW(0, "Salted__", ENCRYPTED, "openssl enc output"),
    ROW(0, "U2FsdGVkX1", ENCRYPTED, "openssl enc output in base64"),
    ROW(0, "LUKS\xBA\xBE", ENCRYPTED, "LUKS volume"),
    ROW(3, "-FVE-FS-", ENCRYPTED, "BitLocker volume"),
    ROW(0, "XBCRYP", ENCRYPTED, "xbcrypt output"),
    ROW(0, "\375bin", ENCRYPTED, "encrypted MySQL binary log"),
    ROW(0, "$ANSIBLE_VAULT;", ENCRYPTED, "Ansible vault"),
    ROW(0, "\x03\xD9\xA2\x9A", ENCRYPTED, "KeePass database"),
    ROW(0, "ANDROID BACKUP\n", ENCRYPTED, "Android backup"),
    ROW(0, "encrcdsa", ENCRYPTED, "encrypted disk image"),

    ROW(16, "MariaDB 1", RAW_PAGES, "redo log of InnoDB"),
    ROW(16, "MySQL 8.", RAW_PAGES, "redo log of InnoDB"),
    ROW(16, "MySQL 5.", RAW_PAGES, "redo log of InnoDB"),
    ROW(0, "\xFE\xFE\x0B\x01MARIALOG", RAW_PAGES, "log of Aria"),
    ROW(0, "\xFE\xFE\x09", RAW_PAGES, "index of an Aria table"),
    ROW(0, "\xFE\xFE\x07\x01", RAW_PAGES, "index of a MyISAM table"),

    ROW(0, "%PDF-", UNSUPPORTED, "PDF document"),
    ROW(0, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", UNSUPPORTED, "OLE2 document (doc, xls, msg)"),
    ROW(0, "PGDMP", UNSUPPORTED, "PostgreSQL custom dump"),
    ROW(0, "PGCOPY\n\xFF\r\n\0", UNSUPPORTED, "PostgreSQL binary COPY"),
    ROW(0, "SQLite format 3\0", UNSUPPORTED, "SQLite database"),
    ROW(0, "\x37\x7F\x06\x82", UNSUPPORTED, "SQLite write-ahead log"),
    ROW(0, "\x37\x7F\x06\x83", UNSUPPORTED, "SQLite write-ahead log"),
    ROW(0, "PAR1\x15", UNSUPPORTED, "Parquet file"),
    ROW(0, "Obj\x01", UNSUPPORTED, "Avro file"),
    ROW(0, "ARROW1\0\0", UNSUPPORTED, "Arrow file"),
    ROW(0, "FEA1\0\0\0\0", UNSUPPORTED, "Feather file"),
    ROW(0, "SEQ\x06", UNSUPPORTED, "Hadoop sequence file"),
    ROW(0, "RCF\x01", UNSUPPORTED, "Hive RCFile"),
    ROW(0, "\x89HDF\r\n\x1A\n", UNSUPPORTED, "HDF5 file"),
    ROW(0, "MATLAB 5.0 MAT-file", UNSUPPORTED, "MATLAB file"),
    ROW(0, "MATLAB 7.3 MAT-file", UNSUPPORTED, "MATLAB file"),
    ROW(0, "\x93NUMPY", UNSUPPORTED, "NumPy array"),
    ROW(0, "<stata_dta><header>", UNSUPPORTED, "Stata data set"),
    ROW(0, "$FL2@(#)", UNSUPPORTED, "SPSS data set"),
    ROW(0, "$FL3@(#)", UNSUPPORTED, "SPSS data set"),
    ROW(12, "\xC2\xEA\x81\x60\xB3\x14\x11\xCF\xBD\x92", UNSUPPORTED, "SAS data set"),
    ROW(0, "HEADER RECORD*******LIBRARY HEADER RECORD!!!!!!!", UNSUPPORTED, "SAS transport file"),
    ROW(0, "HEADER RECORD*******LIBV8   HEADER RECORD!!!!!!!", UNSUPPORTED, "SAS transport file"),
    ROW(0, "X\n\0\0\0\2", UNSUPPORTED, "R data"),
    ROW(0, "X\n\0\0\0\3", UNSUPPORTED, "R data"),
    ROW(0, "RDX2\nX\n", UNSUPPORTED, "R data"),
    ROW(0, "RDX3\nX\n", UNSUPPORTED, "R data"),
    ROW(0, "\xAC\xED\0\5", UNSUPPORTED, "serialized Java objects"),
    ROW(4, "Standard Jet DB", UNSUPPORTED, "Access database"),
    ROW(4, "Standard ACE DB", UNSUPPORTED, "Access database"),
    ROW(0, "MSSQLBAK", UNSUPPORTED, "compressed SQL Server backup"),
    ROW(0, "\376bin", UNSUPPORTED, "MySQL binary log"),
    ROW(0, "XBSTCK01", UNSUPPORTED, "xbstream backup"),
    ROW(0, "REDIS0", UNSUPPORTED, "Redis dump"),
    ROW(0, "\x6D\xE2\x99\x81", UNSUPPORTED, "MongoDB archive"),
    ROW(0, "\x81\x99\xE2\x6D", UNSUPPORTED, "MongoDB archive"),
    ROW(0, "LPKSHHRH", UNSUPPORTED, "systemd journal"),
    ROW(0, "ElfFile\0", UNSUPPORTED, "Windows event log"),
    ROW(0, "!BDN", UNSUPPORTED, "Outlook mailbox (pst)"),
    ROW(0, "\xD4\xC3\xB2\xA1", UNSUPPORTED, "network capture"),
    ROW(0, "\xA1\xB2\xC3\xD4", UNSUPPORTED, "network capture"),
    ROW(0, "\x0A\x0D\x0D\x0A", UNSUPPORTED, "network capture"),
    ROW(0, "QFI\xFB", UNSUPPORTED, "QEMU disk image"),
    ROW(0, "KDMV", UNSUPPORTED, "VMware disk image"),
    ROW(0, "vhdxfile", UNSUPPORTED, "Hyper-V disk image"),
    ROW(0, "conectix", UNSUPPORTED, "virtual hard disk"),
    ROW(0, "\x02\x21\x4C\x18", UNSUPPORTED, "lz4 data of the old form"),
    ROW(0, "\x89LZO\0\r\n\x1A\n", UNSUPPORTED, "lzop data"),
    ROW(0, "LRZI\0", UNSUPPORTED, "lrzip data"),
    ROW(0, "qpress10", UNSUPPORTED, "qpress archive"),
    ROW(0, "\xFF\x06\0\0sNaPpY", UNSUPPORTED, "snappy data"),
    ROW(0, "hsqs", UNSUPPORTED, "squashfs image"),
    ROW(0, "\x18\xE2\x2D\0\0\0\0\0", OPAQUE, "index of a SQLite write-ahead log"),
    ROW(0, "xar!", UNSUPPORTED, "xar archive"),
    ROW(0, "PACK\0\0\0", UNSUPPORTED,
        "git pack: history, in differences; scan what is checked out"),
    ROW(0, "\377tOc\0\0\0", OPAQUE, "index of a git pack"),
    ROW(0, "RIDX\0\0\0", OPAQUE, "index of a git pack"),
    ROW(0, "MIDX\1", OPAQUE, "index of git packs"),
    ROW(0, "BITM\0\1", OPAQUE, "bitmap of a git pack"),
    ROW(0, "CGPH\1", OPAQUE, "graph of git commits"),
    ROW(0, "DIRC\0\0\0", OPAQUE, "git index"),
    ROW(0, "version https://git-lfs.github.com/spec/", UNSUPPORTED,
        "git LFS pointer: the content is kept elsewhere"),
};

#undef ROW

static bool matches(const struct signature *s, struct bytes head) {
    return head.len >= (size_t)s->offset + s->len && head.ptr[s->offset] == (uint8_t)s->magic[0] &&
           memcmp(head.ptr + s->offset, s->magic, s->len) == 0;
}

/* Windows programs: "MZ" is two letters of any text, so the header it points to must be there. */
static bool is_windows_program(struct bytes head) {
    if (head.len < 64 || head.ptr[0] != 'M' || head.ptr[1] != 'Z') {
        return false;
    }
    const size_t at = (size_t)head.ptr[60] | (size_t)head.ptr[61] << 8 |
                      (size_t)head.ptr[62] << 16 | (size_t)head.ptr[63] << 24;
    return at < head.len && head.len - at >= 4 && memcmp(head.ptr + at, "PE\0\0", 4) == 0;
}

/* Data sets of Stata before 13: the release, the order of bytes, the type of the file, which is 1,
 * and a byte that is not used ("File formats .dta" of its manuals). */
static bool is_old_stata(struct bytes head) {
    return head.len >= 8 && head.ptr[0] >= 105 && head.ptr[0] <= 115 &&
           (head.ptr[1] == 1 || head.ptr[1] == 2) && head.ptr[2] == 1 && head.ptr[3] == 0;
}

/* Objects of Python: the opcode PROTO, and what begins a frame from protocol 4 on, else something
 * that may stand at the begin (pickletools.py). */
static bool is_pickle(struct bytes head) {
    if (head.len < 12 || head.ptr[0] != 0x80) {
        return false;
    }
    return head.ptr[1] >= 4 ? head.ptr[1] <= 5 && head.ptr[2] == 0x95 && head.ptr[10] == 0
                            : head.ptr[1] >= 2 && head.ptr[2] != 0 &&
                                  strchr("](}c)XKJMGNU\x8a", head.ptr[2]) != NULL;
}

/* The stream form of Arrow: a mark, the length of a message, where its root stands ("Encapsulated
 * message format"). */
static bool is_arrow_stream(struct bytes head) {
    if (head.len < 16 || memcmp(head.ptr, "\xFF\xFF\xFF\xFF", 4) != 0) {
        return false;
    }
    const uint32_t len = little_u32(head.ptr + 4), root = little_u32(head.ptr + 8);
    return len >= 16 && len % 8 == 0 && len < 1U << 24 && root % 4 == 0 && root < 64 && root > 0;
}

/* A checksum, the mark, the version of the storage, 64 bits. */
static bool is_duckdb(struct bytes head) {
    return head.len >= 20 && memcmp(head.ptr + 8, "DUCK", 4) == 0 &&
           memcmp(head.ptr + 13, "\0\0\0\0\0\0\0", 7) == 0;
}

static const struct {
    bool (*is)(struct bytes head);
    const char *what;
} unsupported_shapes[] = {
    {is_old_stata, SAID("Stata data set")},
    {is_pickle, SAID("objects of Python (pickle)")},
    {is_arrow_stream, SAID("Arrow stream")},
    {is_duckdb, SAID("DuckDB database")},
};

/* Binary OpenPGP (RFC 4880, 4.2): the message begins with an encrypted session key packet, whose
 * first bytes are a version and an algorithm. */
static bool is_openpgp(struct bytes head) {
    if (head.len < 8 || (head.ptr[0] & 0x80) == 0) {
        return false;
    }
    const bool new_form = (head.ptr[0] & 0x40) != 0;
    const unsigned tag = new_form ? head.ptr[0] & 0x3F : (head.ptr[0] >> 2) & 0xF;
    size_t body = 2; /* behind the length */
    if (new_form) {
        body = head.ptr[1] >= 224 ? 6 : (head.ptr[1] >= 192 ? 3 : 2);
    } else {
        static const uint8_t length_bytes[4] = {1, 2, 4, 0};
        body = 1 + length_bytes[head.ptr[0] & 3];
    }
    if (head.len < body + 10) {
        return false;
    }
    const uint8_t *p = head.ptr + body;
    if (tag == 1) { /* for a public key: version 3, key id, algorithm */
        const uint8_t algorithm = p[9];
        return p[0] == 3 && (algorithm == 1 || algorithm == 2 || algorithm == 16 ||
                             algorithm == 18 || algorithm == 25);
    }
    /* for a passphrase: version, cipher, kind of key derivation */
    return tag == 3 && (p[0] == 4 || p[0] == 5) && p[1] >= 1 && p[1] <= 13 &&
           (p[2] == 0 || p[2] == 1 || p[2] == 3);
}

/* Encrypted PDF (ISO 32000-2, 7.6): its trailer names an /Encrypt dictionary, whose crypt filters
 * say with what. Both mostly stand at the end. NULL: there is none in HEAD. */
static const char *pdf_cipher_in(struct bytes head) {
    if (bytes_find(head, BYTES_LIT("/Encrypt")) == SIZE_MAX) {
        return NULL;
    }
    if (bytes_find(head, BYTES_LIT("/AESV3")) != SIZE_MAX) {
        return "encrypted PDF document, AES-256";
    }
    if (bytes_find(head, BYTES_LIT("/AESV2")) != SIZE_MAX) {
        return "encrypted PDF document, AES-128";
    }
    const bool filter = bytes_find(head, BYTES_LIT("/Filter /Standard")) != SIZE_MAX ||
                        bytes_find(head, BYTES_LIT("/Filter/Standard")) != SIZE_MAX;
    return filter ? "encrypted PDF document, RC4" : "encrypted PDF document";
}

/* NULL: it is not encrypted, or longer than the head. */
static const char *pdf_cipher(struct bytes head) {
    return bytes_starts_with(head, BYTES_LIT("%PDF-")) ? pdf_cipher_in(head) : NULL;
}

const char *content_pdf_cipher(struct byte_source *source) {
    enum { EDGE_BYTES = 64 * 1024 };
    const uint64_t tail = source->size > EDGE_BYTES ? source->size - EDGE_BYTES : 0;
    const char *found = NULL;
    uint8_t *edges = malloc((size_t)2 * EDGE_BYTES);
    if (edges != NULL && source->size != UINT64_MAX) {
        struct error ignored = {0};
        const int64_t first = source->ops->read_at(source, 0, edges, EDGE_BYTES, &ignored);
        const size_t begin = first > 0 ? (size_t)first : 0;
        const int64_t last =
            tail == 0 ? 0 : source->ops->read_at(source, tail, edges + begin, EDGE_BYTES, &ignored);
        found = pdf_cipher_in(bytes_of(edges, begin + (last > 0 ? (size_t)last : 0)));
    }
    free(edges);
    return found;
}

/* CMS (RFC 5652) as S/MIME uses it: ContentInfo, a sequence that begins with the identifier of the
 * type. What enveloped data is encrypted with stands behind the recipients. */
static bool is_cms(struct bytes head, uint8_t type) {
    static const uint8_t pkcs7[] = {0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07};
    if (head.len < 20 || head.ptr[0] != 0x30) {
        return false;
    }
    const size_t at = head.ptr[1] <= 0x80 ? 2 : 2 + (size_t)(head.ptr[1] & 0x7F);
    return at <= 6 && memcmp(head.ptr + at, pkcs7, sizeof pkcs7) == 0 &&
           head.ptr[at + sizeof pkcs7] == type;
}

static const char *cms_cipher(struct bytes head) {
    static const struct {
        const char *identifier, *what;
    } ciphers[] = {
        {"\x06\x09\x60\x86\x48\x01\x65\x03\x04\x01\x02", "S/MIME message, AES-128-CBC"},
        {"\x06\x09\x60\x86\x48\x01\x65\x03\x04\x01\x16", "S/MIME message, AES-192-CBC"},
        {"\x06\x09\x60\x86\x48\x01\x65\x03\x04\x01\x2A", "S/MIME message, AES-256-CBC"},
        {"\x06\x09\x60\x86\x48\x01\x65\x03\x04\x01\x06", "S/MIME message, AES-128-GCM"},
        {"\x06\x09\x60\x86\x48\x01\x65\x03\x04\x01\x2E", "S/MIME message, AES-256-GCM"},
        {"\x06\x08\x2A\x86\x48\x86\xF7\x0D\x03\x07", "S/MIME message, 3DES-CBC"},
        {"\x06\x08\x2A\x86\x48\x86\xF7\x0D\x03\x02", "S/MIME message, RC2-CBC"},
        {"\x06\x05\x2B\x0E\x03\x02\x07", "S/MIME message, DES-CBC"},
    };
    for (size_t i = 0; i < sizeof ciphers / sizeof *ciphers; i++) {
        if (bytes_find(head, bytes_of_string(ciphers[i].identifier)) != SIZE_MAX) {
            return ciphers[i].what;
        }
    }
    return "S/MIME message";
}

/* Signed data whose content stands elsewhere: its content info holds nothing but a type. */
static bool is_detached_signature(struct bytes head) {
    struct bytes no_content = BYTES_LIT("\x30\x0B\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07\x01");
    return bytes_find(head, no_content) != SIZE_MAX;
}

static bool is_mp3_frame(struct bytes head, struct bytes name) {
    return head.len >= 4 && head.ptr[0] == 0xFF && (head.ptr[1] & 0xE6) == 0xE2 &&
           bytes_ends_with(name, BYTES_LIT(".mp3"));
}

/* Segments of the write-ahead log of PostgreSQL: a magic of the release (D10x), flags of a page
 * that begins a segment, the size of the segment, a power of two, and of its pages
 * (xlog_internal.h).
 */
static bool is_pg_wal(struct bytes head) {
    if (head.len < 40 || head.ptr[1] != 0xD1 || head.ptr[3] != 0 || (head.ptr[2] & 2) == 0) {
        return false;
    }
    const uint32_t segment = (uint32_t)head.ptr[32] | (uint32_t)head.ptr[33] << 8 |
                             (uint32_t)head.ptr[34] << 16 | (uint32_t)head.ptr[35] << 24;
    const uint32_t page = (uint32_t)head.ptr[36] | (uint32_t)head.ptr[37] << 8;
    return segment >= 1U << 20 && (segment & (segment - 1)) == 0 && page >= 1024 &&
           (page & (page - 1)) == 0;
}

/* The rows of MyISAM and Aria have no header: their names tell. */
static bool is_mysql_rows(struct bytes name) {
    return bytes_ends_with(name, BYTES_LIT(".MYD")) || bytes_ends_with(name, BYTES_LIT(".MAD"));
}

/* SQLCipher and the like leave no header: a file called a database whose bytes are all equally
 * frequent. The sum is that of a chi-square test of 255 degrees of freedom, far in its tail. */
static bool is_encrypted_database(struct bytes head, struct bytes name) {
    static const char *const endings[] = {".db", ".db3", ".sqlite", ".sqlite3", ".sqlitedb"};
    uint32_t counts[256] = {0};
    bool named = false;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        named = named || bytes_ends_with(name, bytes_of_string(endings[i]));
    }
    if (!named || head.len < 2048) {
        return false;
    }
    for (size_t i = 0; i < head.len; i++) {
        counts[head.ptr[i]]++;
    }
    const double share = (double)head.len / 256;
    double sum = 0;
    for (unsigned c = 0; c < 256; c++) {
        sum += ((double)counts[c] - share) * ((double)counts[c] - share) / share;
    }
    return sum < 400;
}

/* ---- without a signature ---- */

/* Not the blanks 08, 09, 0A, 0C and 0D, the end of files (1A) and what begins colours (1B). */
static inline uint8_t is_control(uint8_t c) {
    return (uint8_t)((c < 0x08) | (c == 0x0B) | byte_is_within(c, 0x0E, 0x19) |
                     byte_is_within(c, 0x1C, 0x1F) | (c == 0x7F));
}

static size_t count_controls(struct bytes b) {
    return bytes_count(b, is_control);
}

/* Is there one control byte only that parts the fields of some exports (01 is that of Hive)? */
static bool has_only_a_separator(struct bytes b) {
    static const uint32_t separators = 1U << 0x01 | 1U << 0x02 | 1U << 0x07 | 1U << 0x0B |
                                       1U << 0x1C | 1U << 0x1D | 1U << 0x1E | 1U << 0x1F;
    uint32_t met = 0;
    for (size_t i = 0; i < b.len; i++) {
        if (is_control(b.ptr[i])) {
            met |= b.ptr[i] == 0x7F ? 1 : 1U << b.ptr[i];
        }
    }
    return (met & ~separators) == 0 && (met & (met - 1)) == 0;
}

/* Is this what people write in UTF-16: ASCII, CJK, kana, full-width forms? */
static bool is_written(uint16_t unit) {
    return (unit >= 0x20 && unit < 0x250) || unit == '\t' || unit == '\n' || unit == '\r' ||
           unit == 0xFEFF || (unit >= 0x2000 && unit < 0x2700) ||
           (unit >= 0x3000 && unit < 0xA000) || unit >= 0xF900;
}

/* HIGH: which of two bytes is the high one. Random data would be written to about one half. */
static bool is_utf16(struct bytes head, size_t high) {
    const size_t units = head.len / 2;
    size_t written = 0;
    for (size_t i = 0; i < units; i++) {
        written +=
            is_written((uint16_t)(head.ptr[2 * i + high] << 8 | head.ptr[2 * i + (1 - high)]));
    }
    return units >= 4 && written >= units - units / 20;
}

/* Text with control bytes is common (a hole of NULs after a crash, binary columns in a dump), so
 * what begins with a stretch of clean text counts as text. Every twentieth byte a control byte:
 * random data has every ninth. */
static bool is_binary(struct bytes head) {
    enum { LEADING = 512, SHORTEST = 16 };
    if (head.len < SHORTEST || count_controls(bytes_first(head, LEADING)) == 0 ||
        script_text_begins(head)) {
        return false;
    }
    return count_controls(head) > head.len / 20 && !has_only_a_separator(head) &&
           !is_utf16(head, 0) && !is_utf16(head, 1);
}

struct content_guess content_guess(struct bytes head, struct bytes name) {
    const char *cipher = pdf_cipher(head);
    if (cipher != NULL) {
        return (struct content_guess){CONTENT_ENCRYPTED, cipher};
    }
    for (size_t i = 0; i < sizeof signatures / sizeof *signatures; i++) {
        if (matches(&signatures[i], head)) {
            return (struct content_guess){signatures[i].class, signatures[i].what};
        }
    }
    for (size_t i = 0; i < sizeof unsupported_shapes / sizeof *unsupported_shapes; i++) {
        if (unsupported_shapes[i].is(head)) {
            return (struct content_guess){CONTENT_UNSUPPORTED, unsupported_shapes[i].what};
        }
    }
    if (is_windows_program(head)) {
        return (struct content_guess){CONTENT_OPAQUE, SAID("Windows program")};
    }
    if (is_openpgp(head)) {
        return (struct content_guess){CONTENT_ENCRYPTED, "OpenPGP message"};
    }
    if (is_cms(head, 3) || is_cms(head, 6) || is_cms(head, 23)) {
        return (struct content_guess){CONTENT_ENCRYPTED, cms_cipher(head)};
    }
    if (is_cms(head, 2)) {
        return is_detached_signature(head)
                   ? (struct content_guess){CONTENT_OPAQUE, "signature (CMS)"}
                   : (struct content_guess){CONTENT_UNSUPPORTED, SAID("signed data (CMS)")};
    }
    if (is_encrypted_database(head, name)) {
        return (struct content_guess){CONTENT_ENCRYPTED,
                                      SAID("database without a header, as encrypted")};
    }
    if (is_mp3_frame(head, name)) {
        return (struct content_guess){CONTENT_OPAQUE, "MP3 audio"};
    }
    if (is_pg_wal(head)) {
        return (struct content_guess){CONTENT_RAW_PAGES, SAID("write-ahead log of PostgreSQL")};
    }
    if (!is_binary(head)) {
        return (struct content_guess){CONTENT_TEXT, "text"};
    }
    if (is_mysql_rows(name)) {
        return (struct content_guess){CONTENT_RAW_PAGES, SAID("rows of a MyISAM or Aria table")};
    }
    if (bytes_starts_with(head, BYTES_LIT("ORC"))) { /* so do words */
        return (struct content_guess){CONTENT_UNSUPPORTED, "ORC file"};
    }
    if (bytes_starts_with(head, BYTES_LIT("PARE"))) {
        return (struct content_guess){CONTENT_ENCRYPTED, SAID("Parquet file, encrypted")};
    }
    return (struct content_guess){CONTENT_UNSUPPORTED, SAID("unknown binary data")};
}
