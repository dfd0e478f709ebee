#include "decode/wide_text.h"

#include <stdlib.h>

#include "core/field_set.h"
#include "core/utf8.h"
#include "core/width_map.h"
#include "decode/wide_unit.h"

enum {
    BLOCK_BYTES = 64,
    WORD_BYTES_MIN = 12,      /* six characters: no value has fewer */
    STRETCH_BYTES_MOST = 1024 /* of one look ahead or back, so that no data is looked at for ever */
};

struct wide_text {
    const struct block64_ops *ops;
    struct width_map *map;
    uint8_t *bytes; /* SEGMENT_PADDING readable ones behind len */
    size_t len, capacity;
    uint64_t done;    /* of the unit: what stands before was given out */
    uint64_t first;   /* of the unit: where the first text of the segment begins */
    uint64_t counted; /* of the unit: where the last one ends, as the map has it */
    bool big_endian;  /* of the last text */
};

/* Characters of one byte order that follow each other. */
struct stretch {
    size_t begin, end;
    size_t plain; /* characters of ASCII */
    bool big_endian;
};

struct wide_text *wide_text_new(const struct block64_ops *ops) {
    struct wide_text *wide = calloc(1, sizeof *wide);
    if (wide != NULL && (wide->map = width_map_new()) == NULL) {
        free(wide);
        wide = NULL;
    }
    if (wide != NULL) {
        wide->ops = ops;
    }
    return wide;
}

void wide_text_free(struct wide_text *wide) {
    if (wide != NULL) {
        width_map_free(wide->map);
        free(wide->bytes);
        free(wide);
    }
}

/* ---- finding ---- */

/* An ideograph, by its high byte, before a digit: numbers of houses. */
static inline uint8_t ends_in_digit(uint8_t high, uint8_t digit, uint8_t zero) {
    return (uint8_t)((uint8_t)(high - 0x4E) < 0x52) & (uint8_t)((uint8_t)(digit - '0') < 10) &
           (zero == 0);
}

/* Does something that is nearly always text begin at P, in the little-endian order or … */
static inline uint8_t little_begins(const uint8_t *p) {
    return wide_ascii_begins(p) | ends_in_digit(p[1], p[2], p[3]);
}

/* … in the other one? */
static inline uint8_t big_begins(const uint8_t *p) {
    const uint8_t ascii =
        (uint8_t)((p[0] == 0) & wide_byte_is_plain(p[1]) & (p[2] == 0) & wide_byte_is_plain(p[3]) &
                  (p[4] == 0) & wide_byte_is_plain(p[5]));
    return ascii | ends_in_digit(p[0], p[3], p[2]);
}

/* The first hit of BYTES from AT on, before END; END: there is none. The compiler asks sixteen
 * places at a time and more; a few bytes behind END are looked at, which RAW has (padding). */
static size_t next_hit(const uint8_t *bytes, size_t at, size_t end) {
    for (; at < end; at += BLOCK_BYTES) {
        uint8_t any = 0;
        for (size_t i = 0; i < BLOCK_BYTES; i++) {
            any |= little_begins(bytes + at + i) | big_begins(bytes + at + i);
        }
        for (size_t i = 0; any != 0 && i < BLOCK_BYTES && at + i < end; i++) {
            if ((little_begins(bytes + at + i) | big_begins(bytes + at + i)) != 0) {
                return at + i;
            }
        }
    }
    return end;
}

/* What stands around AT in that byte order, between FLOOR and LIMIT. */
static struct stretch stretch_around(const uint8_t *bytes, size_t at, size_t floor, size_t limit,
                                     bool big_endian) {
    struct stretch s = {.begin = at, .end = at, .big_endian = big_endian};
    while (s.begin >= floor + 2 && at - s.begin < STRETCH_BYTES_MOST &&
           wide_unit_is_written(wide_unit_at(bytes + s.begin - 2, big_endian))) {
        s.begin -= 2;
        s.plain += wide_unit_at(bytes + s.begin, big_endian) < 0x80;
    }
    while (s.end + 2 <= limit && s.end - at < STRETCH_BYTES_MOST &&
           wide_unit_is_written(wide_unit_at(bytes + s.end, big_endian)) &&
           !wide_text_turns(bytes, s.end, limit, big_endian)) {
        s.plain += wide_unit_at(bytes + s.end, big_endian) < 0x80;
        s.end += 2;
    }
    return s;
}

static bool is_alnum_at(const uint8_t *bytes, size_t at, bool big_endian) {
    const uint32_t unit = wide_unit_at(bytes + at, big_endian);
    return unit < 0x80 && byte_is_alnum((uint8_t)unit);
}

/* Where what stands in S before END without a gap begins, not before FLOOR. */
static size_t word_begin(const uint8_t *bytes, const struct stretch *s, size_t end, size_t floor) {
    while (end >= floor + 2 && is_alnum_at(bytes, end - 2, s->big_endian)) {
        end -= 2;
    }
    return end;
}

/* S from the last word of ASCII on. */
static struct stretch last_word(const uint8_t *bytes, struct stretch s) {
    size_t end = s.end;
    while (end >= s.begin + 2 && !is_alnum_at(bytes, end - 2, s.big_endian)) {
        end -= 2;
    }
    s.begin = word_begin(bytes, &s, end, s.begin);
    return s;
}

/* The text that HIT tells of. ASCII behind a zero reads the same in both orders; only what stands
 * beside it tells them apart, or nothing does: then the last word of it in the other order, which
 * has a character more, is *other. */
