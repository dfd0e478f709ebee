#include "judge/confidence.h"

#include "judge/collect/by_column.h"

#include <math.h>

/* Four standard deviations above chance: one field in 30,000 would get there by luck. */
enum { SIGMAS = 4 };

static uint64_t values_of(const struct confidence_question *q) {
    uint64_t values = 0;
    for (unsigned state = 0; state < STATE_COUNT; state++) {
        values += q->count[state];
    }
    return values;
}

/* Share of the field's filled cells that are values of the kind; 1 where there are no cells. */
static double share_of_cells(const struct confidence_question *q) {
    uint64_t filled = q->field->cells - q->field->empty;
    return filled == 0 ? 1.0 : (double)values_of(q) / (double)filled;
}

/* Of the values with the shape of the kind, do more pass its check than random ones would? A column
 * of order numbers passes Luhn in one case of ten; a column of cards in all. */
static bool beats_chance(const struct confidence_question *q) {
    double passed = (double)q->count[STATE_CLEAR];
    double shaped = passed + (double)q->facts->shaped, chance = q->pattern->chance;
    if (passed == 0 || passed >= 0.8 * shaped) {
        return true;
    }
    /* the same few numbers again and again prove no more than once each */
    double different = (double)sketch_estimate(&q->facts->distinct);
    passed = different < passed ? different : passed;
    double expected = shaped * chance;
    return passed > expected + SIGMAS * sqrt(expected * (1 - chance)) + 2;
}

static enum confidence lower(enum confidence confidence) {
    return confidence > CONFIDENCE_POSSIBLE ? (enum confidence)(confidence - 1) : confidence;
}

/* A kind whose values prove nothing and that makes sense only beside another (a CVV beside a card).
 */
static bool needs_company(const struct confidence_question *q) {
    return q->pattern->company != NULL && !q->pattern->proves_itself;
}

/* The name of the column tells the kind: do the values agree? */
static enum confidence named(const struct confidence_question *q) {
    double share = share_of_cells(q);
    if (!beats_chance(q)) {
        return CONFIDENCE_POSSIBLE;
    }
    if (q->pattern->company_always && !q->has_company) {
        return share >= 0.5 ? CONFIDENCE_LIKELY : CONFIDENCE_POSSIBLE;
    }
    if (share >= 0.5 || (q->pattern->proves_itself && q->facts->with_checksum > 0)) {
        return CONFIDENCE_CERTAIN;
    }
    return share >= 0.05 || q->pattern->proves_itself ? CONFIDENCE_LIKELY : CONFIDENCE_POSSIBLE;
}

/* The name may mean the kind: company beside it or proof by values must speak for it. */
static enum confidence hinted(const struct confidence_question *q) {
    double share = share_of_cells(q);
    if (q->count[STATE_ENCRYPTED] * 2 > values_of(q)) {
        return CONFIDENCE_POSSIBLE; /* 檢查碼: digests of the shop's own */
    }
    if (needs_company(q) && q->has_company && share >= 0.5) {
        return CONFIDENCE_LIKELY;
    }
    bool made_of_words = (q->facts->evidence & EVIDENCE_WORDS) != 0 && !q->pattern->company_always;
    return made_of_words && share >= 0.8 && values_of(q) >= 3 ? CONFIDENCE_LIKELY
                                                              : CONFIDENCE_POSSIBLE;
}

/* Nothing but the values. */
static enum confidence unnamed(const struct confidence_question *q) {
    const struct kind_facts *facts = q->facts;
    /* Where one of two numbers passes, the words before them tell, not what stands elsewhere. */
    bool by_words = q->pattern->chance > 0.1 && facts->with_context * 5 >= values_of(q) * 4;
    if (!by_words && !beats_chance(q)) {
        return CONFIDENCE_POSSIBLE;
    }
    if (!q->pattern->proves_itself) {
        /* of a passport the zone for machines has check digits, the number alone has none */
        bool proven = facts->with_context > 0 || facts->with_checksum > 0;
        return proven ? CONFIDENCE_LIKELY : CONFIDENCE_POSSIBLE;
    }
    bool told = facts->with_context > 0 || facts->with_layout > 0;
    bool checked = facts->with_checksum > 0;
    /* X100000000 fails its check and is in every hexadecimal listing: a dummy where somebody says
     * so, a number elsewhere. */
    if (q->pattern->chance <= 0.1 && !told && !checked && facts->dummies >= values_of(q)) {
        return CONFIDENCE_POSSIBLE;
    }
    double share = share_of_cells(q);
    bool column = q->field->cells > 0 && share >= 0.8 && q->count[STATE_CLEAR] >= 10;
    if (checked && (column || (told && facts->shaped == 0))) {
        return CONFIDENCE_CERTAIN;
    }
    /* Hidden values alone: their form speaks for the kind, no check does. */
    return CONFIDENCE_LIKELY;
}

