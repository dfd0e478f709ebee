/* zip.c - first the members that the directory names, then what stands between them: members that
 * it does not name (or all of them, where the end is cut off) by their own headers, and other bytes
 * as they are. */
#include <inttypes.h>
#include <stdlib.h>

#include "input/archive/member_name.h"
#include "input/archive/zip.h"
#include "input/limits.h"

struct reader {
    struct byte_source *source;
    struct input_budget *budget;
    struct zip_directory directory;
    uint64_t cursor; /* in the directory */
    uint64_t listed; /* entries read */
    bool in_gaps;    /* the directory is done */
    bool broken;     /* before its end */
    struct zip_ranges seen;
    struct zip_range gap;
    uint64_t overlapping; /* bytes that belong to more than one member */
    uint64_t unlisted, renamed;
    uint64_t searched; /* bytes, for ends that are not told */
    struct zip_entry entry, local;
    struct zip_content *content;
    struct text_buffer name;
    struct error failure;
    bool ended;
};

/* ---- one member ---- */

static bool overlaps(struct reader *reader, struct zip_range data) {
    struct zip_range rest = data;
    return data.begin < data.end && (!zip_ranges_gap(&reader->seen, data.end, &rest) ||
                                     rest.begin != data.begin || rest.end != data.end);
}

/* Fill OUT from ENTRY, whose data stands at DATA. */
static void describe(struct reader *reader, const struct zip_entry *entry, struct zip_range data,
                     struct container_member *out) {
    member_name_put(&reader->name, text_buffer_view(&entry->name));
    *out = (struct container_member){.name = text_buffer_view(&reader->name),
                                     .modified = entry->modified,
                                     .special = entry->special};
    if (entry->special) {
        return;
    }
    out->status = zip_content_begin(reader->content, entry, data, &out->error);
    if (out->status == 0) {
        out->source = zip_content_source(reader->content);
    }
}

static void fail_member(struct container_member *out, int status) {
    out->source = NULL;
    out->status = status;
}

/* Mark what the member takes: header, data, descriptor. */
static int mark(struct reader *reader, const struct zip_entry *entry, uint64_t header,
                struct zip_range data, struct error *err) {
    enum { FLAG_DESCRIPTOR = 8 };
    if ((entry->flags & FLAG_DESCRIPTOR) != 0) {
        data.end += zip_descriptor_bytes(reader->source, data.end, entry);
    }
    return zip_ranges_add(&reader->seen, header, data.end, err);
}

/* ---- members that the directory names ---- */

/* The local header of reader->entry: where bytes were put in front of the archive, or not. */
static int find_local(struct reader *reader, struct error *err) {
    const uint64_t shifts[] = {reader->directory.shift, 0};
    int code = 0;
    for (size_t i = 0; i < 2; i++) {
        uint64_t place;
        if (__builtin_add_overflow(reader->entry.header, shifts[i], &place)) {
            continue;
        }
        code = zip_read_local(reader->source, place, &reader->local, err);
        const bool same =
            !reader->local.name.failed && bytes_equal(text_buffer_view(&reader->local.name),
                                                      text_buffer_view(&reader->entry.name));
        if (code == 0 || (code == YINMA_E_DAMAGED && same && reader->entry.name.len > 0)) {
            return 0; /* a damaged signature alone hides nothing */
        }
    }
    return code;
}

static int describe_listed(struct reader *reader, struct container_member *out, struct error *err) {
    struct zip_entry *entry = &reader->entry;
    struct error problem = {0};
    struct zip_range data = {0};
    int status = find_local(reader, &problem);
    if (status == YINMA_E_MEMORY) {
        *err = problem;
        return status;
    }
    const struct zip_directory *directory = &reader->directory;
    const bool elsewhere = entry->disk != directory->disk;
    if (status == 0 && !elsewhere) {
        const uint64_t size = reader->source->size;
        data.begin = reader->local.header + reader->local.bytes;
        data.end = entry->packed < size - data.begin ? data.begin + entry->packed : size;
        reader->overlapping += overlaps(reader, data) ? data.end - data.begin : 0;
        reader->renamed +=
            reader->local.method != entry->method ||
            !bytes_equal(text_buffer_view(&reader->local.name), text_buffer_view(&entry->name));
        status = mark(reader, entry, reader->local.header, data, err);
        if (status < 0) {
            return status;
        }
    }
    describe(reader, entry, data, out);
    out->packed = data.end - data.begin;
    out->behind = directory->begin > data.end ? directory->begin - data.end : 0;
    if (elsewhere) {
        error_set(&out->error, YINMA_E_UNSUPPORTED,
                  "it stands in another part of a split zip archive");
        fail_member(out, YINMA_E_UNSUPPORTED);
    } else if (status < 0 && out->status == 0) {
        out->error = problem;
        fail_member(out, status);
    } else if (reader->overlapping > reader->source->size) {
        error_set(&out->error, YINMA_E_LIMIT,
                  "the members of the zip archive overlap: more is named than there is");
        fail_member(out, YINMA_E_LIMIT);
    }
    return 1;
}

