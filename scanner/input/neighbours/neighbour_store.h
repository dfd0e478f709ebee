/* neighbour_store.h - the two ways to have a neighbour, behind neighbours.h. Paths are those of
 * members, with their folders. Inside the room only. */
#ifndef YINMA_INPUT_NEIGHBOURS_NEIGHBOUR_STORE_H
#define YINMA_INPUT_NEIGHBOURS_NEIGHBOUR_STORE_H

#include "input/archive/listing.h"
#include "input/neighbours/name_index.h"
#include "input/neighbours/neighbours.h"

/* ---- an archive that can be read at any place (neighbour_list.c) ---- */

struct neighbour_list {
    struct listing listing;
    bool listed;
    struct name_index names;
    uint32_t *members;  /* by number of a name: its place in the listing */
    uint8_t **contents; /* by place in the listing: a description that was read; else NULL */
    uint64_t kept_bytes;
};
void neighbour_list_init(struct neighbour_list *list, const struct container_format *format,
                         struct byte_source *source, struct input_budget *budget);
void neighbour_list_release(struct neighbour_list *list);
/* For the caller; NULL: there is none. */
struct byte_source *neighbour_list_open(struct neighbour_list *list, struct bytes path,
                                        struct error *err);

/* ---- a stream (neighbour_shelf.c) ---- */

struct shelved {
    struct byte_source *copy; /* with read_at; NULL: it went by */
    uint8_t *memory;          /* of the copy, where it is a piece of the whole */
    int64_t modified;
    bool in_file;  /* the copy takes a descriptor */
    bool waits;    /* its turn is still to come */
    bool unserved; /* it wished for something and could not wait */
    bool late;     /* which came behind it, or could not be held */
};

struct wish_link {
    uint32_t member, next; /* next: a link, or NAME_UNKNOWN */
};

struct neighbour_shelf {
    struct input_budget *budget;
    struct name_index names;
    struct shelved *members; /* by number of the name */
    size_t capacity;
    struct name_index wishes;
    uint32_t *wishers; /* by number of the wish: the first link */
    size_t wishes_capacity;
    struct wish_link *links;
    size_t link_count, link_capacity;
    uint32_t *ready; /* members whose wish has come */
    size_t ready_count, ready_capacity, ready_at;
    size_t copies, files;  /* held */
    uint32_t next_waiting; /* at the end: all before it had their turn */
    bool lasts;            /* at the end: it is the turn of those that come last */
    uint32_t current;      /* whose turn it is: its copy goes when that is over */
    bool keeps_current;
};
void neighbour_shelf_init(struct neighbour_shelf *shelf, struct input_budget *budget);
void neighbour_shelf_release(struct neighbour_shelf *shelf);
struct byte_source *neighbour_shelf_open(struct neighbour_shelf *shelf, struct bytes path,
                                         struct error *err);
/* As in neighbours.h, but that the sources have no siblings yet. */
int neighbour_shelf_pass(struct neighbour_shelf *shelf, const struct container_member *member,
                         struct byte_source *source, struct neighbours_turn *turn,
                         struct error *err);
int neighbour_shelf_next(struct neighbour_shelf *shelf, bool ended, struct neighbours_turn *turn,
                         struct error *err);
int neighbour_shelf_check(const struct neighbour_shelf *shelf, struct error *err);

/* ---- who needs whom (neighbour_wishes.c) ---- */

/* The paths of neighbours that a member called PATH, beginning with HEAD (whole bytes of it, or
 * none where only the name is to tell), would be read with, a line each. */
void neighbour_wishes(struct bytes path, struct bytes head, struct input_budget *budget,
                      struct text_buffer *lines);
/* May a member called PATH, of SIZE bytes, be what others wish for? */
bool neighbour_may_serve(struct bytes path, struct bytes head, uint64_t size,
                         struct input_budget *budget);
/* Contents that list the files beside them: they are judged when all of these are known. */
bool neighbour_comes_last(struct bytes path);
/* The next line of *LINES, taken off; false: none is left. */
bool neighbour_next_line(struct bytes *lines, struct bytes *line);

#endif
