/* Facts for the report of an incident: what was in the files that leaked. Nothing in clear, and no
 * judgement of what people must judge. */
#include <stdlib.h>

#include "reports/class_codes.h"
#include "reports/file_lines.h"
#include "reports/inventory_groups.h"
#include "reports/sheet.h"
#include "reports/sheet_words.h"
#include "reports/translate.h"

struct incident {
    struct sheet *sheet;
    const struct results *results;
    const struct report_options *options;
    struct file_lines files;
    struct text_buffer text;
};

static const unsigned widths[] = {26, 30, 20, 12, 12, 12, 12, 14, 0};

static void put_pair(struct incident *report, const char *name, const char *text) {
    const char *const cells[] = {name, text, NULL};
    sheet_row(report->sheet, SHEET_PLAIN, cells);
}

static void put_buffer(struct incident *report) {
    sheet_buffer(report->sheet, &report->text);
    text_buffer_clear(&report->text);
}

/* ---- totals ---- */

static bool holds(const struct results *results, enum legal legal, bool equal) {
    for (size_t i = 0; i < results->field_count; i++) {
        const struct field_result *field = &results->fields[i];
        if (field->written && field->values > 0 && (field->legal == legal) == equal) {
            return true;
        }
    }
    return false;
}

static void put_people(struct incident *report, enum legal legal, bool equal, const char *name) {
    struct people people;
    people_init(&people);
    for (size_t i = 0; i < report->results->field_count; i++) {
        const struct field_result *field = &report->results->fields[i];
        if (legal == LEGAL_NONE || (field->legal == legal) == equal) {
            people_add(&people, field);
        }
    }
    sheet_string(report->sheet, name);
    sheet_put_people(&report->text, report->options, &people);
    put_buffer(report);
    sheet_end_row(report->sheet);
    people_release(&people);
}

static void put_facts(struct incident *report) {
    const struct results *results = report->results;
    uint64_t unread = 0;
    for (size_t i = 0; i < results->unit_count; i++) {
        unread += unit_result_incomplete(&results->units[i]);
    }
    put_people(report, LEGAL_NONE, true, "個資侵害之總筆數（一人一筆）");
    put_pair(report, "一般個資", holds(results, LEGAL_SPECIAL, false) ? "有" : "未發現");
    put_pair(report, "特種個資（個資法第 6 條）",
             holds(results, LEGAL_SPECIAL, true) ? "有" : "未發現");
    sheet_string(report->sheet, "未能讀取之單元");
    sheet_number(report->sheet, unread);
    sheet_string(report->sheet, unread > 0 ? "上列筆數為下限" : "");
    sheet_end_row(report->sheet);
    put_pair(report, "發生時間", "");
    put_pair(report, "知悉時間", "");
    put_pair(report, "發生原因及摘要", "");
    put_pair(report, "可能結果", "");
    put_pair(report, "因應措施", "");
    put_pair(report, "通知當事人之時間及方式", "");
    put_pair(report, "通報時限",
             "知悉後 72 小時內通報主管機關（資訊服務業者指引第二章二(一)3、第三章一(四)2(1)、"
             "附錄一 4.2.1）；是否屬大量當事人，文件未定數字，由人員判斷");
}

/* ---- kinds ---- */

static int by_kind(const void *a, const void *b) {
    const struct field_result *x = *(const struct field_result *const *)a;
    const struct field_result *y = *(const struct field_result *const *)b;
    int order = strcmp(x->kind, y->kind);
    return order != 0 ? order : (x > y) - (x < y);
}

