/* html_tags.h - tags in text that may be HTML, as browsers would take them: letters of either case,
 * values with and without quotes, nothing that must be closed. A light tokenizer of our own: it
 * keeps the place of everything, needs no tree, and knows no broken page. (libxml2's parser gives
 * no places for attributes and decides about the encoding itself.) */
#ifndef YINMA_DECODE_MARKUP_HTML_TAGS_H
#define YINMA_DECODE_MARKUP_HTML_TAGS_H

#include "core/bytes.h"

struct html_tag {
    size_t begin, end; /* of the whole tag: from < to behind > */
    struct bytes name; /* without the slash; "!--" of a comment, "!" of other declarations */
    bool closes;
};

enum html_found { HTML_NONE, HTML_TAG, HTML_CUT }; /* CUT: TEXT ends inside the tag at out->begin */

/* The next tag of TEXT at or behind AT. A comment, a script and a style sheet are one tag with all
 * that they hold. */
enum html_found html_next_tag(struct bytes text, size_t at, struct html_tag *out);

bool html_is(const struct html_tag *tag, const char *name);
/* The value of an attribute (a view, without quotes); false when there is none. */
bool html_attribute(struct bytes text, const struct html_tag *tag, const char *name,
                    struct bytes *value);
/* Does the tag say that what it holds is not shown? */
bool html_hides(struct bytes text, const struct html_tag *tag);

/* Text without tags and references; never longer. In the form of a segment's `unescape`. */
size_t html_unescape(struct bytes value, uint8_t *out, unsigned dialect);

#endif
