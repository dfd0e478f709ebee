#include "judge/seek/sought.h"

#include <stdlib.h>

#include "core/hash64.h"
#include "core/utf8.h"
#include "result/plain_digest.h"

enum {
    WRITINGS_MAX = 10, /* of one value, of which digests are made */
    DIGEST_KINDS = 6,
    DIGEST_KEPT = 16, /* bytes: as much as the shortest digest has */
    SLOTS = 4096,     /* a power of two, four times what there can be */
    NUMBER_MIN = 6,   /* digits; shorter numbers are everybody's */
    TEXT_MIN = 2,     /* characters */
    NAME_MAX = 48,
};

struct known_digest {
    uint8_t length; /* 0 = free */
    uint8_t identifier;
    uint8_t bytes[DIGEST_KEPT];
};

struct sought {
    kind_list kinds;
    const struct mask_policy *policies;
    const struct lexicon *lexicon;
    unsigned count;
    struct sought_value values[IDENTIFIERS_MAX];
    struct {
        uint8_t text[SOUGHT_TEXT_MAX]; /* longer than NORMAL_MAX */
        size_t len;
    } normal[IDENTIFIERS_MAX];
    struct known_digest digests[SLOTS];
};

struct sought *sought_new(kind_list kinds, const struct mask_policy *policies,
                          const struct lexicon *lexicon) {
    struct sought *sought = calloc(1, sizeof *sought);
    if (sought != NULL) {
        sought->kinds = kinds;
        sought->policies = policies;
        sought->lexicon = lexicon;
    }
    return sought;
}

void sought_free(struct sought *sought) {
    if (sought != NULL) {
        explicit_bzero(sought, sizeof *sought);
        free(sought);
    }
}

unsigned sought_count(const struct sought *sought) {
    return sought->count;
}

const struct sought_value *sought_value_at(const struct sought *sought, unsigned number) {
    return &sought->values[number];
}

kind_list sought_kinds(const struct sought *sought) {
    return sought->kinds;
}

const struct mask_policy *sought_policies(const struct sought *sought) {
    return sought->policies;
}

/* ---- what kind a value is of ---- */

static bool is_ascii(struct bytes text) {
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] >= 0x80) {
            return false;
        }
    }
    return true;
}

/* Birth dates and what stands on a card are the same for thousands of people. */
static bool tells_a_person(const struct pattern *pattern) {
    static const char *const shared[] = {"birth_date", "card_expiry", "card_security_code",
                                         "tw_business_id", NULL};
    for (unsigned i = 0; shared[i] != NULL; i++) {
        if (strcmp(pattern->name, shared[i]) == 0) {
            return false;
        }
    }
    return true;
}

static bool is_clear(const struct sought *sought, unsigned kind, struct bytes text, bool named,
                     struct reading *out) {
    const struct value value = {.text = text, .ascii = is_ascii(text), .named = named};
    return pattern_read(sought->kinds[kind], &value, &sought->policies[kind], out) == READ_YES &&
           out->state == STATE_CLEAR;
}

/* The kind among CANDIDATES that takes TEXT; -1 = none. */
static int kind_among(const struct sought *sought, kind_set candidates, struct bytes text,
                      bool named, struct reading *out) {
    for (unsigned kind = 0; sought->kinds[kind] != NULL; kind++) {
        if ((candidates >> kind & 1) != 0 && tells_a_person(sought->kinds[kind]) &&
            is_clear(sought, kind, text, named, out)) {
            return (int)kind;
        }
    }
    return -1;
}

/* What proves itself first, then what only its owner can tell us. Any word may be a name in Latin
 * letters: those are named as such. */
static int guess_kind(const struct sought *sought, struct bytes text, struct reading *out) {
    uint32_t first;
    utf8_decode(text.ptr, text.len, &first);
    const char *const told[] = {"phone_landline", "address",
                                utf8_is_han(first) ? "person_name" : NULL, NULL};
    kind_set proves = 0;
    for (unsigned kind = 0; sought->kinds[kind] != NULL; kind++) {
        const struct pattern *pattern = sought->kinds[kind];
        bool guessed = pattern->proves_itself && pattern->legal != LEGAL_NONE &&
                       strcmp(pattern->name, "address") != 0;
        proves |= guessed ? (kind_set)1 << kind : 0;
    }
    int kind = kind_among(sought, proves, text, false, out);
    for (unsigned i = 0; kind < 0 && told[i] != NULL; i++) {
        int number = kind_list_number(sought->kinds, told[i]);
        kind_set one = number < 0 ? 0 : (kind_set)1 << number;
        kind = kind_among(sought, one, text, true, out);
    }
    return kind;
}

