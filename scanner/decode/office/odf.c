/* OpenDocument (ISO/IEC 26300): ods, odt, odp. Tables of any of them are tables, everything else is
 * running text. A cell says how often it repeats; what repeats more than a few times is not
 * repeated here, a file of a kilobyte may say a billion. */
#include <stdlib.h>

#include "decode/office/office.h"
#include "decode/office/sheet_dates.h"

enum { REPEAT_MOST = 16, HIDDEN_STYLES_BYTES = 16 * 1024 };

struct odf {
    struct office office;
    bool begun, in_content;
    bool encrypted;
    struct text_buffer algorithm;
    struct text_buffer cipher_texts; /* names of encrypted members, a NUL behind each */
    uint64_t key_bytes;
    uint64_t table_row, table_column; /* the next ones, from 0 */
    struct text_buffer style;         /* the last one that was named */
    struct text_buffer hidden_styles; /* of sheets that are not shown, each between line ends */
    /* of the content */
    struct text_buffer text;  /* of the paragraph or the cell */
    struct text_buffer aside; /* notes beside cells */
    struct text_buffer name, value;
    unsigned tables, cells, notes, paragraphs;
    size_t column, repeat;
    bool number, has_value;
    bool failed;
};

/* ---- text ---- */

static void end_paragraph(struct odf *o) {
    struct text_buffer *text = o->notes > 0 ? &o->aside : &o->text;
    if (o->cells > 0 || o->notes > 0) {
        text_buffer_putc(text, ' ');
        return;
    }
    grid_text(o->office.grid, bytes_trim(text_buffer_view(&o->text)));
    o->failed |= o->text.failed;
    text_buffer_clear(&o->text);
}

static void put_asides(struct odf *o) {
    grid_text(o->office.grid, bytes_trim(text_buffer_view(&o->aside)));
    o->failed |= o->aside.failed;
    text_buffer_clear(&o->aside);
}

/* ---- tables ---- */

/* A style of sheets says that they are not shown: <style:table-properties table:display="false"> */
static void on_style(struct odf *o, struct bytes name, struct bytes tag) {
    struct bytes value;
    if (bytes_equal(name, BYTES_LIT("style")) &&
        xml_attribute_find(tag, BYTES_LIT("name"), &value)) {
        text_buffer_clear(&o->style);
        text_buffer_put(&o->style, value);
    } else if (bytes_equal(name, BYTES_LIT("table-properties")) &&
               xml_attribute_find(tag, BYTES_LIT("display"), &value) &&
               bytes_equal(value, BYTES_LIT("false")) &&
               o->hidden_styles.len < HIDDEN_STYLES_BYTES) {
        text_buffer_putc(&o->hidden_styles, '\n');
        text_buffer_put(&o->hidden_styles, text_buffer_view(&o->style));
        text_buffer_putc(&o->hidden_styles, '\n');
    }
}

static bool is_hidden(const struct odf *o, struct bytes tag) {
    struct bytes value, styles = text_buffer_view(&o->hidden_styles);
    if (styles.len == 0 || !xml_attribute_find(tag, BYTES_LIT("style-name"), &value)) {
        return false;
    }
    size_t at = bytes_find(styles, value);
    return at != SIZE_MAX && at > 0 && styles.ptr[at - 1] == '\n' &&
           styles.ptr[at + value.len] == '\n';
}

static void begin_table(struct odf *o, struct bytes tag) {
    struct bytes name;
    if (o->tables++ > 0) {
        return;
    }
    end_paragraph(o);
    text_buffer_clear(&o->name);
    if (xml_attribute_find(tag, BYTES_LIT("name"), &name)) {
        office_put_attribute(&o->name, name);
    }
    o->failed |= o->name.failed;
    sheet_hidden_begin(&o->office.hidden, text_buffer_view(&o->name), is_hidden(o, tag));
    o->table_row = o->table_column = 0;
    grid_begin(o->office.grid, text_buffer_view(&o->name));
}

static void end_table(struct odf *o) {
    if (o->tables > 0 && --o->tables == 0) {
        grid_end(o->office.grid);
        put_asides(o);
    }
}

