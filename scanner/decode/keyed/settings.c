/* settings.c - settings: .env, .ini, .properties, YAML; files of logins. Values that their own text
 * names are found as in logs (keyed/values.h); a line "name = value" or "name: value" of which
 * nothing was found that way is a value too. Sections and what a line is indented under are parts
 * of the column's name. */
#include <stdlib.h>

#include "core/text_buffer.h"
#include "decode/free_text.h"
#include "decode/keyed/escapes.h"
#include "decode/line_shape.h"

enum {
    SETTINGS_BITS = 7, /* more than a log whose lines hold pairs */
    LINES_LOOKED_AT = 200,
    DEPTH_MAX = 16,
    KEY_BYTES_MAX = 100,
    COLUMNS_MAX = 4096,
};

/* A line taken apart; value.len 0: none. */
struct setting {
    struct bytes key, value;
    size_t indent;
    bool section;
};

struct level {
    size_t indent, path; /* the length of the path before it */
};

struct settings {
    struct window window;
    struct keyed_values *keys;
    struct field_set *fields;
    struct decode_report *report;
    struct text_buffer path; /* "spring.datasource." */
    struct level levels[DEPTH_MAX];
    unsigned depth;
    uint32_t columns;
    struct cell *cells;
    size_t count, capacity;
    size_t login; /* marks before the password of each line; 0: it is no file of logins */
    bool inside;  /* the segment before ended inside a line */
};

/* ---- lines ---- */

static bool is_key_byte(uint8_t c) {
    return byte_is_alnum(c) || c == '_' || c == '-' || c == '.' || c >= 0x80;
}

static struct bytes without_quotes(struct bytes value) {
    value = bytes_trim(value);
    if (value.len >= 2 && (value.ptr[0] == '"' || value.ptr[0] == '\'')) {
        const uint8_t *end = memchr(value.ptr + 1, value.ptr[0], value.len - 1);
        if (end != NULL) {
            return bytes_of(value.ptr + 1, (size_t)(end - value.ptr) - 1);
        }
    }
    const size_t comment = bytes_find(value, BYTES_LIT(" #"));
    return comment == SIZE_MAX ? value : bytes_trim(bytes_first(value, comment));
}

/* False: a comment, a blank line, or no setting. */
static bool read_setting(struct bytes line, struct setting *out) {
    size_t at = 0, end;
    *out = (struct setting){0};
    while (at < line.len &&
           (line.ptr[at] == ' ' || line.ptr[at] == '\t' ||
            (line.ptr[at] == '-' && at + 1 < line.len && line.ptr[at + 1] == ' '))) {
        at++;
    }
    struct bytes text = bytes_trim(bytes_from(line, at));
    if (text.len > 2 && text.ptr[0] == '[' && text.ptr[text.len - 1] == ']') {
        out->key = bytes_of(text.ptr + 1, text.len - 2);
        out->section = true;
        return out->key.len <= KEY_BYTES_MAX;
    }
    for (end = 0; end < text.len && is_key_byte(text.ptr[end]); end++) {
    }
    out->key = bytes_first(text, end);
    out->indent = at;
    text = bytes_from(text, end);
    while (text.len > 0 && (text.ptr[0] == ' ' || text.ptr[0] == '\t')) {
        text = bytes_from(text, 1);
    }
    const bool marked = text.len > 0 && (text.ptr[0] == '=' || text.ptr[0] == ':');
    if (end == 0 || end > KEY_BYTES_MAX || !marked) {
        return false;
    }
    out->value = without_quotes(bytes_from(text, 1));
    return true;
}

/* ---- files of logins ---- */

/* Where the password stands in the lines of such files: behind so many colons. */
static const struct {
    const char *ending;
    size_t marks;
} login_files[] = {
    {"pgpass", 4},                            /* host:port:database:user:password of PostgreSQL */
    {"pgpass.conf", 4},                       /* the same on Windows */
    {"htpasswd", 1},                          /* user:digest of Apache and nginx */
    {"htpasswd-users", 1}, {"etc/shadow", 1}, /* shadow(5) */
    {"etc/gshadow", 1},
};

