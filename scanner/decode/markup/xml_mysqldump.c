/* mysqldump --xml (and mysql -X): tables and columns by name, as in any other dump.
 * https://dev.mysql.com/doc/refman/8.0/en/mysqldump.html#option_mysqldump_xml
 *
 *     <mysqldump><database name="shop"><table_data name="orders"><row><field name="id">1</field> */
#include <stdlib.h>

#include "core/text_buffer.h"
#include "decode/encoded_text.h"
#include "decode/markup/xml_decode.h"

enum { ROOT_BITS = 80, NAME_BYTES = 256 };

struct dump {
    struct xml_decode decode;
    struct text_buffer database, table_name;
    uint32_t table;
    bool in_table;  /* rows are of `table` */
    uint32_t field; /* of the text inside the innermost <field> */
    bool in_field, filled, hex;
    uint32_t next_field; /* the one that followed the last time, a guess */
};

static void put_name(struct text_buffer *out, struct bytes escaped) {
    uint8_t name[NAME_BYTES];
    escaped = bytes_first(escaped, sizeof name);
    text_buffer_put(out, bytes_of(name, references_decode(escaped, name, 0)));
}

static void begin_database(struct dump *d, struct bytes tag) {
    struct bytes name;
    text_buffer_clear(&d->database);
    if (xml_attribute_find(tag, BYTES_LIT("name"), &name)) {
        put_name(&d->database, name);
    }
}

static void begin_table(struct dump *d, struct bytes tag) {
    struct bytes name;
    text_buffer_clear(&d->table_name);
    text_buffer_put(&d->table_name, text_buffer_view(&d->database));
    if (d->database.len > 0) {
        text_buffer_putc(&d->table_name, '.');
    }
    if (xml_attribute_find(tag, BYTES_LIT("name"), &name)) {
        put_name(&d->table_name, name);
    }
    if (d->table_name.failed) {
        d->decode.failed = true;
        return;
    }
    d->table = field_set_table(d->decode.fields, text_buffer_view(&d->table_name));
    d->decode.failed |= d->table == UINT32_MAX;
    d->in_table = d->table != UINT32_MAX;
}

static void begin_row(struct dump *d) {
    if (d->in_table) {
        xml_decode_row(&d->decode, ++field_set_table_at(d->decode.fields, d->table)->rows);
    }
}

static bool is_column(const struct dump *d, uint32_t field, struct bytes name) {
    if (field >= field_set_field_count(d->decode.fields)) {
        return false;
    }
    const struct field *known = field_set_field(d->decode.fields, field);
    return known->table == d->table && bytes_equal(known->column, name);
}

static void begin_field(struct dump *d, struct bytes tag) {
    struct bytes name, nil, type;
    uint8_t plain[NAME_BYTES];
    if (!xml_attribute_find(tag, BYTES_LIT("name"), &name)) {
        return;
    }
    name = bytes_first(name, sizeof plain);
    name = bytes_of(plain, references_decode(name, plain, 0));
    d->field = is_column(d, d->next_field, name)
                   ? d->next_field
                   : field_set_key(d->decode.fields, d->table, name, ATTRIBUTION_EXACT);
    d->next_field = d->field + 1;
    d->in_field = true;
    d->filled = false;
    d->hex = xml_attribute_find(tag, BYTES_LIT("type"), &type) &&
             bytes_ends_with(type, BYTES_LIT("hexBinary"));
    if (xml_attribute_find(tag, BYTES_LIT("nil"), &nil)) {
        d->filled = true;
        xml_decode_cell(&d->decode, bytes_of(tag.ptr + tag.len, 0), d->field, CELL_NULL);
    }
}

static void on_start(void *context, struct bytes name, struct bytes tag) {
    struct dump *d = context;
    d->in_field = false;
    if (bytes_equal(name, BYTES_LIT("field")) && d->in_table) {
        begin_field(d, tag);
    } else if (bytes_equal(name, BYTES_LIT("row"))) {
        begin_row(d);
    } else if (bytes_equal(name, BYTES_LIT("table_data"))) {
        begin_table(d, tag);
    } else if (bytes_equal(name, BYTES_LIT("database"))) {
        begin_database(d, tag);
    } else {
        /* Structure, routines, views: what they say stands in attributes and is running text. */
        d->in_table = bytes_equal(name, BYTES_LIT("resultset"));
        d->table = TABLE_NONE;
        xml_decode_cell(&d->decode, tag, FIELD_FREE_TEXT, CELL_ESCAPED);
    }
}

static void on_text(void *context, const struct xml_text *text) {
    struct dump *d = context;
    if (!d->in_field || text->type == XML_TEXT_ASIDE) {
        xml_decode_text(&d->decode, text, FIELD_FREE_TEXT);
        return;
    }
    d->filled = true;
    if (d->hex && !text->partial) {
        xml_decode_cell(&d->decode, text->text, d->field, CELL_HEX);
    } else {
        xml_decode_text(&d->decode, text, d->field);
    }
}

static void on_end(void *context, struct bytes name, const uint8_t *at) {
    (void)name;
    struct dump *d = context;
    if (d->in_field && !d->filled) {
        xml_decode_cell(&d->decode, bytes_of(at, 0), d->field, CELL_NULL);
    }
    d->in_field = false;
}

static void close_dump(void *state) {
    struct dump *d = state;
    if (d != NULL) {
        xml_decode_close(&d->decode);
        text_buffer_release(&d->database);
        text_buffer_release(&d->table_name);
        free(d);
    }
}

static int open_dump(const struct decode_input *in, void **state, struct error *err) {
    static const struct xml_events events = {.start = on_start, .end = on_end, .text = on_text};
    struct dump *d = calloc(1, sizeof *d);
    if (d == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for reading XML");
    }
    text_buffer_init(&d->database, 0);
    text_buffer_init(&d->table_name, 0);
    int status = xml_decode_open(&d->decode, in, &events, d, err);
    if (status != 0) {
        close_dump(d);
        return status;
    }
    *state = d;
    return 0;
}

static int next_segment(void *state, struct segment *out, struct error *err) {
    struct dump *d = state;
    return xml_decode_next(&d->decode, out, err);
}

static unsigned bid(const struct decode_head *head) {
    struct bytes start = bytes_first(xml_decode_start(head->head), 4096);
    if (start.len < 4 || start.ptr[0] != '<') {
        return 0;
    }
    bool dump = bytes_find(start, BYTES_LIT("<mysqldump")) != SIZE_MAX;
    bool query = bytes_find(start, BYTES_LIT("<resultset statement=")) != SIZE_MAX;
    return dump || query ? ROOT_BITS : 0;
}

const struct decoder decoder_mysqldump_xml = {
    .name = "mysqldump-xml",
    .summary = "XML dumps of MySQL and MariaDB, with tables and columns",
    .traits = DECODER_DUMP,
    .bid = bid,
    .open = open_dump,
    .next = next_segment,
    .close = close_dump,
};
