#include "decode/sql/statements.h"

void sql_statements_init(struct sql_statements *s, struct sql_dialect dialect) {
    *s = (struct sql_statements){.dialect = dialect, .backslash_before = dialect.backslash};
    text_buffer_init(&s->database, SQL_NAME_MAX_BYTES);
    text_buffer_init(&s->connected, SQL_NAME_MAX_BYTES);
    text_buffer_init(&s->table, SQL_NAME_MAX_BYTES);
    sql_names_init(&s->names);
    sql_schema_init(&s->schema);
}

void sql_statements_release(struct sql_statements *s) {
    text_buffer_release(&s->database);
    text_buffer_release(&s->connected);
    text_buffer_release(&s->table);
    sql_names_release(&s->names);
    sql_schema_release(&s->schema);
}

/* Put the database before a name of one part, where the flavor's names mean that. */
static void qualify(const struct sql_statements *s, struct text_buffer *out) {
    if (s->dialect.flavor != SQL_TRANSACT && s->database.len != 0) {
        text_buffer_put(out, text_buffer_view(&s->database));
        text_buffer_putc(out, '.');
    }
}

enum sql_name sql_read_name(struct sql_statements *s, struct sql_lexer *lexer,
                            struct sql_token *token, struct text_buffer *out,
                            struct text_buffer *last) {
    struct sql_token parts[5];
    size_t count = 0;
    text_buffer_clear(out);
    *token = sql_lexer_next(lexer);
    while (sql_token_names(token) && count < sizeof parts / sizeof *parts) {
        parts[count++] = *token;
        *token = sql_lexer_next(lexer);
        if (!sql_token_is_mark(token, '.')) {
            break;
        }
        while (sql_token_is_mark(token, '.')) { /* server.database..table */
            *token = sql_lexer_next(lexer);
        }
    }
    if (token->type == SQL_TOKEN_MORE) {
        return SQL_NAME_MORE;
    }
    size_t of_table = last == NULL ? count : count - 1;
    if (count == 0 || of_table == 0) {
        return SQL_NAME_NONE;
    }
    if (s->connected.len != 0) {
        text_buffer_put(out, text_buffer_view(&s->connected));
        text_buffer_putc(out, '.');
    }
    if (of_table == 1) {
        qualify(s, out);
    }
    for (size_t i = 0; i < of_table; i++) {
        if (i != 0) {
            text_buffer_putc(out, '.');
        }
        sql_token_append(&parts[i], &s->dialect, out);
    }
    if (last != NULL) {
        text_buffer_clear(last);
        sql_token_append(&parts[count - 1], &s->dialect, last);
    }
    return out->failed ? SQL_NAME_NONE : SQL_NAME_OK;
}

enum sql_head sql_read_columns(struct sql_statements *s, struct sql_lexer *lexer,
                               struct sql_token *token) {
    *token = sql_lexer_next(lexer);
    while (sql_token_names(token)) {
        struct sql_token name = *token;
        if (sql_token_is(token, "SELECT")) {
            return SQL_HEAD_TEXT;
        }
        *token = sql_lexer_next(lexer);
        while (sql_token_is_mark(token, '.')) { /* table.column */
            name = sql_lexer_next(lexer);
            *token = sql_lexer_next(lexer);
        }
        sql_names_add(&s->names, &name, &s->dialect);
        if (!sql_token_is_mark(token, ',')) {
            break;
        }
        *token = sql_lexer_next(lexer);
    }
    return token->type == SQL_TOKEN_MORE ? SQL_HEAD_MORE : SQL_HEAD_TEXT;
}
