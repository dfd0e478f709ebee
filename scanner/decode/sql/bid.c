#include "decode/sql/bid.h"

#include "core/block64/block64.h"
#include "decode/head_notes.h"
#include "decode/sql/lexer.h"
#include "decode/sql/text.h"

enum { HEADER_BYTES = 4096, SHAPE_BYTES = 64 * 1024, SHAPE_STATEMENTS = 40 };

/* Does a line begin with the first byte of one of STARTS, or with that of a BOM? Most heads have no
 * such line, and need not be gone through. */
static bool may_have_line(const struct decode_head *head, const char *const *starts) {
    struct head_notes own = {0}, *notes = head->notes;
    if (notes == NULL || notes->starts_of != head->head.ptr) {
        notes = notes == NULL ? &own : notes;
        block64_ops(isa_best())
            ->line_starts(head->head.ptr,
                          head->head.len < HEADER_BYTES ? head->head.len : HEADER_BYTES,
                          notes->starts);
        notes->starts_of = head->head.ptr;
    }
    bool may = (notes->starts[0xEF >> 6] >> (0xEF & 63) & 1) != 0;
    for (size_t i = 0; !may && starts[i] != NULL; i++) {
        uint8_t c = (uint8_t)starts[i][0];
        may = (notes->starts[c >> 6] >> (c & 63) & 1) != 0;
    }
    return may;
}

/* Does a line of the beginning start with one of STARTS (NULL-terminated)? The first one may stand
 * behind a BOM. */
static bool has_line(const struct decode_head *whole, const char *const *starts) {
    struct bytes head = bytes_first(whole->head, HEADER_BYTES);
    if (!may_have_line(whole, starts)) {
        return false;
    }
    if (bytes_starts_with(head, BYTES_LIT("\xEF\xBB\xBF"))) {
        head = bytes_from(head, 3);
    }
    while (head.len > 0) {
        for (size_t i = 0; starts[i] != NULL; i++) {
            if ((uint8_t)starts[i][0] == head.ptr[0] &&
                bytes_starts_with(head, bytes_of_string(starts[i]))) {
                return true;
            }
        }
        const uint8_t *newline = memchr(head.ptr, '\n', head.len);
        head = bytes_from(head, newline == NULL ? head.len : (size_t)(newline - head.ptr) + 1);
    }
    return false;
}

unsigned sql_bid_mysqldump(const struct decode_head *head) {
    static const char *const starts[] = {"-- MySQL dump ", "-- MariaDB dump ",
                                         "/*M!999999\\- enable the sandbox mode", NULL};
    return has_line(head, starts) ? 8 * 13 : 0;
}

unsigned sql_bid_pg_dump(const struct decode_head *head) {
    static const char *const starts[] = {"-- PostgreSQL database dump",
                                         "-- PostgreSQL database cluster dump", NULL};
    return has_line(head, starts) ? 8 * 25 : 0;
}

/* The first words of statements that scripts begin with. */
static bool is_statement_word(const struct sql_token *token) {
    if (token->type != SQL_TOKEN_WORD) {
        return false;
    }
    static const char *const words[] = {
        "INSERT",  "REPLACE",  "CREATE",    "COPY",   "SET",      "USE",    "DROP",   "ALTER",
        "LOCK",    "UNLOCK",   "BEGIN",     "START",  "COMMIT",   "PRAGMA", "SELECT", "DELETE",
        "UPDATE",  "GRANT",    "REVOKE",    "GO",     "EXEC",     "PRINT",  "IF",     "DECLARE",
        "COMMENT", "TRUNCATE", "DELIMITER", "REM",    "PROMPT",   "DEFINE", "CALL",   "ANALYZE",
        "MERGE",   "WITH",     "EXECUTE",   "VACUUM", "ROLLBACK", NULL};
    return sql_token_is_one_of(token, words);
}

static bool is_insert(struct sql_lexer lexer) {
    static const char *const modifiers[] = {"INTO", "IGNORE", "DELAYED", "OR", "REPLACE", "ALL"};
    struct sql_token token = sql_lexer_next(&lexer);
    for (size_t i = 0; i < sizeof modifiers / sizeof *modifiers;) {
        bool modifies = sql_token_is(&token, modifiers[i]);
        token = modifies ? sql_lexer_next(&lexer) : token;
        i = modifies ? 0 : i + 1;
    }
    for (int i = 0; i < 8; i++) {
        if (token.type != SQL_TOKEN_WORD && token.type != SQL_TOKEN_IDENTIFIER) {
            return false;
        }
        token = sql_lexer_next(&lexer);
        if (!sql_token_is_mark(&token, '.')) {
            break;
        }
        token = sql_lexer_next(&lexer);
    }
    if (sql_token_is(&token, "AS")) {
        sql_lexer_next(&lexer);
        token = sql_lexer_next(&lexer);
    }
    if (sql_token_is(&token, "PARTITION")) {
        token = sql_lexer_next(&lexer);
    }
    if (sql_token_is(&token, "SET")) { /* a name and an equals sign */
        sql_lexer_next(&lexer);
        token = sql_lexer_next(&lexer);
        return sql_token_is_mark(&token, '=');
    }
    return sql_token_is_mark(&token, '(') || sql_token_is(&token, "VALUES") ||
           sql_token_is(&token, "SELECT");
}

