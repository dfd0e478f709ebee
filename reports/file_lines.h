/* file_lines.h - the files of the results: units of one outermost file put together, with what was
 * found in them, sorted by source and then from old to new. */
#ifndef YINMA_REPORTS_FILE_LINES_H
#define YINMA_REPORTS_FILE_LINES_H

#include "core/text_buffer.h"
#include "reports/report.h"
#include "result/people.h"

struct file_line {
    struct bytes name;   /* the outermost file */
    struct bytes source; /* of it */
    const uint32_t *units;
    size_t count; /* of units */
    zone_set zones;
    const struct file_facts *file;
    uint64_t rows, unread; /* units that were not read completely */
    bool dump;             /* one of its units is a database dump */
    bool encrypted;        /* something in it is readable only with a key */
    bool expected;         /* … and was expected to be */
};

struct file_lines {
    const struct results *results;
    uint32_t *units; /* sorted */
    size_t *fields;  /* by unit: its first field; one more at the end */
    struct file_line *lines;
    size_t count;
};

/* False when memory is out. */
bool file_lines_init(struct file_lines *files, const struct results *results);
void file_lines_release(struct file_lines *files);

/* Everything found in FILE, for each field that gets a record. */
typedef void file_field(void *context, const struct field_result *field);
void file_line_fields(const struct file_lines *files, const struct file_line *file,
                      file_field *take, void *context);

/* "地址、姓名": the kinds in it. */
void file_line_kinds(const struct file_lines *files, const struct file_line *file,
                     const struct report_options *options, struct text_buffer *out);
/* "讀取完整", or why it was not. */
void file_line_completeness(const struct file_lines *files, const struct file_line *file,
                            const struct report_options *options, struct text_buffer *out);
/* "不符合：platform/5.3.5、…", "未發現不符合" or "未判定：未能完整讀取". */
void file_line_verdict(const struct file_lines *files, const struct file_line *file,
                       struct text_buffer *out);
/* "是（預期之內）", "是（未預期）", "否". */
const char *file_line_encrypted(const struct file_line *file);

#endif
