#include "result/run_chain.h"

#include <stdlib.h>

#include "core/json_value.h"
#include "result/fingerprint.h"

enum { SEAL_BYTES = sizeof ",\"sha256\":\"" - 1 + 64 + 2, LINE_BYTES_MAX = 16 << 20 };

static const char *const flaw_texts[] = {
    [CHAIN_WHOLE] = "it is as it was written",
    [CHAIN_EDITED] = "it was edited after it was written",
    [CHAIN_STRANGE] = "it is no line of a ledger: something else was put in its place",
    [CHAIN_CUT] = "it is cut off, as the line behind it says: the run that wrote it died",
    [CHAIN_CUT_END] = "it is cut off: the run that wrote it died, or its end was taken away",
    [CHAIN_BEGINNING] = "the ledger begins with it, but lines stood before it",
    [CHAIN_MISSING] = "lines that stood before it were taken out",
    [CHAIN_ORDER] = "it was moved: it was written to another place",
    [CHAIN_REPLACED] = "the line before it was replaced: another one stood there",
};

const char *chain_flaw_text(enum chain_flaw flaw) {
    return flaw_texts[flaw];
}

static int no_memory(struct error *err) {
    return error_set(err, YINMA_E_MEMORY, "no memory for a ledger");
}

void run_chain_release(struct run_chain *chain) {
    free(chain->lines);
    arena_release(&chain->arena);
    *chain = (struct run_chain){0};
}

/* ---- the seal ---- */

void chain_line_seal(struct bytes body, struct text_buffer *out) {
    char digest[65];
    digest_hex(body, digest);
    text_buffer_put(out, bytes_first(body, body.len - 1));
    text_buffer_printf(out, ",\"sha256\":\"%s\"}\n", digest);
}

/* Is the digest at the end of the line that of what stands before it? */
static bool seal_fits(struct bytes line, bool *failed) {
    struct text_buffer body;
    char digest[65];
    if (line.len < SEAL_BYTES + 2) {
        return false;
    }
    struct bytes seal = bytes_from(line, line.len - SEAL_BYTES);
    text_buffer_init(&body, 0);
    text_buffer_put(&body, bytes_first(line, line.len - SEAL_BYTES));
    text_buffer_putc(&body, '}');
    digest_hex(text_buffer_view(&body), digest);
    *failed = *failed || body.failed;
    text_buffer_release(&body);
    return bytes_starts_with(seal, BYTES_LIT(",\"sha256\":\"")) &&
           memcmp(seal.ptr + seal.len - 66, digest, 64) == 0 &&
           bytes_ends_with(seal, BYTES_LIT("\"}"));
}

/* ---- lines ---- */

static int read_reports(struct run_chain *chain, const struct json_value *record,
                        struct chain_line *line, struct error *err) {
    const struct json_value *first = json_find_list(record, "reports");
    size_t count = 0;
    for (const struct json_value *each = first; each != NULL; each = each->next) {
        count++;
    }
    struct chain_report *reports = arena_alloc(&chain->arena, (count + 1) * sizeof *reports);
    if (reports == NULL) {
        return no_memory(err);
    }
    line->reports = reports;
    for (; first != NULL; first = first->next) {
        reports[line->report_count++] =
            (struct chain_report){json_find_text(first, "file"), json_find_text(first, "format"),
                                  json_find_text(first, "sha256")};
    }
    return 0;
}

