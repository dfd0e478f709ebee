#include <stdlib.h>

#include "input/neighbours/beside_rule.h"
#include "input/neighbours/neighbour_store.h"

enum {
    MEMBERS_MOST = 4 * 1024 * 1024,
    KEPT_BYTES_MOST = 64 * 1024 * 1024, /* of descriptions; others are read when they are needed */
};

void neighbour_list_init(struct neighbour_list *list, const struct container_format *format,
                         struct byte_source *source, struct input_budget *budget) {
    *list = (struct neighbour_list){0};
    listing_init(&list->listing, format, source, budget);
    name_index_init(&list->names);
}

void neighbour_list_release(struct neighbour_list *list) {
    for (size_t i = 0; list->contents != NULL && i < list->listing.count; i++) {
        free(list->contents[i]);
    }
    free(list->contents);
    free(list->members);
    name_index_release(&list->names);
    listing_release(&list->listing);
}

/* ---- what is in the archive ---- */

/* Of several members of one name the last one counts, as it would when they are unpacked. */
static bool index_names(struct neighbour_list *list) {
    const size_t count = list->listing.count;
    list->members = calloc(count + 1, sizeof *list->members);
    list->contents = calloc(count + 1, sizeof *list->contents);
    bool good = list->members != NULL && list->contents != NULL;
    for (size_t i = 0; good && i < count; i++) {
        uint32_t number = name_index_add(&list->names, listing_name(&list->listing, i));
        good = number != NAME_UNKNOWN;
        if (good) {
            list->members[number] = (uint32_t)i;
        }
    }
    return good;
}

struct collection {
    bool *wanted; /* by place in the listing */
    struct neighbour_list *list;
};

static bool collection_wants(void *context, size_t index) {
    const struct collection *collection = context;
    return collection->wanted[index];
}

static void collection_takes(void *context, size_t index, struct byte_source *content) {
    struct collection *collection = context;
    const size_t size = (size_t)collection->list->listing.members[index].size;
    uint8_t *memory = malloc(size + 1);
    if (memory != NULL && byte_source_read_full(content, memory, size + 1, NULL) == (int64_t)size) {
        collection->list->contents[index] = memory;
    } else {
        free(memory); /* it will be opened by itself and say what is wrong */
    }
}

/* Mark what member INDEX wishes for; the last place that is marked so far. */
static size_t mark_wishes(struct collection *collection, struct bytes lines, size_t last) {
    struct neighbour_list *list = collection->list;
    struct bytes line;
    while (lines.len != 0 && neighbour_next_line(&lines, &line)) {
        const uint32_t number = name_index_find(&list->names, line);
        if (number == NAME_UNKNOWN) {
            continue;
        }
        const size_t index = list->members[number];
        const uint64_t size = list->listing.members[index].size;
        if (size <= BESIDE_BYTES_MAX && !collection->wanted[index] &&
            list->kept_bytes + size <= KEPT_BYTES_MOST) {
            collection->wanted[index] = true;
            list->kept_bytes += size;
            last = index > last || last == SIZE_MAX ? index : last;
        }
    }
    return last;
}

/* Descriptions of members by others are read in one go: where members stand one behind the other in
 * one compressed block, fetching them one by one would mean to unpack the block each time. */
static void collect_descriptions(struct neighbour_list *list) {
    const size_t count = list->listing.count;
    struct collection collection = {.wanted = calloc(count + 1, sizeof(bool)), .list = list};
    struct listing_visit visit = {.context = &collection,
                                  .wanted = collection_wants,
                                  .take = collection_takes,
                                  .last = SIZE_MAX};
    struct text_buffer lines;
    text_buffer_init(&lines, 0);
    for (size_t i = 0; collection.wanted != NULL && i < count && !lines.failed; i++) {
        text_buffer_clear(&lines);
        neighbour_wishes(listing_name(&list->listing, i), bytes_of("", 0), list->listing.budget,
                         &lines);
        visit.last = mark_wishes(&collection, text_buffer_view(&lines), visit.last);
    }
    text_buffer_release(&lines);
    if (visit.last != SIZE_MAX) {
        listing_visit(&list->listing, &visit);
    }
    free(collection.wanted);
}

static bool make_list(struct neighbour_list *list, struct error *err) {
    if (!list->listed) {
        list->listed = true;
        if (listing_read(&list->listing, MEMBERS_MOST, err) == 0 && index_names(list)) {
            collect_descriptions(list);
        } else {
            list->listing.count = 0;
        }
    }
    return list->members != NULL && list->contents != NULL;
}

/* ---- one of its members ---- */

/* Opened when it is first read: whether it is there is asked more often. */
struct listed_source {
    struct byte_source base;
    struct listing *listing;
    size_t index;
    struct byte_source *content, *copy;
};

static int64_t listed_read(struct byte_source *source, void *buffer, size_t capacity,
                           struct error *err) {
    struct listed_source *self = (struct listed_source *)source;
    if (self->content == NULL) {
        self->content = listing_open(self->listing, self->index, err);
    }
    return self->content == NULL
               ? error_set(err, YINMA_E_DAMAGED, "a member of the archive cannot be read again")
               : byte_source_read(self->content, buffer, capacity, err);
}

static int64_t listed_read_at(struct byte_source *source, uint64_t offset, void *buffer,
                              size_t capacity, struct error *err) {
    struct listed_source *self = (struct listed_source *)source;
    if (self->copy == NULL) {
        struct byte_source *content = listing_open(self->listing, self->index, err);
        if (content == NULL) {
            return error_set(err, YINMA_E_DAMAGED, "a member of the archive cannot be read again");
        }
        const int code = input_seekable(content, self->listing->budget, &self->copy, err);
        if (code != 0) {
            return code;
        }
    }
    return self->copy->ops->read_at(self->copy, offset, buffer, capacity, err);
}

static void listed_close(struct byte_source *source) {
    struct listed_source *self = (struct listed_source *)source;
    byte_source_close(self->content);
    byte_source_close(self->copy);
    free(self);
}

static const struct byte_source_ops listed_ops = {
    .read = listed_read, .read_at = listed_read_at, .close = listed_close};

struct byte_source *neighbour_list_open(struct neighbour_list *list, struct bytes path,
                                        struct error *err) {
    const uint32_t number =
        make_list(list, err) ? name_index_find(&list->names, path) : NAME_UNKNOWN;
    const size_t index = number == NAME_UNKNOWN ? 0 : list->members[number];
    if (number == NAME_UNKNOWN || !list->listing.members[index].readable) {
        return NULL;
    }
    const uint64_t size = list->listing.members[index].size;
    if (list->contents[index] != NULL) {
        return input_open_memory(bytes_of(list->contents[index], (size_t)size));
    }
    struct listed_source *self = calloc(1, sizeof *self);
    if (self == NULL) {
        error_set(err, YINMA_E_MEMORY, "out of memory for a member");
        return NULL;
    }
    self->base = (struct byte_source){.ops = &listed_ops, .size = size};
    self->listing = &list->listing;
    self->index = index;
    return &self->base;
}
