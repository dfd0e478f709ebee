#include "decode/sql/pairs.h"

#include "decode/sql/derived.h"
#include "decode/sql/text.h"
#include "decode/sql/values_head.h"

void sql_pairs_begin(struct sql_pairs *pairs, const struct sql_view *view, size_t from,
                     const struct sql_dialect *dialect, struct bytes given) {
    *pairs = (struct sql_pairs){.lexer = {.view = *view, .at = from, .dialect = dialect},
                                .dialect = dialect,
                                .given = given,
                                .table_at = SIZE_MAX};
    pairs->token = sql_lexer_next(&pairs->lexer);
    pairs->from = pairs->token.begin;
}

static void advance(struct sql_pairs *pairs) {
    if (!sql_token_is(&pairs->token, "NOT")) {
        pairs->before = pairs->token;
    }
    pairs->token = sql_lexer_next(&pairs->lexer);
}

/* ---- where a statement ends ---- */

/* Words that the next line's UPDATE or INSERT goes on from: ON CONFLICT … DO, ON DUPLICATE KEY,
 * WHEN MATCHED THEN. */
static bool goes_on(const struct sql_token *before) {
    static const char *const words[] = {"DO", "KEY", "THEN", "ELSE", NULL};
    return sql_token_is_one_of(before, words);
}

/* Some scripts have no semicolons: the next statement begins a line. SET goes on with this one; in
 * brackets, which may have been cut off, WITH a AS (UPDATE …) and replace(…) do. */
static bool next_begins(const struct sql_pairs *pairs) {
    const struct sql_view *view = &pairs->lexer.view;
    const struct sql_token *token = &pairs->token;
    bool goes_on_inside = pairs->depth != 0 && (sql_token_is_mark(&pairs->before, '(') ||
                                                sql_token_is(token, "REPLACE"));
    return token->begin > pairs->from && view->bytes[token->begin - 1] == '\n' &&
           !sql_token_is(token, "SET") && !goes_on(&pairs->before) && !goes_on_inside &&
           sql_text_statement_begins(view, token->begin, pairs->dialect);
}

static bool is_over(const struct sql_pairs *pairs) {
    const struct sql_view *view = &pairs->lexer.view;
    const struct sql_token *token = &pairs->token;
    if (sql_token_ends(token) || sql_token_is_mark(token, ';')) {
        return true;
    }
    struct bytes rest = bytes_of(view->bytes + token->begin, view->end - token->begin);
    if (token->type == SQL_TOKEN_MARK && pairs->delimiter.len != 0 &&
        bytes_starts_with(rest, pairs->delimiter)) {
        return true;
    }
    if (pairs->depth == 0 && pairs->rows && pairs->count >= SQL_PAIRS_PAUSE &&
        sql_token_is(token, "UNION")) {
        return true;
    }
    return next_begins(pairs);
}

/* ---- literals ---- */

/* What may stand behind a literal that is a value by itself, no part of an expression. */
static bool ends_pair(const struct sql_token *token) {
    static const char *const words[] = {
        "AND",    "OR",        "WHERE",  "ON",     "LIMIT", "FROM",  "ORDER", "GROUP", "HAVING",
        "OUTPUT", "RETURNING", "OPTION", "ESCAPE", "WHEN",  "UNION", "INTO",  "BEGIN", NULL};
    return sql_token_ends(token) || sql_token_is_mark(token, ',') ||
           sql_token_is_mark(token, ';') || sql_token_is_mark(token, ')') ||
           sql_token_is_one_of(token, words);
}

/* Is it the prefix of the string behind it: N'…', _utf8mb4'…'? */
static bool is_prefix(const struct sql_lexer *lexer, const struct sql_token *token) {
    return token->type == SQL_TOKEN_WORD && token->end < lexer->view.end &&
           lexer->view.bytes[token->end] == '\'';
}

/* E'…' has back-slashes wherever it stands. */
static struct sql_dialect dialect_behind(const struct sql_dialect *dialect, uint8_t prefix) {
    bool escapes = prefix == 'e' && dialect->flavor != SQL_MYSQL;
    return escapes ? (struct sql_dialect){.flavor = SQL_POSTGRES, .backslash = true} : *dialect;
}

