/* Heads of the statements that give values to columns: INSERT, UPDATE, DELETE, MERGE, and those
 * that hold such a statement or compare columns with values. */
#include "decode/sql/values_head.h"

static bool is_insert_modifier(const struct sql_token *token) {
    static const char *const words[] = {
        "INTO", "IGNORE", "LOW_PRIORITY", "DELAYED",  "HIGH_PRIORITY", "OVERWRITE", "TABLE",
        "OR",   "ABORT",  "FAIL",         "ROLLBACK", "REPLACE",       NULL};
    return sql_token_is_one_of(token, words);
}

static void skip_parentheses(struct sql_lexer *lexer, struct sql_token *token) {
    size_t depth = 0;
    do {
        depth += sql_token_is_mark(token, '(');
        depth -= sql_token_is_mark(token, ')');
        *token = sql_lexer_next(lexer);
    } while (depth != 0 && !sql_token_ends(token));
}

struct sql_token sql_skip_clauses(struct sql_lexer *lexer, struct sql_token token) {
    enum { WORDS_BETWEEN = 25 };
    if (sql_token_is(&token, "OVERRIDING")) { /* SYSTEM VALUE, USER VALUE */
        sql_lexer_next(lexer);
        sql_lexer_next(lexer);
        return sql_lexer_next(lexer);
    }
    bool output = sql_token_is(&token, "OUTPUT"); /* inserted.id INTO @ids */
    for (int i = 0; output && i < WORDS_BETWEEN && !sql_token_ends(&token) &&
                    !sql_token_is(&token, "VALUES") && !sql_token_is(&token, "SELECT");
         i++) {
        token = sql_lexer_next(lexer);
    }
    return token;
}

/* INSERT or REPLACE was read. */
static enum sql_head read_insert(struct sql_statements *s, struct sql_lexer *lexer,
                                 size_t *behind) {
    size_t at;
    struct sql_token token;
    do {
        at = lexer->at;
        token = sql_lexer_next(lexer);
    } while (is_insert_modifier(&token));
    if (token.type == SQL_TOKEN_MORE) {
        return SQL_HEAD_MORE;
    }
    lexer->at = at;
    enum sql_name name = sql_read_name(s, lexer, &token, &s->table, NULL);
    if (name != SQL_NAME_OK) {
        return name == SQL_NAME_MORE ? SQL_HEAD_MORE : SQL_HEAD_TEXT;
    }
    if (sql_token_is(&token, "PARTITION")) {
        token = sql_lexer_next(lexer);
        skip_parentheses(lexer, &token);
    }
    if (sql_token_is(&token, "AS")) { /* an alias */
        sql_lexer_next(lexer);
        token = sql_lexer_next(lexer);
    }
    sql_names_clear(&s->names);
    if (sql_token_is_mark(&token, '(')) {
        if (sql_read_columns(s, lexer, &token) == SQL_HEAD_MORE) {
            return SQL_HEAD_MORE;
        }
        if (!sql_token_is_mark(&token, ')')) {
            return sql_head_of_end(&token);
        }
        token = sql_lexer_next(lexer);
    }
    if (sql_token_is(&token, "SET")) {
        *behind = token.end;
        return SQL_HEAD_ROW;
    }
    token = sql_skip_clauses(lexer, token);
    if (sql_token_is(&token, "SELECT") && !s->names.failed) {
        *behind = token.begin;
        return SQL_HEAD_SELECT;
    }
    if (!sql_token_is(&token, "VALUES") && !sql_token_is(&token, "VALUE")) {
        return sql_head_of_end(&token);
    }
    *behind = token.end;
    token = sql_lexer_next(lexer);
    if ((!sql_token_is_mark(&token, '(') && !sql_token_is(&token, "ROW")) || s->names.failed) {
        return sql_head_of_end(&token);
    }
    return SQL_HEAD_VALUES;
}

