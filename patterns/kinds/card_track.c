/* What the magnetic stripe of a card holds (ISO/IEC 7813): track 1 %B number ^ name ^ YYMM service
 * code … ?, track 2 ; number = YYMM service code … ?, and its equivalent on the chip (tag 57) with
 * D for =. Number and date are checked; nothing of it may be kept after authorisation. */
#include "patterns/card_issuers.h"
#include "patterns/digits.h"
#include "patterns/hidden_text.h"
#include "patterns/kinds/kinds.h"
#include "patterns/luhn.h"

enum { PAN_MIN = 13, PAN_MAX = 19, NAME_MAX = 26, DATE_AND_SERVICE = 7, TRACK_MAX = 79 };

static size_t digits_at(struct bytes text, size_t at) {
    size_t end = at;
    while (end < text.len && byte_is_digit(text.ptr[end])) {
        end++;
    }
    return end - at;
}

/* Behind the number: ^NAME^ or = or D. Returns where the date begins; 0 = no track. */
static size_t date_begin(struct bytes text, size_t at) {
    if (at >= text.len) {
        return 0;
    }
    if (text.ptr[at] == '=' || text.ptr[at] == 'D') {
        return at + 1;
    }
    if (text.ptr[at] != '^') {
        return 0;
    }
    size_t end = at + 1;
    while (end < text.len && end - at <= NAME_MAX + 1 && text.ptr[end] != '^' &&
           text.ptr[end] >= 0x20 && text.ptr[end] < 0x80) {
        end++;
    }
    return end < text.len && text.ptr[end] == '^' ? end + 1 : 0;
}

struct track {
    size_t pan, pan_len, end;
};

/* The track whose number begins at PAN. */
static bool parse(struct bytes text, size_t pan, struct track *out) {
    size_t pan_len = digits_at(text, pan), date = date_begin(text, pan + pan_len);
    if (pan_len < PAN_MIN || pan_len > PAN_MAX || date == 0 ||
        digits_at(text, date) < DATE_AND_SERVICE) {
        return false;
    }
    unsigned month = digits_two(text.ptr + date + 2);
    size_t end = date;
    while (end < text.len && end - pan < TRACK_MAX &&
           (byte_is_alnum(text.ptr[end]) ||
            (text.ptr[end] == ' ' && text.ptr[pan - (pan > 0)] == 'B'))) {
        end++;
    }
    end += end < text.len && text.ptr[end] == '?';
    *out = (struct track){pan, pan_len, end};
    return month >= 1 && month <= 12;
}

static size_t sentinel_before(struct bytes text, size_t pan) {
    if (pan >= 1 && text.ptr[pan - 1] == ';') {
        return 1;
    }
    bool format_b = pan >= 2 && text.ptr[pan - 1] == 'B' && text.ptr[pan - 2] == '%';
    return format_b ? 2 : 0;
}

/* ANCHOR: where the digits of the number begin. */
static bool extent(struct bytes text, size_t anchor, size_t *begin, size_t *end) {
    struct track track;
    if (!parse(text, anchor, &track)) {
        return false;
    }
    *begin = anchor - sentinel_before(text, anchor);
    *end = track.end;
    return true;
}

static enum read_result read_hidden(const struct value *value, const struct mask_policy *policy,
                                    struct reading *out) {
    struct bytes text = value->text;
    bool separator =
        memchr(text.ptr, '=', text.len) != NULL || memchr(text.ptr, '^', text.len) != NULL;
    if (!separator || mask_hides_all(text) || !mask_marks_in(text) || text.len > TRACK_MAX) {
        return reading_without_shape(value, out);
    }
    struct form_writer form = {0};
    bool shown = false;
    for (size_t at = 0, used; at < text.len; at += used) {
        size_t mark = mask_mark_length(text.ptr + at, text.len - at);
        used = mark != 0 ? mark : 1;
        shown |= mark == 0 && byte_is_alnum(text.ptr[at]);
        form_run(&form, mark != 0 ? '*' : '#');
    }
    return reading_hidden(out, shown && policy->nothing_shown ? STATE_WEAK : STATE_MASKED, 0, 0,
                          text, form.text, form.len);
}

