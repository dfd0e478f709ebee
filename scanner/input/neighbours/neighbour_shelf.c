#include <inttypes.h>
#include <stdlib.h>

#include "input/limits.h"
#include "input/neighbours/neighbour_store.h"
#include "input/replay.h"

enum {
    COPIES_MOST = 16 * 1024, /* each is a mapping of memory */
    FILES_MOST = 128,
    HEAD_KEPT_BYTES = 4096, /* of a database: what its log asks for */
};

void neighbour_shelf_init(struct neighbour_shelf *shelf, struct input_budget *budget) {
    *shelf = (struct neighbour_shelf){.budget = budget, .current = NAME_UNKNOWN};
    name_index_init(&shelf->names);
    name_index_init(&shelf->wishes);
}

static void drop_copy(struct neighbour_shelf *shelf, struct shelved *member) {
    shelf->copies -= member->copy != NULL;
    shelf->files -= member->copy != NULL && member->in_file;
    byte_source_close(member->copy);
    free(member->memory);
    member->copy = NULL;
    member->memory = NULL;
}

void neighbour_shelf_release(struct neighbour_shelf *shelf) {
    for (size_t i = 0; i < shelf->names.count && i < shelf->capacity; i++) {
        drop_copy(shelf, &shelf->members[i]);
    }
    free(shelf->members);
    free(shelf->wishers);
    free(shelf->links);
    free(shelf->ready);
    name_index_release(&shelf->names);
    name_index_release(&shelf->wishes);
}

/* ---- tables that grow ---- */

/* Room for item COUNT of *ITEMS; new ones are zero. */
static bool make_room(void **items, size_t *capacity, size_t count, size_t size) {
    if (count < *capacity) {
        return true;
    }
    const size_t bigger = 2 * count + 64;
    uint8_t *moved = realloc(*items, bigger * size);
    if (moved == NULL) {
        return false;
    }
    memset(moved + *capacity * size, 0, (bigger - *capacity) * size);
    *items = moved;
    *capacity = bigger;
    return true;
}

static struct shelved *add_member(struct neighbour_shelf *shelf, struct bytes path,
                                  uint32_t *number) {
    const size_t before = shelf->names.count;
    *number = name_index_add(&shelf->names, path);
    if (*number == NAME_UNKNOWN ||
        !make_room((void **)&shelf->members, &shelf->capacity, *number, sizeof *shelf->members)) {
        return NULL;
    }
    struct shelved *member = &shelf->members[*number];
    if (*number == before) {
        *member = (struct shelved){0};
    }
    return member;
}

/* MEMBER waits for one of the files in LINES. */
static bool add_wishes(struct neighbour_shelf *shelf, uint32_t member, struct bytes lines) {
    struct bytes line;
    while (lines.len != 0 && neighbour_next_line(&lines, &line)) {
        const size_t before = shelf->wishes.count;
        const uint32_t wish = name_index_add(&shelf->wishes, line);
        if (wish == NAME_UNKNOWN ||
            !make_room((void **)&shelf->wishers, &shelf->wishes_capacity, wish,
                       sizeof *shelf->wishers) ||
            !make_room((void **)&shelf->links, &shelf->link_capacity, shelf->link_count,
                       sizeof *shelf->links)) {
            return false;
        }
        const uint32_t next = wish == before ? NAME_UNKNOWN : shelf->wishers[wish];
        shelf->links[shelf->link_count] = (struct wish_link){member, next};
        shelf->wishers[wish] = (uint32_t)shelf->link_count++;
    }
    return true;
}

/* The file PATH, which may be what was wished for, has come, and is HELD: who waited for it is
 * ready. */
static bool fulfil_wishes(struct neighbour_shelf *shelf, struct bytes path, bool held) {
    const uint32_t wish = name_index_find(&shelf->wishes, path);
    uint32_t link = wish == NAME_UNKNOWN ? NAME_UNKNOWN : shelf->wishers[wish];
    for (; link != NAME_UNKNOWN; link = shelf->links[link].next) {
        if (!make_room((void **)&shelf->ready, &shelf->ready_capacity, shelf->ready_count,
                       sizeof *shelf->ready)) {
            return false;
        }
        struct shelved *member = &shelf->members[shelf->links[link].member];
        member->late = member->late || member->unserved || (member->waits && !held);
        shelf->ready[shelf->ready_count++] = shelf->links[link].member;
    }
    return true;
}

/* ---- what is there ---- */

static struct shelved *find(const struct neighbour_shelf *shelf, struct bytes path) {
    const uint32_t number = name_index_find(&shelf->names, path);
    return number == NAME_UNKNOWN || number >= shelf->capacity ? NULL : &shelf->members[number];
}

