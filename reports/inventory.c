/* 個資盤點表: a line for every 個人資料檔案, its columns below it; what people filled in the last
 * time is carried over. */
#include "core/day.h"
#include "reports/class_codes.h"
#include "reports/inventory_groups.h"
#include "reports/inventory_top.h"
#include "reports/previous_sheet.h"
#include "reports/sheet.h"
#include "reports/sheet_words.h"
#include "reports/translate.h"

/* What yinma knows, in the order of the columns. */
enum cell {
    CELL_NUMBER,
    CELL_LEVEL,
    CELL_SOURCE,
    CELL_TABLE,
    CELL_COLUMN,
    CELL_KINDS,
    CELL_CODES,
    CELL_LEGAL,
    CELL_CLEAR,
    CELL_WEAK,
    CELL_MASKED,
    CELL_ENCRYPTED,
    CELL_PEOPLE,
    CELL_OLDEST,
    CELL_NEWEST,
    CELL_PAST,
    CELL_ZONES,
    CELL_FILES,
    CELL_OWNER,
    CELL_MODE,
    CELL_CHANGE,
    CELLS
};

static const struct {
    const char *head;
    unsigned width;
    bool compared; /* with the earlier sheet */
} known[CELLS] = {
    [CELL_NUMBER] = {INVENTORY_FIRST_HEAD, 6, false},
    [CELL_LEVEL] = {"層級", 6, false},
    [CELL_SOURCE] = {"個人資料檔案", 30, false},
    [CELL_TABLE] = {"表／工作表", 18, false},
    [CELL_COLUMN] = {"欄位", 16, false},
    [CELL_KINDS] = {"個資種類", 24, true},
    [CELL_CODES] = {"類別代號", 24, false},
    [CELL_LEGAL] = {"法定類別", 10, true},
    [CELL_CLEAR] = {"明碼", 9, true},
    [CELL_WEAK] = {"遮蔽不足", 9, true},
    [CELL_MASKED] = {"已遮蔽", 9, true},
    [CELL_ENCRYPTED] = {"加密或雜湊", 10, true},
    [CELL_PEOPLE] = {"筆數（人）", 26, true},
    [CELL_OLDEST] = {"最早日期", 12, true},
    [CELL_NEWEST] = {"最近日期", 12, true},
    [CELL_PAST] = {"逾期之值", 10, true},
    [CELL_ZONES] = {"區域", 14, true},
    [CELL_FILES] = {"檔案數", 7, true},
    [CELL_OWNER] = {"擁有者", 10, true},
    [CELL_MODE] = {"權限", 8, true},
    [CELL_CHANGE] = {"與前次差異", 30, false},
};

/* What people fill in. */
static const char *const asked[] = {"保有單位", "保有依據", "特定目的", "保存期限",
                                    "接觸人員", "委外對象", "備註",     NULL};
enum { ASKED = sizeof asked / sizeof *asked - 1, ASKED_WIDTH = 14, WIDTHS_MAX = 64 };

struct inventory_report {
    struct sheet *sheet;
    const struct results *results;
    const struct report_options *options;
    struct inventory inventory;
    struct previous_sheet previous;
    struct text_buffer cells[CELLS];
    bool counted[CELLS]; /* the cell is a number */
    uint64_t numbers[CELLS];
    size_t number; /* of the line */
};

/* ---- cells ---- */

static void set_number(struct inventory_report *report, enum cell cell, uint64_t number) {
    report->counted[cell] = true;
    report->numbers[cell] = number;
    text_buffer_printf(&report->cells[cell], "%llu", (unsigned long long)number);
}

static bool has_item(const struct text_buffer *list, const char *item) {
    return bytes_find(text_buffer_view(list), bytes_of_string(item)) != SIZE_MAX;
}

static void set_kinds(struct inventory_report *report, const struct inventory_line *line) {
    bool special = false;
    for (size_t i = 0; i < line->count; i++) {
        const struct field_result *field = line->fields[i];
        const char *kind = sheet_kind(report->options, field), *code = class_code(field->kind);
        if (!has_item(&report->cells[CELL_KINDS], kind)) {
            sheet_put_item(&report->cells[CELL_KINDS], kind);
        }
        if (code != NULL && !has_item(&report->cells[CELL_CODES], code)) {
            sheet_put_item(&report->cells[CELL_CODES], code);
        }
        special = special || field->legal == LEGAL_SPECIAL;
    }
    text_buffer_puts(&report->cells[CELL_LEGAL], special ? "特種個資" : "一般個資");
}

static void set_day(struct inventory_report *report, enum cell cell, int32_t day) {
    char text[DAY_TEXT];
    day_text(day, text);
    text_buffer_puts(&report->cells[cell], text);
}

