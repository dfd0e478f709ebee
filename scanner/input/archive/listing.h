/* listing.h - the members of an archive that can be read at any place: what there is, and any of
 * them opened by a reader of its own, beside the one that goes over the archive. Reading it counts
 * once only: what the budget says of bytes read and entries is left as it was. Inside the room
 * only. */
#ifndef YINMA_INPUT_ARCHIVE_LISTING_H
#define YINMA_INPUT_ARCHIVE_LISTING_H

#include "core/text_buffer.h"
#include "input/input.h"

struct listed_member {
    size_t name, name_len; /* in names */
    uint64_t size;         /* as it is declared, UINT64_MAX unknown or unreadable */
    bool readable;         /* else encrypted, or no file */
};

struct listing {
    const struct container_format *format;
    struct byte_source *source;    /* of the archive, with read_at; not owned */
    struct input_budget *budget;   /* not owned */
    struct text_buffer names;      /* a line each */
    struct listed_member *members; /* in the order of the archive */
    size_t count, capacity;
};

/* Nothing is read yet. SOURCE and BUDGET must outlive the listing. */
void listing_init(struct listing *listing, const struct container_format *format,
                  struct byte_source *source, struct input_budget *budget);
void listing_release(struct listing *listing);

/* List at most MOST members. 0, or YINMA_E_MEMORY; where the archive is damaged the list ends. */
int listing_read(struct listing *listing, size_t most, struct error *err);
struct bytes listing_name(const struct listing *listing, size_t index);

/* The content of member INDEX; the bytes it delivers count in the budget. NULL when it cannot be
 * had. */
struct byte_source *listing_open(struct listing *listing, size_t index, struct error *err);

/* Go over the members again and give those to TAKE that WANTED says, in their order, until LAST. */
struct listing_visit {
    void *context;
    bool (*wanted)(void *context, size_t index);
    void (*take)(void *context, size_t index, struct byte_source *content);
    size_t last;
};
void listing_visit(struct listing *listing, const struct listing_visit *visit);

#endif
