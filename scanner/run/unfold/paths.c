/* Where the keys that stand in cells are named. */
#include "run/unfold/state.h"

bool unfold_has_paths(struct unfold *unfold) {
    if (unfold->paths == NULL) {
        unfold->paths = json_paths_new(unfold->fields);
    }
    unfold->failed |= unfold->paths == NULL;
    return unfold->paths != NULL;
}

uint32_t unfold_place_of(struct unfold *unfold, uint32_t number) {
    if (unfold_has_paths(unfold) && unfold->walk == NULL) {
        unfold->walk = json_walk_new(unfold->paths, unfold->ops, JSON_ROWS_NONE);
    }
    if (unfold->paths == NULL || unfold->walk == NULL) {
        unfold->failed = true;
        return JSON_PATH_NONE;
    }
    unfold->walk->paths = unfold->paths;
    struct habit *habit = &unfold->habits[number];
    if (habit->place == JSON_PATH_NONE) {
        const struct field *field = field_set_field(unfold->fields, number);
        habit->place = json_paths_column(unfold->paths, field->table, field->column);
    }
    unfold->failed |= habit->place == JSON_PATH_NONE;
    return habit->place;
}
