/* msg.c - messages of Outlook ([MS-OXMSG]): an OLE2 file whose streams are properties. As mail is:
 * headers, body, attachments. A message that is attached stands in a storage of its own and is read
 * after the one around it. */
#include <stdio.h>
#include <stdlib.h>

#include "core/ole2_file.h"
#include "input/formats.h"
#include "input/limits.h"
#include "input/mail/msg_rtf.h"
#include "input/mail/words.h"

enum {
    PROPERTY_DIGITS_AT = 12, /* behind "__substg1.0_" */
    ATTACHMENT_NAME_BYTES = 241,
    NAME_BYTES = 2 * ATTACHMENT_NAME_BYTES + 16, /* of the message, of what is attached to it */
    TEXT_BYTES_MAX = 4 << 20,                    /* of one property in the headers */
    RTF_BYTES_MAX = 64 << 20,
    ENTRIES_MAX = 16384, /* some hundreds of attachments; they are gone through for each */
    TYPE_STRING = 0x001E,
    TYPE_UNICODE = 0x001F,
    TYPE_BINARY = 0x0102,
    TYPE_OBJECT = 0x000D,
    PROPERTY_BODY = 0x1000,
    PROPERTY_RTF = 0x1009,
    PROPERTY_HTML = 0x1013,
    PROPERTY_DATA = 0x3701,
};

struct msg {
    struct byte_source content; /* of the stream that is read */
    struct input_budget *budget;
    struct ole2_file file;
    struct ole2_stream stream;
    struct text_buffer text; /* headers, or RTF */
    struct byte_source *memory;
    uint32_t at;      /* the entry looked at next */
    bool headers_due; /* of the message that was entered */
    int32_t message;  /* storage of the message whose headers come next */
    char name[NAME_BYTES];
};

/* ---- properties ---- */

static bool property_of(const struct ole2_entry *entry, unsigned *id, unsigned *type) {
    unsigned value = 0;
    if (strncmp(entry->name, "__substg1.0_", PROPERTY_DIGITS_AT) != 0 ||
        strlen(entry->name) < PROPERTY_DIGITS_AT + 8) {
        return false;
    }
    for (unsigned i = 0; i < 8; i++) {
        const int digit = byte_hex_value((uint8_t)entry->name[PROPERTY_DIGITS_AT + i]);
        if (digit < 0) {
            return false;
        }
        value = value << 4 | (unsigned)digit;
    }
    *id = value >> 16;
    *type = value & 0xFFFF;
    return true;
}

static const char *property_name(unsigned id) {
    static const struct {
        unsigned id;
        const char *name;
    } names[] = {{0x0037, "Subject"},   {0x0C1A, "From"},      {0x0C1F, "From"},
                 {0x5D01, "From"},      {0x0E04, "To"},        {0x0E03, "Cc"},
                 {0x0E02, "Bcc"},       {0x3001, "Recipient"}, {0x3003, "Recipient"},
                 {0x39FE, "Recipient"}, {0x007D, "Header"},    {0x1035, "Message-ID"}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (names[i].id == id) {
            return names[i].name;
        }
    }
    return NULL;
}

static int read_property(const struct msg *m, int32_t entry, struct text_buffer *out,
                         struct error *err) {
    struct ole2_stream stream = ole2_stream_of(&m->file, entry);
    uint8_t piece[4096];
    int64_t got = 1;
    text_buffer_clear(out);
    while (got > 0 && !out->failed) {
        got = ole2_read(&stream, piece, sizeof piece, err);
        if (got > 0) {
            text_buffer_put(out, bytes_of(piece, (size_t)got));
        }
    }
    return got < 0 ? (int)got : 0;
}

