/* beside_layout.c - records in one file, how they are laid out in another: control files of
 * SQL*Loader (name.ctl, name.dat), format files of bcp (name.fmt or name.xml, name.txt), CREATE
 * TABLE for native data of bcp (name.sql or schema.sql, name.bcp). */
#include "input/neighbours/beside_rule.h"

enum { LAYOUT_BYTES_MAX = 1024 * 1024 };

const struct beside_layout_ending beside_layout_endings[] = {
    {".ctl", BESIDE_SQLLDR}, {".CTL", BESIDE_SQLLDR}, {".fmt", BESIDE_BCP},
    {".FMT", BESIDE_BCP},    {".xml", BESIDE_BCP},    {NULL, BESIDE_BCP}};

const char *const beside_layout_scripts[] = {"schema.sql", "tables.sql", "create.sql", "ddl.sql",
                                             NULL};

struct bytes beside_layout_stem(struct bytes name) {
    static const char *const endings[] = {".dat", ".DAT", ".txt", ".TXT", ".csv",
                                          ".CSV", ".bcp", ".BCP", ".data"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        if (bytes_ends_with(name, bytes_of_string(endings[i]))) {
            return bytes_first(name, name.len - strlen(endings[i]));
        }
    }
    return bytes_of("", 0);
}

static bool has_digit(struct bytes text) {
    size_t at = 0;
    while (at < text.len && !byte_is_digit(text.ptr[at])) {
        at++;
    }
    return at < text.len;
}

/* Do both lines hold one of the marks that part fields? */
static bool share_mark(struct bytes a, struct bytes b) {
    static const char marks[] = ",|\t;^~";
    const char *mark = marks;
    while (*mark != '\0' &&
           (memchr(a.ptr, *mark, a.len) == NULL || memchr(b.ptr, *mark, b.len) == NULL)) {
        mark++;
    }
    return *mark != '\0';
}

bool beside_layout_plausible(struct bytes head) {
    const struct bytes end = BYTES_LIT("\n");
    const struct bytes first = bytes_first(head, bytes_find(head, end));
    struct bytes second = bytes_from(head, first.len + 1);
    const size_t second_end = bytes_find(second, end);
    second = bytes_first(second, second_end);
    return has_digit(first) &&
           (second_end == SIZE_MAX || first.len == second.len || share_mark(first, second));
}

bool beside_layout_native(struct bytes head) {
    return head.len > 0 && memchr(head.ptr, 0, head.len) != NULL;
}

bool beside_layout_may_be(struct bytes name, struct bytes head, uint64_t size) {
    const struct beside_layout_ending *ending = beside_layout_endings;
    while (ending->ending != NULL && !bytes_ends_with(name, bytes_of_string(ending->ending))) {
        ending++;
    }
    /* XML may be anything else, and bigger */
    return ending->ending != NULL && size <= LAYOUT_BYTES_MAX &&
           (!bytes_ends_with(name, BYTES_LIT(".xml")) ||
            bytes_find(head, BYTES_LIT("BCPFORMAT")) != SIZE_MAX);
}

bool beside_layout_stands(struct byte_source *source, struct bytes name) {
    const struct bytes stem = beside_layout_stem(name);
    struct byte_source *found = NULL;
    for (size_t i = 0; stem.len != 0 && source->ops->sibling != NULL && found == NULL &&
                       beside_layout_endings[i].ending != NULL;
         i++) {
        found = beside_open(source, stem, beside_layout_endings[i].ending);
    }
    byte_source_close(found);
    return found != NULL;
}

bool beside_layout_lacks(struct byte_source *source) {
    /* those of beside_layout_endings, and of beside_endings */
    static const char *const endings[] = {".ctl", ".fmt", ".xml", ".gz", ".zst",
                                          ".lz4", ".bz2", ".xz",  NULL};
    return byte_source_lacks(source, endings);
}
