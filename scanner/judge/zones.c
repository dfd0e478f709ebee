/* Where a unit stands. What people say about it wins over what its name and format let guess, and
 * every answer carries its reason. */
#include <stdarg.h>
#include <stdio.h>

#include "core/program_text.h"
#include "judge/field_name.h"

/* ---- guesses ---- */

enum guess {
    GUESS_DUMP,
    GUESS_SQLITE,
    GUESS_LOG_FORMAT,
    GUESS_LOG_NAME,
    GUESS_WEB_FOLDER,
    GUESS_MAIL_FORMAT,
    GUESS_MAIL_NAME,
    GUESS_SOURCE_NAME,
    GUESS_CONFIG_NAME,
    GUESS_WAYBILL_FOLDER,
    GUESS_WAYBILL_COLUMNS,
    GUESS_PRINT_FOLDER,
    GUESS_PRINT_NAME,
    GUESS_PC_FOLDER,
    GUESS_POS_FOLDER,
    GUESS_IM_FOLDER,
    GUESS_DISPOSAL_FOLDER,
    GUESS_PORTABLE_FOLDER,
    GUESS_EXCHANGE_FOLDER,
    GUESS_OTHER,
    GUESS_COUNT,
    FIRST_OF_WORDS = GUESS_WAYBILL_FOLDER /* from here on they add a zone only: what holds anywhere
                                             (`other`) holds there as well */
};

const struct zone_guess_row zone_guess_table[] = {
    [GUESS_DUMP] = {"the format is that of a database dump", ZONE_BACKUP},
    [GUESS_SQLITE] = {"a SQLite file or a DBF table", ZONE_DB},
    [GUESS_LOG_FORMAT] = {"the format is that of a log", ZONE_LOG},
    [GUESS_LOG_NAME] = {"the name ends in .log (and a number or date of rotation)", ZONE_LOG},
    [GUESS_WEB_FOLDER] = {"a folder of the path is htdocs, public_html, www or static", ZONE_WEB},
    [GUESS_MAIL_FORMAT] = {"a mail, or a part of one", ZONE_MAIL},
    [GUESS_MAIL_NAME] = {"the name ends in .eml, .mbox, .msg or .pst", ZONE_MAIL},
    [GUESS_SOURCE_NAME] = {"the name ends as program text does (.c .java .php .py .js …)",
                           ZONE_SOURCE},
    [GUESS_CONFIG_NAME] = {"the name ends in .env, .ini, .yaml, .yml, .conf, .cfg, .toml or "
                           ".properties",
                           ZONE_CONFIG},
    [GUESS_WAYBILL_FOLDER] = {"a folder of the path is waybill, waybills, 託運單 or 物流單",
                              ZONE_WAYBILL},
    [GUESS_WAYBILL_COLUMNS] = {"a table, no dump, with numbers of waybills, names and addresses",
                               ZONE_WAYBILL},
    [GUESS_PRINT_FOLDER] = {"a folder of the path is cups, printspool, print-queue or 託運單列印",
                            ZONE_PRINT_HOST},
    [GUESS_PRINT_NAME] = {"the name ends in .spl, .prn or .zpl", ZONE_PRINT_HOST},
    [GUESS_PC_FOLDER] = {"a folder of the path is Desktop, Downloads, My Documents, 桌面, 下載 or "
                         "我的文件",
                         ZONE_PC},
    [GUESS_POS_FOLDER] = {"a folder of the path is pos, edc, 收銀機 or 刷卡機", ZONE_POS},
    [GUESS_IM_FOLDER] = {"a folder of the path is Telegram Desktop, WhatsApp, WeChat Files or "
                         "LINE聊天記錄",
                         ZONE_IM},
    [GUESS_DISPOSAL_FOLDER] = {"a folder of the path is scrapped, disposal, 報廢, 待報廢 or 送修",
                               ZONE_DISPOSAL},
    [GUESS_PORTABLE_FOLDER] = {"a folder of the path is usb, 隨身碟 or 外接硬碟", ZONE_PORTABLE},
    [GUESS_EXCHANGE_FOLDER] = {"a folder of the path is sftp, 交換 or 資料交換", ZONE_EXCHANGE},
    [GUESS_OTHER] = {"none of the above fits", ZONE_OTHER},
    [GUESS_COUNT] = {NULL, ZONE_OTHER},
};