/* The text of a property; false: it is none, or cannot be read. */
static bool put_text(const struct msg *m, int32_t entry, unsigned type, struct text_buffer *out) {
    struct text_buffer raw;
    struct error ignored = {0};
    text_buffer_init(&raw, TEXT_BYTES_MAX);
    (void)read_property(m, entry, &raw, &ignored);
    if (type == TYPE_UNICODE) {
        text_buffer_put_utf16le(out, text_buffer_view(&raw));
    } else {
        mail_charset_put(out, BYTES_LIT(""), text_buffer_view(&raw));
    }
    text_buffer_release(&raw);
    return !out->failed;
}

/* ---- headers ---- */

static bool is_text(unsigned id, unsigned type) {
    return (type == TYPE_STRING || type == TYPE_UNICODE) && id != PROPERTY_BODY &&
           id != PROPERTY_HTML;
}

static void put_line(struct msg *m, int32_t entry, unsigned id, unsigned type) {
    struct text_buffer value;
    text_buffer_init(&value, 0);
    if (put_text(m, entry, type, &value) && value.len > 0) {
        for (size_t i = 0; i < value.len; i++) {
            if (value.data[i] == '\n' || value.data[i] == '\r') {
                value.data[i] = ' ';
            }
        }
        if (property_name(id) != NULL) {
            text_buffer_printf(&m->text, "%s: ", property_name(id));
        } else {
            text_buffer_printf(&m->text, "property-%04x: ", id);
        }
        text_buffer_put(&m->text, text_buffer_view(&value));
        text_buffer_putc(&m->text, '\n');
    }
    m->text.failed = m->text.failed || value.failed;
    text_buffer_release(&value);
}

/* Every text of the message but its bodies, and of its recipients. */
static void collect_headers(struct msg *m) {
    text_buffer_clear(&m->text);
    for (uint32_t i = 1; i < m->file.count; i++) {
        const struct ole2_entry *entry = &m->file.entries[i];
        unsigned id, type;
        if (entry->parent == OLE2_NONE || !property_of(entry, &id, &type) || !is_text(id, type)) {
            continue;
        }
        const struct ole2_entry *parent = &m->file.entries[entry->parent];
        const bool of_recipient =
            parent->parent == m->message && strncmp(parent->name, "__recip_", 8) == 0;
        if (entry->parent == m->message || of_recipient) {
            put_line(m, (int32_t)i, id, type);
        }
    }
}

/* ---- names ---- */

/* The name of an attachment; "attachment" where it has none. */
static void put_attachment_name(const struct msg *m, int32_t storage, struct text_buffer *out) {
    static const char *const names[] = {"__substg1.0_3707001F", "__substg1.0_3707001E",
                                        "__substg1.0_3704001F", "__substg1.0_3704001E",
                                        "__substg1.0_3001001F", "__substg1.0_3001001E"};
    char name[ATTACHMENT_NAME_BYTES];
    struct text_buffer text;
    text_buffer_init(&text, 0);
    for (size_t i = 0; i < sizeof names / sizeof *names && text.len == 0; i++) {
        const int32_t entry = ole2_find(&m->file, storage, names[i]);
        if (entry != OLE2_NONE) {
            (void)put_text(m, entry, i % 2 == 0 ? TYPE_UNICODE : TYPE_STRING, &text);
        }
    }
    mail_member_name(text_buffer_view(&text), name, sizeof name);
    text_buffer_puts(out, name[0] != '\0' ? name : "attachment");
    out->failed = out->failed || text.failed;
    text_buffer_release(&text);
}

/* Storages of attached messages from MESSAGE outwards: "note/". */
static void put_prefix(const struct msg *m, int32_t message, struct text_buffer *out) {
    if (message <= 0) {
        return;
    }
    const int32_t attachment = m->file.entries[message].parent;
    if (attachment > 0) {
        text_buffer_printf(out, "%d-", attachment); /* names may be equal */
        put_attachment_name(m, attachment, out);
        text_buffer_putc(out, '/');
    }
}

