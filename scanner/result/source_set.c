#include "result/source_set.h"

#include <nettle/sha2.h>
#include <stdlib.h>

#include "result/results.h"

enum { STAMP_DIGITS = 32 };

static int no_memory(struct error *err) {
    return error_set(err, YINMA_E_MEMORY, "no memory for the list of sources");
}

void source_set_release(struct source_set *set) {
    free(set->stamps);
    *set = (struct source_set){0};
}

/* The first 64 bits of SHA-256 over the parts, a NUL behind each. */
static uint64_t digest_of(const struct bytes *parts, size_t count) {
    static const uint8_t nul = 0;
    struct sha256_ctx context;
    uint8_t digest[8];
    uint64_t value = 0;
    sha256_init(&context);
    for (size_t i = 0; i < count; i++) {
        sha256_update(&context, parts[i].len, parts[i].ptr);
        sha256_update(&context, 1, &nul);
    }
    sha256_digest(&context, sizeof digest, digest);
    for (unsigned i = 0; i < sizeof digest; i++) {
        value = value << 8 | digest[i];
    }
    return value;
}

/* ---- stamps ---- */

static int by_name(const void *a, const void *b) {
    const struct source_stamp *x = a, *y = b;
    return x->name != y->name ? (x->name > y->name) - (x->name < y->name)
                              : (x->data > y->data) - (x->data < y->data);
}

const struct source_stamp *source_set_find(const struct source_set *set, struct bytes source) {
    const uint64_t name = digest_of(&source, 1);
    size_t low = 0, high = set->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (set->stamps[middle].name < name) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < set->count && set->stamps[low].name == name ? &set->stamps[low] : NULL;
}

/* A unit that was met; `read` counts down to 0 for sources of which something was not read. */
struct met {
    struct source_stamp stamp;
    bool unread;
};

static int by_stamp(const void *a, const void *b) {
    const struct met *x = a, *y = b;
    return by_name(&x->stamp, &y->stamp);
}

static bool was_read(const struct unit_facts *facts) {
    return facts->status == COVERAGE_SCANNED || facts->status == COVERAGE_OPAQUE;
}

static struct met stamp_of(const struct unit_result *unit) {
    const struct unit_facts *facts = unit->facts;
    const uint64_t size = facts->file.known ? facts->file.size : facts->bytes;
    const int64_t modified = facts->file.modified;
    const struct bytes parts[] = {unit->name, bytes_of(&size, sizeof size),
                                  bytes_of(&modified, sizeof modified)};
    return (struct met){.stamp = {digest_of(&unit->source, 1), digest_of(parts, 3)},
                        .unread = !was_read(facts)};
}

/* One stamp a source; those of which something was not read are left out. */
static size_t sum_up(struct met *met, size_t count, struct source_stamp *out) {
    size_t kept = 0;
    qsort(met, count, sizeof *met, by_stamp);
    for (size_t i = 0; i < count;) {
        struct source_stamp stamp = {met[i].stamp.name, 0};
        bool unread = false;
        for (; i < count && met[i].stamp.name == stamp.name; i++) {
            stamp.data += met[i].stamp.data;
            unread = unread || met[i].unread;
        }
        if (!unread) {
            out[kept++] = stamp;
        }
    }
    return kept;
}

/* ---- files ---- */

struct bytes source_file_name(struct bytes unit) {
    size_t end = bytes_find(unit, BYTES_LIT("!/"));
    return bytes_first(unit, end);
}

static void put_number(struct text_buffer *out, uint64_t number) {
    char digits[20];
    size_t at = sizeof digits;
    do {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number != 0);
    text_buffer_put(out, bytes_of(digits + at, sizeof digits - at));
}

void source_file_line(const struct unit_result *unit, struct text_buffer *out) {
    const struct file_facts *file = &unit->facts->file;
    struct bytes name = source_file_name(unit->name);
    if (!file->known && (name.len < unit->name.len || unit->facts->bytes == 0)) {
        return; /* a folder, a path that is missing, a member of what came by a pipe */
    }
    text_buffer_puts(out, file->sha256[0] == '\0' ? "-" : file->sha256);
    text_buffer_putc(out, ' ');
    put_number(out, file->known ? file->size : unit->facts->bytes);
    text_buffer_putc(out, ' ');
    text_buffer_put(out, name);
    text_buffer_putc(out, '\n');
}

static int by_bytes(const void *a, const void *b) {
    return bytes_compare(*(const struct bytes *)a, *(const struct bytes *)b);
}