/* UPDATE, DELETE or MERGE was read: the (first) table. */
static enum sql_head read_change(struct sql_statements *s, struct sql_lexer *lexer,
                                 size_t *behind) {
    static const char *const modifiers[] = {"LOW_PRIORITY", "QUICK", "IGNORE", "FROM",
                                            "ONLY",         "INTO",  NULL};
    struct sql_token token;
    size_t at;
    do {
        at = lexer->at;
        token = sql_lexer_next(lexer);
    } while (sql_token_is_one_of(&token, modifiers));
    lexer->at = at;
    enum sql_name name = sql_read_name(s, lexer, &token, &s->table, NULL);
    if (name != SQL_NAME_OK) {
        return name == SQL_NAME_MORE ? SQL_HEAD_MORE : SQL_HEAD_TEXT;
    }
    if (bytes_equal_ignoring_case(text_buffer_view(&s->table), BYTES_LIT("SET"))) {
        return SQL_HEAD_TEXT; /* the rest of a clause */
    }
    sql_names_clear(&s->names);
    *behind = token.begin;
    return SQL_HEAD_PAIRS;
}

/* BEGIN, INSERT ALL: is it a word before a statement? */
static bool is_prefix(struct sql_lexer lexer, const struct sql_token *word) {
    static const char *const begun[] = {"INSERT", "UPDATE",  "DELETE",  "MERGE", "SELECT",
                                        "EXEC",   "EXECUTE", "REPLACE", NULL};
    struct sql_token next = sql_lexer_next(&lexer);
    if (sql_token_is(word, "BEGIN")) {
        return sql_token_is_one_of(&next, begun);
    }
    return sql_token_is(word, "INSERT") &&
           (sql_token_is(&next, "ALL") || sql_token_is(&next, "FIRST"));
}

/* BEGIN p('x'); END; of a script. */
static bool begins_call(struct sql_lexer lexer, const struct sql_token *word) {
    struct sql_token name = sql_lexer_next(&lexer), next = sql_lexer_next(&lexer);
    while (sql_token_is_mark(&next, '.')) {
        name = sql_lexer_next(&lexer);
        next = sql_lexer_next(&lexer);
    }
    return sql_token_is(word, "BEGIN") && sql_token_names(&name) && sql_token_is_mark(&next, '(');
}

/* SET @name = 'x' of a script; dumps keep what the server was set to in such names. */
static bool sets_variable(struct sql_lexer lexer) {
    struct sql_token name = sql_lexer_next(&lexer), equals = sql_lexer_next(&lexer);
    equals = sql_token_is_mark(&equals, ':') ? sql_lexer_next(&lexer) : equals;
    struct sql_token value = sql_lexer_next(&lexer);
    return name.type == SQL_TOKEN_WORD && name.text.len > 1 && name.text.ptr[0] == '@' &&
           name.text.ptr[1] != '@' && sql_token_is_mark(&equals, '=') &&
           (value.type != SQL_TOKEN_WORD || value.text.ptr[0] != '@');
}

/* A word with which values may follow for columns of any table, or of none. */
static bool is_loose(const struct sql_token *word) {
    static const char *const words[] = {"SELECT", "WITH", "EXEC",  "EXECUTE", "DECLARE",
                                        "IF",     "CALL", "WHILE", NULL};
    return sql_token_is_one_of(word, words);
}

enum sql_head sql_values_head(struct sql_statements *s, struct sql_lexer *lexer,
                              const struct sql_token *word, bool rows_before, size_t *behind) {
    enum sql_head head = SQL_HEAD_TEXT;
    if (is_prefix(*lexer, word)) {
        *behind = sql_token_is(word, "BEGIN") ? word->end : sql_lexer_next(lexer).end;
        return SQL_HEAD_PREFIX;
    }
    if (sql_token_is(word, "INSERT") || sql_token_is(word, "REPLACE") ||
        sql_token_is(word, "INTO")) {
        lexer->at = sql_token_is(word, "INTO") ? word->begin : lexer->at;
        head = read_insert(s, lexer, behind);
        s->rows_before = head == SQL_HEAD_VALUES || head == SQL_HEAD_SELECT;
    } else if (sql_token_is(word, "UPDATE") || sql_token_is(word, "DELETE") ||
               sql_token_is(word, "MERGE")) {
        head = read_change(s, lexer, behind);
    } else if (rows_before && (sql_token_is(word, "ON") || sql_token_is(word, "UNION"))) {
        *behind = word->end;
        s->rows_before = true;
        head = sql_token_is(word, "ON") ? SQL_HEAD_ON : SQL_HEAD_UNION;
    } else if (is_loose(word) || begins_call(*lexer, word) ||
               (sql_token_is(word, "SET") && sets_variable(*lexer))) {
        *behind = word->begin;
        head = SQL_HEAD_LOOSE;
    }
    return head;
}