static int set_name(struct msg *m, int32_t message, const char *name, int32_t attachment,
                    struct error *err) {
    struct text_buffer text;
    text_buffer_init(&text, 0);
    put_prefix(m, message, &text);
    if (name != NULL) {
        text_buffer_puts(&text, name);
    } else {
        put_attachment_name(m, attachment, &text);
    }
    snprintf(m->name, sizeof m->name, "%s", text_buffer_string(&text));
    const bool failed = text.failed;
    text_buffer_release(&text);
    return failed ? error_set(err, YINMA_E_MEMORY, "out of memory for the name of a member") : 0;
}

/* ---- members ---- */

static int64_t content_read(struct byte_source *source, void *buffer, size_t capacity,
                            struct error *err) {
    struct msg *m = (struct msg *)source;
    int64_t got = ole2_read(&m->stream, buffer, capacity, err);
    int code = got > 0 ? budget_deliver(m->budget, (uint64_t)got, err) : 0;
    return code < 0 ? code : got;
}

static void content_close(struct byte_source *source) {
    (void)source; /* it belongs to the container */
}

static const struct byte_source_ops content_ops = {.read = content_read, .close = content_close};

static int give_stream(struct msg *m, uint32_t entry, struct container_member *out) {
    m->stream = ole2_stream_of(&m->file, (int32_t)entry);
    m->content = (struct byte_source){.ops = &content_ops, .size = UINT64_MAX};
    *out = (struct container_member){.name = bytes_of_string(m->name), .source = &m->content};
    return 1;
}

static int give_text(struct msg *m, const char *format, struct container_member *out,
                     struct error *err) {
    int code = budget_deliver(m->budget, m->text.len, err);
    byte_source_close(m->memory);
    m->memory = m->text.failed ? NULL : input_open_memory(text_buffer_view(&m->text));
    if (code != 0 || m->memory == NULL) {
        return code != 0 ? code : error_set(err, YINMA_E_MEMORY, "out of memory for a message");
    }
    *out = (struct container_member){
        .name = bytes_of_string(m->name), .source = m->memory, .hint = {.format = format}};
    return 1;
}

static int give_rtf(struct msg *m, uint32_t entry, struct container_member *out,
                    struct error *err) {
    struct text_buffer raw;
    text_buffer_init(&raw, RTF_BYTES_MAX);
    text_buffer_clear(&m->text);
    int code = read_property(m, (int32_t)entry, &raw, err);
    const bool whole = code == 0 && msg_rtf_put(&m->text, text_buffer_view(&raw));
    text_buffer_release(&raw);
    if (!whole) { /* what was read before is not worth a unit that looks whole */
        *out = (struct container_member){.name = bytes_of_string(m->name)};
        out->status = error_set(&out->error, YINMA_E_DAMAGED, "compressed RTF makes no sense");
        return 1;
    }
    return give_text(m, NULL, out, err);
}

/* A property of a message: one of its bodies? */
static int give_body(struct msg *m, uint32_t entry, unsigned id, unsigned type,
                     struct container_member *out, struct error *err) {
    const char *name = id == PROPERTY_BODY   ? "body"
                       : id == PROPERTY_HTML ? "body.html"
                       : id == PROPERTY_RTF  ? "body.rtf"
                                             : NULL;
    if (name == NULL || type == TYPE_OBJECT) {
        return 0;
    }
    int code = set_name(m, m->file.entries[entry].parent, name, 0, err);
    code = code == 0 ? budget_entry(m->budget, err) : code;
    if (code != 0) {
        return code;
    }
    if (id == PROPERTY_RTF) {
        return give_rtf(m, entry, out, err);
    }
    code = give_stream(m, entry, out);
    out->hint.encoding = type == TYPE_UNICODE ? "utf-16le" : NULL;
    return code;
}

