#include "decode/sql/statement.h"

#include "decode/sql/describe.h"
#include "decode/sql/values_head.h"

enum {
    ENCODING_NAME_BYTES = 24,
    TABLES_MAX = 200000,  /* of one unit; statements for further tables are text */
    FIELDS_MAX = 2000000, /* likewise */
};

/* COPY was read, and what it says of rows behind it; *TOKEN becomes its last one. TEXT: there are
 * none. */
static enum sql_head read_copy_head(struct sql_statements *s, struct sql_lexer *lexer,
                                    struct sql_token *token) {
    enum sql_name name = sql_read_name(s, lexer, token, &s->table, NULL);
    if (name != SQL_NAME_OK) {
        return name == SQL_NAME_MORE ? SQL_HEAD_MORE : SQL_HEAD_TEXT;
    }
    sql_names_clear(&s->names);
    if (sql_token_is_mark(token, '(')) {
        if (sql_read_columns(s, lexer, token) == SQL_HEAD_MORE) {
            return SQL_HEAD_MORE;
        }
        *token = sql_lexer_next(lexer);
    }
    if (!sql_token_is(token, "FROM")) {
        return sql_head_of_end(token);
    }
    *token = sql_lexer_next(lexer);
    if (!sql_token_is(token, "STDIN")) {
        return sql_head_of_end(token);
    }
    *token = sql_lexer_next(lexer);
    s->copy_form = sql_copy_form_read(lexer, token);
    if (s->names.failed) {
        s->copy_form.format = SQL_COPY_UNKNOWN;
    }
    return SQL_HEAD_COPY;
}

/* COPY was read. */
static enum sql_head read_copy(struct sql_statements *s, struct sql_lexer *lexer, size_t *behind) {
    struct sql_token token;
    enum sql_head head = read_copy_head(s, lexer, &token);
    if (head != SQL_HEAD_COPY) {
        return head;
    }
    const struct sql_view *view = &lexer->view;
    const uint8_t *newline = sql_token_ends(&token)
                                 ? NULL
                                 : memchr(view->bytes + token.end, '\n', view->end - token.end);
    if (newline == NULL) {
        return view->final ? SQL_HEAD_TEXT : SQL_HEAD_MORE;
    }
    *behind = (size_t)(newline - view->bytes) + 1;
    return SQL_HEAD_COPY;
}

enum sql_head sql_statement_psql_copy(struct sql_statements *s, struct bytes line) {
    const struct sql_view view = {.bytes = line.ptr, .end = line.len, .final = true};
    struct sql_lexer lexer = {.view = view, .at = 1, .dialect = &s->dialect};
    struct sql_token token = sql_lexer_next(&lexer);
    return sql_token_is(&token, "COPY") ? read_copy_head(s, &lexer, &token) : SQL_HEAD_TEXT;
}

static bool ends_with_word(const struct sql_token *token, struct bytes word) {
    struct bytes text = token->text;
    bool variable = text.len > 1 && text.ptr[0] == '@' && text.ptr[1] != '@';
    return token->type == SQL_TOKEN_WORD && !variable && text.len >= word.len &&
           bytes_equal_ignoring_case(bytes_from(text, text.len - word.len), word);
}

static bool mentions_no_backslash(struct bytes mode) {
    return bytes_find(mode, BYTES_LIT("NO_BACKSLASH_ESCAPES")) != SIZE_MAX;
}

/* Names that say nothing of the text (binary, latin1, SQL_ASCII) are passed over. */
static void declare_encoding(struct sql_statements *s, struct bytes text) {
    char name[ENCODING_NAME_BYTES + 1];
    enum encoding encoding;
    if (text.len > ENCODING_NAME_BYTES || text.len == 0) {
        return;
    }
    memcpy(name, text.ptr, text.len);
    name[text.len] = '\0';
    if (!encoding_from_name(name, &encoding) || encoding == ENCODING_BINARY) {
        return;
    }
    s->encoding_changes |= s->encoding_known && s->encoding != encoding;
    s->encoding_known = true;
    s->encoding = encoding;
}

