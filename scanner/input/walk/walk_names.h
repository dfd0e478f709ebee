/* walk_names.h - what units that a walk meets are called, and which of them are wanted. Names are
 * bytes. Inside the room only. */
#ifndef YINMA_INPUT_WALK_WALK_NAMES_H
#define YINMA_INPUT_WALK_WALK_NAMES_H

#include "core/text_buffer.h"
#include "input/walk/walk.h"

/* PATH without double slashes and slashes at its end, instead of what OUT holds. */
void walk_put_clean(struct text_buffer *out, const char *path);

/* The name of the unit at PATH, malloc'ed: that of the label whose path is the longest above it, or
 * the path itself. NULL when memory is out. */
char *walk_make_name(const struct walk_options *options, struct bytes path);

enum walk_selection { WALK_SELECTED, WALK_NOT_INCLUDED, WALK_EXCLUDED };

/* Of a unit called NAME, or of the folder called so. */
enum walk_selection walk_select_name(const struct walk_options *options, const char *name);

#endif
