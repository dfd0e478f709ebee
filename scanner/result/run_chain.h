/* run_chain.h - the lines of a ledger of runs (`--ledger`): what one line says, and whether the
 * lines of a file are still those that were written.
 *
 * A line is a JSON object. Its last member `sha256` is the digest of the line without that member;
 * `previous` is the digest of the whole line before it, 64 zeros in the first. So a line cannot be
 * edited, taken out or moved without a trace. Who can write the file can make it anew from some
 * line on: the digest of its last line, kept elsewhere, tells that. */
#ifndef YINMA_RESULT_RUN_CHAIN_H
#define YINMA_RESULT_RUN_CHAIN_H

#include "core/arena.h"
#include "core/error.h"
#include "core/text_buffer.h"

#define CHAIN_FIRST "0000000000000000000000000000000000000000000000000000000000000000"

enum chain_flaw {
    CHAIN_WHOLE,
    CHAIN_EDITED,    /* its own digest does not fit */
    CHAIN_STRANGE,   /* no line of a ledger */
    CHAIN_CUT,       /* cut off, and the next line says so: a run that died while it wrote */
    CHAIN_CUT_END,   /* the last line is cut off */
    CHAIN_BEGINNING, /* lines before the first one are missing */
    CHAIN_MISSING,   /* lines between the one before and this one are missing */
    CHAIN_ORDER,     /* it stands in another place than it was written to */
    CHAIN_REPLACED,  /* another line stood before it when it was written */
};
/* What is wrong, as a clause about "line N"; a gettext message. */
const char *chain_flaw_text(enum chain_flaw flaw);

/* A file that a run wrote. */
struct chain_report {
    struct bytes file, format, sha256;
};

struct chain_line {
    struct bytes text; /* without its end; the rest points into the arena of the chain */
    char digest[65];   /* of the text: what the next line calls `previous` */
    uint64_t number;   /* as it says; 0: it is no line of a ledger */
    bool after_cut;    /* it says that the line before it was cut off */
    struct bytes time, run_sha256, previous;
    const struct chain_report *reports;
    size_t report_count;
    enum chain_flaw flaw;
};

struct run_chain {
    struct arena arena;
    struct chain_line *lines; /* as they stand in the file; owned */
    size_t count;
};

/* Take TEXT apart, which must outlive OUT, and look at every line. 0 or YINMA_E_MEMORY. */
int run_chain_read(struct bytes text, struct run_chain *out, struct error *err);
void run_chain_release(struct run_chain *chain);

/* Turn BODY, a JSON object of everything but `sha256`, into a line with its end. */
void chain_line_seal(struct bytes body, struct text_buffer *out);

#endif