static struct stretch best_stretch(const uint8_t *bytes, size_t hit, size_t floor, size_t limit,
                                   struct stretch *other) {
    other->end = other->begin = 0;
    if (big_begins(bytes + hit) == 0) {
        return stretch_around(bytes, hit, floor, limit, false);
    }
    size_t little_at = hit;
    for (size_t i = 0; little_begins(bytes + little_at) == 0 && i < 2; i++) {
        little_at = hit + 2 * i + 1; /* the other byte of the character, or of the next one */
    }
    const struct stretch big = stretch_around(bytes, hit, floor, limit, true);
    if (little_begins(bytes + little_at) == 0) {
        return big;
    }
    const struct stretch little = stretch_around(bytes, little_at, floor, limit, false);
    if (little.plain >= big.plain) {
        return little;
    }
    if (big.plain > little.plain + 1) {
        return big;
    }
    *other = last_word(bytes, big);
    return little;
}

/* A text that goes on behind what RAW shows ends between two words; the next segment has the rest.
 */
static void end_between_words(const struct segment *raw, struct stretch *s) {
    if (raw->len > raw->end && s->end + 2 > raw->len) {
        const size_t begin = word_begin(raw->bytes, s, s->end, raw->end);
        s->end = begin > raw->end ? begin : s->end;
    }
}

/* ---- writing ---- */

static bool make_room(struct wide_text *wide, size_t more) {
    const size_t wanted = wide->len + more + SEGMENT_PADDING;
    if (wanted <= wide->capacity) {
        return true;
    }
    const size_t capacity = wanted + wanted / 2;
    uint8_t *bytes = realloc(wide->bytes, capacity);
    if (bytes == NULL) {
        return false;
    }
    wide->bytes = bytes;
    wide->capacity = capacity;
    return true;
}

static bool end_line(struct wide_text *wide) {
    if (wide->len == 0) {
        return true;
    }
    if (!make_room(wide, 1) || !width_map_add(wide->map, wide->len, WIDTH_NONE, 0)) {
        return false;
    }
    wide->bytes[wide->len++] = '\n';
    return true;
}

/* S in the way of RULE; GAP: so many bytes of the data stand before it that are no text. */
static bool put(struct wide_text *wide, const uint8_t *bytes, const struct stretch *s,
                enum width_rule rule, uint64_t gap) {
    if (!make_room(wide, (s->end - s->begin) / 2 * 3) ||
        !width_map_add(wide->map, wide->len, rule, gap)) {
        return false;
    }
    for (size_t at = s->begin; at < s->end; at += 2) {
        wide->len += utf8_encode(wide_unit_at(bytes + at, s->big_endian), wide->bytes + wide->len);
    }
    return true;
}

/* S as a line, or as more of the one before. Two texts may share a zero: the second one then seems
 * to begin a byte later. */
static bool put_text(struct wide_text *wide, const struct segment *raw, const struct stretch *s) {
    const uint64_t begin = raw->offset + s->begin;
    const bool goes_on = begin == wide->done && s->big_endian == wide->big_endian;
    if (wide->len == 0) {
        wide->first = wide->counted = begin;
    }
    const uint64_t gap = begin > wide->counted ? begin - wide->counted : 0;
    wide->counted += gap + (s->end - s->begin);
    wide->big_endian = s->big_endian;
    return (goes_on || end_line(wide)) && put(wide, raw->bytes, s, WIDTH_UTF16, gap);
}

static void make_segment(const struct wide_text *wide, const struct segment *raw,
                         struct segment *out) {
    memset(wide->bytes + wide->len, 0, SEGMENT_PADDING);
    *out = (struct segment){
        .bytes = wide->bytes,
        .len = wide->len,
        .end = wide->len,
        .offset = wide->first,
        .line = raw->line,
        .gap_field = FIELD_FREE_TEXT,
        .width_rule = {.map = wide->map, .anchor = wide->bytes, .ops = wide->ops},
        .flags = SEGMENT_FREE_TEXT | SEGMENT_AGAIN,
    };
}

int wide_text_find(struct wide_text *wide, const struct segment *raw, struct segment *out,
                   struct error *err) {
    size_t floor = wide->done > raw->offset ? (size_t)(wide->done - raw->offset) : 0;
    size_t at = floor > raw->begin ? floor : raw->begin;
    wide->len = 0;
    width_map_clear(wide->map);
    while ((at = next_hit(raw->bytes, at, raw->end)) < raw->end) {
        struct stretch other, s = best_stretch(raw->bytes, at, floor, raw->len, &other);
        end_between_words(raw, &s);
        bool put_all = s.end - s.begin < WORD_BYTES_MIN || put_text(wide, raw, &s);
        if (put_all && other.end - other.begin >= WORD_BYTES_MIN) {
            put_all = end_line(wide) && put(wide, raw->bytes, &other, WIDTH_NONE, 0);
        }
        if (!put_all) {
            return error_set(err, YINMA_E_MEMORY, "out of memory for text in UTF-16");
        }
        /* The last zero may be the first of what follows. */
        floor = s.end > s.begin && raw->bytes[s.end - 1] == 0 ? s.end - 1 : s.end;
        at = floor > at ? floor : at + 1;
        wide->done = raw->offset + s.end;
    }
    if (wide->len == 0) {
        return 0;
    }
    make_segment(wide, raw, out);
    return 1;
}