/* What is shown may be rounded or grouped; the value is what was typed. */
static void begin_cell(struct odf *o, struct bytes tag) {
    struct bytes type = {NULL, 0}, value;
    if (o->cells++ > 0) {
        return;
    }
    o->repeat = (size_t)office_number(tag, BYTES_LIT("number-columns-repeated"), 1);
    (void)xml_attribute_find(tag, BYTES_LIT("value-type"), &type);
    o->number = bytes_equal(type, BYTES_LIT("float"));
    text_buffer_clear(&o->text);
    text_buffer_clear(&o->value);
    bool date = bytes_equal(type, BYTES_LIT("date"));
    o->has_value = (o->number && xml_attribute_find(tag, BYTES_LIT("value"), &value)) ||
                   (date && xml_attribute_find(tag, BYTES_LIT("date-value"), &value));
    if (o->has_value) {
        office_put_attribute(&o->value, value);
    }
}

static void end_cell(struct odf *o) {
    if (o->cells == 0 || --o->cells > 0) {
        return;
    }
    struct bytes text = bytes_trim(text_buffer_view(o->has_value ? &o->value : &o->text));
    size_t times = o->repeat < REPEAT_MOST ? o->repeat : REPEAT_MOST;
    char room[SHEET_NUMBER_BYTES];
    size_t digits = o->number ? sheet_put_number(text, room) : 0;
    if (digits > 0) {
        text = bytes_of(room, digits);
    }
    for (size_t i = 0; i < times && text.len > 0; i++) {
        grid_cell(o->office.grid, o->column + i, text, o->number ? CELL_NUMBER : 0U);
    }
    o->column += o->repeat < GRID_COLUMNS_MOST ? o->repeat : GRID_COLUMNS_MOST;
    o->failed |= o->text.failed || o->value.failed;
    text_buffer_clear(&o->text);
}

static bool is_collapsed(struct bytes tag) {
    struct bytes value;
    return xml_attribute_find(tag, BYTES_LIT("visibility"), &value) &&
           !bytes_equal(value, BYTES_LIT("visible"));
}

static uint64_t repeated(struct bytes tag, struct bytes attribute) {
    uint64_t times = office_number(tag, attribute, 1);
    return times > 0 && times < GRID_COLUMNS_MOST ? times : 1;
}

/* ---- events ---- */

static bool is_cell(struct bytes name) {
    return bytes_equal(name, BYTES_LIT("table-cell")) ||
           bytes_equal(name, BYTES_LIT("covered-table-cell"));
}

static bool is_paragraph(struct bytes name) {
    return bytes_equal(name, BYTES_LIT("p")) || bytes_equal(name, BYTES_LIT("h"));
}

static void on_table_start(struct odf *o, struct bytes name, struct bytes tag) {
    if (bytes_equal(name, BYTES_LIT("table-row")) && o->tables == 1) {
        grid_row(o->office.grid);
        o->column = 0;
        const uint64_t rows = repeated(tag, BYTES_LIT("number-rows-repeated"));
        if (is_collapsed(tag)) {
            sheet_hidden_rows(&o->office.hidden, o->table_row, rows);
        }
        o->table_row += rows;
    } else if (is_cell(name) && o->tables == 1) {
        begin_cell(o, tag);
    } else if (bytes_equal(name, BYTES_LIT("table-column")) && o->tables == 1) {
        const uint64_t columns = repeated(tag, BYTES_LIT("number-columns-repeated"));
        if (is_collapsed(tag)) {
            sheet_hidden_columns(&o->office.hidden, o->table_column, o->table_column + columns - 1);
        }
        o->table_column += columns;
    }
}

static void on_start(void *context, struct bytes name, struct bytes tag) {
    struct odf *o = context;
    struct bytes link;
    name = xml_local_name(name);
    if (bytes_equal(name, BYTES_LIT("table"))) {
        begin_table(o, tag);
    } else if (bytes_equal(name, BYTES_LIT("annotation"))) {
        o->notes++;
    } else if (is_paragraph(name)) {
        o->paragraphs++;
    } else if (bytes_equal(name, BYTES_LIT("tab")) || bytes_equal(name, BYTES_LIT("s")) ||
               bytes_equal(name, BYTES_LIT("line-break"))) {
        text_buffer_putc(o->notes > 0 ? &o->aside : &o->text, ' ');
    } else if (bytes_equal(name, BYTES_LIT("a")) &&
               xml_attribute_find(tag, BYTES_LIT("href"), &link)) {
        office_put_attribute(&o->aside, link);
        text_buffer_putc(&o->aside, ' ');
    } else {
        on_table_start(o, name, tag);
        on_style(o, name, tag);
    }
}

