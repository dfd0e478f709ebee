/* oracle_datapump.c - dump files of Oracle's Data Pump (expdp). What is in their blocks is not
 * published; the header of the file tells what it is. Their bytes are read as those of any file
 * that nobody knows. */
#include <stdlib.h>

#include "decode/decoder.h"

enum {
    PUMP_BITS = 40,
    HEADER_BYTES = 4096,
    JOB_BYTES = 1024,   /* the name of the job stands in the first so many */
    VERSION_BYTES = 14, /* 11.02.00.04.00 */
    VERSION_LATEST = 9, /* of the file; 5 today */
};

/* "OWNER"."JOB" */
static bool names_job(struct bytes head) {
    const size_t at = bytes_find(bytes_first(head, JOB_BYTES), BYTES_LIT("\".\""));
    if (at == SIZE_MAX || at == 0) {
        return false;
    }
    size_t begin = at;
    while (begin > 0 && head.ptr[begin - 1] > ' ' && head.ptr[begin - 1] != '"') {
        begin--;
    }
    return begin < at && begin > 0 && head.ptr[begin - 1] == '"';
}

/* The version of the database: 19.00.00.00.00; empty: there is none. */
static struct bytes version_in(struct bytes head) {
    head = bytes_first(head, HEADER_BYTES);
    for (size_t at = 0; at + VERSION_BYTES <= head.len; at++) {
        size_t i = 0;
        while (i < VERSION_BYTES &&
               (i % 3 == 2 ? head.ptr[at + i] == '.' : byte_is_digit(head.ptr[at + i]))) {
            i++;
        }
        if (i == VERSION_BYTES) {
            return bytes_of(head.ptr + at, VERSION_BYTES);
        }
    }
    return bytes_of("", 0);
}

static unsigned bid(const struct decode_head *head) {
    const uint8_t *p = head->head.ptr;
    const bool numbered = head->head.len > 2 && p[0] <= VERSION_LATEST && p[1] <= VERSION_LATEST;
    return numbered && names_job(head->head) && version_in(head->head).len > 0 ? PUMP_BITS : 0;
}

struct pump {
    struct decode_report *report;
    void *raw; /* the state of the decoder of bytes */
    char version[VERSION_BYTES + 1];
};

static int open_pump(const struct decode_input *in, void **state, struct error *err) {
    struct pump *p = calloc(1, sizeof *p);
    if (p == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for a dump");
    }
    const struct bytes version = version_in(in->head.head);
    if (version.len > 0) {
        memcpy(p->version, version.ptr, version.len);
    }
    p->report = in->report;
    int status = decoder_raw.open(in, &p->raw, err);
    if (status != 0) {
        free(p);
        return status;
    }
    *state = p;
    return 0;
}

static int next_raw(void *state, struct segment *out, struct error *err) {
    struct pump *p = state;
    const int more = decoder_raw.next(p->raw, out, err);
    if (more == 0 && p->report->status == 0) {
        p->report->status = error_set(
            &p->report->error, YINMA_E_UNSUPPORTED,
            "Oracle Data Pump dump of version %s: only its raw bytes were scanned; scan CSV or SQL "
            "of its tables instead (impdp with SQLFILE= gives their definitions only)",
            p->version);
    }
    return more;
}

static void close_pump(void *state) {
    struct pump *p = state;
    if (p != NULL) {
        decoder_raw.close(p->raw);
        free(p);
    }
}

const struct decoder decoder_oracle_datapump = {
    .name = "oracle-datapump",
    .summary = "dump files of Oracle's Data Pump (expdp): told, only their raw bytes are scanned",
    .traits = DECODER_BINARY | DECODER_DUMP,
    .bid = bid,
    .open = open_pump,
    .next = next_raw,
    .close = close_pump,
};
