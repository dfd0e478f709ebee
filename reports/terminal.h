/* terminal.h - text for people: columns that fit Chinese and English, colours, figures that can be
 * read. Names in results are concealed already; what a terminal could act on is taken out here all
 * the same. */
#ifndef YINMA_REPORTS_TERMINAL_H
#define YINMA_REPORTS_TERMINAL_H

#include "core/text_buffer.h"
#include "reports/sink.h"

/* Yellow is not seen on a light ground, nor blue on a dark one: neither is used. */
enum style {
    STYLE_PLAIN,
    STYLE_BOLD,
    STYLE_DIM,
    STYLE_ALARM,
    STYLE_RED,
    STYLE_MAGENTA,
    STYLE_CYAN
};

struct terminal {
    struct report_sink *sink;
    bool color;
};

/* STYLE_PLAIN ends a style. */
void terminal_style(const struct terminal *terminal, enum style style);

enum side { SIDE_LEFT, SIDE_RIGHT };
/* TEXT and blanks to WIDTH columns, on the side opposite to SIDE. */
void terminal_cell(const struct terminal *terminal, struct bytes text, size_t width,
                   enum side side);

/* Append TEXT: control characters, changes of writing direction and invalid UTF-8 become U+FFFD. */
void terminal_safe(struct text_buffer *out, struct bytes text);
/* Shorten what OUT holds from byte FROM on to WIDTH columns, with an ellipsis in its middle when
 * something had to go: both ends of a path tell. */
void terminal_fit(struct text_buffer *out, size_t from, size_t width);
/* The same for all that OUT holds, but what stands from byte KEEP on stays whole when something is
 * left for what stands before it: the column of "table.column". */
void terminal_fit_before(struct text_buffer *out, size_t keep, size_t width);
/* Shorten OUT to WIDTH columns, with an ellipsis at its end. */
void terminal_cut(struct text_buffer *out, size_t width);

void terminal_number(struct text_buffer *out, uint64_t number); /* 1,234,567 */
void terminal_bytes(struct text_buffer *out, uint64_t bytes);   /* 12.3 MB */

#endif
