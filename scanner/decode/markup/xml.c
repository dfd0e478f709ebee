/* XML of any vocabulary: paths below the root element are columns (`order.phone`), attributes are
 * `order.@id`, elements that say in an attribute what they are called are `order.field.phone`
 * (<field name="phone">…</field>, <field name="phone" value="…"/>), and so are those of property
 * lists, whose name stands in a <key> before them. The
 * elements that repeat are rows: the outermost ones that do so in the first 64 KiB, or from where
 * one is seen to; where nothing repeats the document is the row. */
#include <stdlib.h>

#include "decode/json/paths.h"
#include "decode/markup/xml_decode.h"

enum {
    PLACES_MOST = 4 * JSON_PATHS_MOST, /* json_paths stops before */
    ATTRIBUTE_BYTES = 128,             /* of a name */
    HTML_HEAD_BYTES = 1024,
    PROLOG_BITS = 40,
    CUT_ELEMENTS = 4, /* a document that breaks off: so many elements before it does */
    WELL_FORMED_BITS = 12,
};

struct element {
    uint32_t place;
    uint32_t text;   /* place of its text: its own, or that of the name in an attribute */
    uint32_t last;   /* the key below it that was looked up last */
    uint32_t called; /* of property lists: place of the value that comes next */
    uint64_t number;
    bool is_dict, is_key; /* of a property list */
    bool in_row;
    bool filled; /* has text or elements */
};

struct generic {
    struct xml_decode decode;
    struct json_paths *paths;
    size_t depth;
    uint64_t elements;
    uint64_t row;
    bool any_row;
    struct element open[XML_DEPTH_MOST + 1];        /* [0] stands around the document */
    uint8_t key[ATTRIBUTE_BYTES + SEGMENT_PADDING]; /* text of the <key> that is open */
    size_t key_length;
    uint64_t parent[PLACES_MOST]; /* number of the element it was last seen in */
    bool repeats[PLACES_MOST];
};

static uint32_t field_of(const struct generic *g, uint32_t place) {
    return g->decode.silent ? FIELD_FREE_TEXT : json_paths_field(g->paths, place);
}

/* ---- rows ---- */

static void see_repetition(struct generic *g, const struct element *parent,
                           struct element *element) {
    element->in_row = parent->in_row;
    if (parent->in_row || element->place >= PLACES_MOST) {
        return;
    }
    if (g->parent[element->place] == parent->number) {
        g->repeats[element->place] = true;
        g->any_row = true;
    }
    g->parent[element->place] = parent->number;
    if (g->repeats[element->place] && !g->decode.silent) {
        element->in_row = true;
        xml_decode_row(&g->decode, ++g->row);
    }
}

/* ---- attributes ---- */

/* Declarations of namespaces and of the schema say nothing of the data. */
static bool is_declaration(struct bytes name) {
    return bytes_starts_with(name, BYTES_LIT("xmlns")) ||
           bytes_starts_with(name, BYTES_LIT("xsi:")) || bytes_starts_with(name, BYTES_LIT("xml:"));
}

static uint32_t attribute_place(struct generic *g, struct element *element, struct bytes name) {
    uint8_t key[ATTRIBUTE_BYTES + 1 + SEGMENT_PADDING] = {'@'};
    name = bytes_first(xml_local_name(name), ATTRIBUTE_BYTES);
    memcpy(key + 1, name.ptr, name.len);
    element->last =
        json_paths_key(g->paths, element->place, element->last, bytes_of(key, name.len + 1));
    return element->last;
}

static bool names_the_element(struct bytes name) {
    return bytes_equal_ignoring_case(name, BYTES_LIT("name")) ||
           bytes_equal_ignoring_case(name, BYTES_LIT("key"));
}

static bool is_the_value(struct bytes name) {
    return bytes_equal_ignoring_case(name, BYTES_LIT("value")) ||
           bytes_equal_ignoring_case(name, BYTES_LIT("val"));
}