/* Kinds that NAME means: one of ours, or the name of a column. */
static kind_set kinds_named(const struct sought *sought, struct bytes name) {
    char text[NAME_MAX];
    if (name.len == 0 || name.len >= sizeof text) {
        return 0;
    }
    memcpy(text, name.ptr, name.len);
    text[name.len] = '\0';
    int kind = kind_list_number(sought->kinds, text);
    if (kind >= 0) {
        return (kind_set)1 << kind;
    }
    struct name_reading reading;
    lexicon_read(sought->lexicon, name, bytes_of("", 0), &reading);
    return reading.strength >= NAME_HINT ? reading.kinds : 0;
}

/* "KIND: value", ':' also in full width. False when nothing that means a kind stands in front. */
static bool split_name(const struct sought *sought, struct bytes line, kind_set *kinds,
                       struct bytes *value) {
    const uint8_t *colon = line.len == 0 ? NULL : memchr(line.ptr, ':', line.len);
    if (colon == NULL) {
        return false;
    }
    size_t at = (size_t)(colon - line.ptr);
    *kinds = kinds_named(sought, bytes_trim(bytes_first(line, at)));
    *value = bytes_trim(bytes_from(line, at + 1));
    return *kinds != 0 && value->len != 0;
}

/* ---- how it is looked for ---- */

static bool take_number(struct sought_value *value, struct bytes normal) {
    value->letter_count = value->digit_count = 0;
    for (size_t i = 0; i < normal.len; i++) {
        uint8_t c = normal.ptr[i];
        if (byte_is_digit(c) && value->digit_count < SOUGHT_DIGITS_MAX) {
            value->digits[value->digit_count++] = c;
        } else if (byte_is_letter(c) && value->digit_count == 0 &&
                   value->letter_count < SOUGHT_LETTERS_MAX) {
            value->letters[value->letter_count++] = byte_upper(c);
        } else {
            return false;
        }
    }
    value->form = SOUGHT_NUMBER;
    value->trunk_zero = strncmp(value->pattern->name, "phone_", 6) == 0 && value->digits[0] == '0';
    return value->digit_count >= NUMBER_MIN;
}

static void add_text(struct sought_value *value, struct bytes text) {
    for (unsigned i = 0; i < value->text_count; i++) {
        if (bytes_equal(bytes_of(value->texts[i], value->text_len[i]), text)) {
            return;
        }
    }
    if (value->text_count < SOUGHT_WRITINGS && text.len <= SOUGHT_TEXT_MAX && text.len != 0) {
        memcpy(value->texts[value->text_count], text.ptr, text.len);
        value->text_len[value->text_count++] = (uint16_t)text.len;
    }
}

/* TEXT with every FROM as TO (of three bytes each). */
static size_t replace_all(struct bytes text, const char *from, const char *to, uint8_t *out) {
    size_t len = 0;
    for (size_t i = 0; i < text.len;) {
        bool is_it = i + 3 <= text.len && memcmp(text.ptr + i, from, 3) == 0;
        memcpy(out + len, is_it ? (const uint8_t *)to : text.ptr + i, is_it ? 3 : 1);
        len += is_it ? 3 : 1;
        i += is_it ? 3 : 1;
    }
    return len;
}

/* ASCII digits as full-width ones (U+FF10 and on). */
static size_t widen_digits(struct bytes text, uint8_t *out, size_t room) {
    size_t len = 0;
    for (size_t i = 0; i < text.len && len + 3 <= room; i++) {
        len += byte_is_digit(text.ptr[i])
                   ? utf8_encode(0xFF10U + (uint32_t)(text.ptr[i] - '0'), out + len)
                   : 1;
        if (!byte_is_digit(text.ptr[i])) {
            out[len - 1] = text.ptr[i];
        }
    }
    return len;
}

