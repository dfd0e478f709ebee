/* Which delimiter: the one that gives most records the same number of fields. */
#include "decode/delimited/dialect.h"
#include "decode/delimited/glance.h"

enum { SNIFF_RECORDS = GLANCE_RECORDS };

struct counts {
    size_t fields[SNIFF_RECORDS]; /* of record i; empty lines are left out */
    size_t begins[SNIFF_RECORDS];
    size_t records;
    struct delimited_glance glance;
    bool glanced;
};

/* The same by marks alone. False: that cannot be done. */
static bool count_marks(struct delimited_marks marks, struct bytes sample, size_t at, bool whole,
                        struct counts *out) {
    struct delimited_glance *glance = &out->glance;
    out->glanced = delimited_glance(&marks, sample, at, glance);
    for (size_t i = 0; out->glanced && i < glance->count; i++) {
        const size_t begin = glance->begins[i];
        const bool last = i + 1 == glance->count;
        if (last && !glance->closed && !whole && out->records > 0) {
            break; /* the sample cuts it off */
        }
        const size_t end = last ? glance->next : glance->begins[i + 1];
        if (glance->fields[i] > 1 ||
            bytes_trim(bytes_of(sample.ptr + begin, end - begin)).len > 0) {
            out->fields[out->records] = glance->fields[i];
            out->begins[out->records] = begin;
            out->records++;
        }
    }
    return out->glanced;
}

static void count_fields(struct delimited_marks marks, struct bytes sample, size_t at, bool whole,
                         struct counts *out) {
    out->records = 0;
    if (count_marks(marks, sample, at, whole, out)) {
        at = out->glance.next;
    }
    while (at < sample.len && out->records < SNIFF_RECORDS) {
        size_t count, next;
        struct bytes first;
        bool closed;
        next = delimited_record(marks, sample, at, &first, 1, &count, &closed);
        if (!closed && !whole && out->records > 0) {
            break; /* the sample cuts it off */
        }
        if (count > 1 || bytes_trim(first).len > 0) {
            out->fields[out->records] = count;
            out->begins[out->records] = at;
            out->records++;
        }
        at = next;
    }
}

/* The field count that most records have, at least two; 0 when none has. */
static size_t usual_count(const struct counts *counts, size_t *votes) {
    size_t best = 0;
    *votes = 0;
    for (size_t i = 0; i < counts->records; i++) {
        if (i > 0 && counts->fields[i] == counts->fields[i - 1]) {
            continue; /* counted already */
        }
        size_t same = 0;
        for (size_t j = 0; j < counts->records; j++) {
            same += counts->fields[j] == counts->fields[i];
        }
        if (counts->fields[i] >= 2 && same > *votes) {
            best = counts->fields[i];
            *votes = same;
        }
    }
    return best;
}

/* "Dear Sir, thank you" and "1, 2": a comma with a blank behind it is punctuation as a rule. */
static bool reads_like_prose(struct delimited_marks marks, struct bytes sample) {
    if (marks.delimiter == '\t' || marks.delimiter == '|') {
        return false;
    }
    size_t delimiters = 0, blanks = 0;
    for (size_t i = 0; i + 1 < sample.len;) {
        size_t end = sample.len - 1 - i < UINT8_MAX ? sample.len - 1 : i + UINT8_MAX;
        uint8_t few = 0, few_blanks = 0; /* bytes: the compiler counts sixteen at a time */
        for (; i < end; i++) {
            uint8_t here = sample.ptr[i] == marks.delimiter;
            few = (uint8_t)(few + here);
            few_blanks = (uint8_t)(few_blanks + (here & (sample.ptr[i + 1] == ' ')));
        }
        delimiters += few;
        blanks += few_blanks;
    }
    return blanks * 2 > delimiters;
}

/* No record of the sample can be a label and its value (delimited_is_form()): three fields of each
 * hold something. */
static bool surely_no_form(const struct counts *counts, struct bytes sample,
                           const struct delimited_dialect *dialect) {
    const struct delimited_glance *glance = &counts->glance;
    bool filled = counts->glanced && glance->next == sample.len;
    for (size_t i = 0; filled && i < glance->count; i++) {
        filled = glance->begins[i] < dialect->first_row || glance->fields[i] != dialect->columns ||
                 glance->filled[i];
    }
    return filled;
}

