/* The auditor's sheet: the form of every document in force, number by number in its order of print,
 * with what the scan says to each. It never says more than was read: 符合 only within a scope that
 * the firm declared and that was read completely; whether an item applies is for people to say. */
#include <stdlib.h>

#include "catalog/config.h"
#include "reports/answers.h"
#include "reports/checklist_record.h"
#include "reports/sheet.h"
#include "reports/sheet_words.h"
#include "reports/translate.h"

struct checklist {
    struct sheet *sheet;
    const struct results *results;
    const struct report_options *options;
    struct checklist_record record; /* of the row at hand */
    const char *pack;
    struct form_row row;
    struct text_buffer text;
};

/* ---- columns ---- */

struct column {
    const char *head;
    unsigned width; /* characters */
    void (*put)(struct checklist *list);
};

static void put_section(struct checklist *list) {
    sheet_text(list->sheet, list->row.section);
}

static void put_item(struct checklist *list) {
    sheet_string(list->sheet, list->record.item);
}

static void put_class(struct checklist *list) {
    sheet_string(list->sheet, list->row.class_two ? "Ⅱ" : "");
}

static void put_better(struct checklist *list) {
    bool better = bytes_equal(list->row.level, BYTES_LIT("better-practice"));
    sheet_string(list->sheet, better ? "◎" : "");
}

static bool is_heading(const struct checklist *list) {
    return bytes_equal(list->row.level, BYTES_LIT("requirement"));
}

/* Never inferred from data: people tick it. Only the class that the firm declared decides, and only
 * what is printed for class II. */
static void put_applies(struct checklist *list) {
    unsigned class = list->results->run.class;
    const char *text = "□ 適用　□ 不適用　說明：";
    if (is_heading(list)) {
        text = "";
    } else if (list->row.class_two && class == 0) {
        text = "□ 適用　□ 不適用　說明：第Ⅱ類項目，類別未定（未設定 class）";
    } else if (list->row.class_two && class == 1) {
        text = "□ 適用　■ 不適用　說明：第Ⅱ類項目，本公司設定為第Ⅰ類";
    }
    sheet_string(list->sheet, text);
}

static void put_verdict(struct checklist *list) {
    sheet_buffer(list->sheet, &list->record.verdict);
}

static void put_record(struct checklist *list) {
    sheet_buffer(list->sheet, &list->record.text);
}

static void put_read(struct checklist *list) {
    sheet_buffer(list->sheet, &list->record.scope.read);
}

static void put_unread(struct checklist *list) {
    sheet_buffer(list->sheet, &list->record.scope.unread);
}

static void put_file(struct checklist *list) {
    sheet_string(list->sheet, list->record.judged ? list->options->detail_file : "");
}

static void put_time(struct checklist *list) {
    char text[SHEET_TIME_TEXT];
    sheet_time(&list->results->run, text);
    sheet_string(list->sheet, list->record.judged ? text : "");
}

static void put_nothing(struct checklist *list) {
    sheet_string(list->sheet, "");
}

#define ANSWER_COLUMNS                                                                             \
    {"已查", 18, put_read}, {"未查", 18, put_unread}, {"證據檔", 16, put_file},                    \
        {"掃描時間", 16, put_time}, {                                                              \
        NULL, 0, NULL                                                                              \
    }

/* The heads of the check tables of the three specifications, with the result beside them. */
static const struct column specification[] = {
    {"編號", 10, put_section},     {"查檢項目", 36, put_item},
    {"類別", 6, put_class},        {"進階指引", 8, put_better},
    {"適用情形", 20, put_applies}, {"檢核結果", 14, put_verdict},
    {"實作紀錄", 50, put_record},  ANSWER_COLUMNS};
/* The two self-check tables of the guide. */
static const struct column guide[] = {{"編號", 14, put_section},
                                      {"檢查項目", 36, put_item},
                                      {"系統商進階", 8, put_better},
                                      {"適用情形", 20, put_applies},
                                      {"檢核結果", 14, put_verdict},
                                      {"檢查情形說明", 50, put_record},
                                      ANSWER_COLUMNS};
/* The examiner's list: number, question, law (which is for people to look up). */
static const struct column examination[] = {
    {"編號", 14, put_section},     {"查核項目", 36, put_item},   {"法令依據", 14, put_nothing},
    {"檢核結果", 14, put_verdict}, {"實作紀錄", 50, put_record}, ANSWER_COLUMNS};

/* One row a page: a form may be printed as several tables. */
static const struct page {
    const char *pack, *prefix; /* of its numbers; NULL: all */
    const char *tab, *title;
    const struct column *columns;
} pages[] = {
    {"platform", NULL, "平台業者查檢表", "電子商務交易安全規範（平台業者）查檢表", specification},
    {"supplier", NULL, "供應商查檢表", "電子商務交易安全規範（供應商）查檢表", specification},
    {"logistics", NULL, "物流業者查檢表", "電子商務交易安全規範（物流業者）查檢表", specification},
    {"it-services", "附錄一", "自我檢查表（附錄一）",
     "資訊服務業者指引：附錄一 個人資料保護自我檢查表", guide},
    {"it-services", "附錄二", "自我檢查表（附錄二）", "資訊服務業者指引：附錄二 資訊安全自我檢查表",
     guide},
    {"insurance", NULL, "保險業查核項目", "保險業資訊作業查核項目", examination},
    {NULL, NULL, NULL, NULL, NULL},
};

/* ---- the page ---- */

static void put_line(struct checklist *list, const char *name, const char *text) {
    const char *const cells[] = {name, text == NULL ? "" : text, NULL};
    sheet_row(list->sheet, SHEET_PLAIN, cells);
}

