/* dump_end.h - the last comment of a dump, by which the tool that wrote it says that it is done: a
 * dump without it was cut off, however whole its last statement looks. */
#ifndef YINMA_JUDGE_DUMP_END_H
#define YINMA_JUDGE_DUMP_END_H

#include "core/bytes.h"

enum dump_end {
    DUMP_END_NOT_PROMISED, /* the beginning names no tool that says so at the end */
    DUMP_END_MARKED,
    DUMP_END_MISSING,
};

/* HEAD: the first KiB of a dump at least, TAIL: its last 512 bytes at least (more is cut off). */
enum dump_end dump_end_of(struct bytes head, struct bytes tail);

#endif
