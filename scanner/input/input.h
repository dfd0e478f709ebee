/* input.h - bytes and what they are wrapped in. Everything hostile about files ends here: limits,
 * bombs, encryption, damage. One thread uses an input_run at a time. */
#ifndef YINMA_INPUT_INPUT_H
#define YINMA_INPUT_INPUT_H

#include "core/block_codec.h"
#include "core/byte_source.h"
#include "input/walk/walk.h"

/* Limits of a run (contract: --max-depth …). 0 = none. */
struct input_limits {
    unsigned max_depth; /* containers in one another, default 8 */
    unsigned max_ratio; /* output : input, counted after 64 MiB of output, default 1000 */
    uint64_t max_unit_bytes;
    uint64_t max_entries;
    uint64_t max_memory;    /* what one decoder may take, bytes; default 128 MiB */
    uint64_t max_spool;     /* default 4 GiB */
    double timeout_seconds; /* for one work item */
};
void input_limits_default(struct input_limits *limits);

/* One budget belongs to the outermost input and is inherited by everything found inside it. */
struct input_budget {
    const struct input_limits *limits;
    uint64_t compressed_bytes; /* read from the outermost source; whoever starts from memory adds
                                  its length. Counted atomically: a stream may be read ahead by
                                  another thread than the one that tells how far it has come */
    uint64_t delivered_bytes;  /* by all decompressors and archives */
    uint64_t block_bytes;      /* of compressed blocks inside of record formats, which are read at
                                  any place: max_ratio counts them as read */
    uint64_t entries;
    uint64_t spooled_bytes;
    uint64_t spooled_memory; /* taken by the spools that are in memory */
    double deadline;         /* CLOCK_MONOTONIC seconds, 0 = none */
    uint64_t ratio_from;     /* max_ratio counts when so many bytes were delivered */
    unsigned threads;        /* that a decompressor may use besides the caller's; 0 at the start */
    /* Does somebody want the scan to end? Asked while a pipe is silent, in any thread; NULL: nobody
     * will. */
    bool (*stopping)(void *context);
    void *stopping_context;
    struct folder_names *folders; /* what stands beside files (folder_names.h); not owned, NULL:
                                     every neighbour that is asked for is opened */
};
void input_budget_start(struct input_budget *budget, const struct input_limits *limits);

/* ---- sources ---- */

/* A plain file (read_at works) or standard input. Reading counts into the budget. A file that
 * shrinks or grows while it is read ends with YINMA_E_CHANGED after its bytes. */
int input_open_file(const struct work_item *item, struct input_budget *budget,
                    struct byte_source **out, struct error *err);
/* A view of memory; the memory must outlive it. read_at works. */
struct byte_source *input_open_memory(struct bytes memory);

/* SOURCE with its first bytes looked at: *head_out is valid until the next read, *whole_out tells
 * that it is all there is. Returns a source that delivers everything from the start and owns
 * SOURCE (read_at and size are those of SOURCE); NULL when memory is out (SOURCE is closed). An
 * error of SOURCE after the head comes back when reading. */
enum { INPUT_HEAD_BYTES = 64 * 1024 };
struct byte_source *input_peek(struct byte_source *source, struct bytes *head_out, bool *whole_out,
                               struct error *err);

/* The same content with read_at: SOURCE itself when it has one, else a copy of it: in memory up to
 * 16 MiB, then in an unlinked temporary file encrypted with a key that lives in memory, within the
 * budget's max_spool. When SOURCE ends with an error, or max_spool is reached, the bytes before
 * stand and the error comes from reading behind them. Owns SOURCE; closed on failure. */
int input_seekable(struct byte_source *source, struct input_budget *budget,
                   struct byte_source **out, struct error *err);

/* SOURCE as one unit: behind max_unit_bytes it ends with YINMA_E_LIMIT, and --timeout is looked at
 * on the way. For what goes to the decoders; containers are limited by themselves. Owns SOURCE;
 * NULL when memory is out (SOURCE is closed). */
struct byte_source *input_unit(struct byte_source *source, struct input_budget *budget,
                               struct error *err);

/* Is SOURCE the content of compressed frames, with read_at? Then the bytes of all of them, else 0.
 */
uint64_t input_frames_packed(const struct byte_source *source);
/* Of such a source: the last begin of a frame at or before PLACE, and the first one behind it. */
uint64_t input_frame_before(const struct byte_source *source, uint64_t place);
uint64_t input_frame_behind(const struct byte_source *source, uint64_t place);

/* ---- containers ---- */

/* What is known about a stream from somewhere else: the archive that it belongs to, a file that
 * stands beside it. Nothing is guessed then. */
struct content_hint {
    const char *format;    /* name of its decoder; NULL: let them bid */
    const char *encoding;  /* name of its encoding; NULL: by its bytes */
    struct bytes preamble; /* see struct decode_input */
};

enum container_type {
    CONTAINER_STREAM,  /* one compressed stream: gzip, zstd … */
    CONTAINER_ARCHIVE, /* members: tar, zip, 7z */
};