/* Quotes that are those of names elsewhere are a string's in MySQL and where nobody says what the
 * script is for: a value stands here. */
static bool is_string(const struct sql_token *token, const struct sql_dialect *dialect) {
    bool double_quoted = token->type == SQL_TOKEN_IDENTIFIER && token->quote == '"';
    return token->type == SQL_TOKEN_STRING || (double_quoted && sql_dialect_double_quotes(dialect));
}

/* q'[…]' behind TOKEN, its prefix. False: it is another one. */
static bool read_q_literal(struct sql_pairs *pairs, const struct sql_token *token,
                           struct sql_pair *out) {
    const struct sql_view *view = &pairs->lexer.view;
    bool q = token->text.len <= 2 && (token->text.ptr[token->text.len - 1] | 0x20) == 'q';
    bool bracket =
        token->end + 1 < view->end && strchr("[{(<", view->bytes[token->end + 1]) != NULL;
    int64_t behind =
        q && (bracket || pairs->dialect->q_quotes) ? sql_skip_q_quoted(view, token->end) : SQL_OPEN;
    if (behind == SQL_OPEN) {
        return false;
    }
    size_t begin = token->end + 2, end = (size_t)behind - 2;
    out->end = (size_t)behind;
    out->value =
        (struct sql_value){.begin = begin, .end = end, .flags = sql_length_flags(end - begin)};
    pairs->lexer.at = (size_t)behind;
    advance(pairs);
    pairs->before.type = SQL_TOKEN_STRING;
    return true;
}

/* The literal at the token, which is passed. False: something else stands there. */
static bool read_literal(struct sql_pairs *pairs, struct sql_pair *out) {
    struct sql_lexer *lexer = &pairs->lexer;
    const uint8_t *bytes = lexer->view.bytes;
    struct sql_token token = pairs->token;
    bool prefixed = is_prefix(lexer, &token);
    uint8_t prefix = prefixed && token.text.len == 1 ? token.text.ptr[0] | 0x20 : 0;
    const struct sql_dialect dialect = dialect_behind(pairs->dialect, prefix);
    out->begin = token.begin;
    if (prefixed && read_q_literal(pairs, &token, out)) {
        return true;
    }
    if (prefixed) {
        lexer->dialect = &dialect;
        token = sql_lexer_next(lexer);
        lexer->dialect = pairs->dialect;
        pairs->token = token;
    }
    out->end = token.end;
    if (is_string(&token, &dialect)) {
        size_t begin = (size_t)(token.text.ptr - bytes), end = begin + token.text.len;
        enum sql_escapes escapes =
            token.escaped ? sql_dialect_escapes(&dialect, token.quote) : SQL_ESCAPES_NONE;
        out->value = sql_quoted_value(bytes, begin, end, &dialect, escapes);
        if (prefix == 'x' && end > begin && sql_is_hex(bytes + begin, bytes + end)) {
            out->value.flags = CELL_HEX;
        }
        advance(pairs);
        pairs->before.type = SQL_TOKEN_STRING;
        return true;
    }
    if (token.type != SQL_TOKEN_WORD || !byte_is_digit(token.text.ptr[0])) {
        return false;
    }
    out->value = sql_bare_value(bytes, token.begin, token.end);
    advance(pairs);
    return true;
}

/* ---- the table ---- */

/* INTO and UPDATE say which table a statement is about, FROM where nothing else does; and behind
 * FROM stands what an alias stands for. */
static void note_table(struct sql_pairs *pairs) {
    static const char *const into[] = {"INTO", "UPDATE", NULL}, *const from[] = {"FROM", "JOIN",
                                                                                 NULL};
    bool source = sql_token_is_one_of(&pairs->token, from);
    if (!source && !sql_token_is_one_of(&pairs->token, into)) {
        return;
    }
    struct sql_lexer probe = pairs->lexer;
    struct sql_token name = sql_lexer_next(&probe), next;
    size_t at = name.begin;
    if (!sql_token_names(&name) || sql_token_is(&name, "SELECT") || sql_token_is(&name, "SET") ||
        *name.text.ptr == '@') {
        return;
    }
    if (pairs->given.len == 0) {
        unsigned rank = source ? 1 : 2;
        pairs->table_at = rank > pairs->table_rank ? at : pairs->table_at;
        pairs->table_rank = rank > pairs->table_rank ? rank : pairs->table_rank;
        return;
    }
    for (next = sql_lexer_next(&probe); sql_token_is_mark(&next, '.');) {
        sql_lexer_next(&probe);
        next = sql_lexer_next(&probe);
    }
    next = sql_token_is(&next, "AS") ? sql_lexer_next(&probe) : next;
    if (source && sql_token_names(&next) && bytes_equal_ignoring_case(next.text, pairs->given)) {
        pairs->table_at = at;
    }
}

