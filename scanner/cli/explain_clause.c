#include "cli/explain_clause.h"

#include "cli/listing.h"
#include "reports/translate.h"

enum { KINDS_REPEATED = 4 };

void explain_period(struct text_buffer *out, const struct rule_period *period) {
    unsigned number = period->number;
    switch (period->unit) {
    case PERIOD_HOURS:
        text_buffer_printf(out, plural_("%u hour", "%u hours", number), number);
        break;
    case PERIOD_DAYS:
        text_buffer_printf(out, plural_("%u day", "%u days", number), number);
        break;
    case PERIOD_MONTHS:
        text_buffer_printf(out, plural_("%u month", "%u months", number), number);
        break;
    case PERIOD_YEARS:
        text_buffer_printf(out, plural_("%u year", "%u years", number), number);
        break;
    case PERIOD_SAME_DAY:
        text_buffer_puts(out, _("the same day"));
        break;
    case PERIOD_NONE:
    case PERIOD_UNITS:
        break;
    }
}

static const char *finding_text(enum rule_finding finding) {
    static const char *const texts[FINDING_COUNT] = {
        [FINDING_NONE] = "",
        [FINDING_MIXED_MASKS] = N_("one kind masked in several ways"),
        [FINDING_COMPLEMENTARY_MASKS] = N_("two masks that show a value together"),
        [FINDING_UNKEYED_DIGESTS] = N_("digests that anybody can compute"),
        [FINDING_PASSWORD_LIST] = N_("accounts beside readable passwords"),
        [FINDING_KEY_BESIDE_DATA] = N_("keys in the folder of personal data"),
        [FINDING_PASSWORD_IS_PERSONAL] =
            N_("passwords equal to the ID, telephone number or birth date of the same row"),
        [FINDING_LIVE_AND_ARCHIVE] = N_("the same records in a backup and in the live system"),
        [FINDING_OVERLAP] = N_("values of real people, by a reference of production"),
        [FINDING_LOG_SPAN] = N_("a set of logs that reaches back less"),
        [FINDING_FLOW_SURPLUS] = N_("what an exchange may not pass by its entry in `flows:`"),
        [FINDING_ANNOUNCED] = N_("columns named for such data that hold none yet"),
        [FINDING_EXPECTATION] = N_("what `expect:` asks and is not so"),
    };
    return translate_row(texts[finding]);
}

/* ---- parts of the sentence ---- */

static void put_kinds(struct text_buffer *out, uint64_t set, kind_list kinds) {
    struct text_buffer list;
    text_buffer_init(&list, 0);
    listing_names(set, kinds, rule_kind_name, &list);
    text_buffer_put(out, text_buffer_view(&list));
    text_buffer_release(&list);
}

static void put_subject(struct text_buffer *out, const struct rule_clause *clause, kind_list kinds,
                        uint64_t known) {
    struct text_buffer list;
    text_buffer_init(&list, 0);
    if (clause->finds != FINDING_NONE) {
        text_buffer_puts(out, finding_text(clause->finds));
        text_buffer_puts(out, clause->kinds != 0 ? ": " : "");
    }
    bool again = clause->kinds == known && __builtin_popcountll(known) > KINDS_REPEATED;
    if (again) {
        text_buffer_puts(out, _("any of these kinds"));
    } else if (clause->kinds != 0) {
        put_kinds(out, clause->kinds, kinds);
    }
    if (clause->roles != 0) {
        listing_names(clause->roles, kinds, rule_role_name, &list);
        text_buffer_printf(out, _("%s (any value)"), text_buffer_string(&list));
    }
    text_buffer_release(&list);
}

static void put_states(struct text_buffer *out, const struct rule_clause *clause) {
    const char *before = " (";
    for (unsigned state = 0; state < STATE_COUNT; state++) {
        if ((clause->states >> state & 1) != 0) {
            text_buffer_puts(out, before);
            text_buffer_puts(out, translate_row(mask_state_name((enum mask_state)state)));
            before = ", ";
        }
    }
    text_buffer_puts(out, before[0] == ',' ? ")" : "");
    if (clause->shown == SHOWN_BEYOND_LAST4) {
        text_buffer_puts(out, _(" showing any digit but the last four"));
    } else if (clause->shown == SHOWN_BEYOND_BIN_LAST4) {
        text_buffer_puts(out, _(" showing more than the issuer's number and the last four digits"));
    }
    if (clause->demands_encryption) {
        text_buffer_puts(out, _(", also as digests without a key"));
    }
}

static void put_company(struct text_buffer *out, const struct rule_clause *clause,
                        kind_list kinds) {
    static const char *const within[] = {N_("; only in one row with "),
                                         N_("; only in one table with "),
                                         N_("; only in one unit with ")};
    if (clause->transaction_table) {
        text_buffer_puts(out, _("; only in tables that hold card data"));
    }
    if (clause->deleted_only) {
        text_buffer_puts(out, _("; only in rows that were deleted and are still in the file"));
    }
    if (clause->together != 0) {
        text_buffer_puts(out, translate_row(within[clause->within]));
        put_kinds(out, clause->together, kinds);
    }
    if (clause->least_rows > 0) {
        text_buffer_printf(out, _("; from %llu rows on"), (unsigned long long)clause->least_rows);
    }
    if (clause->least_people > 0) {
        text_buffer_printf(out, _("; from %llu people on"),
                           (unsigned long long)clause->least_people);
    }
}

static void put_age(struct text_buffer *out, const struct rule_clause *clause) {
    static const char *const since[] = {
        N_(" after the purpose ended (day of closing, delivery or signature in the row; else the "
           "file's)"),
        N_(" after the record's day (closing before creation; else the dump's, else the file's)"),
        N_(" after the file's day"),
        N_(" after the file was used last (last access where the file system keeps it, else the "
           "last "
           "change)")};
    if (clause->least_span.unit != PERIOD_NONE) {
        text_buffer_puts(out, " ");
        explain_period(out, &clause->least_span);
    }
    if (!clause->ages) {
        return;
    }
    text_buffer_puts(out, _("; kept longer than "));
    if (clause->older_than.setting != NULL) {
        text_buffer_printf(out, _("`retention:` entry %s says (no built-in limit)"),
                           clause->older_than.setting);
    } else {
        explain_period(out, &clause->older_than.limit);
    }
    text_buffer_puts(out, translate_row(since[clause->older_than.since]));
}

void explain_clause(struct text_buffer *out, const struct rule_clause *clause, kind_list kinds,
                    uint64_t known) {
    struct text_buffer zones;
    text_buffer_init(&zones, 0);
    put_subject(out, clause, kinds, known);
    put_states(out, clause);
    listing_names(clause->zones, kinds, rule_zone_name, &zones);
    text_buffer_printf(out, _(" in %s"), text_buffer_string(&zones));
    text_buffer_release(&zones);
    put_company(out, clause, kinds);
    put_age(out, clause);
    if (clause->once_per_source) {
        text_buffer_puts(out, _("; told once for a source"));
    }
}