static void set_file(struct inventory_report *report, const struct inventory_line *line) {
    const struct file_facts *file = &report->results->units[line->fields[0]->unit].facts->file;
    set_number(report, CELL_FILES, line->units);
    if (!line->one_file) {
        text_buffer_puts(&report->cells[CELL_OWNER], "不一");
        text_buffer_puts(&report->cells[CELL_MODE], "不一");
    } else if (file->known) {
        text_buffer_puts(&report->cells[CELL_OWNER], file_facts_owner(file));
        text_buffer_printf(&report->cells[CELL_MODE], "%04o", file->mode);
    }
}

static void fill(struct inventory_report *report, const struct inventory_line *line, bool file) {
    for (unsigned i = 0; i < CELLS; i++) {
        text_buffer_clear(&report->cells[i]);
        report->counted[i] = false;
    }
    set_number(report, CELL_NUMBER, ++report->number);
    text_buffer_puts(&report->cells[CELL_LEVEL], file ? "檔案" : "欄位");
    text_buffer_put(&report->cells[CELL_SOURCE], line->source);
    text_buffer_put(&report->cells[CELL_TABLE], line->table);
    if (!file) {
        struct bytes column = line->fields[0]->field->column;
        text_buffer_put(&report->cells[CELL_COLUMN],
                        column.len > 0 ? column : BYTES_LIT("（文字內容）"));
    }
    set_kinds(report, line);
    for (unsigned state = 0; state < STATE_COUNT; state++) {
        set_number(report, CELL_CLEAR + state, line->by_state[state]);
    }
    sheet_put_people(&report->cells[CELL_PEOPLE], report->options, &line->people);
    set_day(report, CELL_OLDEST, line->oldest);
    set_day(report, CELL_NEWEST, line->newest);
    if (line->limited) {
        set_number(report, CELL_PAST, line->past_limit);
    }
    sheet_put_zones(&report->cells[CELL_ZONES], line->zones);
    set_file(report, line);
}

/* ---- the earlier sheet ---- */

static const char *const key_heads[] = {"層級", "個人資料檔案", "表／工作表",
                                        "欄位", "個資種類",     NULL};

/* A file is the same whatever kinds it holds now. */
static size_t find_previous(struct inventory_report *report, bool file) {
    static const char *const file_heads[] = {"層級", "個人資料檔案", "表／工作表", NULL};
    struct bytes cells[5];
    for (unsigned i = 0; i < 5; i++) {
        cells[i] = text_buffer_view(&report->cells[CELL_LEVEL + i]);
    }
    return previous_find(&report->previous, file ? file_heads : key_heads, cells);
}

static void note_changes(struct inventory_report *report, size_t line) {
    struct text_buffer *out = &report->cells[CELL_CHANGE];
    if (report->previous.table == NULL) {
        return;
    }
    if (line == SIZE_MAX) {
        text_buffer_puts(out, "新增");
        return;
    }
    for (unsigned i = 0; i < CELLS; i++) {
        struct bytes before = previous_cell(&report->previous, line, known[i].head);
        struct bytes now = text_buffer_view(&report->cells[i]);
        bool has = previous_column(&report->previous, bytes_of_string(known[i].head)) != SIZE_MAX;
        if (known[i].compared && has && !bytes_equal(before, now)) {
            text_buffer_printf(out, "%s%s：", out->len > 0 ? "；" : "", known[i].head);
            text_buffer_put(out, before.len > 0 ? before : BYTES_LIT("（無）"));
            text_buffer_puts(out, "→");
            text_buffer_put(out, now.len > 0 ? now : BYTES_LIT("（無）"));
        }
    }
}

static bool is_ours(struct bytes head) {
    for (unsigned i = 0; i < CELLS; i++) {
        if (bytes_equal(head, bytes_of_string(known[i].head))) {
            return true;
        }
    }
    for (size_t i = 0; asked[i] != NULL; i++) {
        if (bytes_equal(head, bytes_of_string(asked[i]))) {
            return true;
        }
    }
    return head.len == 0;
}

/* The head of column I of the earlier sheet when people added that column; else empty. */
static struct bytes added_head(const struct inventory_report *report, size_t i) {
    struct bytes head = sheet_table_cell(report->previous.table, report->previous.heads, i);
    return bytes_first(head, is_ours(head) ? 0 : head.len);
}

static size_t previous_width(const struct inventory_report *report) {
    const struct previous_sheet *previous = &report->previous;
    return previous->table == NULL || previous->heads == SIZE_MAX
               ? 0
               : previous->table->lines[previous->heads].count;
}