/* What the element says in TAG that it is called. */
static struct bytes called_in(struct bytes tag) {
    struct xml_attribute attribute;
    struct bytes called = {NULL, 0};
    size_t at = 0;
    while (xml_attribute_next(tag, &at, &attribute)) {
        if (names_the_element(xml_local_name(attribute.name)) && attribute.value.len > 0 &&
            attribute.value.len <= ATTRIBUTE_BYTES &&
            memchr(attribute.value.ptr, '&', attribute.value.len) == NULL) {
            called = attribute.value;
        }
    }
    return called;
}

static void read_attributes(struct generic *g, struct element *element, struct bytes tag) {
    struct xml_attribute attribute;
    const struct bytes called = called_in(tag);
    size_t at = 0;
    if (called.len != 0) {
        element->text = json_paths_key(g->paths, element->place, element->last, called);
        element->last = element->text;
        json_paths_told(g->paths, element->text);
    }
    while (xml_attribute_next(tag, &at, &attribute)) {
        if (is_declaration(attribute.name)) {
            continue;
        }
        const bool value = called.len != 0 && is_the_value(xml_local_name(attribute.name));
        const uint32_t place = value ? element->text : attribute_place(g, element, attribute.name);
        xml_decode_attribute(&g->decode, attribute.value, field_of(g, place));
    }
}

/* ---- property lists ---- */

/* NAME begins below PARENT: is it a <key>, or what the last one named? */
static bool begin_in_dict(struct generic *g, struct element *parent, struct bytes name,
                          struct element *element) {
    element->is_dict = bytes_equal(name, BYTES_LIT("dict"));
    element->is_key = parent->is_dict && bytes_equal(name, BYTES_LIT("key"));
    if (element->is_key) {
        g->key_length = 0;
        return false;
    }
    if (parent->called == JSON_PATH_NONE) {
        return false;
    }
    element->place = parent->called;
    parent->called = JSON_PATH_NONE;
    return true;
}

static void read_key(struct generic *g, struct bytes text) {
    const size_t room = ATTRIBUTE_BYTES - g->key_length;
    text = bytes_first(text, room);
    memcpy(g->key + g->key_length, text.ptr, text.len);
    g->key_length += text.len;
}

static void end_key(struct generic *g, struct element *dict) {
    const struct bytes key = bytes_trim(bytes_of(g->key, g->key_length));
    if (key.len > 0) {
        dict->called = json_paths_key(g->paths, dict->place, dict->last, key);
        dict->last = dict->called;
        json_paths_told(g->paths, dict->called);
    }
}

/* ---- elements ---- */

static void on_start(void *context, struct bytes name, struct bytes tag) {
    struct generic *g = context;
    struct element *parent = &g->open[g->depth], *element = &g->open[++g->depth];
    parent->filled = true;
    *element = (struct element){.place = JSON_PATH_ROOT,
                                .last = JSON_PATH_NONE,
                                .called = JSON_PATH_NONE,
                                .number = ++g->elements};
    name = xml_local_name(name);
    if (!begin_in_dict(g, parent, name, element) && g->depth > 1) {
        element->place = json_paths_key(g->paths, parent->place, parent->last, name);
        parent->last = element->place;
    }
    element->text = element->place;
    see_repetition(g, parent, element);
    read_attributes(g, element, tag);
}

static void on_text(void *context, const struct xml_text *text) {
    struct generic *g = context;
    struct element *element = &g->open[g->depth];
    element->filled |= text->type != XML_TEXT_ASIDE;
    if (element->is_key) {
        read_key(g, text->text);
    }
    xml_decode_text(&g->decode, text, field_of(g, element->text));
}

static void on_end(void *context, struct bytes name, const uint8_t *at) {
    (void)name;
    struct generic *g = context;
    const struct element *element = &g->open[g->depth--];
    if (!element->filled) {
        xml_decode_cell(&g->decode, bytes_of(at, 0), field_of(g, element->text), CELL_NULL);
    }
    if (element->is_key) {
        end_key(g, &g->open[g->depth]);
    }
}

static const struct xml_events events = {.start = on_start, .end = on_end, .text = on_text};

/* ---- the decoder ---- */

static void close_generic(void *state) {
    struct generic *g = state;
    if (g != NULL) {
        xml_decode_close(&g->decode);
        json_paths_free(g->paths);
        free(g);
    }
}