static size_t login_marks(struct bytes name) {
    size_t i = 0;
    while (i < sizeof login_files / sizeof *login_files &&
           !name_ends_in(name, bytes_of_string(login_files[i].ending))) {
        i++;
    }
    return i < sizeof login_files / sizeof *login_files ? login_files[i].marks : 0;
}

/* The end of the field at AT: a colon that has no back-slash before it. */
static size_t login_field_end(struct bytes line, size_t at) {
    while (at < line.len && line.ptr[at] != ':') {
        at += line.ptr[at] == '\\' ? 2 : 1;
    }
    return at < line.len ? at : line.len;
}

static bool read_login(struct bytes line, size_t marks, struct setting *out) {
    size_t at = 0;
    line = bytes_trim(line);
    *out = (struct setting){.key = BYTES_LIT("password")};
    if (line.len == 0 || line.ptr[0] == '#') {
        return false;
    }
    for (size_t i = 0; i < marks; i++) {
        at = login_field_end(line, at) + 1;
        if (at > line.len || at == 1) {
            return false;
        }
    }
    out->value = bytes_first(bytes_from(line, at), login_field_end(line, at) - at);
    return true;
}

static bool read_line(struct bytes line, size_t login, struct setting *out) {
    return login > 0 ? read_login(line, login, out) : read_setting(line, out);
}

static unsigned bid(const struct decode_head *head) {
    static const char *const endings[] = {".env", ".ini",  ".cnf",  ".cfg",       ".conf",
                                          ".yml", ".yaml", ".toml", ".properties"};
    struct bytes rest = head->head;
    size_t lines = 0, settings = 0;
    const size_t login = login_marks(head->name);
    bool named = login > 0;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        named = named || name_ends_in(head->name, bytes_of_string(endings[i]));
    }
    while (named && rest.len > 0 && lines < LINES_LOOKED_AT) {
        const uint8_t *newline = memchr(rest.ptr, '\n', rest.len);
        const size_t len = newline == NULL ? rest.len : (size_t)(newline - rest.ptr);
        struct bytes line = bytes_trim(bytes_first(rest, len));
        struct setting setting;
        if (line.len > 0 && strchr("#;!/", line.ptr[0]) == NULL) {
            lines++;
            settings += read_line(bytes_first(rest, len), login, &setting);
        }
        rest = bytes_from(rest, len + 1);
    }
    return lines > 0 && settings * 2 >= lines ? SETTINGS_BITS : 0;
}

/* ---- columns ---- */

static void enter(struct settings *s, const struct setting *setting) {
    while (s->depth > 0 &&
           (setting->section || s->levels[s->depth - 1].indent >= setting->indent)) {
        if (!setting->section && s->levels[s->depth - 1].indent == SIZE_MAX) {
            break;
        }
        s->path.len = s->levels[--s->depth].path;
    }
}

static void descend(struct settings *s, const struct setting *setting) {
    if (s->depth == DEPTH_MAX) {
        return;
    }
    s->levels[s->depth++] =
        (struct level){setting->section ? SIZE_MAX : setting->indent, s->path.len};
    text_buffer_put(&s->path, setting->key);
    text_buffer_putc(&s->path, '.');
}

/* Windows' paths have the same mark before names. */
static bool holds_escape(struct bytes value) {
    const uint8_t *end = value.ptr + value.len, *p = value.ptr;
    while ((p = memchr(p, '\\', (size_t)(end - p))) != NULL) {
        if (keyed_unicode_escape(value, (size_t)(p - value.ptr))) {
            return true;
        }
        p++;
    }
    return false;
}

static bool add_cell(struct settings *s, struct cell cell) {
    if (s->count == s->capacity) {
        const size_t capacity = s->capacity == 0 ? 256 : s->capacity * 2;
        struct cell *more = reallocarray(s->cells, capacity, sizeof *more);
        if (more == NULL) {
            return false;
        }
        s->cells = more;
        s->capacity = capacity;
    }
    s->cells[s->count++] = cell;
    return true;
}

