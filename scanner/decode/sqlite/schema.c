#include "decode/sqlite/schema.h"

#include <stdlib.h>

#include "decode/sql/lexer.h"

enum { KEY_COLUMNS_MAX = 64 };

struct column {
    struct bytes name;
    bool is_virtual; /* computed when read: no record holds it */
    bool is_stored;
};

struct reading {
    struct sql_lexer lexer;
    struct sql_token token;
    struct arena *arena;
    struct column *columns;
    uint32_t count;
    uint32_t integer_key; /* a column declared INTEGER PRIMARY KEY */
    bool *integer;        /* columns declared INTEGER and nothing more */
    struct bytes keys[KEY_COLUMNS_MAX];
    size_t key_count;
    bool failed;
};

static void advance(struct reading *r) {
    r->token = sql_lexer_next(&r->lexer);
}

static struct bytes name_of(struct reading *r) {
    struct text_buffer text;
    text_buffer_init(&text, 4096);
    sql_token_append(&r->token, r->lexer.dialect, &text);
    struct bytes copy = arena_copy(r->arena, text_buffer_view(&text));
    r->failed = r->failed || copy.ptr == NULL;
    text_buffer_release(&text);
    return copy.ptr == NULL ? bytes_of("", 0) : copy;
}

static bool at_end(const struct reading *r) {
    return sql_token_is_mark(&r->token, ',') || sql_token_is_mark(&r->token, ')') ||
           r->token.type == SQL_TOKEN_END || r->token.type == SQL_TOKEN_MORE;
}

static bool is_name(const struct sql_token *token) {
    return token->type == SQL_TOKEN_WORD || token->type == SQL_TOKEN_IDENTIFIER ||
           token->type == SQL_TOKEN_STRING;
}

static bool is_constraint(const struct sql_token *token) {
    return sql_token_is(token, "CONSTRAINT") || sql_token_is(token, "PRIMARY") ||
           sql_token_is(token, "UNIQUE") || sql_token_is(token, "CHECK") ||
           sql_token_is(token, "FOREIGN");
}

/* On the parenthesis that opens: behind the one that closes it. */
static void pass_parentheses(struct reading *r) {
    size_t depth = 0;
    do {
        depth += sql_token_is_mark(&r->token, '(');
        depth -= sql_token_is_mark(&r->token, ')');
        advance(r);
    } while (depth > 0 && r->token.type != SQL_TOKEN_END && r->token.type != SQL_TOKEN_MORE);
}

static void add_key(struct reading *r, struct bytes name) {
    if (r->key_count < KEY_COLUMNS_MAX) {
        r->keys[r->key_count++] = name;
    }
}

/* On the parenthesis behind PRIMARY KEY: its columns. */
static void read_key(struct reading *r) {
    do {
        advance(r);
        if (is_name(&r->token)) {
            add_key(r, name_of(r));
        }
        while (!at_end(r)) { /* COLLATE, ASC */
            advance(r);
        }
    } while (sql_token_is_mark(&r->token, ','));
    advance(r);
}

static void read_constraint(struct reading *r) {
    while (!at_end(r)) {
        bool key = sql_token_is(&r->token, "PRIMARY");
        advance(r);
        if (key && sql_token_is(&r->token, "KEY")) {
            advance(r);
            if (sql_token_is_mark(&r->token, '(')) {
                read_key(r);
            }
        } else if (sql_token_is_mark(&r->token, '(')) {
            pass_parentheses(r);
        }
    }
}

/* On the name of a column: its words up to the comma. */
static void read_column(struct reading *r) {
    const uint32_t number = r->count;
    struct column *column = &r->columns[r->count++];
    column->name = name_of(r);
    advance(r);
    bool integer = sql_token_is(&r->token, "INTEGER"), computed = false, stored = false;
    for (size_t words = 0; !at_end(r); words++) {
        if (sql_token_is(&r->token, "PRIMARY")) {
            add_key(r, column->name);
            r->integer_key = integer ? number : r->integer_key;
        } else if (sql_token_is(&r->token, "DESC") && r->integer_key == number) {
            r->integer_key = UINT32_MAX; /* of old: then it is a column like others */
        } else if (sql_token_is(&r->token, "AS")) {
            computed = true;
        } else if (sql_token_is(&r->token, "STORED")) {
            stored = true;
        } else if (words == 1 && r->token.type == SQL_TOKEN_WORD && !is_constraint(&r->token) &&
                   !sql_token_is(&r->token, "NOT") && !sql_token_is(&r->token, "DEFAULT") &&
                   !sql_token_is(&r->token, "NULL") && !sql_token_is(&r->token, "COLLATE") &&
                   !sql_token_is(&r->token, "REFERENCES")) {
            integer = false; /* a second word of the type */
        }
        if (sql_token_is_mark(&r->token, '(')) {
            pass_parentheses(r);
        } else {
            advance(r);
        }
    }
    r->integer[number] = integer;
    column->is_virtual = computed && !stored;
}