/* Cells of a column without a name that happen to look like a name or a date. */
static bool by_column_only(const struct confidence_question *q) {
    return q->pattern->column_like != NULL && q->name->strength == NAME_SAYS_NOTHING &&
           q->field->cells > 0 && q->facts->with_context == 0;
}

/* Ten different values whose check fits, and hardly one that has the shape and fails it: of random
 * numbers one in ten passes. */
static bool checked_throughout(const struct confidence_question *q) {
    const struct kind_facts *facts = q->facts;
    uint64_t passed = q->count[STATE_CLEAR];
    double shaped = (double)(passed + facts->shaped);
    return q->pattern->chance <= 0.1 && facts->with_checksum >= 10 &&
           (double)passed >= 0.8 * shaped && sketch_estimate(&facts->distinct) >= 10;
}

/* order_no, id: the name says something else. A column full of checked values outweighs it (of
 * hidden ones, when some beside them are checked), many of them beside other things (numbers of
 * members that once were their ID numbers), and checked values inside of longer texts (message,
 * remark). */
static bool outweighs_name(const struct confidence_question *q) {
    const struct kind_facts *facts = q->facts;
    uint64_t values = values_of(q);
    bool full = share_of_cells(q) >= 0.8;
    bool hidden_beside =
        facts->with_checksum >= 3 && values >= 10 && sketch_estimate(&facts->distinct) >= 3;
    return (full && (q->count[STATE_CLEAR] >= 10 || hidden_beside)) || checked_throughout(q) ||
           (facts->with_checksum > 0 && facts->embedded * 2 > values) || facts->with_context > 0;
}

/* id, 編號: mostly a row's number, at times a person's. Full of values that pass their check, or
 * three different ones of them beside other things. */
static bool left_open(const struct confidence_question *q) {
    bool open = (q->name->leaves_open >> q->kind & 1) != 0;
    bool several = sketch_estimate(&q->facts->distinct) >= 3;
    return open && beats_chance(q) && (share_of_cells(q) >= 0.8 || several);
}

enum confidence confidence_of(const struct confidence_question *q, uint32_t *evidence) {
    const struct kind_facts *facts = q->facts;
    bool mine = (q->name->kinds >> q->kind & 1) != 0;
    *evidence = facts->evidence & ~(uint32_t)EVIDENCE_DUMMY;
    *evidence |= facts->with_context > 0 ? EVIDENCE_CONTEXT : 0U;
    *evidence |= facts->dummies > 0 ? EVIDENCE_DUMMY : 0U;
    *evidence |= q->has_company && q->pattern->company != NULL ? EVIDENCE_COMPANY : 0U;
    if (values_of(q) == 0) {
        return CONFIDENCE_NONE;
    }
    if (q->field->cells > 0 && share_of_cells(q) >= 0.8) {
        *evidence |= EVIDENCE_SHARE;
    }
    if (mine && q->name->strength == NAME_TELLS) {
        *evidence |= EVIDENCE_FIELD_NAME;
        return named(q);
    }
    enum confidence by_values = unnamed(q), by_column = confidence_by_column(q);
    if (by_column == CONFIDENCE_NONE && by_column_only(q)) {
        return CONFIDENCE_NONE;
    }
    by_values = by_column > by_values ? by_column : by_values;
    if (mine && q->name->strength == NAME_HINT) {
        enum confidence by_hint = hinted(q);
        *evidence |= EVIDENCE_FIELD_NAME;
        return by_hint > by_values ? by_hint : by_values;
    }
    bool firm = q->name->says_firm && q->pattern->legal == LEGAL_CONTACT;
    if (q->name->strength == NAME_OTHER && (firm || (!left_open(q) && !outweighs_name(q)))) {
        return lower(lower(by_values));
    }
    return by_values;
}
