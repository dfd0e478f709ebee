/* "CREATE TABLE (Transact-SQL)" of the documentation of SQL Server, as far as it says how values
 * are kept. */
#include "run/layouts/bcp_table.h"

#include "decode/sql/lexer.h"
#include "decode/sqlserver/bcp_types.h"

enum { COLUMNS_MOST = 1024 }; /* of a table of SQL Server */

static const struct sql_dialect dialect = {.flavor = SQL_TRANSACT};

struct script {
    struct sql_lexer lexer;
    struct sql_token token; /* the next one */
    struct arena *memory;
    struct text_buffer name; /* of the table that is read */
    struct text_buffer word; /* of the column, the type that is read */
};

static void advance(struct script *s) {
    s->token = sql_lexer_next(&s->lexer);
}

static bool at_end(const struct script *s) {
    return s->token.type == SQL_TOKEN_END || s->token.type == SQL_TOKEN_MORE;
}

static bool at_name(const struct script *s) {
    return s->token.type == SQL_TOKEN_WORD || s->token.type == SQL_TOKEN_IDENTIFIER;
}

static bool take_mark(struct script *s, uint8_t mark) {
    if (!sql_token_is_mark(&s->token, mark)) {
        return false;
    }
    advance(s);
    return true;
}

static bool take_word(struct script *s, const char *word) {
    if (!sql_token_is(&s->token, word)) {
        return false;
    }
    advance(s);
    return true;
}

/* a.b.c, without quotes, to OUT. */
static bool take_name(struct script *s, struct text_buffer *out) {
    text_buffer_clear(out);
    while (at_name(s)) {
        sql_token_append(&s->token, &dialect, out);
        advance(s);
        if (!take_mark(s, '.')) {
            return true;
        }
        text_buffer_putc(out, '.');
    }
    return false;
}

/* What stands behind the last dot. */
static struct bytes last_part(struct bytes name) {
    for (size_t at = name.len; at > 0; at--) {
        if (name.ptr[at - 1] == '.') {
            return bytes_from(name, at);
        }
    }
    return name;
}

/* Do both name the same table, as far as both say? */
static bool is_same_table(struct bytes one, struct bytes other) {
    while (one.len > 0 && other.len > 0) {
        struct bytes a = last_part(one), b = last_part(other);
        if (!bytes_equal_ignoring_case(a, b)) {
            return false;
        }
        one = bytes_first(one, one.len - a.len - (one.len > a.len));
        other = bytes_first(other, other.len - b.len - (other.len > b.len));
    }
    return true;
}

/* ---- columns ---- */

/* Behind "(": up to the matching ")". */
static void pass_parentheses(struct script *s) {
    for (size_t depth = 1; depth > 0 && !at_end(s); advance(s)) {
        depth += sql_token_is_mark(&s->token, '(');
        depth -= sql_token_is_mark(&s->token, ')');
    }
}

static uint32_t number_of(struct bytes text) {
    uint32_t number = 0;
    for (size_t i = 0; i < text.len && byte_is_digit(text.ptr[i]) && number < 100000; i++) {
        number = number * 10 + (uint32_t)(text.ptr[i] - '0');
    }
    return number;
}

/* The type of a column and the length it is declared with. */
static bool take_type(struct script *s, struct bcp_column *column) {
    uint32_t length = 0;
    if (!take_name(s, &s->word)) {
        return false;
    }
    const bool varying = sql_token_is(&s->token, "VARYING"); /* character varying (10) */
    if (varying) {
        advance(s);
    }
    if (take_mark(s, '(')) {
        length = sql_token_is(&s->token, "max") ? BCP_LENGTH_MAX : number_of(s->token.text);
        pass_parentheses(s);
    }
    struct bytes type = varying ? BYTES_LIT("varchar") : last_part(text_buffer_view(&s->word));
    return bcp_column_of_type(column, type, length);
}

/* The rest of a column's description: may it be NULL? */
static void pass_rest(struct script *s, struct bcp_column *column) {
    bool negated = false;
    while (!at_end(s) && !sql_token_is_mark(&s->token, ',') && !sql_token_is_mark(&s->token, ')')) {
        if (take_mark(s, '(')) {
            pass_parentheses(s);
            continue;
        }
        if (sql_token_is(&s->token, "NULL")) {
            column->nullable = !negated;
        } else if (sql_token_is(&s->token, "IDENTITY") || sql_token_is(&s->token, "PRIMARY")) {
            column->nullable = false;
        }
        negated = sql_token_is(&s->token, "NOT");
        advance(s);
    }
}

