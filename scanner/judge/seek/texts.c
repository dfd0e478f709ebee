/* Names, addresses and mail addresses as they were given, and digests that are written in
 * hexadecimal digits. */
#include "judge/seek/view.h"
#include "result/plain_digest.h"

static bool equal_ignoring_case(const uint8_t *p, const uint8_t *lower, size_t len) {
    for (size_t i = 0; i < len; i++) {
        if (byte_lower(p[i]) != lower[i]) {
            return false;
        }
    }
    return true;
}

static void tell_value(const struct seek_view *view, unsigned identifier, size_t at, size_t len) {
    if (at >= view->begin && at < view->end) {
        seek_tell(view, &(struct seek_place){.at = at,
                                             .length = len,
                                             .identifier = identifier,
                                             .sort = FOUND_VALUE,
                                             .state = STATE_CLEAR});
    }
}

/* ---- names, addresses ---- */

/* Words of Latin letters end where a word ends; in Chinese nothing stands between words. */
static bool stands_alone(struct bytes text, size_t at, size_t len) {
    bool joined_before = at > 0 && byte_is_alnum(text.ptr[at]) && byte_is_alnum(text.ptr[at - 1]);
    bool joined_behind = at + len < text.len && byte_is_alnum(text.ptr[at + len - 1]) &&
                         byte_is_alnum(text.ptr[at + len]);
    return !joined_before && !joined_behind;
}

/* The next place of WANTED from FROM on, without regard to the case of ASCII letters; SIZE_MAX =
 * none.
 */
static size_t next_text(struct bytes text, size_t from, struct bytes wanted) {
    if (wanted.ptr[0] >= 0x80) {
        size_t at = bytes_find(bytes_from(text, from), wanted);
        return at == SIZE_MAX ? SIZE_MAX : from + at;
    }
    uint8_t first = byte_lower(wanted.ptr[0]);
    for (size_t at = from; at + wanted.len <= text.len; at++) {
        if (byte_lower(text.ptr[at]) == first) {
            size_t i = 1;
            while (i < wanted.len && byte_lower(text.ptr[at + i]) == byte_lower(wanted.ptr[i])) {
                i++;
            }
            if (i == wanted.len) {
                return at;
            }
        }
    }
    return SIZE_MAX;
}

static void seek_text(const struct seek_view *view, unsigned identifier, struct bytes wanted) {
    size_t at = view->begin;
    while (at < view->end && (at = next_text(view->text, at, wanted)) < view->end) {
        if (stands_alone(view->text, at, wanted.len)) {
            tell_value(view, identifier, at, wanted.len);
        }
        at += wanted.len;
    }
}

/* ---- mail addresses ---- */

static bool in_mail(uint8_t c) {
    return byte_is_alnum(c) || c == '.' || c == '_' || c == '+' || c == '-';
}

/* A host has fewer: "a@example.com+|" is the end of a field. */
static bool in_host(uint8_t c) {
    return byte_is_alnum(c) || c == '-';
}

/* Is the address around the '@' at AT that of VALUE? */
static bool is_mail(struct bytes text, size_t at, const struct sought_value *value,
                    size_t *begin_out) {
    const uint8_t *lower = value->texts[0];
    size_t len = value->text_len[0];
    const uint8_t *sign = memchr(lower, '@', len);
    size_t local = (size_t)(sign - lower);
    if (local > at || len - local > text.len - at ||
        !equal_ignoring_case(text.ptr + at - local, lower, len)) {
        return false;
    }
    size_t begin = at - local, end = begin + len;
    bool escape = begin > 1 && text.ptr[begin - 2] == '\\';
    bool before = begin > 0 && in_mail(text.ptr[begin - 1]) && !escape;
    /* "…@example.com." ends a sentence, "…@example.com.tw" is another address */
    bool dot = end < text.len && text.ptr[end] == '.';
    bool behind = dot ? end + 1 < text.len && byte_is_alnum(text.ptr[end + 1])
                      : end < text.len && in_host(text.ptr[end]);
    *begin_out = begin;
    return !before && !behind;
}

static void seek_mails(const struct seek_view *view) {
    const struct sought *sought = view->seeking->sought;
    const uint8_t *p = view->text.ptr, *end = p + view->text.len, *sign = p + view->begin;
    while (sign < end && (sign = memchr(sign, '@', (size_t)(end - sign))) != NULL) {
        for (unsigned i = 0; i < sought_count(sought); i++) {
            const struct sought_value *value = sought_value_at(sought, i);
            size_t begin;
            if (value->form == SOUGHT_MAIL &&
                is_mail(view->text, (size_t)(sign - p), value, &begin)) {
                tell_value(view, i, begin, value->text_len[0]);
            }
        }
        sign++;
    }
}

void seek_texts(const struct seek_view *view) {
    const struct sought *sought = view->seeking->sought;
    bool mails = false;
    for (unsigned i = 0; i < sought_count(sought); i++) {
        const struct sought_value *value = sought_value_at(sought, i);
        mails |= value->form == SOUGHT_MAIL;
        for (unsigned w = 0; value->form == SOUGHT_TEXT && w < value->text_count; w++) {
            seek_text(view, i, bytes_of(value->texts[w], value->text_len[w]));
        }
    }
    if (mails) {
        seek_mails(view);
    }
}

/* ---- digests ---- */

static void compare_digest(const struct seek_view *view, size_t at, size_t len) {
    uint8_t digest[PLAIN_DIGEST_MAX];
    size_t size = plain_digest_read(bytes_of(view->text.ptr + at, len), digest);
    int identifier = size == 0 ? -1 : sought_digest(view->seeking->sought, bytes_of(digest, size));
    if (identifier >= 0) {
        seek_tell(view, &(struct seek_place){.at = at,
                                             .length = len,
                                             .identifier = (unsigned)identifier,
                                             .sort = FOUND_DIGEST,
                                             .state = STATE_ENCRYPTED,
                                             .digest = (unsigned)size});
    }
}

/* A run of 32 or more holds one of every 32 bytes: the others need not be looked at. */
void seek_hex_digests(const struct seek_view *view) {
    enum { SHORTEST = 32 };
    const uint8_t *p = view->text.ptr;
    size_t len = view->text.len, at = view->begin;
    while (at > 0 && at < len && byte_is_hex(p[at - 1])) {
        at++; /* a run that began before */
    }
    while (at < view->end && at + SHORTEST <= len) {
        size_t middle = at + SHORTEST - 1, begin = middle, end = middle + 1;
        if (!byte_is_hex(p[middle])) {
            at = end;
            continue;
        }
        while (begin > at && byte_is_hex(p[begin - 1])) {
            begin--;
        }
        while (end < len && byte_is_hex(p[end])) {
            end++;
        }
        if (begin < view->end && end - begin >= SHORTEST) {
            compare_digest(view, begin, end - begin);
        }
        at = end + 1;
    }
}
