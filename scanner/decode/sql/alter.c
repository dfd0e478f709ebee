/* ALTER TABLE … ADD: columns that a migration brings. They are told even before data is in them. */
#include "decode/sql/describe.h"

/* Words between ADD and the name of a column, or that tell that none follows. */
static bool adds_no_column(const struct sql_token *token) {
    static const char *const others[] = {"PRIMARY", "UNIQUE",  "CONSTRAINT", "CHECK",   "FOREIGN",
                                         "KEY",     "INDEX",   "FULLTEXT",   "SPATIAL", "PARTITION",
                                         "PERIOD",  "VERSION", "SYSTEM",     "DEFAULT", "TO"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        if (sql_token_is(token, others[i])) {
            return true;
        }
    }
    return false;
}

enum { TOKENS_MOST = 4096 }; /* of a statement; scripts may lack what ends it */

/* Is the statement over? T-SQL needs no semicolon. */
static bool is_over(const struct sql_token *token) {
    static const char *const next[] = {"GO", "INSERT", "CREATE", "SELECT", "EXEC"};
    for (size_t i = 0; i < sizeof next / sizeof *next; i++) {
        if (sql_token_is(token, next[i])) {
            return true;
        }
    }
    return sql_token_ends(token) || sql_token_is_mark(token, ';');
}

/* Up to the next comma outside brackets, or the end. *PLACED: the column does not go to the end. */
static void pass_description(struct sql_lexer *lexer, struct sql_token *token, bool *placed) {
    size_t depth = 0;
    for (int tokens = 0; !is_over(token) && tokens < TOKENS_MOST; tokens++) {
        if (depth == 0 && (sql_token_is_mark(token, ',') || sql_token_is_mark(token, ')'))) {
            return;
        }
        *placed |= sql_token_is(token, "FIRST") || sql_token_is(token, "AFTER");
        depth += sql_token_is_mark(token, '(');
        depth -= depth > 0 && sql_token_is_mark(token, ')');
        *token = sql_lexer_next(lexer);
    }
}

/* Behind ADD: a column, or several in brackets (Oracle, MySQL). */
static void read_added(struct sql_statements *s, struct sql_lexer *lexer, struct sql_token *token,
                       bool *placed) {
    *token = sql_lexer_next(lexer);
    if (sql_token_is(token, "COLUMN")) {
        *token = sql_lexer_next(lexer);
    }
    if (sql_token_is(token, "IF")) { /* IF NOT EXISTS */
        sql_lexer_next(lexer);
        sql_lexer_next(lexer);
        *token = sql_lexer_next(lexer);
    }
    bool several = sql_token_is_mark(token, '(');
    do {
        if (several) {
            *token = sql_lexer_next(lexer);
        }
        if (sql_token_names(token) && !adds_no_column(token)) {
            sql_names_add(&s->names, token, &s->dialect);
            *token = sql_lexer_next(lexer);
        }
        pass_description(lexer, token, placed);
    } while (several && sql_token_is_mark(token, ','));
    if (several && sql_token_is_mark(token, ')')) {
        *token = sql_lexer_next(lexer);
    }
}

enum sql_head sql_alter_table(struct sql_statements *s, struct sql_lexer *lexer) {
    struct sql_token token = sql_lexer_next(lexer);
    if (!sql_token_is(&token, "TABLE")) {
        return sql_head_of_end(&token);
    }
    size_t name_at = lexer->at;
    token = sql_lexer_next(lexer);
    for (int words = 0;
         words < 3 && (sql_token_is(&token, "IF") || sql_token_is(&token, "EXISTS") ||
                       sql_token_is(&token, "ONLY"));
         words++) {
        name_at = lexer->at;
        token = sql_lexer_next(lexer);
    }
    lexer->at = name_at;
    enum sql_name name = sql_read_name(s, lexer, &token, &s->table, NULL);
    if (name != SQL_NAME_OK) {
        return name == SQL_NAME_MORE ? SQL_HEAD_MORE : SQL_HEAD_TEXT;
    }
    bool placed = false;
    sql_names_clear(&s->names);
    for (int parts = 0; !is_over(&token) && parts < TOKENS_MOST; parts++) {
        if (sql_token_is(&token, "ADD")) {
            read_added(s, lexer, &token, &placed);
        } else {
            bool elsewhere = false;
            pass_description(lexer, &token, &elsewhere);
        }
        if (!sql_token_is_mark(&token, ',')) {
            break;
        }
        token = sql_lexer_next(lexer);
    }
    if (token.type != SQL_TOKEN_MORE && s->names.count != 0 && !s->names.failed) {
        sql_schema_extend(&s->schema, text_buffer_view(&s->table), sql_names_columns(&s->names),
                          s->names.count, placed ? SQL_ORDER_UNKNOWN : SQL_ORDER_AT_END);
    }
    return sql_head_of_end(&token);
}
