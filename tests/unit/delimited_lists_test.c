/* Lists of field ends and cells made of them: every variant against what the words mean, on random
 * text with everything that may stand at the edge of a field. */
#include "check.h"
#include "tests/random.h"

#include "decode/delimited/bytes.h"
#include "decode/delimited/glance.h"
#include "decode/delimited/rows.h"
#include "decode/delimited/sniff.h"

enum { BLOCKS = 6, TEXT = 64 * BLOCKS, ROUNDS = 4000 };

struct text {
    uint8_t bytes[TEXT + SEGMENT_PADDING];
    uint64_t ends[BLOCKS], records[BLOCKS];
};

static void make_text(struct text *text, const char *alphabet) {
    size_t count = strlen(alphabet);
    memset(text, 0, sizeof *text);
    for (size_t i = 0; i < TEXT; i++) {
        uint8_t c = (uint8_t)alphabet[random_below((unsigned)count)];
        text->bytes[i] = c;
        text->ends[i / 64] |= (uint64_t)(c == ',' || c == '\n') << i % 64;
        text->records[i / 64] |= (uint64_t)(c == '\n') << i % 64;
    }
}

/* Does a CR that belongs to the end of the record stand before END? */
static bool is_returned(const struct text *text, size_t end) {
    return text->bytes[end] == '\n' && end > 0 && text->bytes[end - 1] == '\r';
}

/* What an entry for the field [start, end) is. A CR elsewhere makes it odd, number or not. */
static unsigned entry_of(const struct text *text, size_t start, size_t end) {
    bool number = true;
    for (size_t i = start; i < end; i++) {
        number &= byte_is_digit(text->bytes[i]) || text->bytes[i] == '\r';
    }
    return (unsigned)end | (text->bytes[end] == '\n' ? DELIMITED_RECORD : 0U) |
           (is_returned(text, end) ? DELIMITED_RETURN : 0U) | (number ? DELIMITED_NUMBER : 0U);
}

static bool is_odd(const struct text *text, size_t start, size_t end) {
    end -= is_returned(text, end);
    return end <= start || delimited_is_dress(text->bytes[start]) ||
           delimited_is_dress(text->bytes[end - 1]) ||
           memchr(text->bytes + start, '\r', end - start) != NULL;
}

static void check_list(const struct text *text, const struct delimited_list *list) {
    size_t start = 0, count = 0;
    for (size_t end = 0; end < TEXT; end++) {
        if ((text->ends[end / 64] >> end % 64 & 1) == 0) {
            continue;
        }
        CHECK(count < list->count);
        CHECK_INT(list->entries[count], entry_of(text, start, end));
        bool odd = false;
        for (size_t at = start; at <= end; at++) {
            odd |= (list->odd[at / 64] >> at % 64 & 1) != 0;
        }
        CHECK(odd || !is_odd(text, start, end));
        CHECK(!odd || list->any_odd != 0);
        count++;
        start = end + 1;
    }
    CHECK_INT(list->count, count);
}

static void make_list(const struct delimited_kernels *kernels, const struct text *text,
                      struct delimited_list *list) {
    struct delimited_carry carry = delimited_carry_start;
    kernels->list(text->bytes, BLOCKS, text->ends, text->records, &carry, list);
}

/* Nothing but what blanks, quotes and the like are made of keeps the list from being made by fewer
 * questions. */
static void check_plain(const struct delimited_kernels *kernels, const struct text *text,
                        const struct delimited_list *first) {
    static struct delimited_list list;
    struct delimited_carry carry = delimited_carry_start, after = delimited_carry_start;
    bool plain = true;
    for (size_t i = 0; i < TEXT; i++) {
        uint8_t c = text->bytes[i];
        bool dressed = (c >= '\t' && c <= '\r') || strchr(" \"'=#&", c) != NULL;
        plain &= c == 0 || !dressed || (text->ends[i / 64] >> i % 64 & 1) != 0;
    }
    bool made = kernels->list_plain(text->bytes, BLOCKS, text->ends, text->records, &carry, &list);
    CHECK_INT(made, plain);
    if (made) {
        CHECK(list.count == first->count && list.any_odd == first->any_odd);
        CHECK(memcmp(list.entries, first->entries, 2 * first->count) == 0);
        CHECK(memcmp(list.odd, first->odd, sizeof first->odd) == 0);
        kernels->list(text->bytes, BLOCKS, text->ends, text->records, &after, &list);
    }
    CHECK(memcmp(&carry, &after, sizeof carry) == 0);
}

static void lists_are_what_they_say(void) {
    static const char *const alphabets[] = {"0123456789012345678901234567890123456789,\n",
                                            "0a,\n",
                                            "0123456789abcdefghijklmn,\"' \t\r=\n",
                                            "01234567\r\n,",
                                            "1234567890xyz\xE4\xB8,",
                                            ",\n",
                                            "7"};
    static struct delimited_list first, list;
    static struct text text;
    for (size_t round = 0; round < ROUNDS; round++) {
        make_text(&text, alphabets[round % (sizeof alphabets / sizeof *alphabets)]);
        make_list(&delimited_kernels_scalar, &text, &first);
        check_list(&text, &first);
        for (enum isa isa = ISA_SCALAR; isa < ISA_COUNT; isa++) {
            if (isa_available(isa)) {
                make_list(delimited_kernels_for(isa), &text, &list);
                CHECK(list.count == first.count && list.any_odd == first.any_odd);
                CHECK(memcmp(list.entries, first.entries, 2 * first.count) == 0);
                CHECK(memcmp(list.odd, first.odd, sizeof first.odd) == 0);
                check_plain(delimited_kernels_for(isa), &text, &first);
            }
        }
    }
}