static const char *const no_words[] = {NULL};
static const char *const sqlite_formats[] = {"sqlite", "sqlite3", "dbf", NULL};
static const char *const web_folders[] = {"htdocs", "public_html", "www", "static", NULL};
static const char *const mail_endings[] = {".eml", ".mbox", ".msg", ".pst", NULL};
static const char *const config_endings[] = {".env", ".ini",  ".yaml",       ".yml", ".conf",
                                             ".cfg", ".toml", ".properties", NULL};
static const char *const waybill_folders[] = {"waybill", "waybills", "託運單", "物流單", NULL};
static const char *const print_folders[] = {"cups", "printspool", "print-queue", "託運單列印",
                                            NULL};
static const char *const print_endings[] = {".spl", ".prn", ".zpl", NULL};
static const char *const pc_folders[] = {"desktop",  "downloads", "my documents", "桌面", "下載",
                                         "我的文件", NULL};
static const char *const pos_folders[] = {"pos", "edc", "收銀機", "刷卡機", NULL};
static const char *const im_folders[] = {"telegram desktop", "whatsapp", "wechat files",
                                         "LINE聊天記錄", NULL};
static const char *const disposal_folders[] = {"scrapped", "disposal", "報廢",
                                               "待報廢",   "送修",     NULL};
static const char *const portable_folders[] = {"usb", "隨身碟", "外接硬碟", NULL};
static const char *const exchange_folders[] = {"sftp", "交換", "資料交換", NULL};

/* How each guess is made; same order. Only one of the members is set. */
static const struct {
    unsigned trait;             /* enum unit_trait */
    const char *const *formats; /* names of decoders */
    const char *const *endings; /* of the last component */
    const char *const *folders; /* components before the last */
} guess_tests[] = {
    [GUESS_DUMP] = {UNIT_DUMP, no_words, no_words, no_words},
    [GUESS_SQLITE] = {0, sqlite_formats, no_words, no_words},
    [GUESS_LOG_FORMAT] = {UNIT_LOG, no_words, no_words, no_words},
    [GUESS_LOG_NAME] = {0, no_words, no_words, no_words}, /* see is_log_name */
    [GUESS_WEB_FOLDER] = {0, no_words, no_words, web_folders},
    [GUESS_MAIL_FORMAT] = {UNIT_MAILED, no_words, no_words, no_words},
    [GUESS_MAIL_NAME] = {0, no_words, mail_endings, no_words},
    [GUESS_SOURCE_NAME] = {0, no_words, program_text_endings, no_words},
    [GUESS_CONFIG_NAME] = {0, no_words, config_endings, no_words},
    [GUESS_WAYBILL_FOLDER] = {0, no_words, no_words, waybill_folders},
    [GUESS_WAYBILL_COLUMNS] = {0, no_words, no_words, no_words}, /* see judge_zones_by_content */
    [GUESS_PRINT_FOLDER] = {0, no_words, no_words, print_folders},
    [GUESS_PRINT_NAME] = {0, no_words, print_endings, no_words},
    [GUESS_PC_FOLDER] = {0, no_words, no_words, pc_folders},
    [GUESS_POS_FOLDER] = {0, no_words, no_words, pos_folders},
    [GUESS_IM_FOLDER] = {0, no_words, no_words, im_folders},
    [GUESS_DISPOSAL_FOLDER] = {0, no_words, no_words, disposal_folders},
    [GUESS_PORTABLE_FOLDER] = {0, no_words, no_words, portable_folders},
    [GUESS_EXCHANGE_FOLDER] = {0, no_words, no_words, exchange_folders},
};

/* "app.log", "app.log.1", "app.log-20260131" */
static bool is_log_name(struct bytes name) {
    size_t len = name.len;
    while (len > 0 && (byte_is_digit(name.ptr[len - 1]) || name.ptr[len - 1] == '-' ||
                       name.ptr[len - 1] == '.' || name.ptr[len - 1] == '_')) {
        len--;
    }
    static const char ending[] = ".log";
    size_t ending_len = sizeof ending - 1;
    return len >= ending_len &&
           bytes_equal_ignoring_case(bytes_of(name.ptr + len - ending_len, ending_len),
                                     BYTES_LIT(".log"));
}

static const char *ending_of(struct bytes name, const char *const *endings) {
    for (; *endings != NULL; endings++) {
        /* the last letters differ for most: asked first, as there are many names */
        size_t len = strlen(*endings);
        if (name.len >= len &&
            byte_lower(name.ptr[name.len - 1]) == byte_lower((uint8_t)(*endings)[len - 1]) &&
            bytes_equal_ignoring_case(bytes_from(name, name.len - len),
                                      bytes_of_string(*endings))) {
            return *endings;
        }
        /* ".env.production": the ending is the name, and what follows tells it apart */
        if (name.len >= 5 && name.ptr[0] == '.' && strcmp(*endings, ".env") == 0 &&
            bytes_starts_with(name, BYTES_LIT(".env."))) {
            return *endings;
        }
    }
    return NULL;
}