/* NAME was set to VALUE. */
static void apply_setting(struct sql_statements *s, const struct sql_token *name,
                          const struct sql_token *value) {
    struct sql_dialect *dialect = &s->dialect;
    if (ends_with_word(name, BYTES_LIT("sql_mode")) && dialect->flavor == SQL_MYSQL) {
        if (value->type == SQL_TOKEN_STRING) {
            s->backslash_before = dialect->backslash;
            dialect->backslash = !mentions_no_backslash(value->text);
        } else if (value->type == SQL_TOKEN_WORD && value->text.ptr[0] == '@') {
            dialect->backslash = s->backslash_before;
        }
    } else if (sql_token_is(name, "client_encoding")) {
        declare_encoding(s, value->text);
    } else if (sql_token_is(name, "standard_conforming_strings")) {
        dialect->backslash = bytes_equal_ignoring_case(value->text, BYTES_LIT("off"));
    } else if (sql_token_is(name, "search_path") && dialect->flavor == SQL_POSTGRES) {
        text_buffer_clear(&s->database);
        if (!bytes_equal(value->text, BYTES_LIT("pg_catalog"))) {
            sql_token_append(value, dialect, &s->database);
        }
    }
}

/* SET was read: up to the end of the statement, `name = value` and `name TO value`. */
static enum sql_head read_set(struct sql_statements *s, struct sql_lexer *lexer) {
    struct sql_lexer probe = *lexer;
    struct sql_token token;
    int tokens = 0;
    do {
        token = sql_lexer_next(&probe);
    } while (!sql_token_ends(&token) && !sql_token_is_mark(&token, ';') && ++tokens < 256);
    if (token.type == SQL_TOKEN_MORE) {
        return SQL_HEAD_MORE;
    }
    struct sql_token name = {0};
    for (int i = 0; i < tokens; i++) {
        token = sql_lexer_next(lexer);
        if (sql_token_is_mark(&token, '=') || sql_token_is(&token, "TO")) {
            struct sql_token value = sql_lexer_next(lexer);
            if (name.text.len != 0 && value.text.len != 0) {
                apply_setting(s, &name, &value);
            }
            i++;
        } else if (sql_token_is(&name, "NAMES")) {
            declare_encoding(s, token.text);
            name = (struct sql_token){0};
        } else if (token.type == SQL_TOKEN_WORD) {
            name = token;
        }
    }
    return SQL_HEAD_TEXT;
}

static enum sql_head read_use(struct sql_statements *s, struct sql_lexer *lexer) {
    struct sql_token token = sql_lexer_next(lexer);
    if (sql_token_names(&token)) {
        text_buffer_clear(&s->database);
        sql_token_append(&token, &s->dialect, &s->database);
    }
    return sql_head_of_end(&token);
}

/* COMMENT was read: ON COLUMN table.column IS 'text'. */
static enum sql_head read_comment_on(struct sql_statements *s, struct sql_lexer *lexer) {
    struct sql_token token = sql_lexer_next(lexer);
    if (!sql_token_is(&token, "ON")) {
        return sql_head_of_end(&token);
    }
    token = sql_lexer_next(lexer);
    if (!sql_token_is(&token, "COLUMN")) {
        return sql_head_of_end(&token);
    }
    struct text_buffer column, label;
    text_buffer_init(&column, SQL_NAME_MAX_BYTES);
    text_buffer_init(&label, SQL_NAME_MAX_BYTES);
    enum sql_name name = sql_read_name(s, lexer, &token, &s->table, &column);
    if (name == SQL_NAME_OK && sql_token_is(&token, "IS")) {
        token = sql_lexer_next(lexer);
        if (token.type == SQL_TOKEN_STRING) {
            sql_token_append(&token, &s->dialect, &label);
            sql_schema_label(&s->schema, text_buffer_view(&s->table), text_buffer_view(&column),
                             text_buffer_view(&label));
        }
    }
    text_buffer_release(&column);
    text_buffer_release(&label);
    return sql_head_of_end(&token);
}