static void put_packs(struct checklist *list) {
    const struct results *results = list->results;
    const struct pack *pack =
        results->catalog == NULL ? NULL : catalog_find_pack(results->catalog, list->pack);
    text_buffer_clear(&list->text);
    if (pack != NULL) {
        text_buffer_printf(&list->text, "%s %s（sha256 %.12s）", pack->name, pack->version,
                           pack->sha256);
    }
    text_buffer_printf(&list->text, "；遮蔽政策與設定：%s%.12s；yinma %s",
                       results->run.config_sha256[0] != '\0' ? "sha256 " : "預設",
                       results->run.config_sha256,
                       results->run.version == NULL ? YINMA_VERSION : results->run.version);
    put_line(list, "規則版本", text_buffer_string(&list->text));
}

static void put_top(struct checklist *list, const struct page *page) {
    static const struct firm_setting nobody = {NULL, NULL, NULL};
    const struct firm_setting *firm =
        list->options->config == NULL ? &nobody : &list->options->config->firm;
    char time[SHEET_TIME_TEXT];
    const char *const title[] = {page->title, NULL};
    sheet_row(list->sheet, SHEET_TITLE, title);
    put_line(list, "公司名稱", firm->company);
    put_line(list, "受查單位", firm->unit);
    put_line(list, "查檢人員", firm->checker);
    sheet_time(&list->results->run, time);
    put_line(list, "查檢時間", time);
    put_line(list, "簽章", "");
    put_packs(list);
    text_buffer_clear(&list->text);
    if (list->options->detail_file != NULL) {
        text_buffer_printf(&list->text, "%s（sha256 %s）", list->options->detail_file,
                           list->options->detail_sha256 == NULL ? "未計算"
                                                                : list->options->detail_sha256);
    } else {
        text_buffer_puts(&list->text, "未另存明細（以 --format ndjson:檔名 一併輸出）");
    }
    put_line(list, "證據檔", text_buffer_string(&list->text));
    put_line(
        list, "說明",
        "查檢項目為本工具之摘要，非原文；適用情形由受查單位勾選；檢核結果僅在已宣告且全部讀取之"
        "範圍內記為符合，其餘為未判定；不符合係指不符合事項，並非法律上之認定。");
}

static void put_heads(struct checklist *list, const struct column *columns) {
    sheet_style(list->sheet, SHEET_HEAD);
    for (; columns->head != NULL; columns++) {
        sheet_string(list->sheet, columns->head);
    }
    sheet_end_row(list->sheet);
}

static void put_row(struct checklist *list, const struct column *columns) {
    sheet_style(list->sheet, is_heading(list) ? SHEET_SECTION : SHEET_PLAIN);
    for (; columns->head != NULL; columns++) {
        columns->put(list);
    }
    sheet_end_row(list->sheet);
}

enum { COLUMNS_MAX = 16 };

static void put_page(struct checklist *list, const struct answers *answers,
                     const struct page *page) {
    unsigned widths[COLUMNS_MAX] = {0};
    struct bytes rest = form_find(page->pack)->tsv;
    list->pack = page->pack;
    for (size_t i = 0; page->columns[i].head != NULL; i++) {
        widths[i] = page->columns[i].width;
    }
    sheet_begin(list->sheet, page->tab, widths);
    put_top(list, page);
    put_heads(list, page->columns);
    while (form_next(&rest, &list->row)) {
        struct bytes prefix = bytes_of_string(page->prefix == NULL ? "" : page->prefix);
        if (bytes_starts_with(list->row.section, prefix)) {
            checklist_record_make(&list->record, answers, list->options, page->pack, &list->row);
            put_row(list, page->columns);
        }
    }
}

static bool in_force(const struct results *results, const char *pack) {
    for (size_t i = 0; results->run.profiles != NULL && results->run.profiles[i] != NULL; i++) {
        if (strcmp(results->run.profiles[i], pack) == 0) {
            return true;
        }
    }
    return false;
}

static unsigned put_pages(struct checklist *list, const struct answers *answers) {
    unsigned put = 0;
    for (const struct page *page = pages; page->pack != NULL; page++) {
        if (in_force(list->results, page->pack) && form_find(page->pack) != NULL) {
            put_page(list, answers, page);
            put++;
        }
    }
    return put;
}

static void write_checklist(const struct results *results, const struct report_options *options,
                            struct report_sink *sink) {
    struct checklist list = {.results = results, .options = options};
    struct answers answers;
    list.sheet = sheet_new(options, &results->run, sink);
    if (list.sheet == NULL) {
        return;
    }
    text_buffer_init(&list.text, 0);
    checklist_record_init(&list.record);
    if (!answers_init(&answers, results)) {
        report_fail_memory(sink);
    } else if (put_pages(&list, &answers) == 0) {
        static const unsigned widths[] = {60, 0};
        static const char *const text[] = {
            "所選規則組合（--profile）之文件沒有查檢表：可選 platform、supplier、logistics、"
            "it-services、insurance",
            NULL};
        sheet_begin(list.sheet, "查檢表", widths);
        sheet_row(list.sheet, SHEET_TITLE, text);
    }
    answers_release(&answers);
    checklist_record_release(&list.record);
    text_buffer_release(&list.text);
    sheet_close(list.sheet);
}

const struct report report_checklist = {
    .name = "checklist",
    .summary = N_("the auditor's sheet (xlsx, csv): every number of each document's own form"),
    .machine = true,
    .sheet = true,
    .people = true,
    .write = write_checklist,
};
