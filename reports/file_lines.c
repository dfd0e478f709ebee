#include "reports/file_lines.h"

#include <stdlib.h>

#include "reports/naming.h"
#include "reports/sheet_words.h"

static struct bytes outer_source(const struct unit_result *unit) {
    return source_file_name(unit->source.len > 0 ? unit->source : unit->name);
}

static int compare_numbers(int64_t a, int64_t b) {
    return (a > b) - (a < b);
}

/* Source, age, file. The same name with another time or size is another generation: it comes from
 * another run. */
static int by_file(const void *a, const void *b, void *context) {
    const struct results *results = context;
    uint32_t i = *(const uint32_t *)a, j = *(const uint32_t *)b;
    const struct unit_result *x = &results->units[i], *y = &results->units[j];
    int order = bytes_compare(outer_source(x), outer_source(y));
    if (order == 0) {
        order = compare_numbers(x->facts->file.modified, y->facts->file.modified);
    }
    if (order == 0) {
        order = bytes_compare(source_file_name(x->name), source_file_name(y->name));
    }
    if (order == 0) {
        order = compare_numbers((int64_t)x->facts->file.size, (int64_t)y->facts->file.size);
    }
    return order != 0 ? order : (i > j) - (i < j);
}

static bool same_file(const struct unit_result *x, const struct unit_result *y) {
    return bytes_equal(source_file_name(x->name), source_file_name(y->name)) &&
           bytes_equal(outer_source(x), outer_source(y)) &&
           x->facts->file.modified == y->facts->file.modified &&
           x->facts->file.size == y->facts->file.size;
}

static void add_unit(struct file_line *line, const struct unit_result *unit) {
    const struct unit_facts *facts = unit->facts;
    line->count++;
    line->zones |= unit->zones;
    line->rows += facts->rows;
    line->unread += facts->status == COVERAGE_PARTIAL || facts->status == COVERAGE_SKIPPED ||
                    facts->status == COVERAGE_FAILED || facts->status == COVERAGE_WAIVED;
    line->dump = line->dump || (facts->traits & UNIT_DUMP) != 0;
    line->encrypted = line->encrypted || facts->error_code == YINMA_E_ENCRYPTED;
    line->expected = line->expected || facts->status == COVERAGE_EXPECTED;
}

static void make_lines(struct file_lines *files) {
    const struct results *results = files->results;
    const struct unit_result *before = NULL;
    for (size_t i = 0; i < results->unit_count; i++) {
        const struct unit_result *unit = &results->units[files->units[i]];
        if (before == NULL || !same_file(before, unit)) {
            files->lines[files->count++] = (struct file_line){.name = source_file_name(unit->name),
                                                              .source = outer_source(unit),
                                                              .units = files->units + i,
                                                              .file = &unit->facts->file};
        }
        add_unit(&files->lines[files->count - 1], unit);
        before = unit;
    }
}

bool file_lines_init(struct file_lines *files, const struct results *results) {
    *files = (struct file_lines){.results = results};
    files->units = calloc(results->unit_count + 1, sizeof *files->units);
    files->fields = calloc(results->unit_count + 2, sizeof *files->fields);
    files->lines = calloc(results->unit_count + 1, sizeof *files->lines);
    if (files->units == NULL || files->fields == NULL || files->lines == NULL) {
        return false;
    }
    for (uint32_t i = 0; i < results->unit_count; i++) {
        files->units[i] = i;
    }
    for (size_t i = 0; i < results->field_count; i++) {
        files->fields[results->fields[i].unit + 1]++;
    }
    for (size_t i = 0; i < results->unit_count; i++) {
        files->fields[i + 1] += files->fields[i];
    }
    qsort_r(files->units, results->unit_count, sizeof *files->units, by_file,
            (void *)(uintptr_t)results);
    make_lines(files);
    return true;
}

void file_lines_release(struct file_lines *files) {
    free(files->units);
    free(files->fields);
    free(files->lines);
    *files = (struct file_lines){0};
}

void file_line_fields(const struct file_lines *files, const struct file_line *file,
                      file_field *take, void *context) {
    for (size_t i = 0; i < file->count; i++) {
        uint32_t unit = file->units[i];
        for (size_t at = files->fields[unit]; at < files->fields[unit + 1]; at++) {
            const struct field_result *field = &files->results->fields[at];
            if (field->written && field->values > 0) {
                take(context, field);
            }
        }
    }
}

/* ---- what is said of a file ---- */

struct kinds_text {
    struct text_buffer *out;
    const struct report_options *options;
};

static void add_kind(void *context, const struct field_result *field) {
    struct kinds_text *kinds = context;
    const char *kind = sheet_kind(kinds->options, field);
    if (bytes_find(text_buffer_view(kinds->out), bytes_of_string(kind)) == SIZE_MAX) {
        sheet_put_item(kinds->out, kind);
    }
}

void file_line_kinds(const struct file_lines *files, const struct file_line *file,
                     const struct report_options *options, struct text_buffer *out) {
    struct kinds_text kinds = {out, options};
    file_line_fields(files, file, add_kind, &kinds);
}

void file_line_completeness(const struct file_lines *files, const struct file_line *file,
                            const struct report_options *options, struct text_buffer *out) {
    const struct unit_facts *first = NULL;
    for (size_t i = 0; i < file->count && first == NULL; i++) {
        const struct unit_facts *facts = files->results->units[file->units[i]].facts;
        first =
            facts->status == COVERAGE_SCANNED || facts->status == COVERAGE_OPAQUE ? NULL : facts;
    }
    if (file->file->known && file->file->size == 0) {
        text_buffer_puts(out, "空檔案");
    } else if (first == NULL) {
        text_buffer_puts(out, "讀取完整");
    } else {
        text_buffer_printf(
            out, "%s（%s）", first->status == COVERAGE_EXPECTED ? "未讀取內容" : "不完整",
            options->in_chinese == NULL ? coverage_reason(first->error_code)
                                        : options->in_chinese(coverage_reason(first->error_code)));
    }
}

static bool is_in(const struct file_line *file, uint32_t unit) {
    for (size_t i = 0; i < file->count; i++) {
        if (file->units[i] == unit) {
            return true;
        }
    }
    return false;
}

void file_line_verdict(const struct file_lines *files, const struct file_line *file,
                       struct text_buffer *out) {
    const struct results *results = files->results;
    size_t before = out->len;
    for (size_t i = 0; i < results->violation_count; i++) {
        const struct violation *violation = &results->violations[i];
        struct bytes told = bytes_from(text_buffer_view(out), before);
        if (!is_in(file, violation->unit)) {
            continue;
        }
        if (bytes_find(told, bytes_of_string(violation->rule->id)) == SIZE_MAX) {
            text_buffer_puts(out, told.len == 0 ? "不符合：" : "、");
            text_buffer_puts(out, violation->rule->id);
        }
    }
    if (out->len == before) {
        text_buffer_puts(out, file->unread > 0 ? "未判定：未能完整讀取" : "未發現不符合");
    }
}

const char *file_line_encrypted(const struct file_line *file) {
    return !file->encrypted && !file->expected ? "否"
           : file->expected                    ? "是（預期之內）"
                                               : "是（未預期）";
}