static const char *folder_of(struct bytes path, const char *const *folders) {
    for (size_t at = 0; at < path.len;) {
        const uint8_t *slash = memchr(path.ptr + at, '/', path.len - at);
        if (slash == NULL) {
            return NULL; /* the last component is no folder */
        }
        size_t end = (size_t)(slash - path.ptr);
        struct bytes component = bytes_of(path.ptr + at, end - at);
        for (size_t i = 0; folders[i] != NULL; i++) {
            if (component.len > 0 &&
                byte_lower(component.ptr[0]) == byte_lower((uint8_t)folders[i][0]) &&
                bytes_equal_ignoring_case(component, bytes_of_string(folders[i]))) {
                return folders[i];
            }
        }
        at = end + 1;
    }
    return NULL;
}

static const char *format_of(const struct unit_facts *unit, const char *const *formats) {
    for (; *formats != NULL; formats++) {
        if (strcmp(unit->format, *formats) == 0) {
            return *formats;
        }
    }
    return NULL;
}

/* ---- reasons ---- */

struct reason {
    char *text;
    size_t size, used;
};

static void add_reason(struct reason *reason, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
static void add_reason(struct reason *reason, const char *format, ...) {
    size_t used = reason->used;
    if (used > 0 && used + 3 < reason->size) {
        memcpy(reason->text + used, "; ", 3);
        used += 2;
    }
    va_list args;
    va_start(args, format);
    int wrote = vsnprintf(reason->text + used, reason->size - used, format, args);
    va_end(args);
    if (wrote < 0 || (size_t)wrote >= reason->size - used) {
        reason->text[reason->used] = '\0'; /* whole reasons only */
        return;
    }
    reason->used = used + (size_t)wrote;
}

/* "db,backup" */
static void list_zones(zone_set zones, char *out, size_t size) {
    size_t used = 0;
    out[0] = '\0';
    for (unsigned zone = 0; zone < ZONE_COUNT; zone++) {
        if ((zones & ZONE_BIT(zone)) != 0 && used < size) {
            int wrote = snprintf(out + used, size - used, "%s%s", used == 0 ? "" : ",",
                                 zone_name((enum zone)zone));
            used += wrote > 0 ? (size_t)wrote : 0;
        }
    }
}

/* ---- explicit zones ---- */

static zone_set explicit_zones(const struct zone_setting *settings, size_t count,
                               const char *origin, struct bytes path, struct reason *reason) {
    zone_set zones = 0;
    for (size_t i = 0; i < count; i++) {
        if (settings[i].glob != NULL && !glob_matches_unit(settings[i].glob, path)) {
            continue;
        }
        char names[160];
        list_zones(settings[i].zones, names, sizeof names);
        add_reason(reason, "%s %s%s%s", origin, settings[i].glob != NULL ? settings[i].glob : "",
                   settings[i].glob != NULL ? "=" : "", names);
        zones |= settings[i].zones;
    }
    return zones;
}

/* ---- all together ---- */

static bool guess_fits(enum guess guess, const struct unit_facts *unit, struct reason *reason) {
    struct bytes name = bytes_last_component(unit->path);
    if (guess == GUESS_LOG_NAME) {
        if (!is_log_name(name)) {
            return false;
        }
        add_reason(reason, "name *.log");
        return true;
    }
    const char *format = (unit->traits & guess_tests[guess].trait) != 0
                             ? unit->format
                             : format_of(unit, guess_tests[guess].formats);
    if (format != NULL) {
        add_reason(reason, SAID("format %s"), format);
        return true;
    }
    const char *ending = ending_of(name, guess_tests[guess].endings);
    if (ending != NULL) {
        add_reason(reason, "name *%s", ending);
        return true;
    }
    const char *folder = folder_of(unit->path, guess_tests[guess].folders);
    if (folder != NULL) {
        add_reason(reason, SAID("folder %s/"), folder);
    }
    return folder != NULL;
}

bool judge_zones(const struct zone_sources *sources, const struct unit_facts *unit,
                 zone_set *zones_out, char *reason, size_t reason_size) {
    struct reason why = {reason, reason_size, 0};
    reason[0] = '\0';
    zone_set zones = explicit_zones(sources->command_line, sources->command_line_count, "--zone",
                                    unit->path, &why);
    if (zones == 0 && sources->config != NULL) {
        zones = explicit_zones(sources->config->zones, sources->config->zone_count, "configuration",
                               unit->path, &why);
    }
    bool told = zones != 0, sure = told;
    for (unsigned guess = 0; !told && guess < GUESS_OTHER; guess++) {
        zone_set zone = ZONE_BIT(zone_guess_table[guess].zone);
        if ((zones & zone) == 0 && guess_fits((enum guess)guess, unit, &why)) {
            zones |= zone;
            sure = sure || guess < FIRST_OF_WORDS;
        }
    }
    if (zones == 0) {
        add_reason(&why, SAID("nothing tells more"));
    }
    *zones_out = sure ? zones : zones | ZONE_BIT(ZONE_OTHER);
    return told;
}

/* What guesses look at. All endings begin with a dot, so of the last component what stands from
 * the first one on tells as much as the whole. */
static struct zone_question question_of(const struct unit_facts *unit) {
    struct bytes name = bytes_last_component(unit->path);
    size_t dot = 0;
    while (dot < name.len && name.ptr[dot] != '.') {
        dot++;
    }
    return (struct zone_question){.folders = bytes_first(unit->path, unit->path.len - name.len),
                                  .ending = bytes_from(name, dot),
                                  .format = unit->format,
                                  .traits = unit->traits};
}

static bool same_question(const struct zone_question *x, const struct zone_question *y) {
    return x->traits == y->traits && bytes_equal(x->ending, y->ending) &&
           bytes_equal(x->folders, y->folders) && strcmp(x->format, y->format) == 0;
}

bool judge_unit_zones(const struct zone_sources *sources, struct zone_memory *memory,
                      struct arena *reasons, struct unit_result *unit) {
    const bool asked = sources->command_line_count > 0 ||
                       (sources->config != NULL && sources->config->zone_count > 0);
    const struct zone_question question = question_of(unit->facts);
    const struct unit_result *before = memory->before;
    if (!asked && before != NULL && same_question(&question, &memory->question)) {
        unit->zones_told = before->zones_told;
        unit->zones = before->zones;
        unit->zone_reason = before->zone_reason;
        return true;
    }
    char reason[ZONE_REASON_TEXT];
    unit->zones_told = judge_zones(sources, unit->facts, &unit->zones, reason, sizeof reason);
    if (before == NULL || strcmp(before->zone_reason, reason) != 0) {
        unit->zone_reason =
            (const char *)arena_copy(reasons, bytes_of(reason, strlen(reason) + 1)).ptr;
    } else {
        unit->zone_reason = before->zone_reason;
    }
    *memory = (struct zone_memory){question, unit};
    return unit->zone_reason != NULL;
}

/* ---- by content ---- */

/* Does a table of the unit say which waybill each row is? */
static bool has_waybill_numbers(const struct judge_settings *settings,
                                const struct unit_facts *unit) {
    int role = role_number("waybill_number");
    for (uint32_t i = 0; role >= 0 && i < unit->field_count; i++) {
        const struct field_facts *place = &unit->fields[i];
        struct name_reading name;
        read_field_name(settings, place, &name);
        if ((name.role_bits >> role & 1) != 0 && place->cells > place->empty) {
            return true;
        }
    }
    return false;
}

static bool is_delivery(const struct field_result *fields, size_t count) {
    bool name = false, address = false;
    for (size_t i = 0; i < count; i++) {
        bool sure = fields[i].confidence >= CONFIDENCE_LIKELY && fields[i].field->cells > 0;
        name = name || (sure && strcmp(fields[i].kind, "person_name") == 0);
        address = address || (sure && strcmp(fields[i].kind, "address") == 0);
    }
    return name && address;
}

void judge_zones_by_content(const struct judge_settings *settings, struct unit_result *unit,
                            const struct field_result *fields, size_t count) {
    const zone_set waybill = ZONE_BIT(zone_guess_table[GUESS_WAYBILL_COLUMNS].zone);
    /* the tables of a database, and what logs tell of shipments, are no waybills */
    const zone_set not_there = ZONE_BIT(ZONE_DB) | ZONE_BIT(ZONE_BACKUP) | ZONE_BIT(ZONE_LOG);
    if (unit->zones_told || (unit->zones & (waybill | not_there)) != 0 ||
        !is_delivery(fields, count) || !has_waybill_numbers(settings, unit->facts)) {
        return;
    }
    unit->zone_by_columns = true;
    unit->zones |= waybill;
}
