#include "reports/inventory_top.h"

#include "catalog/config.h"
#include "reports/sheet_words.h"

/* The guide for IT services, chapter 2, section 2 (1) 3: firms that keep the data of 5,000
 * consumers or more must have a security plan. One person is one 筆. */
enum { THRESHOLD = 5000 };
#define SIGMAS 2.0 /* an estimate that is this many standard errors away has decided */

struct bounds {
    double least, most; /* people in all */
    bool complete;      /* nothing that may hold people was left unread */
};

/* Cells of the columns by which people are counted that hold nobody who was counted: hidden, empty
 * or of another kind. Each may be one person more. FIELDS stand by column, then kind. */
static double uncounted(const struct inventory_line *line, enum people_basis basis) {
    uint64_t cells = 0, clear = 0, of_kind = 0, sum = 0;
    for (size_t i = 0; i < line->count; i++) {
        const struct field_result *field = line->fields[i];
        const struct field_result *next = line->fields[i + 1 < line->count ? i + 1 : i];
        bool last = i + 1 == line->count || !bytes_equal(next->field->column, field->field->column);
        if (people_basis_of(field->kind) == basis) {
            of_kind += field->values + field->other;
            clear += field->count[STATE_CLEAR];
        }
        if (last || strcmp(next->kind, field->kind) != 0) {
            cells = of_kind > cells ? of_kind : cells;
            of_kind = 0;
        }
        if (last) {
            sum += cells > clear ? cells - clear : 0;
            cells = clear = 0;
        }
    }
    return (double)sum;
}

static void add_line(const struct inventory_line *line, struct bounds *bounds) {
    struct people_count count = people_result(&line->people);
    double error = count.exact ? 0.0 : SIGMAS * PEOPLE_ERROR;
    double least = (double)count.count / (1.0 + error);
    /* Where nobody can be told apart, every row may be another person. */
    double most = count.basis == PEOPLE_BASES
                      ? (double)line->rows
                      : (double)count.count * (1.0 + error) + uncounted(line, count.basis);
    bounds->least = least > bounds->least ? least : bounds->least;
    bounds->most += most;
}

static struct bounds people_bounds(struct inventory *inventory) {
    const struct results *results = inventory->results;
    struct bounds bounds = {.complete = !results->summary.partial};
    struct inventory_line line;
    size_t at = 0;
    for (size_t i = 0; i < results->unit_count; i++) {
        bounds.complete = bounds.complete && !unit_result_incomplete(&results->units[i]);
    }
    while (inventory_file(inventory, &at, &line)) {
        add_line(&line, &bounds);
        inventory_line_release(&line);
    }
    double all =
        (double)results->summary.subjects / (1.0 + SIGMAS * results->summary.subjects_error);
    bounds.least = all > bounds.least ? all : bounds.least;
    return bounds;
}

static void put_pair(struct sheet *sheet, const char *name, const char *text) {
    const char *const cells[] = {name, text, NULL};
    sheet_row(sheet, SHEET_PLAIN, cells);
}

static void put_threshold(struct sheet *sheet, struct inventory *inventory) {
    struct bounds bounds = people_bounds(inventory);
    const char *answer = "無法判定";
    const char *why = "部分資料未能讀取，或當事人無法逐一計數";
    if (bounds.least >= THRESHOLD) {
        answer = "超過";
        why = "達 5,000 人以上";
    } else if (bounds.complete && bounds.most < THRESHOLD) {
        answer = "未達";
        why = "各檔案合計之上限仍低於 5,000 人";
    }
    sheet_string(sheet, "5,000 筆門檻");
    sheet_string(sheet, answer);
    sheet_printf(sheet, "%s；一人計一筆，門檻僅計消費者，員工資料應另行扣除（指引第二章二(一)3）",
                 why);
    sheet_end_row(sheet);
}

void inventory_top(struct sheet *sheet, struct inventory *inventory,
                   const struct report_options *options) {
    static const struct firm_setting nobody = {NULL, NULL, NULL};
    const struct results *results = inventory->results;
    const struct firm_setting *firm = options->config == NULL ? &nobody : &options->config->firm;
    const char *const title[] = {"個資盤點表", NULL};
    char time[SHEET_TIME_TEXT];
    struct text_buffer text;
    struct people people;
    text_buffer_init(&text, 0);
    people_init(&people);
    for (size_t i = 0; i < results->field_count; i++) {
        people_add(&people, &results->fields[i]);
    }
    sheet_time(&results->run, time);
    sheet_put_people(&text, options, &people);
    sheet_row(sheet, SHEET_TITLE, title);
    put_pair(sheet, "公司名稱", firm->company == NULL ? "" : firm->company);
    put_pair(sheet, "單位", firm->unit == NULL ? "" : firm->unit);
    put_pair(sheet, "盤點人員", firm->checker == NULL ? "" : firm->checker);
    put_pair(sheet, "盤點時間", time);
    put_pair(sheet, "基準日", results->run.as_of);
    sheet_string(sheet, "全部當事人");
    sheet_buffer(sheet, &text);
    sheet_end_row(sheet);
    put_threshold(sheet, inventory);
    put_pair(sheet, "說明",
             "類別代號依法務部公告之個人資料之類別，未列者由人員認定；明碼以外之值無法計入人數；"
             "「保有單位」以後各欄由人員填寫，下次以 --merge 沿用。");
    people_release(&people);
    text_buffer_release(&text);
}
