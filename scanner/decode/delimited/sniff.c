#include "decode/delimited/sniff.h"

#include "decode/head_notes.h"

bool delimited_split_head(const struct decode_head *head, struct bytes sample, bool whole,
                          struct delimited_dialect *out) {
    struct head_notes *notes = head->notes;
    if (notes == NULL) {
        return delimited_split(sample, whole, head->delimiter, out);
    }
    if (!notes->split || notes->whole != whole || !bytes_equal(notes->sample, sample)) {
        notes->found = delimited_split(sample, whole, head->delimiter, &notes->dialect);
        notes->sample = sample;
        notes->whole = whole;
        notes->split = true;
    }
    *out = notes->dialect;
    return notes->found;
}

bool delimited_sniff_head(const struct decode_head *head, struct bytes sample, bool whole,
                          struct delimited_dialect *out) {
    bool found = delimited_split_head(head, sample, whole, out);
    if (found) {
        delimited_find_header(sample, out, head->notes == NULL ? NULL : head->notes->headers);
    }
    return found;
}

bool delimited_sniff(struct bytes sample, bool whole, struct delimited_dialect *out) {
    const struct decode_head unknown = {.notes = NULL};
    return delimited_sniff_head(&unknown, sample, whole, out);
}

bool delimited_sniff_single(struct bytes sample, bool whole, struct delimited_dialect *out) {
    return !delimited_sniff(sample, whole, out) && delimited_split_single(sample, whole, out);
}
