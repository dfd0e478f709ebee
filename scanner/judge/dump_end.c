#include "judge/dump_end.h"

enum {
    FIRST_LINES_BYTES = 1024,
    LAST_LINE_BYTES = 512, /* pg_dump may put a \unrestrict line and empty ones after it */
};

/* The tools write these comments or none of them (mysqldump --skip-comments, --compact): a line of
 * the first kind alone also stands in files that were put together by hand. */
static const struct dump_tool {
    const char *first, *beside, *last;
} dump_tools[] = {
    {"-- MySQL dump ", "\n-- Server version", "-- Dump completed"},
    {"-- MariaDB dump ", "\n-- Server version", "-- Dump completed"},
    {"-- PostgreSQL database cluster dump\n", "\nSET ",
     "-- PostgreSQL database cluster dump complete"},
    {"-- PostgreSQL database dump\n", "\n-- Dumped by pg_dump",
     "-- PostgreSQL database dump complete"},
};

static bool holds(struct bytes text, const char *words) {
    return bytes_find(text, bytes_of_string(words)) != SIZE_MAX;
}

enum dump_end dump_end_of(struct bytes head, struct bytes tail) {
    struct bytes first = bytes_first(head, FIRST_LINES_BYTES);
    struct bytes last =
        bytes_from(tail, tail.len > LAST_LINE_BYTES ? tail.len - LAST_LINE_BYTES : 0);
    for (size_t i = 0; i < sizeof dump_tools / sizeof *dump_tools; i++) {
        const struct dump_tool *tool = &dump_tools[i];
        if (holds(first, tool->first) && holds(first, tool->beside)) {
            return holds(last, tool->last) ? DUMP_END_MARKED : DUMP_END_MISSING;
        }
    }
    for (size_t i = 0; i < sizeof dump_tools / sizeof *dump_tools; i++) {
        if (holds(last, dump_tools[i].last)) {
            return DUMP_END_MARKED;
        }
    }
    return DUMP_END_NOT_PROMISED;
}