/* ---- lists of names ---- */

static bool gives_values(const struct sql_token *token) {
    return sql_token_is(token, "VALUES") || sql_token_is(token, "VALUE") ||
           sql_token_is(token, "SELECT");
}

/* Behind a bracket: names, and behind them VALUES, SELECT, or an equals sign and the next bracket.
 * Then the token is what stands behind the list. */
static bool read_names(struct sql_pairs *pairs) {
    struct sql_lexer probe = pairs->lexer;
    struct sql_token name, next, names[SQL_PAIRS_NAMES];
    uint32_t count = 0;
    do {
        name = sql_lexer_next(&probe);
        if (!sql_token_names(&name) || sql_token_is(&name, "SELECT") || count == SQL_PAIRS_NAMES) {
            return false;
        }
        next = sql_lexer_next(&probe);
        while (sql_token_is_mark(&next, '.')) {
            name = sql_lexer_next(&probe);
            next = sql_lexer_next(&probe);
        }
        names[count++] = name;
    } while (sql_token_is_mark(&next, ','));
    if (!sql_token_is_mark(&next, ')')) {
        return false;
    }
    const struct sql_token close = next;
    next = sql_skip_clauses(&probe, sql_lexer_next(&probe));
    struct sql_lexer behind = probe;
    struct sql_token values = sql_lexer_next(&behind);
    bool assigned = sql_token_is_mark(&next, '=') &&
                    (sql_token_is_mark(&values, '(') || sql_token_is(&values, "ROW"));
    assigned |= sql_derived_follows(&behind, &next, &values);
    if (!assigned && !gives_values(&next)) {
        if (count == 1) { /* lower(name) = 'x' */
            pairs->before = name;
            pairs->lexer = probe;
            pairs->token = next;
        }
        return count == 1;
    }
    pairs->before = close;
    memcpy(pairs->names, names, count * sizeof *names);
    pairs->name_count = count;
    pairs->names_depth = pairs->depth;
    pairs->selects = sql_token_is(&next, "SELECT");
    pairs->tuples = !pairs->selects;
    pairs->lexer = probe;
    pairs->token = next;
    return true;
}

static void begin_list(struct sql_pairs *pairs, enum sql_pairs_list list) {
    pairs->list = list;
    pairs->list_depth = pairs->depth;
    pairs->place = 0;
    pairs->awaited = true;
    if (list != SQL_LIST_SAME) {
        pairs->column = (struct sql_token){0};
    }
}

/* EXEC p 'x', 'y': arguments without brackets. False: there are none. */
static bool begin_exec(struct sql_pairs *pairs) {
    struct sql_lexer probe = pairs->lexer;
    struct sql_token name = sql_lexer_next(&probe), next = sql_lexer_next(&probe);
    while (sql_token_names(&name) && sql_token_is_mark(&next, '.')) {
        name = sql_lexer_next(&probe);
        next = sql_lexer_next(&probe);
    }
    if (!sql_token_names(&name) || (next.type != SQL_TOKEN_STRING && !is_prefix(&probe, &next))) {
        return false;
    }
    pairs->before = pairs->callee = name;
    pairs->lexer = probe;
    pairs->token = next;
    begin_list(pairs, SQL_LIST_CALL);
    return true;
}

