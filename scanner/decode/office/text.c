/* ECMA-376: w:p, w:r, w:t, w:delText, w:tbl, w:tr, w:tc (WordprocessingML); a:p, a:t, a:tbl, a:tr,
 * a:tc (DrawingML). Comments, headers, properties, caches of pivot tables have no paragraphs: every
 * element is one. */
#include "decode/office/text.h"

#include <stdio.h>

#include "decode/office/part.h"

void office_text_init(struct office_text *text, struct grid *grid) {
    *text = (struct office_text){.grid = grid};
    text_buffer_init(&text->text, 0);
}

void office_text_release(struct office_text *text) {
    text_buffer_release(&text->text);
}

static bool is_one_of(struct bytes name, const char *const *names) {
    for (size_t i = 0; names[i] != NULL; i++) {
        if (bytes_equal(name, bytes_of_string(names[i]))) {
            return true;
        }
    }
    return false;
}

static void end_paragraph(struct office_text *t) {
    if (t->cells > 0) {
        text_buffer_putc(&t->text, ' ');
        return;
    }
    grid_text(t->grid, bytes_trim(text_buffer_view(&t->text)));
    t->failed |= t->text.failed;
    text_buffer_clear(&t->text);
}

void office_text_reset(struct office_text *t) {
    t->cells = 0;
    end_paragraph(t);
    grid_end(t->grid);
    t->tables = t->paragraphs = 0;
    t->run = false;
}

/* ---- tables ---- */

static void begin_table(struct office_text *t) {
    if (t->tables++ == 0) {
        char name[32];
        int len = snprintf(name, sizeof name, "table %u", ++t->numbered);
        end_paragraph(t);
        grid_begin(t->grid, bytes_of(name, (size_t)len));
    }
}

static void begin_cell(struct office_text *t, struct bytes tag) {
    t->cells++;
    t->span = (size_t)office_number(tag, BYTES_LIT("gridSpan"), 1);
}

static void end_cell(struct office_text *t) {
    if (t->cells > 0 && --t->cells == 0) {
        grid_cell(t->grid, t->column, bytes_trim(text_buffer_view(&t->text)), 0);
        t->column += t->span > 0 && t->span < GRID_COLUMNS_MOST ? t->span : 1;
        t->failed |= t->text.failed;
        text_buffer_clear(&t->text);
    }
}

/* ---- elements ---- */

/* Inside a paragraph, without an end of their own. */
static const char *const inlines[] = {
    "t",      "r",         "rPr",     "b",      "i",       "u",   "sz",        "color",
    "rFont",  "family",    "charset", "scheme", "delText", "fld", "instrText", "delInstrText",
    "strike", "vertAlign", NULL};
static const char *const run_names[] = {"t", "delText", "instrText", "delInstrText", NULL};
static const char *const blank_names[] = {"tab", "br", "cr", NULL};

/* Attributes that hold what somebody wrote: targets of links, titles and descriptions of pictures,
 * names of authors, values in the caches of pivot tables, which keep the rows of their source. */
static void put_attributes(struct office_text *t, struct bytes tag, bool is_pivot_value) {
    static const char *const names[] = {"Target",   "descr",       "title",    "alt",     "author",
                                        "userId",   "displayName", "display",  "tooltip", "prompt",
                                        "location", "href",        "userName", NULL};
    struct xml_attribute attribute;
    size_t at = 0;
    while (xml_attribute_next(tag, &at, &attribute)) {
        struct bytes name = xml_local_name(attribute.name);
        if (is_one_of(name, names) || (is_pivot_value && bytes_equal(name, BYTES_LIT("v")))) {
            struct text_buffer value;
            text_buffer_init(&value, 0);
            office_put_attribute(&value, attribute.value);
            if (t->tables == 0) {
                grid_text(t->grid, text_buffer_view(&value));
            } else {
                text_buffer_putc(&t->text, ' ');
                text_buffer_put(&t->text, text_buffer_view(&value));
                text_buffer_putc(&t->text, ' ');
            }
            t->failed |= value.failed;
            text_buffer_release(&value);
        }
    }
}

static void on_start(void *context, struct bytes name, struct bytes tag) {
    struct office_text *t = context;
    name = xml_local_name(name);
    t->run = is_one_of(name, run_names);
    if (t->run) {
        return;
    }
    if (bytes_equal(name, BYTES_LIT("p"))) {
        t->paragraphs++;
    } else if (bytes_equal(name, BYTES_LIT("tbl"))) {
        begin_table(t);
    } else if (bytes_equal(name, BYTES_LIT("tr")) && t->tables == 1) {
        grid_row(t->grid);
        t->column = 0;
    } else if (bytes_equal(name, BYTES_LIT("tc")) && t->tables > 0) {
        if (t->tables == 1) {
            begin_cell(t, tag);
        }
    } else if (bytes_equal(name, BYTES_LIT("gridSpan")) && t->tables == 1) {
        t->span = (size_t)office_number(tag, BYTES_LIT("val"), 1);
    } else if (is_one_of(name, blank_names)) {
        text_buffer_putc(&t->text, ' ');
    } else {
        bool pivot = bytes_equal(name, BYTES_LIT("s")) || bytes_equal(name, BYTES_LIT("n"));
        put_attributes(t, tag, pivot);
    }
}

static void on_text(void *context, const struct xml_text *text) {
    struct office_text *t = context;
    struct xml_text plain = *text;
    if (!t->run) {
        plain.text = bytes_trim(text->text);
    }
    if (plain.text.len == 0) {
        return;
    }
    office_put_text(&t->text, &plain);
    if (text->type == XML_TEXT_ASIDE || (text->partial && t->cells == 0)) {
        end_paragraph(t);
    }
}

static void on_end_named(struct office_text *t, struct bytes name) {
    if (bytes_equal(name, BYTES_LIT("p"))) {
        t->paragraphs -= t->paragraphs > 0;
        end_paragraph(t);
    } else if (bytes_equal(name, BYTES_LIT("tc"))) {
        if (t->tables == 1) {
            end_cell(t);
        }
    } else if (bytes_equal(name, BYTES_LIT("tbl"))) {
        t->tables -= t->tables > 0;
        if (t->tables == 0) {
            grid_end(t->grid);
        }
    } else if (t->paragraphs == 0 && !is_one_of(name, inlines)) {
        end_paragraph(t);
    }
}

static void on_end(void *context, struct bytes name, const uint8_t *at) {
    struct office_text *t = context;
    (void)at;
    t->run = false;
    on_end_named(t, xml_local_name(name));
}

const struct xml_events office_text_events = {.start = on_start, .end = on_end, .text = on_text};