/* LINE of the window, of which nothing is a cell yet. */
static bool take_line(struct settings *s, struct bytes line) {
    struct setting setting;
    if (!read_line(line, s->login, &setting) || (s->login > 0 && setting.value.len == 0)) {
        return true;
    }
    enter(s, &setting);
    if (setting.value.len == 0 || setting.section) {
        descend(s, &setting);
        return !s->path.failed;
    }
    if (s->columns >= COLUMNS_MAX) {
        return true; /* running text, as the rest of the line */
    }
    const size_t before = s->path.len;
    const uint32_t known = field_set_field_count(s->fields);
    text_buffer_put(&s->path, setting.key);
    const uint32_t field =
        field_set_key(s->fields, TABLE_NONE, text_buffer_view(&s->path), ATTRIBUTION_EXACT);
    s->path.len = before;
    s->columns += field_set_field_count(s->fields) - known;
    const size_t offset = (size_t)(setting.value.ptr - s->window.bytes);
    const unsigned flags = (setting.value.len > KEYED_TEXT_BYTES ? CELL_TEXT : 0U) |
                           (holds_escape(setting.value) ? CELL_ESCAPED : 0U);
    return field != UINT32_MAX && !s->path.failed &&
           add_cell(s, (struct cell){.offset = (uint32_t)offset,
                                     .length = (uint32_t)setting.value.len,
                                     .field = field,
                                     .flags = flags});
}

/* The cells that were found, and those of lines without any. */
static bool merge_lines(struct settings *s, const struct segment *segment) {
    size_t at = segment->begin, given = 0;
    s->count = 0;
    while (at < segment->end) {
        const uint8_t *newline = memchr(segment->bytes + at, '\n', segment->end - at);
        const size_t end = newline == NULL ? segment->end : (size_t)(newline - segment->bytes);
        const size_t before = given;
        bool good = true;
        while (good && given < segment->cell_count && segment->cells[given].offset <= end) {
            good = s->login > 0 || add_cell(s, segment->cells[given]);
            given++;
        }
        if (good && (before == given || s->login > 0) && !s->inside) {
            good = take_line(s, bytes_of(segment->bytes + at, end - at));
        }
        if (!good) {
            return false;
        }
        s->inside = newline == NULL;
        at = end + 1;
    }
    return true;
}

/* ---- the decoder ---- */

static void close_settings(void *state) {
    struct settings *s = state;
    if (s != NULL) {
        window_release(&s->window);
        keyed_values_free(s->keys);
        text_buffer_release(&s->path);
        free(s->cells);
        free(s);
    }
}

static int open_settings(const struct decode_input *in, void **state, struct error *err) {
    struct settings *s = calloc(1, sizeof *s);
    if (s == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for settings");
    }
    s->fields = in->fields;
    s->report = in->report;
    s->login = login_marks(in->head.name);
    text_buffer_init(&s->path, 0);
    s->keys = keyed_values_new(in->fields, in->ops);
    int status = s->keys == NULL ? error_set(err, YINMA_E_MEMORY, "out of memory for settings") : 0;
    status =
        status == 0 ? window_init(&s->window, in->source, in->ops, in->width_rule, err) : status;
    if (status != 0) {
        close_settings(s);
        return status;
    }
    s->window.err = &in->report->error;
    *state = s;
    return 0;
}

static int next_settings(void *state, struct segment *out, struct error *err) {
    struct settings *s = state;
    const int more = free_text_segment(&s->window, s->keys, 0, out, err);
    if (more == 0) {
        s->report->rows = free_text_lines(&s->window);
        s->report->status = s->window.status;
    }
    if (more > 0) {
        if (!merge_lines(s, out)) {
            return error_set(err, YINMA_E_MEMORY, "out of memory for settings");
        }
        out->cells = s->cells;
        out->cell_count = s->count;
    }
    return more;
}

const struct decoder decoder_settings = {
    .name = "settings",
    .summary = "settings (env, ini, properties, YAML; pgpass, htpasswd): values by name, those of "
               "YAML by path",
    .traits = 0,
    .bid = bid,
    .open = open_settings,
    .next = next_settings,
    .close = close_settings,
};
