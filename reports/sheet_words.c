#include "reports/sheet_words.h"

#include "catalog/config.h"
#include "reports/records.h"
#include "reports/terminal.h"

/* Taiwan keeps UTC+8 all year. */
static int64_t offset_of(const struct run_info *run) {
    return run->tz != NULL && strcmp(run->tz, "Asia/Taipei") == 0 ? 8 * (int64_t)3600 : 0;
}

void sheet_time(const struct run_info *run, char out[SHEET_TIME_TEXT]) {
    int64_t offset = offset_of(run);
    time_t when = (time_t)(run->started + offset);
    struct tm time;
    if (gmtime_r(&when, &time) == NULL ||
        strftime(out, SHEET_TIME_TEXT, offset == 0 ? "%Y-%m-%d %H:%M:%S UTC" : "%Y-%m-%d %H:%M:%S",
                 &time) == 0) {
        out[0] = '\0';
    }
}

void sheet_date(const struct run_info *run, int64_t seconds, char out[SHEET_TIME_TEXT]) {
    time_t when = (time_t)(seconds + offset_of(run));
    struct tm time;
    if (seconds == 0 || gmtime_r(&when, &time) == NULL ||
        strftime(out, SHEET_TIME_TEXT, "%Y-%m-%d", &time) == 0) {
        out[0] = '\0';
    }
}

static void put_pair(struct sheet *sheet, const char *name, const char *text) {
    const char *const cells[] = {name, text == NULL ? "" : text, NULL};
    sheet_row(sheet, SHEET_PLAIN, cells);
}

void sheet_top(struct sheet *sheet, const char *title, const struct report_options *options,
               const struct run_info *run, const char *note) {
    static const struct firm_setting nobody = {NULL, NULL, NULL};
    const struct firm_setting *firm = options->config == NULL ? &nobody : &options->config->firm;
    const char *const titles[] = {title, NULL};
    char time[SHEET_TIME_TEXT];
    sheet_time(run, time);
    sheet_row(sheet, SHEET_TITLE, titles);
    put_pair(sheet, "公司名稱", firm->company);
    put_pair(sheet, "單位", firm->unit);
    put_pair(sheet, "人員", firm->checker);
    put_pair(sheet, "時間", time);
    put_pair(sheet, "說明", note);
}

void sheet_put_item(struct text_buffer *out, const char *text) {
    text_buffer_puts(out, out->len == 0 ? "" : "、");
    text_buffer_puts(out, text);
}

void sheet_put_zones(struct text_buffer *out, zone_set zones) {
    const char *names[ZONE_COUNT];
    unsigned count = records_zone_names(zones, names);
    for (unsigned i = 0; i < count; i++) {
        text_buffer_puts(out, i == 0 ? "" : "、");
        text_buffer_puts(out, names[i]);
    }
}

const char *sheet_kind(const struct report_options *options, const struct field_result *field) {
    return options->in_chinese == NULL ? field->kind : options->in_chinese(field->kind_title);
}

void sheet_put_people(struct text_buffer *out, const struct report_options *options,
                      const struct people *people) {
    static const char *const keys[] = {"身分證／居留證號", "行動電話", "電子郵件"};
    struct people_count count = people_result(people);
    if (count.basis != PEOPLE_BASES) {
        text_buffer_puts(out, count.exact ? "" : "約 ");
        terminal_number(out, count.count);
        text_buffer_printf(out, " 人（以%s計%s）", keys[count.basis],
                           count.exact ? "" : "，估計值，標準誤差 ±3.3%");
    } else if (people->other_field != NULL) {
        text_buffer_puts(out, people->other_exact ? "" : "約 ");
        terminal_number(out, people->other);
        text_buffer_printf(out, " 個相異之%s（無足以區別個人之欄位）",
                           sheet_kind(options, people->other_field));
    } else {
        text_buffer_puts(out, "無法計數（沒有明碼之識別資料）");
    }
}

void sheet_put_sample(struct text_buffer *out, const struct run_info *run, const char *kind,
                      const struct example *example) {
    enum { CARD_TAIL = 4 };
    if (run->revealed) {
        return;
    }
    size_t digits = 0, seen = 0;
    bool card = kind != NULL && strncmp(kind, "card", 4) == 0;
    for (const char *at = example->shown; *at != '\0'; at++) {
        digits += byte_is_digit((uint8_t)*at);
    }
    for (const char *at = example->shown; *at != '\0'; at++) {
        bool digit = byte_is_digit((uint8_t)*at);
        char shown = *at;
        if (card && digit && seen + CARD_TAIL < digits) {
            shown = '*';
        }
        text_buffer_putc(out, shown);
        seen += digit;
    }
}