static int read_line(struct run_chain *chain, struct chain_line *line, struct error *err) {
    const struct json_value *record = NULL;
    bool failed = false;
    int rc = line->text.len > LINE_BYTES_MAX ? YINMA_E_DAMAGED
                                             : json_parse(line->text, &chain->arena, &record, err);
    line->flaw = CHAIN_STRANGE;
    digest_hex(line->text, line->digest);
    if (rc < 0) {
        return rc == YINMA_E_MEMORY ? rc : 0;
    }
    if (!bytes_equal(json_find_text(record, "type"), BYTES_LIT("ledger")) ||
        json_find_whole(record, "schema") != 1) {
        return 0;
    }
    line->number = json_find_whole(record, "line");
    line->after_cut = json_find_truth(record, "after_cut");
    line->time = json_find_text(record, "time");
    line->run_sha256 = json_find_text(record, "run_sha256");
    line->previous = json_find_text(record, "previous");
    line->flaw = seal_fits(line->text, &failed) ? CHAIN_WHOLE : CHAIN_EDITED;
    return failed ? no_memory(err) : read_reports(chain, record, line, err);
}

static size_t count_lines(struct bytes text) {
    size_t count = text.len > 0 && text.ptr[text.len - 1] != '\n';
    for (size_t i = 0; i < text.len; i++) {
        count += text.ptr[i] == '\n';
    }
    return count;
}

/* ---- how they follow one another ---- */

/* Is the line that was written as NUMBER somewhere in the file? */
static bool has_number(const struct run_chain *chain, uint64_t number) {
    for (size_t i = 0; i < chain->count; i++) {
        if (chain->lines[i].number == number) {
            return true;
        }
    }
    return false;
}

static enum chain_flaw flaw_of_first(const struct run_chain *chain) {
    const struct chain_line *line = &chain->lines[0];
    return bytes_equal(line->previous, BYTES_LIT(CHAIN_FIRST)) ? CHAIN_WHOLE
           : has_number(chain, 1) && line->number != 1         ? CHAIN_ORDER
                                                               : CHAIN_BEGINNING;
}

static enum chain_flaw flaw_of_next(const struct run_chain *chain, size_t at) {
    const struct chain_line *line = &chain->lines[at], *before = &chain->lines[at - 1];
    if (bytes_equal(line->previous, bytes_of_string(before->digest))) {
        return CHAIN_WHOLE;
    }
    if (before->flaw == CHAIN_EDITED || before->flaw == CHAIN_STRANGE) {
        return CHAIN_WHOLE; /* that the line before is not what it was is told there */
    }
    if (before->number != 0 && line->number == before->number + 1) {
        return CHAIN_REPLACED;
    }
    return line->number > before->number && !has_number(chain, line->number - 1) ? CHAIN_MISSING
                                                                                 : CHAIN_ORDER;
}

static void look_at_order(struct run_chain *chain, bool ends_whole) {
    for (size_t i = 0; i < chain->count; i++) {
        struct chain_line *line = &chain->lines[i];
        bool last = i + 1 == chain->count;
        if (line->flaw == CHAIN_STRANGE && last && !ends_whole) {
            line->flaw = CHAIN_CUT_END;
        } else if (line->flaw == CHAIN_STRANGE && !last && line[1].after_cut &&
                   bytes_equal(line[1].previous, bytes_of_string(line->digest))) {
            line->flaw = CHAIN_CUT;
        } else if (line->flaw == CHAIN_WHOLE) {
            line->flaw = i == 0 ? flaw_of_first(chain) : flaw_of_next(chain, i);
        }
    }
}

int run_chain_read(struct bytes text, struct run_chain *out, struct error *err) {
    bool ends_whole = text.len == 0 || text.ptr[text.len - 1] == '\n';
    size_t room = count_lines(text);
    int rc = 0;
    *out = (struct run_chain){0};
    arena_init(&out->arena, 0);
    out->lines = calloc(room + 1, sizeof *out->lines);
    if (out->lines == NULL) {
        return no_memory(err);
    }
    while (rc == 0 && out->count < room) {
        size_t end = bytes_find(text, BYTES_LIT("\n"));
        struct chain_line *line = &out->lines[out->count++];
        line->text = bytes_first(text, end);
        text = bytes_from(text, end == SIZE_MAX ? text.len : end + 1);
        rc = read_line(out, line, err);
    }
    if (rc == 0) {
        look_at_order(out, ends_whole);
    }
    return rc;
}
