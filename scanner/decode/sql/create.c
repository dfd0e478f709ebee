/* CREATE TABLE: the names of the columns, in order, and their comments. */
#include "decode/sql/describe.h"

/* Does the element that begins with TOKEN describe a key or a constraint and no column? In quotes
 * it is always a name. */
static bool is_constraint(const struct sql_token *token, enum sql_flavor flavor) {
    static const char *const anywhere[] = {"PRIMARY", "UNIQUE",  "CONSTRAINT", "CHECK",
                                           "FOREIGN", "EXCLUDE", "LIKE",       "PERIOD"};
    /* reserved words in MySQL, fine names elsewhere */
    static const char *const mysql[] = {"KEY", "INDEX", "FULLTEXT", "SPATIAL"};
    for (size_t i = 0; i < sizeof anywhere / sizeof *anywhere; i++) {
        if (sql_token_is(token, anywhere[i])) {
            return true;
        }
    }
    for (size_t i = 0; flavor == SQL_MYSQL && i < sizeof mysql / sizeof *mysql; i++) {
        if (sql_token_is(token, mysql[i])) {
            return true;
        }
    }
    return false;
}

/* Is the description over without its closing parenthesis? A statement that was cut off would be
 * read to the end of the data, and so would each one behind it. */
static bool is_cut_off(const struct sql_token *token) {
    return sql_token_ends(token) || sql_token_is_mark(token, ';') || sql_token_is(token, "CREATE");
}

/* The rest of a column's description, up to the comma or the closing parenthesis left in *token. */
static void read_description(struct sql_statements *s, struct sql_lexer *lexer,
                             struct sql_token *token, bool is_column) {
    size_t depth = 0;
    bool comment = false;
    while (!is_cut_off(token)) {
        if (depth == 0 && (sql_token_is_mark(token, ',') || sql_token_is_mark(token, ')'))) {
            return;
        }
        depth += sql_token_is_mark(token, '(');
        depth -= sql_token_is_mark(token, ')');
        if (is_column && comment && depth == 0 && token->type == SQL_TOKEN_STRING) {
            sql_names_label(&s->names, token, &s->dialect);
        }
        comment = sql_token_is(token, "COMMENT");
        *token = sql_lexer_next(lexer);
    }
}

static enum sql_head read_elements(struct sql_statements *s, struct sql_lexer *lexer) {
    struct sql_token token = {0};
    sql_names_clear(&s->names);
    do {
        token = sql_lexer_next(lexer);
        if (is_cut_off(&token)) {
            break;
        }
        bool is_column = sql_token_names(&token) && !is_constraint(&token, s->dialect.flavor);
        if (is_column) {
            sql_names_add(&s->names, &token, &s->dialect);
            token = sql_lexer_next(lexer);
        }
        read_description(s, lexer, &token, is_column);
    } while (sql_token_is_mark(&token, ','));
    if (sql_token_is_mark(&token, ')') && s->names.count != 0 && !s->names.failed) {
        sql_schema_define(&s->schema, text_buffer_view(&s->table), sql_names_columns(&s->names),
                          s->names.count);
    }
    return sql_head_of_end(&token);
}

enum sql_head sql_create_table(struct sql_statements *s, struct sql_lexer *lexer) {
    struct sql_token token = sql_lexer_next(lexer);
    for (int words = 0; !sql_token_is(&token, "TABLE"); words++) {
        if (token.type != SQL_TOKEN_WORD || words == 4) {
            return sql_head_of_end(&token);
        }
        token = sql_lexer_next(lexer);
    }
    size_t name_at = lexer->at;
    token = sql_lexer_next(lexer);
    if (sql_token_is(&token, "IF")) { /* IF NOT EXISTS */
        sql_lexer_next(lexer);
        sql_lexer_next(lexer);
    } else if (token.type != SQL_TOKEN_MORE) {
        lexer->at = name_at;
    }
    enum sql_name name = sql_read_name(s, lexer, &token, &s->table, NULL);
    if (name != SQL_NAME_OK) {
        return name == SQL_NAME_MORE ? SQL_HEAD_MORE : SQL_HEAD_TEXT;
    }
    return sql_token_is_mark(&token, '(') ? read_elements(s, lexer) : sql_head_of_end(&token);
}
