/* scan.h - where the marks of JSON stand: quotes, and outside of strings the brackets, commas
 * and (where lines matter) newlines. 64 bytes at a time, as simdjson does it. */
#ifndef YINMA_DECODE_JSON_SCAN_H
#define YINMA_DECODE_JSON_SCAN_H

#include "core/block64/block64.h"
#include "core/bytes.h"

enum { JSON_SCAN_BYTES = 64 * 1024 }; /* the most that is scanned at a time */

struct json_marks {
    size_t count;
    int any_escape; /* some back-slash stands in the text */
    uint32_t at[JSON_SCAN_BYTES];
    uint64_t escapes[JSON_SCAN_BYTES / 64 + 2]; /* where back-slashes stand */
};

enum json_scan_start { JSON_SCAN_OUTSIDE, JSON_SCAN_IN_STRING };
enum json_scan_lines { JSON_SCAN_ANY_LINES, JSON_SCAN_LINE_ENDS };

/* TEXT has at most JSON_SCAN_BYTES, and 64 readable bytes behind it. LINE_ENDS: newlines are marks,
 * inside strings too. */
void json_scan(const struct block64_ops *ops, struct bytes text, enum json_scan_start start,
               enum json_scan_lines lines, struct json_marks *out);

#endif
