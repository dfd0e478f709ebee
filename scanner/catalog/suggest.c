#include "catalog/suggest.h"

#include <stdio.h>

#include "core/error.h"

enum { NAME_MAX_LEN = 48, QUOTE_BYTES = 40, DIGITS_SHOWN = 3, LIST_BYTES = 1024, LIST_LEAST = 16 };

static size_t smaller(size_t a, size_t b) {
    return a < b ? a : b;
}

/* Edits (insert, drop, replace, swap neighbours) between two names of at most NAME_MAX_LEN bytes.
 */
static size_t edits_between(struct bytes a, struct bytes b) {
    size_t rows[3][NAME_MAX_LEN + 1];
    for (size_t j = 0; j <= b.len; j++) {
        rows[0][j] = j;
    }
    for (size_t i = 1; i <= a.len; i++) {
        size_t *row = rows[i % 3], *above = rows[(i + 2) % 3], *two_above = rows[(i + 1) % 3];
        row[0] = i;
        for (size_t j = 1; j <= b.len; j++) {
            uint8_t x = byte_lower(a.ptr[i - 1]), y = byte_lower(b.ptr[j - 1]);
            row[j] = smaller(above[j - 1] + (x != y), smaller(above[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && x == byte_lower(b.ptr[j - 2]) && y == byte_lower(a.ptr[i - 2])) {
                row[j] = smaller(row[j], two_above[j - 2] + 1);
            }
        }
    }
    return rows[a.len % 3][b.len];
}

static size_t shared_beginning(struct bytes a, const char *b) {
    size_t len = 0;
    while (len < a.len && b[len] != '\0' && a.ptr[len] == (uint8_t)b[len]) {
        len++;
    }
    return len;
}

const char *nearest_name(struct bytes given, const char *const *names) {
    const char *const *all = names;
    if (given.len == 0 || given.len > NAME_MAX_LEN) {
        return NULL;
    }
    const char *nearest = NULL;
    size_t least = given.len < 4 ? 2 : given.len / 3 + 2; /* fewer edits than this */
    for (; *names != NULL; names++) {
        struct bytes name = bytes_of_string(*names);
        if (name.len > NAME_MAX_LEN) {
            continue;
        }
        size_t edits = edits_between(given, name);
        bool nearer =
            edits < least || (nearest != NULL && edits == least &&
                              shared_beginning(given, *names) > shared_beginning(given, nearest));
        if (nearer && edits < name.len) {
            least = edits;
            nearest = *names;
        }
    }
    for (names = all; nearest == NULL && given.len > 1 && *names != NULL; names++) {
        /* "zh" for "zh-TW": the rest was left out */
        nearest = bytes_starts_with(bytes_of_string(*names), given) ? *names : NULL;
    }
    return nearest;
}

void quote_given(struct bytes given, char out[QUOTED_MAX]) {
    size_t used = 0, digits = 0;
    size_t len = smaller(given.len, QUOTE_BYTES);
    while (len < given.len && len > 0 && (given.ptr[len] & 0xC0) == 0x80) {
        len--; /* not inside a character */
    }
    for (size_t i = 0; i < len; i++) {
        uint8_t c = given.ptr[i];
        digits = byte_is_digit(c) ? digits + 1 : 0;
        if (digits > DIGITS_SHOWN) {
            c = '*';
        } else if (c < 0x20 || c == 0x7F) {
            c = '?';
        }
        out[used++] = (char)c;
    }
    out[used] = '\0';
    if (len < given.len) {
        snprintf(out + used, QUOTED_MAX - used, "…");
    }
}

/* "a, b, c", cut behind a whole name. */
static void list_names(const char *const *names, char *out, size_t size) {
    size_t used = 0;
    out[0] = '\0';
    for (size_t i = 0; names[i] != NULL; i++) {
        const size_t left = size - used;
        if (strlen(names[i]) + sizeof ", , …" > left) {
            snprintf(out + used, left, ", …");
            return;
        }
        used += (size_t)snprintf(out + used, left, "%s%s", i == 0 ? "" : ", ", names[i]);
    }
}

void name_complaint(const char *what, struct bytes given, const char *const *names, char *out,
                    size_t size) {
    char quoted[QUOTED_MAX], list[LIST_BYTES];
    quote_given(given, quoted);
    const char *nearest = nearest_name(given, names);
    const size_t words = sizeof "unknown  \"\" (did you mean \"\"?); allowed: " + strlen(what) +
                         strlen(quoted) + (nearest == NULL ? 0 : strlen(nearest));
    const size_t room = size > words ? size - words : 0;
    list_names(names, list, smaller(room < LIST_LEAST ? LIST_LEAST : room, sizeof list));
    if (nearest == NULL) {
        snprintf(out, size, SAID("unknown %s \"%s\"; allowed: %s"), what, quoted, list);
    } else {
        snprintf(out, size, SAID("unknown %s \"%s\" (did you mean \"%s\"?); allowed: %s"), what,
                 quoted, nearest, list);
    }
}
