/* innodb_record.c - where values end on a page of rows of InnoDB (MySQL internals manual, "InnoDB
 * Page Structure" and "InnoDB Record Structure"; the constants of page0page.h and rem0rec.h). What
 * columns there are is written elsewhere. Records of the redundant form list the ends of all their
 * fields; those of the compact form the lengths of the variable ones only, the last one first. */
#include "decode/server_files/page_cuts.h"

enum {
    PAGE_HEAP_TOP = 38 + 2,
    PAGE_HEAP_COUNT = 38 + 4, /* its highest bit: compact */
    PAGE_FREE = 38 + 6,
    PAGE_LEVEL = 38 + 26,
    COMPACT_FIRST = 99, /* the record that stands before all others, and the last one */
    COMPACT_LAST = 112,
    REDUNDANT_FIRST = 101,
    REDUNDANT_LAST = 116,
    COMPACT_HEADER = 5,
    REDUNDANT_HEADER = 6,
    LENGTHS_MAX = 64,
    /* Bytes of columns of fixed length that happen to be letters, beside a run of values. */
    JUNK_BEFORE_MAX = 3,
    JUNK_BEHIND_MAX = 2,
};

/* ---- where records are ---- */

/* The record behind the one at ORIGIN, 0 at the end. */
static size_t next_record(struct bytes page, size_t origin, bool compact) {
    const uint16_t next = big_u16(page.ptr + origin - 2);
    const size_t at = compact ? (origin + next) % 65536 : next;
    return next == 0 || at < COMPACT_FIRST + COMPACT_HEADER || at >= page.len - 8 ? 0 : at;
}

static void mark_chain(struct bytes page, size_t origin, bool compact, struct page_marks *records) {
    while (origin >= COMPACT_FIRST && origin < page.len - 8 && !page_is_marked(records, origin)) {
        page_mark(records, origin);
        origin = next_record(page, origin, compact);
    }
}

/* ---- one record of the compact form ---- */

/* Lengths in the order of the columns; bytes of the bitmap of NULLs come first as well. How many
 * there are is not said, but together they are no longer than the record, of BYTES. */
static size_t read_lengths(struct bytes page, size_t origin, size_t bytes, uint16_t *lengths) {
    size_t count = 0, sum = 0, at = origin - COMPACT_HEADER;
    while (count < LENGTHS_MAX && at > COMPACT_FIRST) {
        const uint8_t low = page.ptr[--at];
        /* Columns that can be longer than 255 bytes take a second byte from 128 on. */
        const uint16_t len = low < 0x80 ? low : (uint16_t)((low & 0x3F) << 8 | page.ptr[--at]);
        sum += len;
        if (sum > bytes) {
            break;
        }
        lengths[count++] = len;
    }
    return count;
}

/* Values that together are WANTED bytes long: the first of them, their number in *MANY; COUNT when
 * there are none. */
static size_t find_sum(const uint16_t *lengths, size_t count, size_t wanted, size_t *many) {
    for (size_t first = 0; first < count; first++) {
        size_t sum = 0;
        for (size_t i = first; i < count && sum < wanted; i++) {
            sum += lengths[i];
            if (sum == wanted && lengths[first] > 0) {
                *many = i - first + 1;
                return first;
            }
        }
    }
    return count;
}

/* A run of letters on a page, and the lengths of the values of its record. */
struct run {
    const uint8_t *page;
    size_t begin, end;
    const uint16_t *lengths;
    size_t count;
};

enum letter_class { CLASS_OTHER, CLASS_LETTER, CLASS_DIGIT, CLASS_WIDE };

static enum letter_class class_of(uint8_t c) {
    return c >= 0x80           ? CLASS_WIDE
           : byte_is_digit(c)  ? CLASS_DIGIT
           : byte_is_letter(c) ? CLASS_LETTER
                               : CLASS_OTHER;
}

/* MANY values from FIRST on, beginning at AT of the page: at how many of their ends does the kind
 * of letter change? 0: one of them would end inside a character. */
