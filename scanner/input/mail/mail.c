/* mail.c - a message (RFC 5322) as a container: its headers, its body, what is attached. Read in
 * one pass and in bounded memory, a line at a time; a message inside is a member that is a message
 * again. GMime was looked at: it builds the tree of a message before it gives a part away, and
 * GLib ends the program when memory is out. */
#include <stdio.h>
#include <stdlib.h>

#include "input/formats.h"
#include "input/limits.h"
#include "input/mail/coding.h"

enum { LEVELS_MAX = 32, NAMES_MAX = 1000, MEMBER_NAME_BYTES = MAIL_NAME_BYTES_MAX + 32 };

/* Where the next member is looked for. */
enum place { AT_MESSAGE, AT_CONTENT, AT_PREAMBLE, AT_PART, AT_EPILOGUE, AT_END };

struct mail {
    struct byte_source content; /* of the part that is read */
    struct input_budget *budget;
    enum place place;
    struct mail_part part;
    struct text_buffer headers;
    struct byte_source *headers_source;

    char boundaries[LEVELS_MAX][MAIL_BOUNDARY_BYTES_MAX + 1]; /* of the multiparts around it */
    unsigned levels;
    bool too_deep;

    struct mail_decoder decoder;
    bool ended; /* the part */
    struct error failure;
    uint8_t end_of_line[2]; /* belongs to a boundary if one follows */
    size_t end_of_line_len;
    size_t out_at, out_len;

    char name[MEMBER_NAME_BYTES];
    char names[NAMES_MAX][24]; /* beginnings of those given, to tell equal ones apart */
    unsigned name_count;
    uint64_t members;

    /* From here on nothing is read that was not written before. */
    struct mail_lines lines;
    uint8_t out[MAIL_LINE_BYTES + 16];
};

/* ---- boundaries ---- */

/* The level of the boundary that LINE is, or -1. */
static int boundary_level(const struct mail *m, struct bytes line, bool *closes) {
    line = mail_line_text(line);
    if (line.len < 3 || line.ptr[0] != '-' || line.ptr[1] != '-') {
        return -1;
    }
    line = bytes_from(line, 2);
    for (unsigned level = m->levels; level-- > 0;) {
        struct bytes boundary = bytes_of_string(m->boundaries[level]);
        if (!bytes_starts_with(line, boundary)) {
            continue;
        }
        struct bytes rest = bytes_from(line, boundary.len);
        *closes = bytes_starts_with(rest, BYTES_LIT("--"));
        if (bytes_trim(bytes_from(rest, *closes ? 2 : 0)).len == 0) {
            return (int)level;
        }
    }
    return -1;
}

static bool at_boundary(const struct mail *m, struct bytes line) {
    bool closes;
    return !m->lines.inside && boundary_level(m, line, &closes) >= 0;
}

/* Past a boundary: a part begins, or a multipart is over. */
static void pass_boundary(struct mail *m, struct bytes line) {
    bool closes = false;
    m->levels = (unsigned)boundary_level(m, line, &closes) + (closes ? 0U : 1U);
    m->place = closes ? AT_EPILOGUE : AT_PART;
    mail_lines_take(&m->lines, line);
}

/* ---- the content of a part ---- */

static void end_part(struct mail *m) {
    m->ended = true;
    m->out_len += mail_decode_end(&m->decoder, m->out + m->out_len);
    if (m->lines.failure.code != 0) {
        m->failure = m->lines.failure;
    } else if (m->lines.ended && m->lines.at == m->lines.have && m->levels > 0) {
        error_set(&m->failure, YINMA_E_TRUNCATED, "mail: ends inside a part");
    } else if (m->decoder.damaged) {
        error_set(&m->failure, YINMA_E_DAMAGED, "mail: base64 with bytes that are none");
    } else if (m->decoder.coding == MAIL_UNKNOWN_CODING) {
        error_set(&m->failure, YINMA_E_UNSUPPORTED,
                  "mail: transfer encoding not known, read as it stands");
    }
}

/* The next line, decoded to m->out. */
static void step(struct mail *m) {
    struct bytes line;
    m->out_at = m->out_len = 0;
    if (!mail_lines_peek(&m->lines, &line) || at_boundary(m, line)) {
        end_part(m);
        return;
    }
    m->out_len = mail_decode(&m->decoder, bytes_of(m->end_of_line, m->end_of_line_len), m->out);
    struct bytes text = mail_line_text(line);
    m->out_len += mail_decode(&m->decoder, text, m->out + m->out_len);
    m->end_of_line_len = line.len - text.len;
    memcpy(m->end_of_line, text.ptr + text.len, m->end_of_line_len);
    mail_lines_take(&m->lines, line);
}