/* A property of an attachment: its content, or a message of its own, which is entered. */
static int give_attachment(struct msg *m, uint32_t entry, unsigned id, unsigned type,
                           struct container_member *out, struct error *err) {
    const int32_t attachment = m->file.entries[entry].parent;
    if (id != PROPERTY_DATA) {
        return 0;
    }
    if (type == TYPE_OBJECT) {
        m->message = (int32_t)entry;
        m->headers_due = true;
        return 0;
    }
    int code = set_name(m, m->file.entries[attachment].parent, NULL, attachment, err);
    code = code == 0 ? budget_entry(m->budget, err) : code;
    return code == 0 ? give_stream(m, entry, out) : code;
}

static bool is_message(const struct msg *m, int32_t storage) {
    unsigned id, type;
    return storage == 0 || (storage > 0 && property_of(&m->file.entries[storage], &id, &type) &&
                            type == TYPE_OBJECT);
}

static int look_at_entry(struct msg *m, uint32_t at, struct container_member *out,
                         struct error *err) {
    const struct ole2_entry *entry = &m->file.entries[at];
    unsigned id, type;
    if (entry->parent == OLE2_NONE || !property_of(entry, &id, &type)) {
        return 0;
    }
    if (is_message(m, entry->parent)) {
        return give_body(m, at, id, type, out, err);
    }
    if (strncmp(m->file.entries[entry->parent].name, "__attach_", 9) == 0) {
        return give_attachment(m, at, id, type, out, err);
    }
    return 0;
}

static int msg_next(void *state, struct container_member *out, struct error *err) {
    struct msg *m = state;
    int code = 0;
    while (code == 0 && (m->headers_due || m->at < m->file.count)) {
        if (!m->headers_due) {
            code = look_at_entry(m, m->at++, out, err);
            continue;
        }
        m->headers_due = false;
        collect_headers(m);
        code = set_name(m, m->message, "headers", 0, err);
        code = code == 0 ? budget_entry(m->budget, err) : code;
        code = code == 0 && m->text.len > 0 ? give_text(m, "mail", out, err) : code;
    }
    if (code == 0 && m->file.damaged) {
        m->file.damaged = false; /* told once */
        code = error_set(err, YINMA_E_DAMAGED, "msg: the tables of the OLE2 file break off");
    }
    return code;
}

static void msg_close(void *state) {
    struct msg *m = state;
    if (m != NULL) {
        byte_source_close(m->memory);
        ole2_release(&m->file);
        text_buffer_release(&m->text);
        free(m);
    }
}

static int msg_open(struct byte_source *source, struct input_budget *budget, void **state,
                    struct error *err) {
    struct msg *m = calloc(1, sizeof *m);
    if (m == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for a message");
    }
    m->budget = budget;
    m->at = 1;
    m->headers_due = true;
    text_buffer_init(&m->text, RTF_BYTES_MAX);
    int code = ole2_open(&m->file, source, budget_memory(budget), err);
    if (code == 0 && m->file.count > ENTRIES_MAX) {
        code = error_set(err, YINMA_E_LIMIT, "msg: more than %d storages and streams", ENTRIES_MAX);
    }
    if (code != 0) {
        msg_close(m);
        return code;
    }
    *state = m;
    return 0;
}

/* Names of entries are UTF-16. */
static unsigned msg_bid(struct bytes head) {
    static const char name[] = "_\0_\0s\0u\0b\0s\0t\0g\0001\0.\0000\0_";
    return ole2_is(head) && bytes_find(head, bytes_of(name, sizeof name - 1)) != SIZE_MAX ? 96 : 0;
}

static const char *const msg_endings[] = {NULL};

const struct container_format container_msg = {
    .name = "msg",
    .summary = "Outlook messages (msg): headers, bodies and attachments are units; up to 64 MiB of "
               "compressed RTF",
    .type = CONTAINER_ARCHIVE,
    .endings = msg_endings,
    .needs_seek = true,
    .holds_mail = true,
    .bid = msg_bid,
    .open = msg_open,
    .next = msg_next,
    .close = msg_close,
};