enum sql_head sql_statement_head(struct sql_statements *s, const struct sql_view *view, size_t at,
                                 size_t *behind) {
    struct sql_lexer lexer = {.view = *view, .at = at, .dialect = &s->dialect};
    struct sql_token token = sql_lexer_next(&lexer);
    bool rows_before = s->rows_before;
    s->rows_before = false;
    enum sql_head head = sql_values_head(s, &lexer, &token, rows_before, behind);
    if (head != SQL_HEAD_TEXT) {
        s->rows_before |= head == SQL_HEAD_MORE && rows_before; /* it will be read again */
        return head;
    }
    if (sql_token_is(&token, "COPY") && (s->copy_follows || s->dialect.flavor != SQL_MYSQL)) {
        return read_copy(s, &lexer, behind);
    }
    if (sql_token_is(&token, "CREATE")) {
        return sql_create_table(s, &lexer);
    }
    if (sql_token_is(&token, "ALTER")) {
        return sql_alter_table(s, &lexer);
    }
    if (sql_token_is(&token, "SET")) {
        return read_set(s, &lexer);
    }
    if (sql_token_is(&token, "USE")) {
        return read_use(s, &lexer);
    }
    if (sql_token_is(&token, "COMMENT")) {
        return read_comment_on(s, &lexer);
    }
    s->rows_before |= token.type == SQL_TOKEN_MORE && rows_before;
    return sql_head_of_end(&token);
}

void sql_statement_comment(struct sql_statements *s, struct bytes comment) {
    struct bytes mark = BYTES_LIT("-- Current Database: ");
    if (s->dialect.flavor == SQL_MYSQL && bytes_starts_with(comment, mark)) {
        struct sql_view view = {
            .bytes = comment.ptr + mark.len, .end = comment.len - mark.len, .final = true};
        struct sql_lexer lexer = {.view = view, .dialect = &s->dialect};
        read_use(s, &lexer);
    }
}

/* ARGUMENTS: crm, "my db", -reuse-previous=on "dbname='my db'". */
void sql_statement_connect(struct sql_statements *s, struct bytes arguments) {
    struct bytes name = arguments;
    const size_t said = bytes_find(arguments, BYTES_LIT("dbname="));
    if (said != SIZE_MAX) {
        name = bytes_from(arguments, said + 7);
    }
    while (name.len > 0 && (*name.ptr == '"' || *name.ptr == '\'')) {
        name = bytes_from(name, 1);
    }
    while (name.len > 0 && (name.ptr[name.len - 1] == '"' || name.ptr[name.len - 1] == '\'')) {
        name = bytes_first(name, name.len - 1);
    }
    text_buffer_clear(&s->connected);
    text_buffer_clear(&s->database);
    text_buffer_put(&s->connected, name);
}

/* Names that the statement lists itself; labels come from the description of the table. */
static void add_labels(struct sql_statements *s, const struct sql_definition *described,
                       struct column_name *columns) {
    size_t hint = 0;
    for (size_t i = 0; described != NULL && i < s->names.count; i++) {
        columns[i].label = sql_definition_label(described, columns[i].column, &hint);
    }
}

static struct bytes last_part(struct bytes name) {
    size_t at = name.len;
    while (at > 0 && name.ptr[at - 1] != '.') {
        at--;
    }
    return bytes_from(name, at);
}

struct bytes sql_statement_last_part(const struct sql_statements *s) {
    return last_part(text_buffer_view(&s->table));
}

int sql_statement_bind(struct sql_statements *s, struct field_set *fields,
                       struct sql_target *target, struct error *err) {
    const struct sql_definition *described =
        sql_schema_find(&s->schema, text_buffer_view(&s->table));
    struct bytes name = described != NULL ? described->name : text_buffer_view(&s->table);
    if (described == NULL && s->schema.given > 0) { /* by the name alone, as a file of names says */
        described = sql_schema_find(&s->schema, last_part(text_buffer_view(&s->table)));
    }
    uint32_t table = TABLE_NONE;
    if (field_set_table_count(fields) < TABLES_MAX && field_set_field_count(fields) < FIELDS_MAX) {
        table = field_set_table(fields, name);
    }
    if (table == UINT32_MAX) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for the tables of a dump");
    }
    sql_target_enter(target, fields, table);
    if (table == TABLE_NONE) {
        return 0;
    }
    if (s->names.count != 0) {
        struct column_name *columns = sql_names_columns(&s->names);
        add_labels(s, described, columns);
        return sql_target_columns(target, columns, s->names.count, ATTRIBUTION_EXACT, err);
    }
    if (described != NULL && !described->partial) {
        return sql_target_columns(target, described->columns, described->count,
                                  ATTRIBUTION_INFERRED, err);
    }
    return sql_target_as_before(target, err);
}