static int64_t content_read(struct byte_source *source, void *buffer, size_t capacity,
                            struct error *err) {
    struct mail *m = (struct mail *)source;
    while (m->out_at == m->out_len) {
        if (m->ended) {
            if (m->failure.code != 0 && err != NULL) {
                *err = m->failure;
            }
            return m->failure.code;
        }
        step(m);
    }
    struct bytes given =
        bytes_first(bytes_of(m->out + m->out_at, m->out_len - m->out_at), capacity);
    memcpy(buffer, given.ptr, given.len);
    m->out_at += given.len;
    int code = budget_deliver(m->budget, given.len, err);
    return code < 0 ? code : (int64_t)given.len;
}

static void content_close(struct byte_source *source) {
    (void)source; /* it belongs to the container */
}

static const struct byte_source_ops content_ops = {.read = content_read, .close = content_close};

/* ---- names ---- */

static bool was_given(const struct mail *m, const char *name) {
    for (unsigned i = 0; i < m->name_count; i++) {
        if (strncmp(m->names[i], name, sizeof m->names[i] - 1) == 0) {
            return true;
        }
    }
    return m->name_count == NAMES_MAX;
}

static const char *default_name(const struct mail_part *part) {
    static const struct {
        const char *type, *name;
    } names[] = {{"text/html", "body.html"},        {"text/calendar", "part.ics"},
                 {"message/rfc822", "message.eml"}, {"message/global", "message.eml"},
                 {"text/csv", "part.csv"},          {"text/xml", "part.xml"},
                 {"application/pdf", "part.pdf"},   {"application/zip", "part.zip"}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(part->type, names[i].type) == 0) {
            return names[i].name;
        }
    }
    return part->type[0] == '\0' || strncmp(part->type, "text/", 5) == 0 ? "body" : "part";
}

/* m->name: NAME, and if it was there before, with a number before its ending. */
static void set_name(struct mail *m, const char *name) {
    m->members++;
    if (!was_given(m, name)) {
        snprintf(m->name, sizeof m->name, "%s", name);
    } else {
        const char *ending = strrchr(name, '.');
        const int stem = ending == NULL ? (int)strlen(name) : (int)(ending - name);
        snprintf(m->name, sizeof m->name, "%.*s-%llu%s", stem, name, (unsigned long long)m->members,
                 ending == NULL ? "" : ending);
    }
    if (m->name_count < NAMES_MAX) {
        snprintf(m->names[m->name_count++], sizeof m->names[0], "%.*s", (int)sizeof m->names[0] - 1,
                 m->name);
    }
}

/* ---- members ---- */

static int give_content(struct mail *m, const char *name, struct container_member *out,
                        struct error *err) {
    int code = budget_entry(m->budget, err);
    if (code != 0) {
        return code;
    }
    set_name(m, name);
    m->decoder = (struct mail_decoder){.coding = m->part.coding};
    m->ended = false;
    m->failure = (struct error){0};
    m->out_at = m->out_len = m->end_of_line_len = 0;
    m->content = (struct byte_source){.ops = &content_ops, .size = UINT64_MAX};
    *out = (struct container_member){.name = bytes_of_string(m->name), .source = &m->content};
    /* A charset of single bytes or UTF-8 is not believed: the bytes tell it better. */
    if (strncmp(m->part.type, "text/", 5) == 0 && strncmp(m->part.charset, "utf-8", 5) != 0 &&
        m->part.charset[0] != '\0') {
        out->hint.encoding = m->part.charset;
    }
    return 1;
}

/* What is being read belongs to the part before; nobody wanted it to its end. */
static void skip_content(struct mail *m) {
    while (!m->ended) {
        step(m);
    }
    m->out_at = m->out_len = 0;
}