/* 1 a member, 0 no more, or negative. Folders are passed by. */
static int next_listed(struct reader *reader, struct container_member *out, struct error *err) {
    while (reader->cursor < reader->directory.end) {
        struct error problem = {0};
        int code = zip_read_central(reader->source, reader->cursor, &reader->entry, &problem);
        if (code == YINMA_E_MEMORY) {
            *err = problem;
            return code;
        }
        if (code < 0) {
            reader->broken = reader->listed < reader->directory.count;
            return 0;
        }
        reader->cursor += reader->entry.bytes;
        reader->listed++;
        code = budget_entry(reader->budget, err);
        if (code == 0) {
            code = describe_listed(reader, out, err);
        }
        if (code < 0 || !reader->entry.folder) {
            return code;
        }
    }
    return 0;
}

/* ---- what it does not name ---- */

/* Where the data of the member at the gap's begin ends, when its header does not say so. */
static int search_end(struct reader *reader, struct zip_range *data, struct error *err) {
    uint64_t end = data->end;
    int code = 0;
    if (reader->searched / 4 <= reader->source->size) { /* keeps hostile archives from quadratic
                                                           work */
        reader->searched += data->end - data->begin;
        code = zip_search_descriptor(reader->source, *data, &reader->local, &end, err);
    }
    if (code == 0) {
        code = zip_search_header(reader->source, *data, !reader->directory.found, &end, err);
    }
    if (code > 0) {
        data->end = end;
    }
    return code < 0 ? code : 0;
}

static int describe_unlisted(struct reader *reader, struct container_member *out,
                             struct error *err) {
    int code = zip_read_local(reader->source, reader->gap.begin, &reader->local, err);
    if (code == YINMA_E_TRUNCATED) { /* cut within its name */
        reader->gap.begin = reader->gap.end;
        return 0;
    }
    struct zip_range data = {reader->gap.begin + reader->local.bytes, reader->gap.end};
    if (code == 0) {
        code = budget_entry(reader->budget, err);
    }
    if (code == 0 && data.begin < data.end && reader->local.packed == UINT64_MAX) {
        code = search_end(reader, &data, err);
    } else if (code == 0 && data.begin <= data.end &&
               reader->local.packed < data.end - data.begin) {
        data.end = data.begin + reader->local.packed;
    }
    data.begin = data.begin < data.end ? data.begin : data.end;
    if (code == 0) {
        code = mark(reader, &reader->local, reader->gap.begin, data, err);
    }
    if (code < 0) {
        return code;
    }
    reader->unlisted += !reader->local.folder;
    describe(reader, &reader->local, data, out);
    out->unlisted = true;
    return !reader->local.folder;
}

/* The mark in front of archives that could have had parts, and the block of signatures that Android
 * puts before the directory, hold no data of anybody. */
static bool is_known_piece(struct reader *reader, struct zip_range piece) {
    static const char mark[] = "APK Sig Block 42";
    char end[sizeof mark - 1];
    if (piece.begin == 0 && piece.end == 4) {
        return true;
    }
    return piece.end - piece.begin > sizeof end &&
           zip_read_at(reader->source, piece.end - sizeof end, end, sizeof end, NULL) == 0 &&
           memcmp(end, mark, sizeof end) == 0;
}

/* Bytes that are no member: 1 when they are worth a look. */
static int describe_piece(struct reader *reader, struct zip_range piece,
                          struct container_member *out, struct error *err) {
    int code = zip_ranges_add(&reader->seen, piece.begin, piece.end, err);
    if (code == 0) {
        code = zip_all_zero(reader->source, piece, err);
    }
    if (code != 0 || is_known_piece(reader, piece)) {
        return code < 0 ? code : 0;
    }
    struct zip_entry *entry = &reader->local;
    entry->flags = entry->method = 0;
    entry->special = entry->crc_known = false;
    entry->size = piece.end - piece.begin;
    entry->modified = 0;
    text_buffer_clear(&entry->name);
    text_buffer_printf(&entry->name, "[bytes %" PRIu64 "-%" PRIu64 "]", piece.begin, piece.end);
    describe(reader, entry, piece, out);
    out->unlisted = true;
    return 1;
}

static int next_in_gaps(struct reader *reader, struct container_member *out, struct error *err) {
    int code = 0;
    while (code == 0 && zip_ranges_gap(&reader->seen, reader->source->size, &reader->gap)) {
        uint64_t found = 0;
        int search =
            zip_search_header(reader->source, reader->gap, !reader->directory.found, &found, err);
        if (search < 0) {
            return search;
        }
        struct zip_range piece = {reader->gap.begin, search == 0 ? reader->gap.end : found};
        if (piece.begin < piece.end) {
            code = describe_piece(reader, piece, out, err);
        } else if (search == 1) {
            code = describe_unlisted(reader, out, err);
        } else { /* what is left of the directory */
            reader->gap.begin = reader->source->size;
        }
    }
    return code;
}

