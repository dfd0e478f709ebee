#include "input/neighbours/neighbours.h"

#include <stdlib.h>

#include "input/neighbours/beside.h"
#include "input/neighbours/neighbour_store.h"

struct neighbours {
    struct input_budget *budget;
    bool seeks; /* then there is a list, else a shelf */
    struct neighbour_list list;
    struct neighbour_shelf shelf;
};

struct neighbours *neighbours_new(const struct container_format *format, struct byte_source *source,
                                  struct input_budget *budget) {
    struct neighbours *self = calloc(1, sizeof *self);
    if (self != NULL) {
        self->budget = budget;
        self->seeks = source->ops->read_at != NULL;
        neighbour_list_init(&self->list, format, source, budget);
        neighbour_shelf_init(&self->shelf, budget);
    }
    return self;
}

void neighbours_free(struct neighbours *self) {
    if (self != NULL) {
        neighbour_list_release(&self->list);
        neighbour_shelf_release(&self->shelf);
        free(self);
    }
}

/* ---- a member with its neighbours ---- */

struct neighbour_source {
    struct byte_source base;
    struct neighbours *neighbours;
    struct byte_source *inner;
    struct text_buffer folder; /* with its slash */
};

static int64_t neighbour_read(struct byte_source *source, void *buffer, size_t capacity,
                              struct error *err) {
    struct neighbour_source *self = (struct neighbour_source *)source;
    return byte_source_read(self->inner, buffer, capacity, err);
}

static int64_t neighbour_read_at(struct byte_source *source, uint64_t offset, void *buffer,
                                 size_t capacity, struct error *err) {
    struct neighbour_source *self = (struct neighbour_source *)source;
    return self->inner->ops->read_at(self->inner, offset, buffer, capacity, err);
}

static struct byte_source *neighbour_sibling(struct byte_source *source, const char *name,
                                             struct error *err) {
    struct neighbour_source *self = (struct neighbour_source *)source;
    struct neighbours *neighbours = self->neighbours;
    const size_t folder = self->folder.len;
    if (*name == '\0' || strchr(name, '/') != NULL) { /* names come from data */
        return NULL;
    }
    text_buffer_puts(&self->folder, name);
    struct bytes path = text_buffer_view(&self->folder);
    struct byte_source *sibling = self->folder.failed ? NULL
                                  : neighbours->seeks
                                      ? neighbour_list_open(&neighbours->list, path, err)
                                      : neighbour_shelf_open(&neighbours->shelf, path, err);
    self->folder.len = folder;
    return sibling;
}

static struct byte_source *neighbour_again(struct byte_source *source,
                                           struct input_budget *budget) {
    struct neighbour_source *self = (struct neighbour_source *)source;
    return byte_source_again(self->inner, budget);
}

static void neighbour_close(struct byte_source *source) {
    struct neighbour_source *self = (struct neighbour_source *)source;
    byte_source_close(self->inner);
    text_buffer_release(&self->folder);
    free(self);
}

static const struct byte_source_ops neighbour_ops[2] = {{.read = neighbour_read,
                                                         .sibling = neighbour_sibling,
                                                         .again = neighbour_again,
                                                         .close = neighbour_close},
                                                        {.read = neighbour_read,
                                                         .read_at = neighbour_read_at,
                                                         .sibling = neighbour_sibling,
                                                         .again = neighbour_again,
                                                         .close = neighbour_close}};

/* Give the turn's source its siblings, and the turn the first bytes where they will be asked for.
 */
static int complete(struct neighbours *neighbours, struct neighbours_turn *turn,
                    struct error *err) {
    struct bytes name = bytes_last_component(turn->name);
    struct text_buffer wish;
    bool whole;
    text_buffer_init(&wish, 0);
    if (beside_wish(name, bytes_of("", 0), neighbours->budget, &wish)) {
        turn->source = input_peek(turn->source, &turn->head, &whole, err);
    }
    text_buffer_release(&wish);
    struct neighbour_source *self = turn->source == NULL ? NULL : calloc(1, sizeof *self);
    if (self == NULL) {
        byte_source_close(turn->source);
        return error_set(err, YINMA_E_MEMORY, "out of memory for a member");
    }
    self->base.ops = &neighbour_ops[turn->source->ops->read_at != NULL];
    self->base.size = turn->source->size;
    self->neighbours = neighbours;
    self->inner = turn->source;
    text_buffer_init(&self->folder, 0);
    text_buffer_put(&self->folder, bytes_first(turn->name, turn->name.len - name.len));
    turn->source = &self->base;
    return 1;
}

/* ---- turns ---- */

int neighbours_pass(struct neighbours *self, const struct container_member *member,
                    struct byte_source *source, struct neighbours_turn *turn, struct error *err) {
    int code = 1;
    if (self->seeks) {
        *turn = (struct neighbours_turn){
            .name = member->name, .modified = member->modified, .source = source};
    } else {
        code = neighbour_shelf_pass(&self->shelf, member, source, turn, err);
    }
    return code == 1 ? complete(self, turn, err) : code;
}

int neighbours_next(struct neighbours *self, bool ended, struct neighbours_turn *turn,
                    struct error *err) {
    int code = self->seeks ? 0 : neighbour_shelf_next(&self->shelf, ended, turn, err);
    return code == 1 ? complete(self, turn, err) : code;
}

int neighbours_check(const struct neighbours *self, struct error *err) {
    return neighbour_shelf_check(&self->shelf, err);
}