/* What people filled in, in our columns and in those they added. */
static void put_asked(struct inventory_report *report, size_t line) {
    for (size_t i = 0; asked[i] != NULL; i++) {
        sheet_text(report->sheet, line == SIZE_MAX
                                      ? bytes_of(NULL, 0)
                                      : previous_cell(&report->previous, line, asked[i]));
    }
    for (size_t i = 0; i < previous_width(report); i++) {
        if (added_head(report, i).len > 0) {
            sheet_text(report->sheet, line == SIZE_MAX
                                          ? bytes_of(NULL, 0)
                                          : sheet_table_cell(report->previous.table, line, i));
        }
    }
}

static void put_gone(struct inventory_report *report, size_t line) {
    for (unsigned i = 0; i < CELLS; i++) {
        bool identity = i >= CELL_LEVEL && i <= CELL_LEGAL;
        if (i == CELL_NUMBER) {
            sheet_number(report->sheet, ++report->number);
        } else if (i == CELL_CHANGE) {
            sheet_string(report->sheet, "前次有，本次未發現");
        } else {
            sheet_text(report->sheet, identity
                                          ? previous_cell(&report->previous, line, known[i].head)
                                          : (struct bytes){0});
        }
    }
    put_asked(report, line);
    sheet_end_row(report->sheet);
}

static void put_all_gone(struct inventory_report *report) {
    size_t count = report->previous.table == NULL ? 0 : report->previous.table->count;
    for (size_t line = 0; line < count; line++) {
        if (previous_is_line(&report->previous, line) && !report->previous.met[line]) {
            put_gone(report, line);
        }
    }
}

/* ---- lines ---- */

static void put_line(struct inventory_report *report, const struct inventory_line *line,
                     bool file) {
    fill(report, line, file);
    size_t before = find_previous(report, file);
    note_changes(report, before);
    sheet_style(report->sheet, file ? SHEET_SECTION : SHEET_PLAIN);
    for (unsigned i = 0; i < CELLS; i++) {
        if (report->counted[i]) {
            sheet_number(report->sheet, report->numbers[i]);
        } else {
            sheet_buffer(report->sheet, &report->cells[i]);
        }
    }
    put_asked(report, before);
    sheet_end_row(report->sheet);
}

static void put_files(struct inventory_report *report) {
    size_t at = 0;
    struct inventory_line file, column;
    while (inventory_file(&report->inventory, &at, &file)) {
        size_t inner = at - file.count;
        put_line(report, &file, true);
        inventory_line_release(&file);
        while (inventory_column(&report->inventory, &inner, at, &column)) {
            put_line(report, &column, false);
            inventory_line_release(&column);
        }
    }
    put_all_gone(report);
}

static void put_heads(struct inventory_report *report) {
    sheet_style(report->sheet, SHEET_HEAD);
    for (unsigned i = 0; i < CELLS; i++) {
        sheet_string(report->sheet, known[i].head);
    }
    for (size_t i = 0; asked[i] != NULL; i++) {
        sheet_string(report->sheet, asked[i]);
    }
    for (size_t i = 0; i < previous_width(report); i++) {
        if (added_head(report, i).len > 0) {
            sheet_text(report->sheet, added_head(report, i));
        }
    }
    sheet_end_row(report->sheet);
}

static void begin(struct inventory_report *report) {
    unsigned widths[WIDTHS_MAX] = {0};
    for (unsigned i = 0; i < CELLS + ASKED; i++) {
        widths[i] = i < CELLS ? known[i].width : ASKED_WIDTH;
    }
    sheet_begin(report->sheet, "個資盤點表", widths);
}

static void write_inventory(const struct results *results, const struct report_options *options,
                            struct report_sink *sink) {
    struct inventory_report report = {.results = results, .options = options};
    report.sheet = sheet_new(options, &results->run, sink);
    if (report.sheet == NULL) {
        return;
    }
    for (unsigned i = 0; i < CELLS; i++) {
        text_buffer_init(&report.cells[i], 0);
    }
    if (inventory_init(&report.inventory, results) &&
        previous_init(&report.previous, options->previous)) {
        begin(&report);
        inventory_top(report.sheet, &report.inventory, options);
        put_heads(&report);
        put_files(&report);
    } else {
        report_fail_memory(sink);
    }
    for (unsigned i = 0; i < CELLS; i++) {
        text_buffer_release(&report.cells[i]);
    }
    previous_release(&report.previous);
    inventory_release(&report.inventory);
    sheet_close(report.sheet);
}

const struct report report_inventory = {
    .name = "inventory",
    .summary = N_("the inventory of personal data (xlsx, csv): files, columns, people"),
    .machine = true,
    .sheet = true,
    .people = true,
    .write = write_inventory,
};
