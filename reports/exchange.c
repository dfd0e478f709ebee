/* What was exchanged, file by file: the records that the specifications ask of an exchange. */
#include "catalog/config.h"
#include "reports/file_lines.h"
#include "reports/sheet.h"
#include "reports/sheet_words.h"
#include "reports/translate.h"

struct exchange {
    struct sheet *sheet;
    const struct report_options *options;
    struct file_lines files;
    struct text_buffer text;
};

/* What a file carries beyond what its flow may pass. */
struct surplus {
    const struct exchange *report;
    const struct flow_setting *flow;
    struct text_buffer *out;
};

static const char *const heads[] = {"流程", "交換對象",   "方向",        "檔案", "大小", "時間",
                                    "列數", "尾筆之列數", "列數相符",    "種類", "加密", "判定",
                                    "完整", "當事人",     "檔案 sha256", NULL};
static const unsigned widths[] = {16, 20, 10, 36, 12, 18, 10, 10, 10, 30, 14, 30, 16, 24, 66, 0};

static void put_buffer(struct exchange *report) {
    sheet_buffer(report->sheet, &report->text);
    text_buffer_clear(&report->text);
}

/* ---- flows ---- */

static const struct flow_setting *flow_of(const struct exchange *report,
                                          const struct file_line *file) {
    const struct unit_result *unit = &report->files.results->units[file->units[0]];
    return config_flow_of(report->options->config,
                          unit->facts->path.len > 0 ? unit->facts->path : unit->name);
}

static bool is_firm(const struct exchange *report, const char *name) {
    const struct config *config = report->options->config;
    const char *company = config == NULL ? NULL : config->firm.company;
    return name != NULL && company != NULL && strcmp(name, company) == 0;
}

/* Name, partner and direction; empty where the configuration does not say: people know. */
static void put_flow(struct exchange *report, const struct flow_setting *flow) {
    const char *name = NULL, *partner = NULL, *direction = NULL;
    if (flow != NULL) {
        bool sent = is_firm(report, flow->from), received = is_firm(report, flow->to);
        name = flow->name;
        partner = received ? flow->from : flow->to;
        direction = sent ? "送出" : received ? "收到" : NULL;
        if (!sent && !received && flow->from != NULL && flow->to != NULL) {
            direction = "往來";
        }
    }
    sheet_string(report->sheet, name);
    sheet_string(report->sheet, partner);
    sheet_string(report->sheet, direction);
}

static void add_surplus(void *context, const struct field_result *field) {
    struct surplus *surplus = context;
    bool over = false;
    for (unsigned state = 0; state < STATE_COUNT; state++) {
        over =
            over || (field->count[state] > 0 && !flow_may_pass(surplus->flow, field->kind, state));
    }
    const char *kind = sheet_kind(surplus->report->options, field);
    if (over && bytes_find(text_buffer_view(surplus->out), bytes_of_string(kind)) == SIZE_MAX) {
        sheet_put_item(surplus->out, kind);
    }
}

static void put_surplus(struct exchange *report, const struct file_line *file,
                        const struct flow_setting *flow) {
    struct text_buffer kinds;
    if (flow == NULL || flow->pass_count == 0) {
        return;
    }
    text_buffer_init(&kinds, 0);
    struct surplus surplus = {report, flow, &kinds};
    file_line_fields(&report->files, file, add_surplus, &surplus);
    if (kinds.len > 0) {
        text_buffer_printf(&report->text, "；超出流程約定：%s", text_buffer_string(&kinds));
    }
    report->text.failed = report->text.failed || kinds.failed;
    text_buffer_release(&kinds);
}

/* ---- rows ---- */

/* Rows without the frame: a first line "H,…" may have been taken for the names of columns, and is
 * then no row. */
static bool rows_agree(const struct unit_facts *unit) {
    return unit->rows == unit->trailer_rows + unit->frame_rows ||
           (unit->frame_rows == 2 && unit->rows == unit->trailer_rows + 1);
}