/* Is one of the files in LINES held? */
static bool is_held(const struct neighbour_shelf *shelf, struct bytes lines) {
    struct bytes line;
    while (lines.len != 0 && neighbour_next_line(&lines, &line)) {
        const struct shelved *member = find(shelf, line);
        if (member != NULL && member->copy != NULL) {
            return true;
        }
    }
    return false;
}

/* What went by and is held no longer is known to be there, and empty. */
struct byte_source *neighbour_shelf_open(struct neighbour_shelf *shelf, struct bytes path,
                                         struct error *err) {
    const struct shelved *member = find(shelf, path);
    if (member == NULL) {
        return NULL;
    }
    struct byte_source *source =
        member->copy == NULL ? input_open_memory(bytes_of("", 0)) : replay_from_start(member->copy);
    if (source == NULL) {
        error_set(err, YINMA_E_MEMORY, "out of memory for a member");
    }
    return source;
}

/* ---- members pass ---- */

/* Will a copy of SIZE bytes fit into memory? A larger one takes a file. */
static bool stays_in_memory(const struct neighbour_shelf *shelf, uint64_t size) {
    enum { PAGES = 8192, SMALL_BYTES = 8 * 1024 * 1024 };
    return size < SMALL_BYTES && size + PAGES < budget_spool_room(shelf->budget);
}

static bool fits(const struct neighbour_shelf *shelf, uint64_t size) {
    const uint64_t limit = shelf->budget->limits->max_spool, held = shelf->budget->spooled_bytes;
    return size != UINT64_MAX && shelf->copies < COPIES_MOST &&
           (shelf->files < FILES_MOST || stays_in_memory(shelf, size)) &&
           (limit == 0 || (held <= limit && size <= limit - held));
}

static int hold(struct neighbour_shelf *shelf, struct shelved *member, struct byte_source *source,
                struct error *err) {
    drop_copy(shelf, member);
    member->in_file = !stays_in_memory(shelf, source->size);
    const int code = input_seekable(source, shelf->budget, &member->copy, err);
    shelf->copies += member->copy != NULL;
    shelf->files += member->copy != NULL && member->in_file;
    return code;
}

/* A database whose log came before it: that asks whether it is there. */
static bool keep_head(struct neighbour_shelf *shelf, struct shelved *member, struct bytes head) {
    head = bytes_first(head, HEAD_KEPT_BYTES);
    drop_copy(shelf, member);
    member->memory = malloc(head.len + 1);
    if (member->memory == NULL) {
        return false;
    }
    memcpy(member->memory, head.ptr, head.len);
    member->in_file = false;
    member->copy = input_open_memory(bytes_of(member->memory, head.len));
    shelf->copies += member->copy != NULL;
    return member->copy != NULL;
}

static bool is_wished_for(const struct neighbour_shelf *shelf, struct bytes path) {
    return name_index_find(&shelf->wishes, path) != NAME_UNKNOWN;
}

enum course {
    COURSE_PASS,  /* scanned, and gone */
    COURSE_STAND, /* scanned, and held for others */
    COURSE_WAIT,
};

struct arrival {
    struct bytes path, head, wishes;
    uint64_t size;
    bool serves; /* it may be what others wish for */
    bool known;  /* worth remembering that it is there */
    bool unserved;
};

static enum course decide(const struct neighbour_shelf *shelf, struct arrival *arrival) {
    const bool wishes = arrival->wishes.len != 0;
    const bool fitting = fits(shelf, arrival->size);
    arrival->serves =
        neighbour_may_serve(arrival->path, arrival->head, arrival->size, shelf->budget) ||
        neighbour_comes_last(arrival->path);
    const bool waits =
        neighbour_comes_last(arrival->path) || (wishes && !is_held(shelf, arrival->wishes));
    arrival->known = wishes || arrival->serves;
    arrival->unserved = waits && wishes && !fitting;
    return !fitting          ? COURSE_PASS
           : waits           ? COURSE_WAIT
           : arrival->serves ? COURSE_STAND
                             : COURSE_PASS;
}

/* Its copy goes with the end of its turn, unless others may ask for it. */
static void end_turn(struct neighbour_shelf *shelf) {
    if (shelf->current != NAME_UNKNOWN && !shelf->keeps_current) {
        drop_copy(shelf, &shelf->members[shelf->current]);
    }
    shelf->current = NAME_UNKNOWN;
}