/* UPDATE t SET a =, DELETE FROM t WHERE a =, MERGE INTO t USING; WORDS: first, second. */
static bool is_change(struct sql_lexer lexer, const struct sql_token *first) {
    enum { WORDS_BETWEEN = 12 };
    const char *second = sql_token_is(first, "UPDATE")   ? "SET"
                         : sql_token_is(first, "DELETE") ? "WHERE"
                                                         : "USING";
    struct sql_token token = sql_lexer_next(&lexer);
    if (!sql_token_is(first, "UPDATE") && !sql_token_is(&token, "FROM") &&
        !sql_token_is(&token, "INTO")) {
        return false;
    }
    for (int i = 0;
         i < WORDS_BETWEEN && sql_token_names(&token) && !sql_token_is(&token, second);) {
        token = sql_lexer_next(&lexer);
        token = sql_token_is_mark(&token, '.') ? sql_lexer_next(&lexer) : token;
        i++;
    }
    if (!sql_token_is(&token, second) || sql_token_is(first, "MERGE")) {
        return sql_token_is(&token, second);
    }
    for (int i = 0; i < WORDS_BETWEEN && !sql_token_ends(&token) && !sql_token_is_mark(&token, ';');
         i++) {
        token = sql_lexer_next(&lexer);
        if (sql_token_is_mark(&token, '=') || sql_token_is(&token, "IN")) {
            return true;
        }
    }
    return false;
}

static bool is_create(struct sql_lexer lexer) {
    static const char *const objects[] = {"TABLE",    "DATABASE", "SCHEMA", "VIEW",   "INDEX",
                                          "SEQUENCE", "FUNCTION", "TYPE",   "TRIGGER"};
    for (int words = 0; words < 4; words++) {
        struct sql_token token = sql_lexer_next(&lexer);
        for (size_t i = 0; i < sizeof objects / sizeof *objects; i++) {
            if (sql_token_is(&token, objects[i])) {
                return true;
            }
        }
    }
    return false;
}

static bool is_copy(struct sql_lexer lexer) {
    for (int i = 0; i < 2000; i++) {
        struct sql_token token = sql_lexer_next(&lexer);
        if (sql_token_is(&token, "STDIN")) {
            return true;
        }
        if (token.type == SQL_TOKEN_END || token.type == SQL_TOKEN_MORE ||
            sql_token_is_mark(&token, ';')) {
            return false;
        }
    }
    return false;
}

/* SELECT * FROM (VALUES (…, WITH t (a, b) AS (VALUES (… */
static bool lists_rows(struct sql_lexer lexer) {
    enum { WORDS_BEFORE = 80 };
    struct sql_token token = sql_lexer_next(&lexer);
    for (int i = 0; i < WORDS_BEFORE && !sql_token_ends(&token); i++) {
        const bool opens = sql_token_is_mark(&token, '(');
        token = sql_lexer_next(&lexer);
        if (opens && sql_token_is(&token, "VALUES")) {
            token = sql_lexer_next(&lexer);
            return sql_token_is_mark(&token, '(');
        }
    }
    return false;
}

/* The evidence of the statement that begins with the word TOKEN, the lexer behind it. */
static unsigned evidence(const struct sql_lexer *lexer, const struct sql_token *token) {
    if (sql_token_is(token, "INSERT") || sql_token_is(token, "REPLACE")) {
        return is_insert(*lexer) ? 40 : 0;
    }
    if (sql_token_is(token, "UPDATE") || sql_token_is(token, "DELETE") ||
        sql_token_is(token, "MERGE")) {
        return is_change(*lexer, token) ? 40 : 2;
    }
    if (sql_token_is(token, "CREATE")) {
        return is_create(*lexer) ? 32 : 0;
    }
    if (sql_token_is(token, "COPY")) {
        return is_copy(*lexer) ? 40 : 0;
    }
    if (sql_token_is(token, "SELECT") || sql_token_is(token, "WITH")) {
        return lists_rows(*lexer) ? 40 : 2;
    }
    return 2;
}