/* Rows that are taken are rows of WIDTH bare fields, cut where their marks are. */
static void check_rows(const struct text *text, const struct cell *cells, size_t rows,
                       size_t width) {
    size_t start = 0;
    for (size_t i = 0; i < rows * width; i++) {
        bool last = i % width == width - 1;
        size_t end = start + cells[i].length;
        end += last && text->bytes[end] == '\r';
        CHECK_INT(cells[i].offset, start);
        CHECK_INT(text->bytes[end], last ? '\n' : ',');
        CHECK_INT(cells[i].field, 100 + i % width);
        CHECK(cells[i].length <= DELIMITED_BARE_BYTES && !is_odd(text, start, end));
        bool number = (entry_of(text, start, end) & DELIMITED_NUMBER) != 0;
        CHECK_INT(cells[i].flags, number ? CELL_NUMBER : 0);
        for (size_t at = start; at < end; at++) {
            CHECK(text->bytes[at] != ',' && text->bytes[at] != '\n');
        }
        start = end + 1;
    }
}

/* Rows of WIDTH fields, now and then one that is not. */
static void make_rows(struct text *text, size_t width, bool returned) {
    static const char *const fields[] = {"1", "0912345678", "\xE7\x8E\x8B", "a b", "12a", "x-1"};
    static const char *const others[] = {"", " 1", "\"2\"", "1,2", "3\n4", "5\r"};
    size_t at = 0;
    memset(text, 0, sizeof *text);
    for (size_t i = 0; at + 32 < TEXT; i++) {
        const char *field =
            random_below(120) == 0 ? others[random_below(6)] : fields[random_below(6)];
        memcpy(text->bytes + at, field, strlen(field));
        at += strlen(field);
        bool last = i % width == width - 1;
        if (last && returned) {
            text->bytes[at++] = '\r';
        }
        text->bytes[at++] = last ? '\n' : ',';
    }
    for (size_t i = 0; i < TEXT; i++) {
        uint8_t c = text->bytes[i];
        text->ends[i / 64] |= (uint64_t)(c == ',' || c == '\n') << i % 64;
        text->records[i / 64] |= (uint64_t)(c == '\n') << i % 64;
    }
}

static void rows_are_whole(void) {
    static struct delimited_rows bare;
    static struct text text;
    static struct cell cells[TEXT];
    uint32_t columns[16];
    size_t taken[ISA_COUNT] = {0}, all = 0;
    for (uint32_t i = 0; i < 16; i++) {
        columns[i] = 100 + i;
    }
    for (size_t round = 0; round < ROUNDS; round++) {
        size_t width = 1 + round % 9;
        make_rows(&text, width, round % 20 < 9);
        for (enum isa isa = ISA_SCALAR; isa < ISA_COUNT; isa++) {
            if (!isa_available(isa)) {
                continue;
            }
            delimited_rows_init(&bare, isa, ',', '\n');
            delimited_template_make(&bare.template, columns, width);
            make_list(bare.kernels, &text, &bare.list);
            taken[isa] =
                delimited_rows_take(&bare, text.bytes, 0, bare.list.count / width, 0, 0, cells);
            check_rows(&text, cells, taken[isa], width);
            CHECK_INT(taken[isa], taken[ISA_SCALAR]);
            all += taken[isa];
        }
    }
    CHECK(all > (size_t)10 * ROUNDS);
}

/* What delimited_record() says of each record. */
static void check_glance(const struct delimited_glance *glance, struct delimited_marks marks,
                         struct bytes text, size_t at) {
    for (size_t i = 0; i < glance->count; i++) {
        struct bytes fields[3];
        size_t count;
        bool closed, filled = true;
        CHECK_INT(glance->begins[i], at);
        at = delimited_record(marks, text, at, fields, 3, &count, &closed);
        CHECK_INT(glance->fields[i], count);
        for (size_t k = 0; k < 3 && filled; k++) {
            filled = k < count && fields[k].len > 0 && fields[k].ptr[0] > ' ' &&
                     fields[k].ptr[0] != '=' && fields[k].ptr[0] != '\'';
        }
        CHECK_INT(glance->filled[i], filled);
        CHECK(closed == (i + 1 < glance->count || glance->closed));
    }
    CHECK_INT(glance->next, at);
    CHECK(glance->count == GLANCE_RECORDS || at == text.len);
}

static void a_glance_sees_what_records_are(void) {
    static const char *const alphabets[] = {"abc1,\n", "a1 =',\n\r", ",\n", "aaaaaaaaaa,,,,,\n",
                                            "a"};
    static struct delimited_glance glance;
    static uint8_t bytes[12000];
    for (size_t round = 0; round < ROUNDS; round++) {
        const char *alphabet = alphabets[round % 5];
        size_t len = random_below(round % 7 == 0 ? sizeof bytes : 400);
        for (size_t i = 0; i < len; i++) {
            bytes[i] = (uint8_t)alphabet[random_below((unsigned)strlen(alphabet))];
        }
        struct delimited_marks marks = {.delimiter = ',', .record_end = '\n'};
        struct bytes text = bytes_of(bytes, len);
        size_t at = random_below((unsigned)len + 1);
        CHECK(delimited_glance(&marks, text, at, &glance));
        check_glance(&glance, marks, text, at);
        if (len > 0 && at < len && glance.next == len) {
            bytes[at + random_below((unsigned)(len - at))] = '"';
            CHECK(!delimited_glance(&marks, text, at, &glance));
        }
    }
}

static const struct test_case cases[] = {
    {"a_glance_sees_what_records_are", a_glance_sees_what_records_are},
    {"lists_are_what_they_say", lists_are_what_they_say},
    {"rows_are_whole", rows_are_whole},
};
TEST_MAIN(cases)