/* Take the arrival in: *SOURCE is what to scan now, or NULL: it waits. */
static int take_in(struct neighbour_shelf *shelf, const struct arrival *arrival, enum course course,
                   int64_t modified, struct byte_source **source, struct error *err) {
    uint32_t number;
    struct shelved *member = add_member(shelf, arrival->path, &number);
    if (member == NULL) {
        return YINMA_E_MEMORY;
    }
    if (member->waits) { /* another one of this name */
        return 0;
    }
    int code = 0;
    const bool database = is_wished_for(shelf, arrival->path) &&
                          bytes_starts_with(arrival->head, BYTES_LIT("SQLite format 3"));
    member->modified = modified;
    member->unserved = arrival->unserved;
    if (course != COURSE_PASS) {
        code = hold(shelf, member, *source, err);
        *source = NULL;
        member->waits = code == 0 && course == COURSE_WAIT;
    } else if (database && !keep_head(shelf, member, arrival->head)) {
        return YINMA_E_MEMORY;
    }
    if (code == 0 && course == COURSE_STAND) {
        *source = replay_from_start(member->copy);
        code = *source == NULL ? YINMA_E_MEMORY : 0;
    }
    const bool remember = member->waits || member->unserved;
    if (code == 0 && ((remember && !add_wishes(shelf, number, arrival->wishes)) ||
                      ((arrival->serves || database) &&
                       !fulfil_wishes(shelf, arrival->path, member->copy != NULL)))) {
        return YINMA_E_MEMORY;
    }
    return code;
}

int neighbour_shelf_pass(struct neighbour_shelf *shelf, const struct container_member *member,
                         struct byte_source *source, struct neighbours_turn *turn,
                         struct error *err) {
    end_turn(shelf);
    struct arrival arrival = {.path = member->name, .size = member->source->size};
    struct text_buffer lines;
    bool whole;
    text_buffer_init(&lines, 0);
    source = input_peek(source, &arrival.head, &whole, err);
    int code = source == NULL ? YINMA_E_MEMORY : 0;
    enum course course = COURSE_PASS;
    if (code == 0) {
        neighbour_wishes(arrival.path, arrival.head, shelf->budget, &lines);
        arrival.wishes = text_buffer_view(&lines);
        course = decide(shelf, &arrival);
        code = lines.failed ? YINMA_E_MEMORY : 0;
    }
    *turn = (struct neighbours_turn){.name = member->name, .modified = member->modified};
    if (code == 0 && (arrival.known || is_wished_for(shelf, arrival.path))) {
        code = take_in(shelf, &arrival, course, member->modified, &source, err);
    }
    text_buffer_release(&lines);
    if (code != 0) {
        byte_source_close(source);
        return code == YINMA_E_MEMORY ? error_set(err, code, "out of memory for a member") : code;
    }
    turn->source = source;
    return source != NULL;
}

/* ---- those who waited ---- */

static uint32_t next_of_all(struct neighbour_shelf *shelf, bool last) {
    while (shelf->next_waiting < shelf->names.count) {
        const uint32_t number = shelf->next_waiting++;
        if (shelf->members[number].waits &&
            neighbour_comes_last(name_index_name(&shelf->names, number)) == last) {
            return number;
        }
    }
    return NAME_UNKNOWN;
}

/* At the end first all that wait for something, then those that come last. */
static uint32_t next_number(struct neighbour_shelf *shelf, bool ended) {
    while (shelf->ready_at < shelf->ready_count) {
        const uint32_t number = shelf->ready[shelf->ready_at++];
        if (shelf->members[number].waits) {
            return number;
        }
    }
    shelf->ready_at = shelf->ready_count = 0;
    if (!ended) {
        return NAME_UNKNOWN;
    }
    uint32_t number = shelf->lasts ? NAME_UNKNOWN : next_of_all(shelf, false);
    if (number == NAME_UNKNOWN) {
        shelf->next_waiting = shelf->lasts ? shelf->next_waiting : 0;
        shelf->lasts = true;
        number = next_of_all(shelf, true);
    }
    return number;
}

int neighbour_shelf_next(struct neighbour_shelf *shelf, bool ended, struct neighbours_turn *turn,
                         struct error *err) {
    end_turn(shelf);
    const uint32_t number = next_number(shelf, ended);
    if (number == NAME_UNKNOWN) {
        return 0;
    }
    struct shelved *member = &shelf->members[number];
    const struct bytes path = name_index_name(&shelf->names, number);
    member->waits = false;
    *turn = (struct neighbours_turn){
        .name = path, .modified = member->modified, .source = replay_from_start(member->copy)};
    if (turn->source == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for a member");
    }
    shelf->current = number;
    shelf->keeps_current = is_wished_for(shelf, path);
    return 1;
}

int neighbour_shelf_check(const struct neighbour_shelf *shelf, struct error *err) {
    uint64_t late = 0;
    for (uint32_t i = 0; i < shelf->names.count && i < shelf->capacity; i++) {
        late += shelf->members[i].late;
    }
    return late == 0
               ? 0
               : error_set(err, YINMA_E_LIMIT,
                           "--max-spool reached: %" PRIu64 " members were read before the files "
                           "that describe them came, so what their columns are called is not known",
                           late);
}