/* No script whatever its dialect: the first word behind the comments, of which # begins one in
 * MySQL only, begins no statement. Guessing the dialect costs more. */
static bool begins_otherwise(struct bytes start, bool whole) {
    static const struct sql_dialect dialects[] = {{.flavor = SQL_STANDARD},
                                                  {.flavor = SQL_MYSQL, .backslash = true}};
    struct sql_view view = {.bytes = start.ptr, .end = start.len, .final = whole};
    for (size_t i = 0; i < sizeof dialects / sizeof *dialects; i++) {
        struct sql_lexer lexer = {.view = view, .dialect = &dialects[i]};
        struct sql_token token = sql_lexer_next(&lexer);
        if (is_statement_word(&token) || token.type == SQL_TOKEN_MORE ||
            sql_token_is_mark(&token, ';') || sql_token_is_mark(&token, '\\')) {
            return false;
        }
    }
    return true;
}

unsigned sql_bid_script(const struct decode_head *head) {
    struct bytes start = bytes_first(head->head, SHAPE_BYTES);
    if (bytes_starts_with(start, BYTES_LIT("\xEF\xBB\xBF"))) {
        start = bytes_from(start, 3);
    }
    if (begins_otherwise(start, head->whole)) {
        return 0;
    }
    struct sql_dialect dialect = sql_dialect_of(head);
    struct sql_view view = {.bytes = start.ptr, .end = start.len, .final = head->whole};
    struct sql_lexer lexer = {.view = view, .dialect = &dialect};
    struct sql_text text;
    unsigned bid = 0;
    sql_text_init(&text);
    for (int i = 0; i < SHAPE_STATEMENTS && bid < 32; i++) {
        struct sql_token token = sql_lexer_next(&lexer);
        if (sql_token_is_mark(&token, ';') || sql_token_is_mark(&token, '\\')) {
            continue;
        }
        if (!is_statement_word(&token)) {
            break;
        }
        bid += evidence(&lexer, &token);
        size_t at = lexer.at;
        sql_text_begin(&text, false);
        if (!sql_text_skip(&text, &view, &dialect, &at)) {
            break;
        }
        lexer.at = at;
    }
    bool named =
        head->name.len > 4 &&
        bytes_equal_ignoring_case(bytes_from(head->name, head->name.len - 4), BYTES_LIT(".sql"));
    bid = bid >= 32 ? bid : named ? bid * 4 : 0;
    return bid + (named && bid != 0 ? 3 : 0);
}

static bool holds(struct bytes head, const char *word) {
    return bytes_find(head, bytes_of_string(word)) != SIZE_MAX;
}

static struct sql_dialect dialect_guess(struct bytes head) {
    static const char *const postgres[] = {"FROM stdin;", "pg_catalog.", "standard_conforming",
                                           "client_encoding", "nextval("};
    static const char *const transact[] = {"[dbo].",   "\nGO\n",     "\nGO\r\n",
                                           "INSERT [", "ANSI_NULLS", "IDENTITY_INSERT"};
    static const char *const oracle[] = {"REM INSERTING", "SET DEFINE OFF", "VARCHAR2(",
                                         "to_date(",      "TO_DATE(",       "to_timestamp("};
    static const char *const mysql[] = {"ENGINE=", "AUTO_INCREMENT", "/*!40", "phpMyAdmin",
                                        "INTO `",  "TABLE `",        "/*!50"};
    for (size_t i = 0; i < sizeof mysql / sizeof *mysql; i++) {
        if (holds(head, mysql[i])) {
            return (struct sql_dialect){.flavor = SQL_MYSQL, .backslash = true};
        }
    }
    for (size_t i = 0; i < sizeof transact / sizeof *transact; i++) {
        if (holds(head, transact[i])) {
            return (struct sql_dialect){.flavor = SQL_TRANSACT};
        }
    }
    for (size_t i = 0; i < sizeof postgres / sizeof *postgres; i++) {
        if (holds(head, postgres[i])) {
            return (struct sql_dialect){.flavor = SQL_POSTGRES};
        }
    }
    for (size_t i = 0; i < sizeof oracle / sizeof *oracle; i++) {
        if (holds(head, oracle[i])) {
            return (struct sql_dialect){.flavor = SQL_STANDARD, .q_quotes = true};
        }
    }
    return (struct sql_dialect){.flavor = SQL_STANDARD};
}

struct sql_dialect sql_dialect_of(const struct decode_head *head) {
    struct head_notes own = {0}, *notes = head->notes == NULL ? &own : head->notes;
    if (notes->sql_of != head->head.ptr) {
        notes->sql = dialect_guess(head->head);
        notes->sql_of = head->head.ptr;
    }
    return notes->sql;
}