static bool try_delimiter(struct bytes sample, size_t from, bool whole,
                          struct delimited_dialect *out) {
    struct counts counts;
    size_t votes, titles = 0;
    count_fields(out->marks, sample, from, whole, &counts);
    out->columns = usual_count(&counts, &votes);
    if (out->columns == 0) {
        return false;
    }
    while (titles < counts.records && counts.fields[titles] != out->columns) {
        titles++;
    }
    if (titles > DELIMITED_MOST_TITLES || titles >= counts.records) {
        return false;
    }
    out->records = counts.records - titles;
    out->agreement = (unsigned)(votes * 100 / out->records);
    out->first_row = counts.begins[titles];
    out->prose = reads_like_prose(out->marks, sample);
    out->form = surely_no_form(&counts, sample, out) ? FORM_IS_NONE : FORM_UNASKED;
    return out->agreement >= 60;
}

/* Behind a byte order mark and Excel's "sep=;" line; 0xFF: no such line. */
static size_t skip_preface(struct bytes sample, uint8_t *delimiter) {
    size_t at = bytes_starts_with(sample, BYTES_LIT("\xEF\xBB\xBF")) ? 3 : 0;
    struct bytes rest = bytes_from(sample, at);
    *delimiter = 0;
    if (rest.len > 5 && bytes_equal_ignoring_case(bytes_first(rest, 4), BYTES_LIT("sep=")) &&
        (rest.ptr[5] == '\n' || rest.ptr[5] == '\r')) {
        *delimiter = rest.ptr[4];
        bool two = rest.len > 6 && rest.ptr[5] == '\r' && rest.ptr[6] == '\n';
        at += two ? 7 : 6;
    }
    return at;
}

/* Are there quotes, and does each of them begin or end a field? Of two marks that part the lines
 * evenly, one may stand inside quotes: a list or a serialized value in one column. */
static bool quotes_fit(struct bytes sample, const struct delimited_dialect *dialect) {
    enum { FIELDS = 64, RECORDS = 16 };
    struct bytes fields[FIELDS];
    size_t quoted = 0, at = dialect->first_row;
    for (size_t i = 0; i < RECORDS && at < sample.len; i++) {
        size_t count;
        bool closed;
        at = delimited_record(dialect->marks, sample, at, fields, FIELDS, &count, &closed);
        for (size_t k = 0; k < count && k < FIELDS && closed; k++) {
            const struct delimited_field field = delimited_field_of(fields[k]);
            const bool holds = memchr(fields[k].ptr, '"', fields[k].len) != NULL;
            if (holds && !field.dressed) {
                return false;
            }
            quoted += holds;
        }
    }
    return quoted > 0;
}

static bool is_better(struct bytes sample, const struct delimited_dialect *a,
                      const struct delimited_dialect *b) {
    if (a->prose != b->prose) {
        return b->prose;
    }
    if (a->agreement >= b->agreement + 10 || b->agreement >= a->agreement + 10) {
        return a->agreement > b->agreement;
    }
    const bool fits = quotes_fit(sample, a);
    if (fits != quotes_fit(sample, b)) {
        return fits;
    }
    return a->columns > b->columns;
}

/* %B4999…^NAME^…: the first track of a card (ISO/IEC 7813) is parted by ^ and is one value. */
static bool holds_tracks(struct bytes sample) {
    for (size_t i = 0; i + 2 < sample.len; i++) {
        if (sample.ptr[i] == '%' && (sample.ptr[i + 1] | 0x20) == 'b' &&
            byte_is_digit(sample.ptr[i + 2])) {
            return true;
        }
    }
    return false;
}

/* ---- delimiters of several bytes ---- */

static bool set_delimiter(struct delimited_marks *marks, struct bytes delimiter) {
    if (delimiter.len == 0 || delimiter.len > DELIMITED_BEFORE_MAX + 1) {
        return false;
    }
    marks->before_len = (uint8_t)(delimiter.len - 1);
    memcpy(marks->before, delimiter.ptr, delimiter.len - 1);
    marks->delimiter = delimiter.ptr[delimiter.len - 1];
    return true;
}