/* The ways in which people write it: 台北 and 臺北, 5號 and ５號. */
static bool take_text(struct sought_value *value, struct bytes text) {
    uint8_t other[SOUGHT_TEXT_MAX];
    value->form = SOUGHT_TEXT;
    add_text(value, text);
    for (unsigned way = 0; way < 2; way++) {
        size_t len =
            way == 0 ? replace_all(text, "台", "臺", other) : replace_all(text, "臺", "台", other);
        add_text(value, bytes_of(other, len));
    }
    for (unsigned i = value->text_count; i > 0 && value->text_count < SOUGHT_WRITINGS; i--) {
        struct bytes half = bytes_of(value->texts[i - 1], value->text_len[i - 1]);
        add_text(value, bytes_of(other, widen_digits(half, other, sizeof other)));
    }
    explicit_bzero(other, sizeof other);
    return utf8_count(text) >= TEXT_MIN;
}

static bool take_mail(struct sought_value *value, struct bytes text) {
    value->form = SOUGHT_MAIL;
    value->text_count = 1;
    value->text_len[0] = (uint16_t)text.len;
    for (size_t i = 0; i < text.len; i++) {
        value->texts[0][i] = byte_lower(text.ptr[i]);
    }
    return true;
}

static bool take_value(struct sought *sought, unsigned kind, struct bytes text,
                       const struct reading *reading) {
    struct sought_value *value = &sought->values[sought->count];
    *value = (struct sought_value){.pattern = sought->kinds[kind], .kind = kind};
    size_t room = sizeof sought->normal[0].text;
    sought->normal[sought->count].len = reading->normal.len < room ? reading->normal.len : room;
    memcpy(sought->normal[sought->count].text, reading->normal.ptr,
           sought->normal[sought->count].len);
    if (take_number(value, reading->normal)) {
        return true;
    }
    bool mail = memchr(text.ptr, '@', text.len) != NULL;
    return value->digit_count + value->letter_count < reading->normal.len &&
           (mail ? take_mail(value, text) : take_text(value, text));
}

enum sought_answer sought_add(struct sought *sought, struct bytes line) {
    uint8_t folded[SOUGHT_TEXT_MAX];
    struct reading reading;
    kind_set named = 0;
    if (sought->count == IDENTIFIERS_MAX) {
        return SOUGHT_TOO_MANY;
    }
    if (line.len > sizeof folded || !utf8_valid(line, UTF8_WHOLE) ||
        (line.len != 0 && memchr(line.ptr, '\0', line.len) != NULL)) {
        return SOUGHT_NO_TEXT;
    }
    struct bytes text = bytes_trim(bytes_of(folded, utf8_fold_width(line, folded))), value = text;
    if (text.len == 0) {
        return SOUGHT_UNKNOWN;
    }
    bool split = split_name(sought, text, &named, &value);
    int kind = split ? kind_among(sought, named, value, true, &reading)
                     : guess_kind(sought, text, &reading);
    bool taken = kind >= 0 && take_value(sought, (unsigned)kind, split ? value : text, &reading);
    sought->count += taken;
    explicit_bzero(folded, sizeof folded);
    explicit_bzero(&reading, sizeof reading);
    return taken ? SOUGHT_TAKEN : split ? SOUGHT_NO_VALUE : SOUGHT_UNKNOWN;
}

/* ---- digests ---- */

/* Texts of which people make digests: as it is normalised, in lower case, in groups, with the
 * country's number. */
struct writings {
    unsigned count;
    uint8_t text[WRITINGS_MAX][SOUGHT_TEXT_MAX + 16];
    size_t len[WRITINGS_MAX];
};

static void add_writing(struct writings *writings, struct bytes text) {
    if (writings->count < WRITINGS_MAX && text.len <= sizeof writings->text[0]) {
        memcpy(writings->text[writings->count], text.ptr, text.len);
        writings->len[writings->count++] = text.len;
    }
}

/* BEFORE, then TEXT with BETWEEN behind the given numbers of bytes. */
static void add_grouped(struct writings *writings, const char *before, struct bytes text,
                        const uint8_t *groups, char between) {
    uint8_t out[SOUGHT_TEXT_MAX];
    struct bytes first = bytes_of_string(before);
    size_t len = first.len, at = 0;
    if (len + text.len * 2 > sizeof out) {
        return;
    }
    memcpy(out, first.ptr, first.len);
    for (unsigned i = 0; at < text.len; i++) {
        size_t size = groups[i] == 0 || groups[i] > text.len - at ? text.len - at : groups[i];
        if (at != 0) {
            out[len++] = (uint8_t)between;
        }
        memcpy(out + len, text.ptr + at, size);
        len += size;
        at += size;
    }
    add_writing(writings, bytes_of(out, len));
    explicit_bzero(out, sizeof out);
}

