#include "judge/key_link.h"

enum { LETTERS_MAX = 64 };

/* A name without its way of writing: the last part of a path, small letters, no signs. */
struct letters {
    size_t len;
    uint8_t text[LETTERS_MAX];
};

static struct letters letters_of(struct bytes name) {
    struct letters out = {0};
    for (size_t i = 0; i < name.len && out.len < LETTERS_MAX; i++) {
        uint8_t c = name.ptr[i];
        if (c == '.') {
            out.len = 0; /* shop.orders, order.items[].id */
        } else if (c >= 0x80 || byte_is_digit(c) ||
                   (byte_lower(c) >= 'a' && byte_lower(c) <= 'z')) {
            out.text[out.len++] = byte_lower(c);
        }
    }
    return out;
}

static bool equal(const struct letters *a, const struct letters *b) {
    return a->len == b->len && memcmp(a->text, b->text, a->len) == 0;
}

/* Names that any table may give to its numbers. */
static bool is_any_tables(const struct letters *name) {
    static const char *const names[] = {"id", "no", "sn", "pk", "uid", "編號", "序號", "代號"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (bytes_equal(bytes_of(name->text, name->len), bytes_of_string(names[i]))) {
            return true;
        }
    }
    return false;
}

/* member, members: what both tables and columns are called. */
static void cut_plural(struct letters *name) {
    if (name->len > 3 && name->text[name->len - 1] == 's') {
        name->len--;
    }
}

/* Is KEY what other tables call the KEY "id" of TABLE: member_id for id of members? */
static bool is_foreign(struct letters table, const struct letters *id, const struct letters *key) {
    cut_plural(&table);
    return table.len > 0 && key->len == table.len + id->len &&
           memcmp(key->text, table.text, table.len) == 0 &&
           memcmp(key->text + table.len, id->text, id->len) == 0;
}

bool key_names_link(struct bytes table, struct bytes key, struct bytes other_table,
                    struct bytes other_key) {
    const struct letters a = letters_of(key), b = letters_of(other_key);
    const struct letters of_a = letters_of(table), of_b = letters_of(other_table);
    if (is_any_tables(&a) && is_any_tables(&b)) {
        return equal(&a, &b) && of_a.len > 0 && equal(&of_a, &of_b);
    }
    return equal(&a, &b) || (is_any_tables(&a) && is_foreign(of_a, &a, &b)) ||
           (is_any_tables(&b) && is_foreign(of_b, &b, &a));
}