static bool may_be_part(uint8_t c) {
    return c != 0 && strchr("|~^+#$@&%!;:,*=/\\<>", c) != NULL;
}

/* The marks about the one at AT. */
static struct bytes run_around(struct bytes text, size_t at) {
    size_t begin = at, end = at + 1;
    while (begin > 0 && may_be_part(text.ptr[begin - 1])) {
        begin--;
    }
    while (end < text.len && may_be_part(text.ptr[end])) {
        end++;
    }
    return bytes_of(text.ptr + begin, end - begin);
}

static bool has_bar(struct bytes run) {
    size_t at = 0;
    while (at < run.len && run.ptr[at] != '|' && run.ptr[at] != '~' && run.ptr[at] != '^') {
        at++;
    }
    return at < run.len;
}

/* +| and ~|~ hold a mark that parts fields elsewhere too; of others, :: and ##, all bytes are one.
 * Two commas are an empty field. */
static bool may_be_delimiter(struct bytes run) {
    size_t same = 0;
    for (size_t i = 0; i < run.len; i++) {
        same += run.ptr[i] == run.ptr[0];
    }
    return run.len >= 2 && run.len <= DELIMITED_BEFORE_MAX + 1 &&
           (has_bar(run) || (same == run.len && run.ptr[0] != ',' && run.ptr[0] != '='));
}

/* What parts fields wherever MARK stands: the marks that stand together each time. Empty: MARK
 * alone does, or it is none. */
static struct bytes wider(struct bytes sample, uint8_t mark) {
    enum { LOOKED_AT = 256 };
    struct bytes least = bytes_of("", 0);
    size_t at = 0;
    for (unsigned pass = 0; pass < 2; pass++, at = 0) { /* find the shortest run, then hold it */
        for (unsigned i = 0; i < LOOKED_AT; i++) {
            const uint8_t *found =
                at >= sample.len ? NULL : memchr(sample.ptr + at, mark, sample.len - at);
            if (found == NULL) {
                break;
            }
            struct bytes run = run_around(sample, (size_t)(found - sample.ptr));
            at = (size_t)(run.ptr - sample.ptr) + run.len;
            if (at < sample.len && (sample.ptr[at] == '\n' || sample.ptr[at] == '\r')) {
                continue; /* other marks may end records */
            }
            if (run.len == 1) {
                return bytes_of("", 0); /* a mark alone: no wider one is the delimiter */
            }
            if (pass == 0) {
                least = least.len == 0 || run.len < least.len ? run : least;
            } else if (bytes_find(run, least) == SIZE_MAX) {
                return bytes_of("", 0);
            }
        }
        if (!may_be_delimiter(least)) {
            return bytes_of("", 0);
        }
    }
    return least;
}

/* Is it an empty field that RUN shows? */
static bool ends_in_delimiter(const struct delimited_marks *marks, struct bytes run) {
    return run.len > marks->before_len && run.ptr[run.len - 1] == marks->delimiter &&
           bytes_ends_with(bytes_first(run, run.len - 1),
                           bytes_of(marks->before, marks->before_len));
}

/* "&|" before the line end of each record, behind its last field: then a line end alone is part of
 * a value. */
static bool find_record_mark(struct bytes sample, size_t from, struct delimited_marks *marks) {
    enum { LOOKED_AT = 50 };
    struct bytes least = bytes_of("", 0);
    size_t lines = 0, at = from;
    if (marks->record_end != '\n') {
        return false;
    }
    while (lines < LOOKED_AT && at < sample.len) {
        const uint8_t *newline = memchr(sample.ptr + at, '\n', sample.len - at);
        if (newline == NULL) {
            break;
        }
        size_t end = (size_t)(newline - sample.ptr);
        at = end + 1;
        end -= end > 0 && sample.ptr[end - 1] == '\r';
        struct bytes run = end > 0 && may_be_part(sample.ptr[end - 1]) ? run_around(sample, end - 1)
                                                                       : bytes_of("", 0);
        lines += run.len >= 2;
        least = run.len >= 2 && (least.len == 0 || run.len < least.len) ? run : least;
    }
    if (lines < 3 || ends_in_delimiter(marks, least) || least.len > DELIMITED_BEFORE_MAX ||
        !may_be_delimiter(least)) {
        return false;
    }
    marks->end_before_len = (uint8_t)least.len;
    memcpy(marks->end_before, least.ptr, least.len);
    return true;
}