struct container_member {
    struct bytes name;          /* as stored, without "./" or "/" in front; UTF-8 where the archive
                                   says so, Big5 names are turned into it; valid until the next
                                   call; for a stream: empty unless the format stores one */
    struct byte_source *source; /* of its content; NULL when it cannot be read: see status. Owned by
                                   the container, valid until the next call; closing it (as a
                                   wrapper that owns it does) is allowed and changes nothing */
    bool special;               /* a directory is never returned; links, devices and FIFOs are, with
                                   source NULL and status 0 */
    bool unlisted;              /* the archive's own list does not name it */
    uint64_t packed, behind;    /* bytes of the archive that hold it, and that stand behind it; 0:
                                   not known */
    struct content_hint hint;   /* valid until the next call */
    int64_t modified;           /* seconds since 1970, UTC; 0 = the container does not say */
    int status;                 /* 0 or why there is no content (YINMA_E_ENCRYPTED …) */
    struct error error;
};

/* One row a container format. */
struct container_format {
    const char *name;    /* "gzip" */
    const char *summary; /* a gettext message */
    enum container_type type;
    const char *const *endings; /* of names, with the dot: ".gz"; NULL-terminated. An ending of the
                                   form ".tgz=.tar" says what the content is called */
    /* Bits of evidence in HEAD; 0 = not mine. The ending is never enough. */
    unsigned (*bid)(struct bytes head);
    /* SOURCE is at its start and not owned. Needs read_at when `needs_seek`. */
    int (*open)(struct byte_source *source, struct input_budget *budget, void **state,
                struct error *err);
    /* 1 and a member, 0 at the end, or a negative code: the rest of the archive cannot be read
     * (members delivered before stand). A stream has exactly one member. Data errors inside a
     * member come from reading its source; reading continues with the next member if it can. */
    int (*next)(void *state, struct container_member *out, struct error *err);
    void (*close)(void *state);
    bool needs_seek;
    bool holds_mail;  /* everything in it was mailed: zone mail */
    bool holds_files; /* its members were files of folders: some describe others */
};

extern const struct container_format *const container_formats[]; /* NULL-terminated */

/* The best bidder, or NULL: not a container. */
const struct container_format *container_detect(struct bytes head);
/* What is told by its end only: a zip archive behind a program that unpacks it, the last part of a
 * split one. Looks at sources with read_at that are called NAME like one or begin with a program.
 */
const struct container_format *container_detect_end(struct byte_source *source, struct bytes head,
                                                    struct bytes name);

/* Is something of that name called like a container? */
bool container_called(struct bytes name);
/* The name of the content of a compressed stream called NAME: "shop.sql.gz" -> "shop.sql", "x.tgz"
 * -> "x.tar"; NAME itself when it has none of the endings. The result is a view of NAME, or text in
 * BUFFER. */
struct bytes container_content_name(const struct container_format *format, struct bytes name,
                                    char *buffer, size_t buffer_size);

/* ---- compressed blocks inside of record formats ---- */

/* What undoes them within BUDGET, which must outlive it. One thread uses it at a time. */
struct block_expander input_blocks(struct input_budget *budget);

/* ---- documents that are archives ---- */

/* A zip archive whose members are one document: an office file. */
struct input_package;
/* May the archive that begins with HEAD be one? Costs nothing. */
bool input_package_hint(struct bytes head);
/* Look into ZIP (with read_at; not owned). *OUT is NULL when it is an archive like any other. */
int input_package_open(struct byte_source *zip, struct input_budget *budget,
                       struct input_package **out, struct error *err);
void input_package_close(struct input_package *package);
/* The document as its decoder sees it: read() gives the names of the members, one a line, and
 * sibling() opens one of them, whatever its place in the archive. Owned by the package. */
struct byte_source *input_package_source(struct input_package *package);
/* The name of its decoder. */
const char *input_package_format(const struct input_package *package);
/* Was that member opened? Those that were not are still to be scanned, each by itself. */
bool input_package_took(struct input_package *package, struct bytes name);

/* ---- data that cannot be read as records ---- */

enum content_class {
    CONTENT_TEXT,   /* nothing known: let the decoders bid */
    CONTENT_OPAQUE, /* image, font, executable, audio, video: raw bytes scanned, does not count */
    CONTENT_ENCRYPTED,   /* PGP, age, LUKS, openssl … : raw scan tells nothing */
    CONTENT_RAW_PAGES,   /* a database's own files: raw bytes are scanned, what is binary in them
                            cannot be seen */
    CONTENT_UNSUPPORTED, /* may hold text but cannot be read (PDF, OLE2, rar …): raw bytes are
                            scanned as well, yet the answer is incomplete */
};

struct content_guess {
    enum content_class class;
    const char *what; /* "PNG image", "PGP message"; static */
};

/* By signature and, failing that, by the share of control bytes. */
struct content_guess content_guess(struct bytes head, struct bytes name);

/* What the PDF document SOURCE (with read_at) is encrypted with: "encrypted PDF document, AES-256";
 * NULL when neither of its ends says so. Static. */
const char *content_pdf_cipher(struct byte_source *source);

#endif
