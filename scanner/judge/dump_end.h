/* dump_end.h - the last comment of a dump, by which the tool that wrote it says that it is done: a
 * dump without it was cut off, however whole its last statement looks. */
#ifndef YINMA_JUDGE_DUMP_END_H
#define YINMA_JUDGE_DUMP_END_H

#include "core/bytes.h"

/* Does the end of a dump (its last few KiB) say so? */
bool dump_says_done(struct bytes tail);
/* Does its beginning show that its tool says so at the end? The options that leave the last comment
 * out leave out the comments at the beginning too. */
bool dump_will_say_done(struct bytes head);

#endif
