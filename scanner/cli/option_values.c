#include "cli/option_values.h"

#include <inttypes.h>
#include <locale.h>
#include <math.h>
#include <stdlib.h>

#include "catalog/suggest.h"
#include "reports/translate.h"

void *option_target(const struct option_row *row, struct call *call) {
    return (char *)call + row->target;
}

int complain_of_name(const struct option_row *row, const char *what, const char *value,
                     const char *const *allowed, struct error *err) {
    char text[400];
    name_complaint(what, bytes_of_string(value), allowed, text, sizeof text);
    return error_set(err, YINMA_E_USAGE, "--%s: %s", row->name, text);
}

int blame_option(int rc, const char *option, struct error *err) {
    if (rc < 0 && rc != YINMA_E_MEMORY) {
        const struct error inner = *err;
        error_set(err, inner.code, "%s: %s", option, inner.text);
        err->os_errno = inner.os_errno;
    }
    return rc;
}

int parse_flag(const struct option_row *row, const char *value, struct call *call,
               struct error *err) {
    (void)value;
    (void)err;
    *(bool *)option_target(row, call) = true;
    return 0;
}

int parse_string(const struct option_row *row, const char *value, struct call *call,
                 struct error *err) {
    if (*value == '\0') {
        return error_set(err, YINMA_E_USAGE, _("--%s: %s must not be empty"), row->name,
                         row->argument);
    }
    *(const char **)option_target(row, call) = value;
    return 0;
}

int parse_word(const struct option_row *row, const char *value, struct call *call,
               struct error *err) {
    if (!word_list_add(option_target(row, call), value)) {
        return error_set(err, YINMA_E_MEMORY, _("memory ran out"));
    }
    return 0;
}

/* Digits only: strtoull would take blanks and a sign. */
static bool read_number(const char *text, uint64_t *out, const char **end) {
    uint64_t value = 0;
    const char *p = text;
    for (; byte_is_digit((uint8_t)*p); p++) {
        if (__builtin_mul_overflow(value, (uint64_t)10, &value) ||
            __builtin_add_overflow(value, (uint64_t)(*p - '0'), &value)) {
            return false;
        }
    }
    *out = value;
    *end = p;
    return p != text;
}

static int not_a_number(const struct option_row *row, const char *value, const char *wanted,
                        struct error *err) {
    char quoted[QUOTED_MAX];
    quote_given(bytes_of_string(value), quoted);
    return error_set(err, YINMA_E_USAGE, _("--%s: \"%s\" is not %s"), row->name, quoted, wanted);
}

int parse_big_count(const struct option_row *row, const char *value, struct call *call,
                    struct error *err) {
    const char *end;
    uint64_t number;
    if (!read_number(value, &number, &end) || *end != '\0' || number == 0) {
        return not_a_number(row, value, _("a whole number from 1"), err);
    }
    *(uint64_t *)option_target(row, call) = number;
    return 0;
}

int parse_count(const struct option_row *row, const char *value, struct call *call,
                struct error *err) {
    const char *end;
    uint64_t number;
    if (!read_number(value, &number, &end) || *end != '\0' || number == 0 || number > 1000000) {
        return not_a_number(row, value, _("a whole number from 1 to 1000000"), err);
    }
    *(unsigned *)option_target(row, call) = (unsigned)number;
    return 0;
}

int parse_size(const struct option_row *row, const char *value, struct call *call,
               struct error *err) {
    static const char suffixes[] = "KMGT";
    const char *end;
    uint64_t number = 0;
    bool good = read_number(value, &number, &end) && number > 0;
    if (good && *end != '\0') {
        const char *suffix = strchr(suffixes, byte_upper((uint8_t)*end));
        good = suffix != NULL && end[1] == '\0';
        uint64_t unit = good ? (uint64_t)1 << (10 * (suffix - suffixes + 1)) : 1;
        good = good && !__builtin_mul_overflow(number, unit, &number);
    }
    if (!good) {
        return not_a_number(row, value, _("a size in bytes such as 500000, 64K, 16M or 4G"), err);
    }
    *(uint64_t *)option_target(row, call) = number;
    return 0;
}

int parse_seconds(const struct option_row *row, const char *value, struct call *call,
                  struct error *err) {
    char *end;
    double seconds = strtod(value, &end); /* LC_NUMERIC stays "C" */
    if (!(byte_is_digit((uint8_t)*value) || *value == '.') || *end != '\0' || !isfinite(seconds) ||
        seconds <= 0) {
        return not_a_number(row, value, _("a number of seconds"), err);
    }
    *(double *)option_target(row, call) = seconds;
    return 0;
}

int parse_reveal(const struct option_row *row, const char *value, struct call *call,
                 struct error *err) {
    static const char *const names[] = {"force", NULL};
    if (value != NULL && strcmp(value, names[0]) != 0) {
        return complain_of_name(row, "word", value, names, err);
    }
    call->reveal = value == NULL ? REVEAL_TO_TERMINAL : REVEAL_ANYWHERE;
    return 0;
}

int parse_when(const struct option_row *row, const char *value, struct call *call,
               struct error *err) {
    static const char *const names[] = {
        [WHEN_AUTO] = "auto", [WHEN_ALWAYS] = "always", [WHEN_NEVER] = "never", NULL};
    for (unsigned i = 0; names[i] != NULL; i++) {
        if (strcmp(value, names[i]) == 0) {
            *(enum when *)option_target(row, call) = (enum when)i;
            return 0;
        }
    }
    return complain_of_name(row, "word", value, names, err);
}

int parse_confidence(const struct option_row *row, const char *value, struct call *call,
                     struct error *err) {
    static const char *const names[] = {"possible", "likely", "certain", NULL};
    enum confidence confidence;
    if (!confidence_from_name(value, &confidence) || confidence == CONFIDENCE_NONE) {
        return complain_of_name(row, "confidence", value, names, err);
    }
    *(enum confidence *)option_target(row, call) = confidence;
    return 0;
}