/* ---- the archive ---- */

/* Everything was taken out. What is to be told of the archive as a whole? */
static int check_whole(const struct reader *reader, struct error *err) {
    uint8_t more;
    int64_t got = reader->source->ops->read_at(reader->source, reader->source->size, &more, 1, err);
    if (got < 0) { /* the source itself broke off */
        return (int)got;
    }
    if (!reader->directory.found) {
        return error_set(err, YINMA_E_TRUNCATED,
                         "the zip archive ends without its directory: members were found by their "
                         "own headers, some may be missing");
    }
    if (reader->broken) {
        return error_set(err, YINMA_E_DAMAGED,
                         "the directory of the zip archive is damaged behind %" PRIu64
                         " members; the others were found by their own headers",
                         reader->listed);
    }
    if (reader->unlisted > 0) {
        return error_set(err, YINMA_E_DAMAGED,
                         "%" PRIu64 " members are not in the directory of the zip archive; they "
                         "were read all the same",
                         reader->unlisted);
    }
    if (reader->renamed > 0) {
        return error_set(err, YINMA_E_DAMAGED,
                         "%" PRIu64 " members have another name or method in their own header "
                         "than in the directory of the zip archive",
                         reader->renamed);
    }
    return 0;
}

static int zip_next(void *state, struct container_member *out, struct error *err) {
    struct reader *reader = state;
    int code = reader->failure.code;
    if (code == 0 && !reader->ended && !reader->in_gaps) {
        code = next_listed(reader, out, &reader->failure);
        reader->in_gaps = code == 0;
    }
    if (code == 0 && !reader->ended && reader->in_gaps) {
        code = next_in_gaps(reader, out, &reader->failure);
        reader->ended = code == 0;
        code = code == 0 ? check_whole(reader, &reader->failure) : code;
    }
    if (code == 1 && reader->name.failed) {
        code = error_set(&reader->failure, YINMA_E_MEMORY, "out of memory");
    }
    if (code < 0) {
        reader->failure.code = code;
        if (err != NULL) {
            *err = reader->failure;
        }
    }
    return code;
}

static void zip_close(void *state) {
    struct reader *reader = state;
    if (reader != NULL) {
        zip_ranges_release(&reader->seen);
        zip_content_free(reader->content);
        text_buffer_release(&reader->entry.name);
        text_buffer_release(&reader->local.name);
        text_buffer_release(&reader->name);
        free(reader);
    }
}

static int zip_open(struct byte_source *source, struct input_budget *budget, void **state,
                    struct error *err) {
    *state = NULL;
    if (source->ops->read_at == NULL || source->size > INT64_MAX) {
        return error_set(err, YINMA_E_UNSUPPORTED, "a zip archive needs random access");
    }
    struct reader *reader = calloc(1, sizeof *reader);
    struct zip_content *content = zip_content_new(source, budget);
    if (reader == NULL || content == NULL) {
        free(reader);
        zip_content_free(content);
        return error_set(err, YINMA_E_MEMORY, "out of memory");
    }
    reader->source = source;
    reader->budget = budget;
    reader->content = content;
    text_buffer_init(&reader->entry.name, 0);
    text_buffer_init(&reader->local.name, 0);
    text_buffer_init(&reader->name, 0);
    int code = zip_find_directory(source, &reader->directory, err);
    const struct zip_directory *directory = &reader->directory;
    if (code == 0 && directory->found) {
        reader->cursor = directory->begin;
        code = zip_ranges_add(&reader->seen, directory->begin, directory->tail_end, err);
    }
    if (code < 0) {
        zip_close(reader);
        return code;
    }
    *state = reader;
    return 0;
}

static unsigned zip_bid(struct bytes head) {
    if (bytes_starts_with(head, BYTES_LIT("PK\x07\x08PK\x03\x04")) ||
        bytes_starts_with(head, BYTES_LIT("PK00PK\x03\x04"))) {
        return 64; /* written as if it had several parts */
    }
    return bytes_starts_with(head, BYTES_LIT("PK\x03\x04")) ||
                   bytes_starts_with(head, BYTES_LIT("PK\x05\x06"))
               ? 32
               : 0;
}

static const char *const zip_endings[] = {".zip", ".jar", ".war", ".ear", ".apk", NULL};

const struct container_format container_zip = {
    .name = "zip",
    .summary = "zip archives: 64-bit, split, without their directory, members that it does not "
               "name; not Deflate64, not encrypted members",
    .type = CONTAINER_ARCHIVE,
    .endings = zip_endings,
    .bid = zip_bid,
    .open = zip_open,
    .next = zip_next,
    .close = zip_close,
    .needs_seek = true,
    .holds_files = true,
};