static unsigned score(const struct run *run, size_t at, size_t first, size_t many) {
    unsigned changes = 1;
    for (size_t i = 0; i <= many; i++) {
        if (at < run->end && (run->page[at] & 0xC0) == 0x80) {
            return 0;
        }
        changes += at > run->begin && at < run->end &&
                   class_of(run->page[at - 1]) != class_of(run->page[at]);
        at += i < many ? run->lengths[first + i] : 0;
    }
    return changes;
}

/* The run is values one behind the other, but for JUNK bytes in front of them or behind: which
 * ones, and beginning where? False: none fit. */
static bool cut_run(const struct run *run, size_t junk, struct page_marks *cuts) {
    size_t many = 0, best_before = 0;
    unsigned best = 0;
    const size_t first = find_sum(run->lengths, run->count, run->end - run->begin - junk, &many);
    for (size_t before = 0; first < run->count && before <= junk; before++) {
        const bool allowed = before <= JUNK_BEFORE_MAX && junk - before <= JUNK_BEHIND_MAX;
        const unsigned changes = allowed ? score(run, run->begin + before, first, many) : 0;
        if (changes > 0 && changes >= best) { /* a row's own numbers stand in front of its texts */
            best = changes;
            best_before = before;
        }
    }
    size_t at = run->begin + best_before;
    for (size_t i = 0; best > 0 && i <= many; i++) {
        page_mark(cuts, at);
        at += i < many ? run->lengths[first + i] : 0;
    }
    return best > 0;
}

static void cut_compact(struct bytes page, size_t origin, size_t limit, struct page_marks *cuts) {
    uint16_t lengths[LENGTHS_MAX];
    const size_t count = limit > origin ? read_lengths(page, origin, limit - origin, lengths) : 0;
    const struct bytes record = bytes_first(page, limit);
    page_mark(cuts, origin);
    for (size_t at = origin; at < limit;) {
        const size_t len = record_text_word(record, at);
        if (len >= RECORD_WORD_MIN) {
            const struct run run = {page.ptr, at, at + len, lengths, count};
            bool cut = false;
            for (size_t junk = 0; !cut && junk < len && junk <= JUNK_BEFORE_MAX + JUNK_BEHIND_MAX;
                 junk++) {
                cut = cut_run(&run, junk, cuts);
            }
        }
        at += len + 1;
    }
}

/* ---- one of the redundant form ---- */

static void cut_redundant(struct bytes page, size_t origin, struct page_marks *cuts) {
    const uint16_t counts = big_u16(page.ptr + origin - 4);
    const size_t fields = counts >> 1 & 0x3FF, step = (counts & 1) != 0 ? 1 : 2;
    page_mark(cuts, origin);
    for (size_t i = 1; i <= fields && i * step + REDUNDANT_HEADER <= origin; i++) {
        const uint8_t *entry = page.ptr + origin - REDUNDANT_HEADER - i * step;
        const size_t end = step == 1 ? entry[0] & 0x7FU : big_u16(entry) & 0x3FFFU;
        if (origin + end < page.len) {
            page_mark(cuts, origin + end);
        }
    }
}

void innodb_mark_values(struct bytes page, struct page_marks *cuts) {
    struct page_marks records = {0};
    const bool compact = (big_u16(page.ptr + PAGE_HEAP_COUNT) & 0x8000) != 0;
    if (page.len < 1024) {
        return;
    }
    mark_chain(page, compact ? COMPACT_FIRST : REDUNDANT_FIRST, compact, &records);
    mark_chain(page, big_u16(page.ptr + PAGE_FREE), compact, &records);
    const size_t heap_top = big_u16(page.ptr + PAGE_HEAP_TOP);
    const size_t top = heap_top > COMPACT_LAST && heap_top < page.len ? heap_top : page.len - 8;
    size_t origin = page_next_mark(&records, (compact ? COMPACT_LAST : REDUNDANT_LAST) + 1, top);
    while (origin < top) {
        const size_t next = page_next_mark(&records, origin + 1, top);
        if (compact) {
            cut_compact(page, origin, next < top ? next - COMPACT_HEADER : top, cuts);
        } else {
            cut_redundant(page, origin, cuts);
        }
        origin = next;
    }
}