static void reset(struct generic *g) {
    g->depth = 0;
    g->elements = 1;
    g->open[0] = (struct element){.place = JSON_PATH_ROOT,
                                  .text = JSON_PATH_ROOT,
                                  .last = JSON_PATH_NONE,
                                  .called = JSON_PATH_NONE,
                                  .number = 1};
    memset(g->parent, 0, sizeof g->parent);
}

/* The head shows which elements repeat. */
static int find_rows(struct generic *g, struct bytes head) {
    g->decode.silent = true;
    reset(g);
    int status = xml_decode_try(head, &events, g);
    g->decode.silent = false;
    g->repeats[JSON_PATH_ROOT] |= !g->any_row;
    reset(g);
    return status == YINMA_E_MEMORY ? status : 0;
}

static int open_generic(const struct decode_input *in, void **state, struct error *err) {
    struct generic *g = calloc(1, sizeof *g);
    int status = g == NULL ? YINMA_E_MEMORY : 0;
    if (status == 0) {
        g->paths = json_paths_new(in->fields);
        status = g->paths == NULL ? YINMA_E_MEMORY : find_rows(g, in->head.head);
    }
    if (status == 0) {
        status = xml_decode_open(&g->decode, in, &events, g, err);
    }
    if (status != 0) {
        close_generic(g);
        return error_set(err, YINMA_E_MEMORY, "out of memory for reading XML");
    }
    *state = g;
    return 0;
}

static int next_segment(void *state, struct segment *out, struct error *err) {
    struct generic *g = state;
    int more = xml_decode_next(&g->decode, out, err);
    if (more >= 0 && json_paths_failed(g->paths)) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for the paths of XML");
    }
    field_set_table_at(g->decode.fields, TABLE_NONE)->rows = g->row;
    return more;
}

/* ---- the bid ---- */

static void count_start(void *context, struct bytes name, struct bytes tag) {
    (void)name;
    (void)tag;
    ++*(size_t *)context;
}

static void ignore_end(void *context, struct bytes name, const uint8_t *at) {
    (void)name;
    (void)context;
    (void)at;
}

static void ignore_text(void *context, const struct xml_text *text) {
    (void)context;
    (void)text;
}

/* A fragment or a page of HTML: running text with markup in it. */
static bool is_html(struct bytes start) {
    static const char *const names[] = {"html", "head", "body", "p",  "div",  "span",  "table",
                                        "tr",   "td",   "th",   "dl", "dt",   "dd",    "ul",
                                        "ol",   "li",   "a",    "b",  "form", "input", "br",
                                        "hr",   "font", "h1",   "h2", "h3",   "meta",  "script"};
    size_t at = 0;
    if (bytes_find(bytes_first(start, HTML_HEAD_BYTES), BYTES_LIT("<html")) != SIZE_MAX) {
        return true;
    }
    start = bytes_from(start, 1);
    while (at < start.len && byte_is_alnum(start.ptr[at])) {
        at++;
    }
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (bytes_equal_ignoring_case(bytes_first(start, at), bytes_of_string(names[i]))) {
            return true;
        }
    }
    return false;
}

static unsigned bid(const struct decode_head *head) {
    static const struct xml_events counting = {
        .start = count_start, .end = ignore_end, .text = ignore_text};
    struct bytes start = xml_decode_start(head->head);
    size_t elements = 0;
    if (start.len < 4 || start.ptr[0] != '<' || is_html(start)) {
        return 0;
    }
    if (bytes_starts_with(start, BYTES_LIT("<?xml"))) {
        return PROLOG_BITS;
    }
    int status = xml_decode_try(head->head, &counting, &elements);
    /* cut off, by the end of the head or of the data */
    bool cut = status == YINMA_E_TRUNCATED && elements > (head->whole ? CUT_ELEMENTS : 1);
    bool good = status == 0 || cut;
    return good && elements > 0 ? WELL_FORMED_BITS : 0;
}

const struct decoder decoder_xml = {
    .name = "xml",
    .summary = "XML: paths are columns, attributes path.@name, elements that repeat are rows",
    .traits = 0,
    .bid = bid,
    .open = open_generic,
    .next = next_segment,
    .close = close_generic,
};