/* The elements between the parentheses; then the words behind them. True: WITHOUT ROWID. */
static bool read_elements(struct reading *r) {
    do {
        advance(r);
        if (is_constraint(&r->token) && r->token.type == SQL_TOKEN_WORD) {
            read_constraint(r);
        } else if (is_name(&r->token) && r->count < SQLITE_COLUMNS_MAX) {
            read_column(r);
        } else {
            return false;
        }
    } while (sql_token_is_mark(&r->token, ','));
    bool without = false, before = false;
    while (r->token.type != SQL_TOKEN_END && r->token.type != SQL_TOKEN_MORE) {
        without = without || (before && sql_token_is(&r->token, "ROWID"));
        before = sql_token_is(&r->token, "WITHOUT");
        advance(r);
    }
    return without;
}

static uint32_t column_called(const struct reading *r, struct bytes name) {
    uint32_t at = 0;
    while (at < r->count && !bytes_equal_ignoring_case(r->columns[at].name, name)) {
        at++;
    }
    return at;
}

static void take_column(struct sqlite_table *table, struct reading *r, uint32_t at) {
    if (at < r->count && !r->columns[at].is_stored && !r->columns[at].is_virtual) {
        r->columns[at].is_stored = true;
        table->columns[table->column_count++] =
            (struct column_name){.column = r->columns[at].name, .label = BYTES_LIT("")};
    }
}

/* Without rowid a record begins with the key. */
static void order_columns(struct sqlite_table *table, struct reading *r) {
    table->columns = arena_alloc(r->arena, r->count * sizeof *table->columns);
    table->classes = arena_alloc(r->arena, r->count);
    if (table->columns == NULL || table->classes == NULL || r->failed) {
        return;
    }
    if (!table->without_rowid && r->integer_key == UINT32_MAX && r->key_count == 1) {
        const uint32_t key = column_called(r, r->keys[0]); /* PRIMARY KEY (id) stands apart */
        r->integer_key = key < r->count && r->integer[key] ? key : UINT32_MAX;
    }
    for (size_t i = 0; table->without_rowid && i < r->key_count; i++) {
        take_column(table, r, column_called(r, r->keys[i]));
    }
    for (uint32_t i = 0; i < r->count; i++) {
        if (i == r->integer_key && !table->without_rowid) {
            table->rowid_column = table->column_count;
        }
        take_column(table, r, i);
    }
}

void sqlite_read_columns(struct sqlite_table *table, struct bytes sql, struct arena *arena) {
    const struct sql_dialect dialect = {.flavor = SQL_STANDARD};
    struct reading r = {
        .lexer = {.view = {.bytes = sql.ptr, .end = sql.len, .final = true}, .dialect = &dialect},
        .arena = arena,
        .integer_key = UINT32_MAX};
    size_t commas = 1;
    for (size_t i = 0; i < sql.len; i++) {
        commas += sql.ptr[i] == ',';
    }
    commas = commas < SQLITE_COLUMNS_MAX ? commas : SQLITE_COLUMNS_MAX;
    r.columns = calloc(commas, sizeof *r.columns);
    r.integer = calloc(commas, sizeof *r.integer);
    if (r.columns != NULL && r.integer != NULL) {
        do {
            advance(&r);
        } while (!sql_token_is_mark(&r.token, '(') && r.token.type != SQL_TOKEN_END &&
                 r.token.type != SQL_TOKEN_MORE);
        table->without_rowid = read_elements(&r);
        if (r.count > 0) {
            order_columns(table, &r);
        }
    }
    free(r.columns);
    free(r.integer);
}
