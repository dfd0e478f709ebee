#include "run/workers/work_total.h"

struct work_total work_total(const struct work_list *list) {
    struct work_total total = {0};
    bool known = true;
    for (size_t i = 0; i < list->count; i++) {
        const struct work_item *item = &list->items[i];
        const struct work_piece *piece = item->piece;
        bool sized = item->type == ITEM_FILE || item->type == ITEM_HELD;
        uint64_t size = piece != NULL ? piece->to - piece->from : item->size;
        total.bytes += sized ? size : 0;
        total.files += work_ends_file(item);
        known = known && item->type != ITEM_STDIN;
    }
    total.bytes = known ? total.bytes : 0;
    return total;
}