/* The delimiter of OUT is known; is there a mark before line ends besides? */
static bool try_several(struct bytes sample, size_t from, bool whole,
                        struct delimited_dialect *out) {
    struct delimited_dialect with = *out;
    if (out->marks.before_len > 0 && find_record_mark(sample, from, &with.marks) &&
        try_delimiter(sample, from, whole, &with)) {
        *out = with;
        return true;
    }
    return try_delimiter(sample, from, whole, out);
}

/* ---- the whole ---- */

/* Marks that part fields now and then, and mean something else more often: only where every record
 * has many of them. */
static bool is_rare(uint8_t mark) {
    return mark == '#' || mark == '$' || mark == '!' || mark == '@' || mark == ':' || mark == '%' ||
           mark == '&' || mark == '*';
}

/* Two in each line, at the beginning: asked of every text, so it must cost nothing. */
static bool is_frequent(struct bytes sample, uint8_t mark) {
    enum { LOOKED_AT = 2048 };
    size_t lines = 1, marks = 0;
    sample = bytes_first(sample, LOOKED_AT);
    for (size_t i = 0; i < sample.len; i++) {
        lines += sample.ptr[i] == '\n';
        marks += sample.ptr[i] == mark;
    }
    return marks + 2 >= 2 * lines;
}

static bool is_sure(const struct delimited_dialect *dialect, struct bytes sample) {
    const struct delimited_marks *marks = &dialect->marks;
    bool several = marks->before_len > 0;
    if (several ? marks->delimiter == '|' || has_bar(bytes_of(marks->before, marks->before_len))
                : !is_rare(marks->delimiter)) {
        return true;
    }
    if (dialect->agreement < 95 || dialect->records < 5 || dialect->columns < 3) {
        return false;
    }
    struct delimited_dialect with_header = *dialect;
    delimited_find_header(sample, &with_header, NULL);
    return with_header.header != SIZE_MAX ||
           (dialect->columns >= 4 && (several || marks->delimiter != ':'));
}

/* DIALECT with the delimiter of several bytes that MARK is part of, or with MARK. */
static bool try_mark(struct bytes sample, size_t from, bool whole, uint8_t mark,
                     struct delimited_dialect *dialect) {
    struct bytes wide = may_be_part(mark) ? wider(bytes_from(sample, from), mark) : bytes_of("", 0);
    if (wide.len > 0) {
        struct delimited_dialect several = *dialect;
        if (set_delimiter(&several.marks, wide) && try_several(sample, from, whole, &several) &&
            several.records > 1 && is_sure(&several, sample) &&
            !delimited_is_emphasis(sample, several.first_row, mark)) {
            *dialect = several;
            return true;
        }
    }
    dialect->marks.delimiter = mark;
    return try_delimiter(sample, from, whole, dialect) && is_sure(dialect, sample) &&
           !delimited_is_emphasis(sample, dialect->first_row, mark);
}

/* Two-byte marks of other alphabets: broken bar, section sign; and the full-width bar. */
static bool try_wide_marks(struct bytes sample, size_t from, bool whole,
                           struct delimited_dialect *dialect) {
    static const char *const marks[] = {"\xC2\xA6", "\xC2\xA7", "\xEF\xBD\x9C"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        struct delimited_dialect tried = *dialect;
        if (bytes_find(sample, bytes_of_string(marks[i])) != SIZE_MAX &&
            set_delimiter(&tried.marks, bytes_of_string(marks[i])) &&
            try_delimiter(sample, from, whole, &tried) && tried.agreement >= 90 &&
            tried.records > 1) {
            *dialect = tried;
            return true;
        }
    }
    return false;
}