static void open_bracket(struct sql_pairs *pairs) {
    static const char *const values[] = {"VALUES", "VALUE", "ROW", NULL};
    struct sql_token before = pairs->before;
    if (pairs->calls && pairs->depth == 0 && sql_token_names(&before)) {
        pairs->calls = false;
        pairs->callee = before;
        pairs->depth++;
        begin_list(pairs, SQL_LIST_CALL);
        advance(pairs);
        return;
    }
    if (read_names(pairs)) {
        return;
    }
    pairs->depth++;
    if (sql_token_is(&before, "IN") && pairs->column.text.len != 0) {
        begin_list(pairs, SQL_LIST_SAME);
    } else if (pairs->tuples &&
               (sql_token_is_mark(&before, '=') || sql_token_is_mark(&before, ',') ||
                sql_token_is_one_of(&before, values))) {
        begin_list(pairs, SQL_LIST_TUPLE);
    }
    advance(pairs);
}

static void close_bracket(struct sql_pairs *pairs) {
    bool ends_list = pairs->list != SQL_LIST_NONE && pairs->depth <= pairs->list_depth;
    bool tuple = ends_list && pairs->list == SQL_LIST_TUPLE;
    pairs->list = ends_list ? SQL_LIST_NONE : pairs->list;
    pairs->depth -= pairs->depth > 0;
    advance(pairs);
    pairs->tuples = pairs->tuples && (!tuple || sql_token_is_mark(&pairs->token, ','));
}

/* ---- tokens that are no values ---- */

static bool is_operator(const struct sql_token *token) {
    static const uint8_t marks[] = {'=', '<', '>', '!', ':'};
    return token->type == SQL_TOKEN_MARK && memchr(marks, token->quote, sizeof marks) != NULL;
}

/* The token makes a value of what stands before it: the next one may be that value. */
static void await_value(struct sql_pairs *pairs) {
    const struct sql_token *before = &pairs->before;
    if (!pairs->declares && !is_operator(before)) {
        bool names =
            sql_token_names(before) && before->text.len != 0 && !byte_is_digit(before->text.ptr[0]);
        pairs->column = names ? *before : (struct sql_token){0};
    }
    pairs->awaited = pairs->column.text.len != 0;
}

static void step_mark(struct sql_pairs *pairs) {
    bool of_list = pairs->list != SQL_LIST_NONE && pairs->depth == pairs->list_depth;
    if (sql_token_is_mark(&pairs->token, '(')) {
        open_bracket(pairs);
        return;
    }
    if (sql_token_is_mark(&pairs->token, ')')) {
        close_bracket(pairs);
        return;
    }
    if (is_operator(&pairs->token)) {
        await_value(pairs);
    } else if (sql_token_is_mark(&pairs->token, ',') && of_list) {
        pairs->place += pairs->list != SQL_LIST_SAME;
        pairs->awaited = true;
        pairs->column = pairs->list == SQL_LIST_SAME ? pairs->column : (struct sql_token){0};
    }
    advance(pairs);
}

static void begin_select(struct sql_pairs *pairs) {
    if (!pairs->selects || pairs->depth != pairs->names_depth) {
        pairs->name_count = pairs->tuples ? pairs->name_count : 0;
    }
    begin_list(pairs, SQL_LIST_SELECT);
    pairs->begins_row = pairs->rows && pairs->depth == 0;
}

static void step_word(struct sql_pairs *pairs) {
    static const char *const likes[] = {"LIKE", "ILIKE", "RLIKE", "REGEXP", NULL};
    static const char *const quantities[] = {"ALL", "DISTINCT", NULL};
    static const char *const calls[] = {"CALL", "EXEC", "EXECUTE", "BEGIN", NULL};
    static const char *const list_ends[] = {"FROM",  "WHERE", "UNION", "INTO",
                                            "GROUP", "ORDER", "LIMIT", NULL};
    const struct sql_token *token = &pairs->token;
    bool first = pairs->list == SQL_LIST_SELECT && pairs->place == 0;
    note_table(pairs);
    if (sql_token_is_one_of(token, calls) && begin_exec(pairs)) {
        return;
    }
    pairs->calls |= sql_token_is_one_of(token, calls);
    if (sql_token_is(token, "SELECT")) {
        begin_select(pairs);
    } else if (sql_token_is(token, "VALUES") && sql_token_is_mark(&pairs->before, '(') &&
               !pairs->tuples) {
        pairs->name_count = sql_derived_names(&pairs->lexer, pairs->names, SQL_PAIRS_NAMES);
        pairs->tuples = pairs->name_count > 0;
    } else if (first && ((sql_token_is(&pairs->before, "SELECT") &&
                          sql_token_is_one_of(token, quantities)) ||
                         sql_token_is(&pairs->before, "TOP"))) {
        pairs->awaited = true;
    } else if (pairs->list == SQL_LIST_SELECT && pairs->depth == pairs->list_depth &&
               sql_token_is_one_of(token, list_ends)) {
        pairs->list = SQL_LIST_NONE;
    } else if (sql_token_is_one_of(token, likes)) {
        await_value(pairs);
        pairs->pattern = pairs->awaited;
    } else if (sql_token_is(token, "BETWEEN")) {
        await_value(pairs);
        pairs->between = pairs->awaited;
    } else if (sql_token_is(token, "AND") && pairs->between) {
        pairs->between = false;
        pairs->awaited = true;
    } else if (sql_token_is(token, "IN")) {
        await_value(pairs);
        pairs->awaited = false;
    } else if (sql_token_is(token, "DECLARE")) {
        pairs->declares = true;
    } else if (pairs->declares && pairs->depth == 0 &&
               (sql_token_is(&pairs->before, "DECLARE") ||
                sql_token_is_mark(&pairs->before, ','))) {
        pairs->column = *token;
    }
    advance(pairs);
}