static int give_headers(struct mail *m, struct container_member *out, struct error *err) {
    int code = mail_header_read(&m->lines, &m->part, &m->headers, err);
    m->place = AT_CONTENT;
    if (code == 0 && m->headers.len == 0) {
        return 0;
    }
    code = code == 0 ? budget_entry(m->budget, err) : code;
    code = code == 0 ? budget_deliver(m->budget, m->headers.len, err) : code;
    if (code != 0) {
        return code;
    }
    m->headers_source = input_open_memory(text_buffer_view(&m->headers));
    if (m->headers_source == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for the headers of a mail");
    }
    set_name(m, "headers");
    *out = (struct container_member){
        .name = bytes_of_string(m->name), .source = m->headers_source, .hint = {.format = "mail"}};
    return 1;
}

/* The part whose headers were read: several parts, or one that is given. */
static int enter_part(struct mail *m, struct container_member *out, struct error *err) {
    const bool multipart =
        strncmp(m->part.type, "multipart/", 10) == 0 && m->part.boundary[0] != '\0';
    if (multipart && m->levels < LEVELS_MAX) {
        memcpy(m->boundaries[m->levels++], m->part.boundary, sizeof m->part.boundary);
        m->place = AT_PREAMBLE;
        return 0;
    }
    m->too_deep = m->too_deep || multipart; /* its parts are read as they stand */
    m->place = AT_EPILOGUE;
    return give_content(m, m->part.name[0] != '\0' ? m->part.name : default_name(&m->part), out,
                        err);
}

/* Between parts stands nothing, or what old programs show instead of the parts. */
static bool says_nothing(struct bytes line) {
    line = bytes_trim(line);
    return line.len == 0 || bytes_starts_with(line, BYTES_LIT("This is a multi"));
}

static int find_part(struct mail *m, struct container_member *out, struct error *err) {
    struct bytes line;
    while (mail_lines_peek(&m->lines, &line)) {
        if (at_boundary(m, line)) {
            pass_boundary(m, line);
            return 0;
        }
        if (!says_nothing(line)) {
            m->part = (struct mail_part){0};
            const char *name = m->place == AT_PREAMBLE ? "preamble" : "epilogue";
            return give_content(m, name, out, err);
        }
        mail_lines_take(&m->lines, line);
    }
    m->place = AT_END;
    return 0;
}

static int end_mail(const struct mail *m, struct error *err) {
    if (m->lines.failure.code != 0) {
        *err = m->lines.failure;
        return err->code;
    }
    if (m->too_deep) {
        return error_set(err, YINMA_E_LIMIT, "mail: more than %d parts inside one another",
                         LEVELS_MAX);
    }
    return m->levels == 0
               ? 0
               : error_set(err, YINMA_E_TRUNCATED, "mail: ends before the last of its parts does");
}

static int mail_next(void *state, struct container_member *out, struct error *err) {
    struct mail *m = state;
    skip_content(m);
    int code = 0;
    while (code == 0 && m->place != AT_END) {
        switch (m->place) {
        case AT_MESSAGE:
            code = give_headers(m, out, err);
            break;
        case AT_PART:
            code = mail_header_read(&m->lines, &m->part, NULL, err);
            m->place = AT_CONTENT;
            break;
        case AT_CONTENT:
            code = enter_part(m, out, err);
            break;
        case AT_PREAMBLE:
        case AT_EPILOGUE:
            code = find_part(m, out, err);
            break;
        case AT_END:
            break;
        }
    }
    if (code == 0) { /* told once */
        code = end_mail(m, err);
        m->levels = 0;
        m->too_deep = false;
    }
    return code;
}

static void mail_close(void *state) {
    struct mail *m = state;
    if (m != NULL) {
        byte_source_close(m->headers_source);
        text_buffer_release(&m->headers);
        free(m);
    }
}

static int mail_open(struct byte_source *source, struct input_budget *budget, void **state,
                     struct error *err) {
    struct mail *m = malloc(sizeof *m);
    if (m == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for a mail");
    }
    memset(m, 0, offsetof(struct mail, lines));
    mail_lines_start(&m->lines, source);
    m->budget = budget;
    m->ended = true;
    text_buffer_init(&m->headers, (size_t)4 * MAIL_HEADERS_BYTES_MAX);
    *state = m;
    return 0;
}

static const char *const mail_endings[] = {NULL};

const struct container_format container_mail = {
    .name = "eml",
    .summary = "mail messages (eml, mht): headers, body and attachments are units; S/MIME and PGP "
               "are told",
    .type = CONTAINER_ARCHIVE,
    .endings = mail_endings,
    .holds_mail = true,
    .bid = mail_header_bid,
    .open = mail_open,
    .next = mail_next,
    .close = mail_close,
};