/* Does the tab at AT belong to a value between commas, which it keeps from being read as a number
 * by a spreadsheet? "\t0912345678", or the same at its end. */
static bool is_guard(struct bytes sample, size_t at) {
    struct bytes before = bytes_first(sample, at), behind = bytes_from(sample, at + 1);
    if (before.len > 0 && before.ptr[before.len - 1] == '"') {
        before.len--;
    }
    bool quoted = behind.len > 1 && behind.ptr[0] == '"';
    behind = bytes_from(behind, quoted);
    bool ends_line = quoted && (behind.ptr[0] == '\n' || behind.ptr[0] == '\r');
    return (before.len > 0 && before.ptr[before.len - 1] == ',') ||
           (behind.len > 0 && behind.ptr[0] == ',') || ends_line;
}

/* Are nearly all tabs such guards? */
static bool tabs_are_guards(struct bytes sample) {
    enum { ASKED = 200 };
    size_t tabs = 0, guards = 0;
    for (size_t at = 0; at < sample.len && tabs < ASKED; at++) {
        const uint8_t *tab = memchr(sample.ptr + at, '\t', sample.len - at);
        if (tab == NULL) {
            break;
        }
        at = (size_t)(tab - sample.ptr);
        tabs++;
        guards += is_guard(sample, at);
    }
    return 4 * guards >= 3 * tabs;
}

bool delimited_split(struct bytes sample, bool whole, struct bytes told,
                     struct delimited_dialect *out) {
    static const uint8_t delimiters[] = {'\t', ',', ';', '|', '^', '~', 0x01, 0x1F, 0x02, 0x1E,
                                         0x07, '#', '$', '!', '@', ':', '%',  '&',  '*'};
    uint8_t declared;
    sample = whole ? sample : bytes_first(sample, DELIMITED_SAMPLE_BYTES);
    size_t from = skip_preface(sample, &declared);
    bool by_return = memchr(sample.ptr, '\n', sample.len) == NULL &&
                     memchr(sample.ptr, '\r', sample.len) != NULL;
    bool plain = block64_ops(isa_best())->plain(sample.ptr, sample.len);
    struct delimited_dialect empty = {.header = SIZE_MAX,
                                      .first_row = from,
                                      .declared = declared != 0 || told.len > 0,
                                      .marks = {.delimiter = declared != 0 ? declared : ',',
                                                .record_end = by_return ? '\r' : '\n'}};
    bool found = false;
    if (told.len > 0) {
        (void)set_delimiter(&empty.marks, told);
    }
    *out = empty;
    if (empty.declared) {
        return try_several(sample, from, whole, out);
    }
    for (size_t i = 0; i < sizeof delimiters; i++) {
        const uint8_t mark = delimiters[i];
        const bool absent = (is_rare(mark) && found) || (mark < ' ' && mark != '\t' && plain) ||
                            memchr(sample.ptr, mark, sample.len) == NULL;
        if (absent || (is_rare(mark) && !is_frequent(sample, mark)) ||
            (mark == '^' && holds_tracks(sample)) || (mark == '\t' && tabs_are_guards(sample))) {
            continue;
        }
        struct delimited_dialect dialect = empty;
        if (try_mark(sample, from, whole, mark, &dialect) &&
            (!found || is_better(sample, &dialect, out))) {
            *out = dialect;
            found = true;
        }
    }
    struct delimited_dialect wide = empty;
    if (!found && try_wide_marks(sample, from, whole, &wide)) {
        *out = wide;
        found = true;
    }
    return found;
}

bool delimited_split_single(struct bytes sample, bool whole, struct delimited_dialect *out) {
    struct counts counts;
    count_fields(out->marks, sample, out->first_row, whole, &counts);
    size_t votes = 0;
    for (size_t i = 0; i < counts.records; i++) {
        votes += counts.fields[i] == 1;
    }
    if (counts.records < 2 || votes != counts.records) {
        return false;
    }
    out->columns = 1;
    out->records = counts.records;
    out->agreement = 100;
    delimited_find_header(sample, out, NULL); /* none in a form */
    return out->header != SIZE_MAX;
}