/* They mostly come in order: as they stand in folders. */
static void sort_lines(struct bytes *lines, size_t count) {
    size_t sorted = 1;
    while (sorted < count && bytes_compare(lines[sorted - 1], lines[sorted]) <= 0) {
        sorted++;
    }
    if (sorted < count) {
        qsort(lines, count, sizeof *lines, by_bytes);
    }
}

int source_lines_digest(const struct text_buffer *lines, uint64_t *count, char out[65],
                        struct error *err) {
    struct bytes text = text_buffer_view(lines);
    size_t number = 0, kept = 0, end;
    uint8_t digest[SHA256_DIGEST_SIZE];
    struct sha256_ctx context;
    *count = 0;
    out[0] = '\0';
    for (size_t i = 0; i < text.len; i++) {
        number += text.ptr[i] == '\n';
    }
    struct bytes *sorted = calloc(number + 1, sizeof *sorted);
    if (sorted == NULL || lines->failed) {
        free(sorted);
        return no_memory(err);
    }
    for (number = 0; (end = bytes_find(text, BYTES_LIT("\n"))) != SIZE_MAX; number++) {
        sorted[number] = bytes_first(text, end + 1);
        text = bytes_from(text, end + 1);
    }
    sort_lines(sorted, number);
    sha256_init(&context);
    for (size_t i = 0; i < number; i++) {
        if (i == 0 || !bytes_equal(sorted[i], sorted[i - 1])) {
            sha256_update(&context, sorted[i].len, sorted[i].ptr);
            kept++;
        }
    }
    free(sorted);
    sha256_digest(&context, sizeof digest, digest);
    for (size_t i = 0; kept > 0 && i < sizeof digest; i++) {
        snprintf(out + 2 * i, 3, "%02x", digest[i]);
    }
    *count = kept;
    return 0;
}

int source_set_of_results(const struct results *results, struct source_set *out,
                          struct error *err) {
    struct text_buffer lines;
    *out = (struct source_set){.known = true, .contents = true};
    struct met *met = calloc(results->unit_count + 1, sizeof *met);
    out->stamps = calloc(results->unit_count + 1, sizeof *out->stamps);
    if (met == NULL || out->stamps == NULL) {
        free(met);
        return no_memory(err);
    }
    text_buffer_init(&lines, 0);
    for (size_t i = 0; i < results->unit_count; i++) {
        const struct unit_result *unit = &results->units[i];
        size_t before = lines.len;
        met[i] = stamp_of(unit);
        source_file_line(unit, &lines);
        out->contents = out->contents && (lines.len == before || lines.data[before] != '-');
    }
    out->count = sum_up(met, results->unit_count, out->stamps);
    free(met);
    int rc = source_lines_digest(&lines, &out->files, out->sha256, err);
    out->contents = out->contents && out->files > 0;
    text_buffer_release(&lines);
    return rc;
}

/* ---- as text ---- */

void source_set_print(const struct source_set *set, struct text_buffer *out) {
    for (size_t i = 0; i < set->count; i++) {
        text_buffer_printf(out, "%016llx%016llx", (unsigned long long)set->stamps[i].name,
                           (unsigned long long)set->stamps[i].data);
    }
}

static bool read_hex(const uint8_t *digits, uint64_t *out) {
    uint64_t value = 0;
    for (unsigned i = 0; i < STAMP_DIGITS / 2; i++) {
        uint8_t c = digits[i];
        if (!byte_is_digit(c) && (c < 'a' || c > 'f')) {
            return false;
        }
        value = value << 4 | (uint64_t)(byte_is_digit(c) ? c - '0' : c - 'a' + 10);
    }
    *out = value;
    return true;
}

int source_set_parse(struct source_set *set, struct bytes text, struct error *err) {
    size_t more = text.len / STAMP_DIGITS;
    struct source_stamp *stamps = reallocarray(set->stamps, set->count + more + 1, sizeof *stamps);
    if (stamps == NULL) {
        return no_memory(err);
    }
    set->stamps = stamps;
    bool good = text.len % STAMP_DIGITS == 0;
    for (size_t i = 0; good && i < more; i++) {
        const uint8_t *at = text.ptr + i * STAMP_DIGITS;
        good = read_hex(at, &stamps[set->count].name) &&
               read_hex(at + STAMP_DIGITS / 2, &stamps[set->count].data);
        set->count += good;
    }
    qsort(stamps, set->count, sizeof *stamps, by_name);
    return good ? 0 : error_set(err, YINMA_E_DAMAGED, "a list of sources that is none");
}