static enum read_result read(const struct value *value, const struct mask_policy *policy,
                             struct reading *out) {
    struct bytes text = value->text;
    size_t pan = 0;
    while (pan < text.len && pan < 3 && !byte_is_digit(text.ptr[pan])) {
        pan++;
    }
    struct track track;
    if (text.len == 0 || sentinel_before(text, pan) != pan || !parse(text, pan, &track)) {
        return text.len == 0 ? READ_NO : read_hidden(value, policy, out);
    }
    const uint8_t *digits = text.ptr + pan;
    if (!luhn_valid(digits, track.pan_len)) {
        return card_is_dummy(digits, track.pan_len)
                   ? reading_clear(out, EVIDENCE_LAYOUT | EVIDENCE_DUMMY, text)
                   : READ_SHAPED;
    }
    return reading_clear(
        out,
        EVIDENCE_CHECKSUM | EVIDENCE_LAYOUT |
            (card_issuer_of(digits, track.pan_len) != NULL ? EVIDENCE_PREFIX : 0U) |
            (card_is_dummy(digits, track.pan_len) ? EVIDENCE_DUMMY : 0U),
        text);
}

static const struct pattern_example examples[] = {
    {"%B4999269823454950^CHEN/MEI HUI^2812101123456789?", STATE_CLEAR, READ_YES},
    {"%B5299989022032778^LIN/A^29012010000000000000000?", STATE_CLEAR, READ_YES},
    {";4999269823454950=28121011234567890?", STATE_CLEAR, READ_YES},
    {";5299989022032778=2901201?", STATE_CLEAR, READ_YES},
    {"379951048087263=3003101000", STATE_CLEAR, READ_YES},
    {"3577466189447030D27062210000000000", STATE_CLEAR, READ_YES},
    {";4999269823454954=28121011234567890?", STATE_CLEAR, READ_SHAPED},
    {";4999269823454950=28131011234567890?", STATE_CLEAR, READ_NO},
    {";4999269823454950=2812?", STATE_CLEAR, READ_NO},
    {"4999269823454950", STATE_CLEAR, READ_NO},
    {"%B4999269823454950", STATE_CLEAR, READ_NO},
    {"a=b", STATE_CLEAR, READ_NO},
    {";499926******4950=****?", STATE_WEAK, READ_YES},
    {"%B************4950^*********^*******?", STATE_WEAK, READ_YES},
    {"***", STATE_MASKED, READ_YES},
    {"****************", STATE_MASKED, READ_YES},
    {0}};

static const char *const field_names[] = {"磁軌",
                                          "磁軌資料",
                                          "磁條",
                                          "磁條資料",
                                          "第一軌",
                                          "第二軌",
                                          "磁軌一",
                                          "磁軌二",
                                          "track",
                                          "track1",
                                          "track2",
                                          "track 1",
                                          "track 2",
                                          "track data",
                                          "trackdata",
                                          "track1 data",
                                          "track2 data",
                                          "track1data",
                                          "track2data",
                                          "card track",
                                          "mag stripe",
                                          "magstripe",
                                          "magstripe data",
                                          "magnetic stripe",
                                          "card swipe",
                                          "swipe data",
                                          "track2 equivalent",
                                          "track2 equivalent data",
                                          "emv tag 57",
                                          NULL};
static const char *const other_names[] = {
    "track no",     "track id",   "track number", "track name",  "track code",  "track url",
    "track status", "track type", "track title",  "sound track", "audio track", NULL};

const struct pattern pattern_card_track = {
    .name = "card_track",
    .title = "magnetic stripe data",
    .check = "a card number that passes its check, the separator of track 1 or 2, a date and a "
             "service code",
    .legal = LEGAL_FINANCIAL,
    .proves_itself = true,
    .chance = 0.1,
    .shape = {.digits_min = PAN_MIN, .digits_max = PAN_MAX, .followed_by = "=^"},
    .field_names = field_names,
    .other_names = other_names,
    .extent = extent,
    .policy = {.nothing_shown = true},
    .read = read,
    .show = hidden_words_show,
    .examples = examples,
};
