#include "catalog/forms.h"

const struct form *form_find(const char *pack) {
    for (const struct form *form = embedded_forms; form->pack != NULL; form++) {
        if (strcmp(form->pack, pack) == 0) {
            return form;
        }
    }
    return NULL;
}

/* What stands before END, which goes with it. */
static struct bytes take(struct bytes *rest, char end) {
    const uint8_t *at = rest->len == 0 ? NULL : memchr(rest->ptr, end, rest->len);
    size_t len = at == NULL ? rest->len : (size_t)(at - rest->ptr);
    struct bytes taken = bytes_first(*rest, len);
    *rest = bytes_from(*rest, len + 1);
    return taken;
}

bool form_next(struct bytes *rest, struct form_row *out) {
    while (rest->len > 0) {
        struct bytes line = take(rest, '\n');
        struct bytes section = take(&line, '\t'), level = take(&line, '\t');
        struct bytes class = take(&line, '\t');
        if (section.len == 0 || bytes_equal(section, BYTES_LIT("section"))) {
            continue;
        }
        *out = (struct form_row){.section = section,
                                 .level = level,
                                 .class_two = bytes_equal(class, BYTES_LIT("2")),
                                 .judged = bytes_equal(line, BYTES_LIT("direct")) ? FORM_DIRECT
                                           : bytes_equal(line, BYTES_LIT("evidence"))
                                               ? FORM_EVIDENCE
                                               : FORM_NOT_JUDGED};
        return true;
    }
    return false;
}

bool form_below(struct bytes number, struct bytes top) {
    return bytes_starts_with(number, top) &&
           (number.len == top.len || top.len == 0 || number.ptr[top.len] == '.');
}

bool form_has(const struct form *form, struct bytes section) {
    struct bytes rest = form->tsv;
    struct form_row row;
    while (form_next(&rest, &row)) {
        if (form_below(row.section, section)) {
            return true;
        }
    }
    return false;
}