static void on_text(void *context, const struct xml_text *text) {
    struct odf *o = context;
    if (o->paragraphs > 0 || bytes_trim(text->text).len > 0) {
        office_put_text(o->notes > 0 ? &o->aside : &o->text, text);
    }
    if (text->partial && o->cells == 0) {
        end_paragraph(o);
    }
}

static void on_end(void *context, struct bytes name, const uint8_t *at) {
    struct odf *o = context;
    (void)at;
    name = xml_local_name(name);
    if (is_paragraph(name)) {
        o->paragraphs -= o->paragraphs > 0;
        end_paragraph(o);
    } else if (bytes_equal(name, BYTES_LIT("table"))) {
        end_table(o);
    } else if (bytes_equal(name, BYTES_LIT("annotation"))) {
        o->notes -= o->notes > 0;
    } else if (is_cell(name) && o->tables == 1) {
        end_cell(o);
    } else if (o->paragraphs == 0 && o->cells == 0) {
        end_paragraph(o);
    }
}

static const struct xml_events content_events = {.start = on_start, .end = on_end, .text = on_text};

/* ---- encryption: META-INF/manifest.xml tells ---- */

static void on_manifest(void *context, struct bytes name, struct bytes tag) {
    struct odf *o = context;
    struct bytes value;
    name = xml_local_name(name);
    if (bytes_equal(name, BYTES_LIT("file-entry")) &&
        xml_attribute_find(tag, BYTES_LIT("full-path"), &value)) {
        text_buffer_clear(&o->name);
        office_put_attribute(&o->name, value);
    }
    if (bytes_equal(name, BYTES_LIT("encryption-data"))) {
        o->encrypted = true;
        text_buffer_put(&o->cipher_texts, text_buffer_view(&o->name));
        text_buffer_putc(&o->cipher_texts, '\0');
    }
    if (bytes_equal(name, BYTES_LIT("algorithm")) && o->algorithm.len == 0 &&
        xml_attribute_find(tag, BYTES_LIT("algorithm-name"), &value)) {
        /* http://www.w3.org/2001/04/xmlenc#aes256-cbc, or "Blowfish CFB" */
        const uint8_t *hash = memchr(value.ptr, '#', value.len);
        size_t from = hash == NULL ? 0 : (size_t)(hash - value.ptr) + 1;
        office_put_attribute(&o->algorithm, bytes_first(bytes_from(value, from), 40));
    }
    if (bytes_equal(name, BYTES_LIT("key-derivation"))) {
        o->key_bytes = office_number(tag, BYTES_LIT("key-size"), o->key_bytes);
    }
}

static void ignore_end(void *context, struct bytes name, const uint8_t *at) {
    (void)context;
    (void)name;
    (void)at;
}

static void ignore_text(void *context, const struct xml_text *text) {
    (void)context;
    (void)text;
}

/* The member that says what the document is: read here, so that it is no unit of its own. */
static void read_type(struct odf *o) {
    char type[256];
    struct error problem = {0};
    struct byte_source *source =
        o->office.document->ops->sibling == NULL
            ? NULL
            : o->office.document->ops->sibling(o->office.document, "mimetype", &problem);
    if (source != NULL) {
        int64_t len = byte_source_read_full(source, type, sizeof type, &problem);
        grid_text(o->office.grid, bytes_of(type, len > 0 ? (size_t)len : 0));
        byte_source_close(source);
    }
    office_tell(o->office.report, &problem);
}

/* Encrypted members are told with the document: scanned by themselves they would be data of no
 * known kind. */
static void take_cipher_texts(struct odf *o) {
    struct error ignored = {0};
    size_t at = 0;
    while (o->office.document->ops->sibling != NULL && at < o->cipher_texts.len) {
        const char *name = o->cipher_texts.data + at;
        byte_source_close(o->office.document->ops->sibling(o->office.document, name, &ignored));
        office_mark(&o->office, bytes_of_string(name));
        at += strlen(name) + 1;
    }
}