static void put_kind(struct incident *report, const struct field_result *const *fields,
                     size_t count) {
    uint64_t by_state[STATE_COUNT] = {0};
    struct sketch distinct;
    sketch_init(&distinct);
    for (size_t i = 0; i < count; i++) {
        for (unsigned state = 0; state < STATE_COUNT; state++) {
            by_state[state] += fields[i]->count[state];
        }
        sketch_merge(&distinct, &fields[i]->facts->distinct);
    }
    sheet_string(report->sheet, sheet_kind(report->options, fields[0]));
    sheet_string(report->sheet, class_code(fields[0]->kind));
    sheet_string(report->sheet, fields[0]->legal == LEGAL_SPECIAL ? "特種個資" : "一般個資");
    for (unsigned state = 0; state < STATE_COUNT; state++) {
        sheet_number(report->sheet, by_state[state]);
    }
    sheet_number(report->sheet, sketch_estimate(&distinct));
    sheet_end_row(report->sheet);
    sketch_release(&distinct);
}

static bool put_kinds(struct incident *report) {
    static const char *const heads[] = {"個資種類", "類別代號",   "法定類別",   "明碼", "遮蔽不足",
                                        "已遮蔽",   "加密或雜湊", "明碼相異值", NULL};
    struct inventory inventory;
    bool ok = inventory_init(&inventory, report->results);
    sheet_row(report->sheet, SHEET_HEAD, heads);
    if (ok) {
        qsort(inventory.fields, inventory.count, sizeof(const struct field_result *), by_kind);
    }
    for (size_t first = 0, end = 0; ok && first < inventory.count; first = end) {
        const char *kind = inventory.fields[first]->kind;
        while (end < inventory.count && strcmp(inventory.fields[end]->kind, kind) == 0) {
            end++;
        }
        put_kind(report, inventory.fields + first, end - first);
    }
    inventory_release(&inventory);
    return ok;
}

/* ---- sources ---- */

static void put_file(struct incident *report, const struct file_line *file) {
    char date[SHEET_TIME_TEXT];
    sheet_date(&report->results->run, file->file->modified, date);
    sheet_text(report->sheet, file->name);
    file_line_kinds(&report->files, file, report->options, &report->text);
    put_buffer(report);
    sheet_put_zones(&report->text, file->zones);
    put_buffer(report);
    sheet_number(report->sheet, file->rows);
    if (file->file->known) {
        sheet_number(report->sheet, file->file->size);
    } else {
        sheet_string(report->sheet, "");
    }
    sheet_string(report->sheet, date);
    sheet_string(report->sheet, file_line_encrypted(file));
    file_line_completeness(&report->files, file, report->options, &report->text);
    put_buffer(report);
    sheet_end_row(report->sheet);
}

static bool put_sources(struct incident *report) {
    static const char *const heads[] = {"來源檔案", "個資種類", "區域", "資料列數", "大小",
                                        "日期",     "加密",     "完整", NULL};
    bool ok = file_lines_init(&report->files, report->results);
    sheet_row(report->sheet, SHEET_HEAD, heads);
    for (size_t i = 0; ok && i < report->files.count; i++) {
        put_file(report, &report->files.lines[i]);
    }
    file_lines_release(&report->files);
    return ok;
}

static void write_incident(const struct results *results, const struct report_options *options,
                           struct report_sink *sink) {
    struct incident report = {.results = results, .options = options};
    report.sheet = sheet_new(options, &results->run, sink);
    if (report.sheet == NULL) {
        return;
    }
    text_buffer_init(&report.text, 0);
    sheet_begin(report.sheet, "事故通報事實", widths);
    sheet_top(report.sheet, "個人資料事故：通報表所需之事實", options, &results->run,
              "由外洩檔案之掃描結果產生，不含任何明碼之值；空白欄由人員填寫。");
    put_facts(&report);
    if (!put_kinds(&report) || !put_sources(&report)) {
        report_fail_memory(sink);
    }
    text_buffer_release(&report.text);
    sheet_close(report.sheet);
}

const struct report report_incident = {
    .name = "incident",
    .summary = N_("facts for the report of an incident (xlsx, csv): kinds, people, sources"),
    .machine = true,
    .sheet = true,
    .sketches = true,
    .write = write_incident,
};