/* ---- pairs ---- */

/* LIKE 'x%': what stands before and behind is no part of the value. */
static void trim_pattern(const struct sql_pairs *pairs, struct sql_value *value) {
    const uint8_t *bytes = pairs->lexer.view.bytes;
    while (value->begin < value->end && bytes[value->begin] == '%') {
        value->begin++;
    }
    while (value->begin < value->end && bytes[value->end - 1] == '%') {
        value->end--;
    }
}

/* What SELECT calls the value that was read: 'x' AS name, 'x' name. */
static struct sql_token read_alias(struct sql_pairs *pairs) {
    struct sql_token none = {0};
    if (sql_token_is(&pairs->token, "AS")) {
        advance(pairs);
    } else if (ends_pair(&pairs->token) || is_over(pairs)) {
        return none;
    }
    if (!sql_token_names(&pairs->token)) {
        return none;
    }
    struct sql_token alias = pairs->token;
    advance(pairs);
    return alias;
}

/* Whose value is it? False: nothing says so. */
static bool tell_column(const struct sql_pairs *pairs, const struct sql_token *alias,
                        struct sql_pair *out) {
    bool listed = pairs->list == SQL_LIST_TUPLE || pairs->list == SQL_LIST_SELECT;
    out->column = pairs->column;
    out->place = pairs->place;
    out->argument = pairs->list == SQL_LIST_CALL && pairs->depth == pairs->list_depth &&
                    out->column.text.len == 0;
    if (out->argument) {
        out->column = pairs->callee;
        return true;
    }
    if (out->column.text.len == 0 && listed && pairs->place < pairs->name_count) {
        out->column = pairs->names[pairs->place];
    } else if (out->column.text.len == 0) {
        bool of_row = pairs->rows && pairs->list == SQL_LIST_SELECT && pairs->list_depth == 0;
        out->column = of_row ? out->column : *alias;
        return of_row || alias->text.len != 0;
    }
    return true;
}

bool sql_pairs_next(struct sql_pairs *pairs, struct sql_pair *out) {
    while (!is_over(pairs)) {
        if (!pairs->awaited) {
            if (pairs->token.type == SQL_TOKEN_MARK) {
                step_mark(pairs);
            } else {
                step_word(pairs);
            }
            continue;
        }
        pairs->awaited = false;
        if (!read_literal(pairs, out)) {
            pairs->pattern = false;
            continue;
        }
        if (pairs->pattern) {
            trim_pattern(pairs, &out->value);
            pairs->pattern = false;
        }
        bool item = pairs->list == SQL_LIST_SELECT && pairs->depth == pairs->list_depth;
        struct sql_token alias =
            item && pairs->column.text.len == 0 ? read_alias(pairs) : (struct sql_token){0};
        if (pairs->token.type != SQL_TOKEN_MORE && (ends_pair(&pairs->token) || is_over(pairs)) &&
            tell_column(pairs, &alias, out)) {
            out->begins_row = pairs->begins_row;
            pairs->begins_row = false;
            pairs->count++;
            return true;
        }
    }
    return false;
}
