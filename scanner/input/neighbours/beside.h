/* beside.h - what files that stand beside a file say of its content: the contents of a dump in
 * directory form, the description of a table beside its rows. */
#ifndef YINMA_INPUT_NEIGHBOURS_BESIDE_H
#define YINMA_INPUT_NEIGHBOURS_BESIDE_H

#include "core/text_buffer.h"
#include "input/input.h"

struct beside {
    struct content_hint hint; /* points into what follows */
    struct text_buffer name;  /* what the content is to be called; "" = as its file */
    struct text_buffer preamble;
    char encoding[32];
};

void beside_init(struct beside *beside);
void beside_release(struct beside *beside);

/* Look beside SOURCE, a file called NAME (without folders) that begins with HEAD (empty where that
 * is not known: then SOURCE has read_at). True when something says what it holds: BESIDE->hint. A
 * file that is missing or makes no sense is as none. */
bool beside_find(struct beside *beside, struct byte_source *source, struct bytes name,
                 struct bytes head, struct input_budget *budget);

/* Is there a kind of files called NAME that another one describes? The name of that one, without an
 * ending of compression, is appended to WISH. With HEAD (where it is not empty) only when the file
 * looks like it. */
bool beside_wish(struct bytes name, struct bytes head, struct input_budget *budget,
                 struct text_buffer *wish);

/* ---- layouts of records ---- */

/* Files that say how the records of another one are laid out. What they say is read by who knows
 * about layouts (run/layouts/described.h); here it is only known what they are called. */
enum beside_layout { BESIDE_SQLLDR, BESIDE_BCP };
struct beside_layout_ending {
    const char *ending; /* of the name; NULL ends the table */
    enum beside_layout form;
};
extern const struct beside_layout_ending beside_layout_endings[];

/* Of native data of SQL Server CREATE TABLE says it: in a script of that name, or in one of these,
 * which hold all tables. NULL ends the list. */
extern const char *const beside_layout_scripts[];

/* NAME without an ending that files of such data have; empty: it has another one. */
struct bytes beside_layout_stem(struct bytes name);
/* Does HEAD begin records that name no columns themselves? */
bool beside_layout_plausible(struct bytes head);
/* May HEAD begin data that are no text? UTF-16 may look so as well. */
bool beside_layout_native(struct bytes head);
/* May the file called NAME of SIZE bytes that begins with HEAD be a layout? */
bool beside_layout_may_be(struct bytes name, struct bytes head, uint64_t size);
/* Does surely no layout stand beside SOURCE, whatever it is called, packed or not? */
bool beside_layout_lacks(struct byte_source *source);
/* Does a file that is called like one stand beside SOURCE, which is called NAME? */
bool beside_layout_stands(struct byte_source *source, struct bytes name);

/* The neighbour called STEM and ENDING, itself or compressed, for the caller; NULL: none. */
struct byte_source *beside_open(struct byte_source *source, struct bytes stem, const char *ending);

#endif