static void put_count(struct exchange *report, const struct file_line *file) {
    uint64_t told = 0, rows = 0;
    bool any = false, agree = true;
    for (size_t i = 0; i < file->count; i++) {
        const struct unit_facts *unit = report->files.results->units[file->units[i]].facts;
        bool framed = unit->frame_rows > 0;
        any = any || framed;
        agree = agree && (!framed || rows_agree(unit));
        told += unit->trailer_rows;
        rows += framed && rows_agree(unit)      ? unit->trailer_rows
                : unit->rows > unit->frame_rows ? unit->rows - unit->frame_rows
                                                : 0;
    }
    sheet_number(report->sheet, rows);
    if (!any) {
        sheet_string(report->sheet, "");
        sheet_string(report->sheet, "未見尾筆");
        return;
    }
    sheet_number(report->sheet, told);
    sheet_string(report->sheet, agree ? "相符" : "不符");
}

static void add_people(void *context, const struct field_result *field) {
    people_add(context, field);
}

static void put_people(struct exchange *report, const struct file_line *file) {
    struct people people;
    people_init(&people);
    file_line_fields(&report->files, file, add_people, &people);
    sheet_put_people(&report->text, report->options, &people);
    people_release(&people);
    put_buffer(report);
}

static void put_file(struct exchange *report, const struct file_line *file) {
    char time[SHEET_TIME_TEXT];
    struct sheet *sheet = report->sheet;
    const struct flow_setting *flow = flow_of(report, file);
    sheet_date(&report->files.results->run, file->file->modified, time);
    put_flow(report, flow);
    sheet_text(sheet, file->name);
    if (file->file->known) {
        sheet_number(sheet, file->file->size);
    } else {
        sheet_string(sheet, "");
    }
    sheet_string(sheet, time);
    put_count(report, file);
    file_line_kinds(&report->files, file, report->options, &report->text);
    put_buffer(report);
    sheet_string(sheet, file_line_encrypted(file));
    file_line_verdict(&report->files, file, &report->text);
    put_surplus(report, file, flow);
    put_buffer(report);
    file_line_completeness(&report->files, file, report->options, &report->text);
    put_buffer(report);
    put_people(report, file);
    sheet_string(sheet, file->file->sha256);
    sheet_end_row(sheet);
}

static bool was_exchanged(const struct exchange *report, const struct file_line *file) {
    return flow_of(report, file) != NULL ||
           (file->zones & (ZONE_BIT(ZONE_EXCHANGE) | ZONE_BIT(ZONE_MAIL))) != 0;
}

static void write_exchange(const struct results *results, const struct report_options *options,
                           struct report_sink *sink) {
    struct exchange report = {.options = options};
    report.sheet = sheet_new(options, &results->run, sink);
    if (report.sheet == NULL) {
        return;
    }
    text_buffer_init(&report.text, 0);
    sheet_begin(report.sheet, "交換清單", widths);
    sheet_top(report.sheet, "交換清單", options, &results->run,
              "列出交換（exchange）與郵件（mail）區域之檔案；對象與方向依設定之 flows；"
              "時間為檔案最後變更日期；尾筆為檔案最後一行所載之筆數。");
    sheet_row(report.sheet, SHEET_HEAD, heads);
    if (file_lines_init(&report.files, results)) {
        for (size_t i = 0; i < report.files.count; i++) {
            if (was_exchanged(&report, &report.files.lines[i])) {
                put_file(&report, &report.files.lines[i]);
            }
        }
    } else {
        report_fail_memory(sink);
    }
    file_lines_release(&report.files);
    text_buffer_release(&report.text);
    sheet_close(report.sheet);
}

const struct report report_exchange = {
    .name = "exchange",
    .summary = N_("files exchanged (xlsx, csv): partner, rows, encryption, verdict, digest"),
    .machine = true,
    .sheet = true,
    .digests = true,
    .write = write_exchange,
};