static bool at_constraint(const struct script *s) {
    static const char *const words[] = {"CONSTRAINT", "PRIMARY", "UNIQUE", "FOREIGN",
                                        "CHECK",      "INDEX",   "PERIOD"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (sql_token_is(&s->token, words[i])) {
            return true;
        }
    }
    return false;
}

static void set_key(struct script *s, struct bcp_layout *layout) {
    while (!at_end(s) && !sql_token_is_mark(&s->token, ')')) {
        text_buffer_clear(&s->word);
        sql_token_append(&s->token, &dialect, &s->word);
        for (size_t i = 0; at_name(s) && i < layout->count; i++) {
            if (bytes_equal_ignoring_case(layout->columns[i].name, text_buffer_view(&s->word))) {
                layout->columns[i].nullable = false;
            }
        }
        advance(s);
    }
}

/* A constraint of the table: columns of its primary key are never NULL. */
static void pass_constraint(struct script *s, struct bcp_layout *layout) {
    bool primary = false;
    while (!at_end(s) && !sql_token_is_mark(&s->token, ',') && !sql_token_is_mark(&s->token, ')')) {
        if (take_mark(s, '(')) {
            if (primary) {
                set_key(s, layout);
                primary = false;
            }
            pass_parentheses(s);
            continue;
        }
        primary = primary || sql_token_is(&s->token, "PRIMARY");
        advance(s);
    }
}

static bool take_column(struct script *s, struct bcp_layout *layout) {
    struct bcp_column column = {.nullable = true};
    text_buffer_clear(&s->word);
    sql_token_append(&s->token, &dialect, &s->word);
    column.name = arena_copy(s->memory, text_buffer_view(&s->word));
    advance(s);
    if (layout->count == COLUMNS_MOST || column.name.ptr == NULL || !take_type(s, &column)) {
        return false; /* also what is computed: nobody says of which type it is */
    }
    pass_rest(s, &column);
    layout->columns[layout->count++] = column;
    return true;
}

/* Behind the name of the table. */
static struct bcp_layout *take_columns(struct script *s) {
    struct bcp_layout *layout = arena_alloc(s->memory, sizeof *layout);
    if (layout == NULL || !take_mark(s, '(')) {
        return NULL;
    }
    layout->columns = arena_alloc(s->memory, COLUMNS_MOST * sizeof *layout->columns);
    layout->table = arena_copy(s->memory, text_buffer_view(&s->name));
    if (layout->columns == NULL || layout->table.ptr == NULL) {
        return NULL;
    }
    do {
        if (at_constraint(s)) {
            pass_constraint(s, layout);
        } else if (!at_name(s) || !take_column(s, layout)) {
            return NULL;
        }
    } while (take_mark(s, ','));
    return sql_token_is_mark(&s->token, ')') && layout->count > 0 ? layout : NULL;
}

/* ---- tables ---- */

/* Go on to the next CREATE TABLE; its name is read. */
static bool next_table(struct script *s) {
    while (!at_end(s)) {
        if (take_word(s, "CREATE") && take_word(s, "TABLE") && take_name(s, &s->name)) {
            return true;
        }
        if (!sql_token_is(&s->token, "CREATE")) {
            advance(s);
        }
    }
    return false;
}

static struct script script_of(struct bytes text, struct arena *memory) {
    struct script s = {.memory = memory};
    s.lexer = (struct sql_lexer){.view = {.bytes = text.ptr, .end = text.len, .final = true},
                                 .dialect = &dialect};
    text_buffer_init(&s.name, 0);
    text_buffer_init(&s.word, 0);
    advance(&s);
    return s;
}

const struct bcp_layout *bcp_table_read(struct bytes script, struct bytes name, bool one_of_one,
                                        struct arena *memory) {
    struct script s = script_of(script, memory);
    const struct sql_lexer begin = s.lexer;
    const struct sql_token first = s.token;
    const struct bcp_layout *found = NULL;
    size_t tables = 0;
    while (found == NULL && next_table(&s)) {
        tables++;
        if (is_same_table(text_buffer_view(&s.name), name)) {
            found = take_columns(&s);
        }
    }
    if (found == NULL && one_of_one && tables == 1) {
        s.lexer = begin;
        s.token = first;
        found = next_table(&s) ? take_columns(&s) : NULL;
    }
    if (s.name.failed || s.word.failed) {
        found = NULL;
    }
    text_buffer_release(&s.name);
    text_buffer_release(&s.word);
    return found;
}
