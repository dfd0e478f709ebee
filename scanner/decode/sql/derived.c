#include "decode/sql/derived.h"

bool sql_derived_follows(const struct sql_lexer *lexer, const struct sql_token *next,
                         const struct sql_token *bracket) {
    struct sql_lexer probe = *lexer;
    if (!sql_token_is(next, "AS") || !sql_token_is_mark(bracket, '(')) {
        return false;
    }
    const struct sql_token token = sql_lexer_next(&probe);
    return sql_token_is(&token, "VALUES");
}

/* To behind the bracket that is open, and behind AS. False: it is not closed. */
static bool pass_rows(struct sql_lexer *lexer, struct sql_token *token) {
    size_t depth = 1;
    *token = sql_lexer_next(lexer);
    while (depth > 0) {
        if (sql_token_ends(token) || sql_token_is_mark(token, ';')) {
            return false;
        }
        depth += sql_token_is_mark(token, '(');
        depth -= sql_token_is_mark(token, ')');
        *token = sql_lexer_next(lexer);
    }
    *token = sql_token_is(token, "AS") ? sql_lexer_next(lexer) : *token;
    return true;
}

uint32_t sql_derived_names(const struct sql_lexer *lexer, struct sql_token *names, uint32_t most) {
    struct sql_lexer probe = *lexer;
    struct sql_token token;
    uint32_t count = 0;
    if (!pass_rows(&probe, &token) || !sql_token_names(&token)) {
        return 0;
    }
    token = sql_lexer_next(&probe);
    for (bool goes_on = sql_token_is_mark(&token, '('); goes_on && count < most;) {
        names[count] = sql_lexer_next(&probe);
        const bool named = sql_token_names(&names[count]);
        count += named;
        token = sql_lexer_next(&probe);
        goes_on = named && sql_token_is_mark(&token, ',');
    }
    return count;
}
