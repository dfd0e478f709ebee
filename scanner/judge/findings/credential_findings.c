/* Passwords beside the accounts they open, keys beside the data they protect. */
#include <stdlib.h>

#include "judge/field_name.h"
#include "judge/findings/findings.h"

static bool holds_clear(const struct field_result *field, const char *kind) {
    return field->confidence >= CONFIDENCE_LIKELY && field->count[STATE_CLEAR] > 0 &&
           strcmp(field->kind, kind) == 0;
}

/* ---- lists of passwords ---- */

/* People sign in with these, too. */
static bool is_account_kind(const char *kind) {
    static const char *const kinds[] = {"email", "phone_mobile", "tw_national_id",
                                        "tw_resident_id"};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (strcmp(kind, kinds[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* The column of TABLE that names accounts: by its own name, else by what it holds. NULL: none. */
static const struct field_facts *account_column(const struct finding_question *question,
                                                struct bytes table) {
    const struct unit_view *view = question->view;
    const struct unit_facts *facts = view->unit->facts;
    int role = role_number("account_name");
    for (uint32_t i = 0; i < facts->field_count && role >= 0; i++) {
        const struct field_facts *place = &facts->fields[i];
        struct name_reading name;
        if (!bytes_equal(place->table, table) || place->cells == place->empty) {
            continue;
        }
        read_field_name(question->judging->settings, place, &name);
        if ((name.role_bits >> role & 1) != 0) {
            return place;
        }
    }
    for (size_t i = view->first_field; i < view->end_field; i++) {
        const struct field_result *field = &question->judging->results->fields[i];
        if (bytes_equal(field->field->table, table) && field->confidence >= CONFIDENCE_LIKELY &&
            is_account_kind(field->kind)) {
            return field->field;
        }
    }
    return NULL;
}

/* NOLINTNEXTLINE(readability-non-const-parameter): the form of a finder */
int find_password_list(const struct finding_question *question, enum undecided *why) {
    (void)why;
    const struct unit_view *view = question->view;
    for (size_t i = view->first_field; i < view->end_field; i++) {
        const struct field_result *field = &question->judging->results->fields[i];
        const struct field_facts *account =
            holds_clear(field, "password") ? account_column(question, field->field->table) : NULL;
        if (account == NULL || account == field->field) {
            continue;
        }
        struct violation_partner *with = calloc(1, sizeof *with);
        if (with == NULL) {
            return judging_out_of_memory(question->judging);
        }
        with->place = account;
        const struct finding finding = {.unit = view->index,
                                        .field = (uint32_t)i,
                                        .place = field->field,
                                        .kind = field->kind,
                                        .count = field->count[STATE_CLEAR],
                                        .confidence = field->confidence,
                                        .states = 1U << STATE_CLEAR,
                                        .with = with,
                                        .with_count = 1};
        int status = put_finding(question, &finding);
        if (status != 0) {
            free(with);
            return status;
        }
    }
    return 0;
}

/* ---- keys beside data ---- */

/* The folder or container a unit stands in, with the sign behind it. */
static struct bytes folder_of(struct bytes name) {
    size_t len = name.len;
    while (len > 0 && name.ptr[len - 1] != '/') {
        len--;
    }
    return bytes_first(name, len);
}

static bool holds_people(const struct field_result *field) {
    return field->confidence >= CONFIDENCE_LIKELY && field->legal != LEGAL_NONE;
}

/* Does a unit of the same folder hold personal data? Units of a folder follow each other, so the
 * neighbours are asked first; keys are rare enough for a look at all others. */
static bool data_in_folder(const struct finding_question *question) {
    const struct results *results = question->judging->results;
    struct bytes folder = folder_of(question->view->unit->name);
    for (size_t i = 0; i < results->field_count; i++) {
        const struct field_result *field = &results->fields[i];
        if (holds_people(field) &&
            bytes_equal(folder, folder_of(results->units[field->unit].name))) {
            return true;
        }
    }
    return false;
}

/* NOLINTNEXTLINE(readability-non-const-parameter): the form of a finder */
int find_key_beside_data(const struct finding_question *question, enum undecided *why) {
    (void)why;
    const struct unit_view *view = question->view;
    int known = -1;
    for (size_t i = view->first_field; i < view->end_field; i++) {
        const struct field_result *field = &question->judging->results->fields[i];
        if (!holds_clear(field, "key_material")) {
            continue;
        }
        known = known < 0 ? data_in_folder(question) : known;
        const struct finding finding = {.unit = view->index,
                                        .field = (uint32_t)i,
                                        .place = field->field,
                                        .kind = field->kind,
                                        .count = field->count[STATE_CLEAR],
                                        .confidence = field->confidence,
                                        .states = 1U << STATE_CLEAR};
        int status = known > 0 ? put_finding(question, &finding) : 0;
        if (status != 0) {
            return status;
        }
    }
    return 0;
}
