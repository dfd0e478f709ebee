/* Backups, set by set: what the backup records of the specifications ask for. A set is what has one
 * source; its generations stand from old to new, each compared with the one before it. */
#include <stdlib.h>

#include "reports/file_lines.h"
#include "reports/sheet.h"
#include "reports/sheet_words.h"
#include "reports/terminal.h"
#include "reports/translate.h"

/* Rows of one table of a file, as its columns with personal data tell them. */
struct table_rows {
    struct bytes table;
    uint64_t rows;
};

struct tables {
    struct table_rows *rows;
    size_t count, room;
    bool failed;
};

struct backups {
    struct sheet *sheet;
    const struct report_options *options;
    struct file_lines files;
    struct tables tables, before; /* of this generation and of the one before */
    struct text_buffer text;
};

static const char *const heads[] = {"備份組",   "檔案",     "世代",        "日期",     "大小",
                                    "加密",     "完整",     "種類",        "資料列數", "含個資之表",
                                    "缺少之表", "縮減之表", "檔案 sha256", NULL};
static const unsigned widths[] = {24, 36, 8, 12, 12, 14, 16, 30, 10, 24, 20, 24, 66, 0};

/* ---- tables ---- */

static struct table_rows *find_table(const struct tables *tables, struct bytes name) {
    for (size_t i = 0; i < tables->count; i++) {
        if (bytes_equal(tables->rows[i].table, name)) {
            return &tables->rows[i];
        }
    }
    return NULL;
}

static void add_table(void *context, const struct field_result *field) {
    struct tables *tables = context;
    struct table_rows *found = find_table(tables, field->field->table);
    uint64_t rows = field->values + field->other;
    if (found == NULL && tables->count == tables->room) {
        size_t room = tables->room * 2 + 16;
        struct table_rows *bigger = reallocarray(tables->rows, room, sizeof *bigger);
        if (bigger == NULL) {
            tables->failed = true;
            return;
        }
        tables->rows = bigger;
        tables->room = room;
    }
    if (found == NULL) {
        tables->rows[tables->count++] = (struct table_rows){field->field->table, rows};
    } else if (rows > found->rows) {
        found->rows = rows;
    }
}

static void put_buffer(struct backups *report) {
    sheet_buffer(report->sheet, &report->text);
    text_buffer_clear(&report->text);
}

static void put_table(struct text_buffer *out, struct bytes table) {
    text_buffer_puts(out, out->len > 0 ? "、" : "");
    text_buffer_put(out, table.len > 0 ? table : BYTES_LIT("（無表名）"));
}

static void put_tables(struct backups *report) {
    for (size_t i = 0; i < report->tables.count; i++) {
        put_table(&report->text, report->tables.rows[i].table);
        text_buffer_puts(&report->text, " ");
        terminal_number(&report->text, report->tables.rows[i].rows);
    }
    put_buffer(report);
}

/* What the generation before had and this one lacks, or has less of. */
static void put_losses(struct backups *report, bool compared) {
    for (size_t i = 0; compared && i < report->before.count; i++) {
        if (find_table(&report->tables, report->before.rows[i].table) == NULL) {
            put_table(&report->text, report->before.rows[i].table);
        }
    }
    put_buffer(report);
    for (size_t i = 0; compared && i < report->before.count; i++) {
        const struct table_rows *old = &report->before.rows[i];
        const struct table_rows *now = find_table(&report->tables, old->table);
        if (now != NULL && now->rows < old->rows) {
            put_table(&report->text, old->table);
            text_buffer_puts(&report->text, " ");
            terminal_number(&report->text, old->rows);
            text_buffer_puts(&report->text, "→");
            terminal_number(&report->text, now->rows);
        }
    }
    put_buffer(report);
}

/* ---- lines ---- */

static bool is_backup(const struct file_line *file) {
    return file->dump || (file->zones & ZONE_BIT(ZONE_BACKUP)) != 0;
}

static void put_size(struct backups *report, const struct file_line *file) {
    if (file->file->known) {
        sheet_number(report->sheet, file->file->size);
    } else {
        sheet_string(report->sheet, "");
    }
}

static void put_generation(struct backups *report, const struct file_line *file, size_t number,
                           size_t of) {
    char date[SHEET_TIME_TEXT];
    struct sheet *sheet = report->sheet;
    struct tables swap = report->before;
    report->before = report->tables;
    report->tables = swap;
    report->tables.count = 0;
    file_line_fields(&report->files, file, add_table, &report->tables);
    sheet_date(&report->files.results->run, file->file->modified, date);
    sheet_text(sheet, file->source);
    sheet_text(sheet, file->name);
    sheet_printf(sheet, "%zu/%zu", number, of);
    sheet_string(sheet, date);
    put_size(report, file);
    sheet_string(sheet, file_line_encrypted(file));
    file_line_completeness(&report->files, file, report->options, &report->text);
    put_buffer(report);
    file_line_kinds(&report->files, file, report->options, &report->text);
    put_buffer(report);
    sheet_number(sheet, file->rows);
    put_tables(report);
    /* of what cannot be read, nothing can be missed */
    put_losses(report, number > 1 && file->unread == 0 && !file->encrypted);
    sheet_string(sheet, file->file->sha256);
    sheet_end_row(sheet);
}

static void put_set(struct backups *report, size_t first, size_t end) {
    size_t of = 0, number = 0;
    for (size_t i = first; i < end; i++) {
        of += is_backup(&report->files.lines[i]);
    }
    report->tables.count = 0;
    for (size_t i = first; i < end; i++) {
        if (is_backup(&report->files.lines[i])) {
            put_generation(report, &report->files.lines[i], ++number, of);
        }
    }
}

static void put_sets(struct backups *report) {
    const struct file_lines *files = &report->files;
    for (size_t first = 0, end = 0; first < files->count; first = end) {
        while (end < files->count &&
               bytes_equal(files->lines[end].source, files->lines[first].source)) {
            end++;
        }
        put_set(report, first, end);
    }
    if (report->tables.failed || report->before.failed) {
        struct error error;
        error_set(&error, YINMA_E_MEMORY, "memory ran out while the report was written");
        sheet_fail(report->sheet, &error);
    }
}

static void write_backups(const struct results *results, const struct report_options *options,
                          struct report_sink *sink) {
    struct backups report = {.options = options};
    report.sheet = sheet_new(options, &results->run, sink);
    if (report.sheet == NULL) {
        return;
    }
    text_buffer_init(&report.text, 0);
    sheet_begin(report.sheet, "備份清單", widths);
    sheet_top(report.sheet, "備份清單", options, &results->run,
              "世代由舊到新；缺少與縮減之表係與前一世代比較，僅計含個人資料之表；"
              "加密者不讀取內容。多次結果可一併列出：yinma report --format backups 舊 新");
    sheet_row(report.sheet, SHEET_HEAD, heads);
    if (file_lines_init(&report.files, results)) {
        put_sets(&report);
    } else {
        report_fail_memory(sink);
    }
    file_lines_release(&report.files);
    free(report.tables.rows);
    free(report.before.rows);
    text_buffer_release(&report.text);
    sheet_close(report.sheet);
}

const struct report report_backups = {
    .name = "backups",
    .summary = N_("backups (xlsx, csv): date, size, encryption, completeness, generations"),
    .machine = true,
    .sheet = true,
    .digests = true,
    .write = write_backups,
};