static void write_ways(const struct sought_value *value, struct bytes normal,
                       struct writings *out) {
    static const uint8_t whole[] = {0}, mobile[] = {4, 3, 3, 0}, mobile_two[] = {4, 6, 0},
                         card[] = {4, 4, 4, 4, 0}, area[] = {2, 0};
    add_writing(out, normal);
    uint8_t lower[SOUGHT_TEXT_MAX];
    for (size_t i = 0; i < normal.len; i++) {
        lower[i] = byte_lower(normal.ptr[i]);
    }
    add_writing(out, bytes_of(lower, normal.len));
    for (unsigned i = 0; i < value->text_count; i++) {
        add_writing(out, bytes_of(value->texts[i], value->text_len[i]));
    }
    if (value->trunk_zero) {
        bool is_mobile = strcmp(value->pattern->name, "phone_mobile") == 0;
        add_grouped(out, "", normal, is_mobile ? mobile : area, '-');
        add_grouped(out, "", normal, mobile_two, '-');
        add_grouped(out, "+886", bytes_from(normal, 1), whole, '-');
        add_grouped(out, "886", bytes_from(normal, 1), whole, '-');
        add_grouped(out, "", bytes_from(normal, 1), whole, '-');
    } else if (value->form == SOUGHT_NUMBER && value->letter_count == 0) {
        add_grouped(out, "", normal, card, '-');
        add_grouped(out, "", normal, card, ' ');
    }
    explicit_bzero(lower, sizeof lower);
}

static struct known_digest *slot_of(const struct sought *sought, struct bytes digest) {
    uint64_t at = hash64(bytes_first(digest, DIGEST_KEPT), 1);
    const struct known_digest *slot;
    do {
        slot = &sought->digests[at++ & (SLOTS - 1)];
    } while (slot->length != 0 &&
             (slot->length != digest.len || memcmp(slot->bytes, digest.ptr, DIGEST_KEPT) != 0));
    return (struct known_digest *)(uintptr_t)slot;
}

static void note_digests(struct sought *sought, unsigned identifier, struct bytes text) {
    static const uint8_t lengths[DIGEST_KINDS] = {16, 20, 28, 32, 48, 64};
    uint8_t digest[PLAIN_DIGEST_MAX];
    for (unsigned i = 0; i < DIGEST_KINDS; i++) {
        if (plain_digest(lengths[i], text, digest)) {
            struct known_digest *slot = slot_of(sought, bytes_of(digest, lengths[i]));
            if (slot->length == 0) {
                slot->length = lengths[i];
                slot->identifier = (uint8_t)identifier;
                memcpy(slot->bytes, digest, DIGEST_KEPT);
            }
        }
    }
}

int sought_settle(struct sought *sought, struct error *err) {
    struct writings *writings = calloc(1, sizeof *writings);
    if (writings == NULL) {
        return error_set(err, YINMA_E_MEMORY, "no memory for the values to be found");
    }
    for (unsigned i = 0; i < sought->count; i++) {
        writings->count = 0;
        write_ways(&sought->values[i], bytes_of(sought->normal[i].text, sought->normal[i].len),
                   writings);
        for (unsigned way = 0; way < writings->count; way++) {
            note_digests(sought, i, bytes_of(writings->text[way], writings->len[way]));
        }
    }
    explicit_bzero(writings, sizeof *writings);
    free(writings);
    return 0;
}

int sought_digest(const struct sought *sought, struct bytes digest) {
    const struct known_digest *slot = slot_of(sought, digest);
    return slot->length == 0 ? -1 : slot->identifier;
}

static bool many_share(const struct pattern *pattern) {
    return strcmp(pattern->name, "person_name") == 0 || strcmp(pattern->name, "address") == 0;
}

void sought_describe(const struct sought *sought, const struct fingerprint_key *key,
                     struct person_asked *out) {
    *out = (struct person_asked){.count = sought->count};
    for (unsigned i = 0; i < sought->count; i++) {
        const struct pattern *pattern = sought->values[i].pattern;
        struct identifier_asked *asked = &out->identifiers[i];
        asked->kind = pattern->name;
        asked->kind_title = pattern->title;
        asked->many_share_it = many_share(pattern);
        if (key != NULL) {
            fingerprint_value(key, pattern->name,
                              bytes_of(sought->normal[i].text, sought->normal[i].len),
                              asked->fingerprint);
        }
    }
}