static int read_manifest(struct odf *o, const struct decode_input *in, struct error *err) {
    static const struct xml_events events = {
        .start = on_manifest, .end = ignore_end, .text = ignore_text};
    struct bytes name = BYTES_LIT("META-INF/manifest.xml");
    int status = office_part_read(in->source, name, in->ops, &events, o, in->report, err);
    office_mark(&o->office, name);
    take_cipher_texts(o);
    o->failed |= o->cipher_texts.failed;
    if (status == 0 && o->encrypted) {
        struct error problem = {0};
        const struct bytes algorithm = text_buffer_view(&o->algorithm);
        const unsigned bits =
            (unsigned)(o->key_bytes > 0 && o->key_bytes <= 1024 ? o->key_bytes * 8 : 128);
        if (bytes_starts_with(algorithm, BYTES_LIT("aes"))) { /* aes256-cbc */
            error_set(&problem, YINMA_E_ENCRYPTED, "encrypted document: AES-%u", bits);
        } else {
            error_set(&problem, YINMA_E_ENCRYPTED, "encrypted document: %s, key of %u bits",
                      algorithm.len > 0 ? text_buffer_string(&o->algorithm)
                                        : SAID("unknown cipher"),
                      bits);
        }
        in->report->status = 0;
        office_tell(in->report, &problem);
    }
    return status;
}

/* ---- the plan ---- */

static bool next_part(struct office *office, struct bytes *name, const struct xml_events **events,
                      void **context) {
    struct odf *o = (struct odf *)office;
    if (o->encrypted) {
        return false;
    }
    *events = &office_text_events;
    *context = &office->text;
    if (!o->begun) {
        o->begun = o->in_content = true;
        *name = BYTES_LIT("content.xml");
        office_mark(office, *name);
    } else if (!office_next_unread(office, name)) {
        return false;
    }
    if (o->in_content || bytes_ends_with(*name, BYTES_LIT("/content.xml")) ||
        bytes_equal(*name, BYTES_LIT("styles.xml"))) {
        o->in_content = true;
        *events = &content_events;
        *context = o;
    }
    return true;
}

static void part_ended(struct office *office) {
    struct odf *o = (struct odf *)office;
    if (!o->in_content) {
        office_text_reset(&office->text);
        return;
    }
    o->in_content = false;
    o->cells = o->notes = 0;
    end_paragraph(o);
    grid_end(office->grid);
    put_asides(o);
    o->tables = o->paragraphs = 0;
    office->text.failed |= o->failed;
}

/* ---- the decoder ---- */

static void close_odf(void *state) {
    struct odf *o = state;
    if (o != NULL) {
        office_close(&o->office);
        text_buffer_release(&o->algorithm);
        text_buffer_release(&o->cipher_texts);
        text_buffer_release(&o->text);
        text_buffer_release(&o->aside);
        text_buffer_release(&o->name);
        text_buffer_release(&o->style);
        text_buffer_release(&o->hidden_styles);
        text_buffer_release(&o->value);
        free(o);
    }
}

static int open_odf(const struct decode_input *in, void **state, struct error *err) {
    static const struct office_plan plan = {.next_part = next_part, .part_ended = part_ended};
    struct odf *o = calloc(1, sizeof *o);
    if (o == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for a document");
    }
    text_buffer_init(&o->algorithm, 0);
    text_buffer_init(&o->cipher_texts, 0);
    text_buffer_init(&o->text, 0);
    text_buffer_init(&o->aside, 0);
    text_buffer_init(&o->name, 0);
    text_buffer_init(&o->style, 0);
    text_buffer_init(&o->hidden_styles, 0);
    text_buffer_init(&o->value, 0);
    int status = office_open(&o->office, &plan, in, err);
    if (status == 0) {
        read_type(o);
        status = read_manifest(o, in, err);
    }
    if (status != 0) {
        close_odf(o);
        return status;
    }
    *state = o;
    return 0;
}

static int next_segment(void *state, struct segment *out, struct error *err) {
    struct odf *o = state;
    return office_next(&o->office, out, err);
}

const struct decoder decoder_odf = {
    .name = "odf",
    .summary = "OpenDocument (ods, odt, odp): sheets and tables are tables, the rest is text",
    .traits = DECODER_BINARY | DECODER_PACKAGE,
    .bid = office_bid,
    .open = open_odf,
    .next = next_segment,
    .close = close_odf,
};
