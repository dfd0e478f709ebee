#include "input/neighbours/beside.h"

#include "input/neighbours/beside_rule.h"

static const struct beside_rule *const rules[] = {&beside_pg_directory, &beside_mysql_tab,
                                                  &beside_mydumper, NULL};

void beside_init(struct beside *beside) {
    *beside = (struct beside){0};
    text_buffer_init(&beside->name, 0);
    text_buffer_init(&beside->preamble, 0);
}

void beside_release(struct beside *beside) {
    text_buffer_release(&beside->name);
    text_buffer_release(&beside->preamble);
}

bool beside_wish(struct bytes name, struct bytes head, struct input_budget *budget,
                 struct text_buffer *wish) {
    uint8_t buffer[4096];
    struct bytes stem = beside_stem(name);
    const size_t before = wish->len;
    for (size_t i = 0; rules[i] != NULL; i++) {
        if (rules[i]->wish(stem, wish)) {
            const bool asks = head.len != 0 && rules[i]->plausible != NULL;
            const bool fits = !asks || rules[i]->plausible(
                                           beside_plain_head(head, budget, buffer, sizeof buffer));
            wish->len = fits ? wish->len : before;
            return fits;
        }
    }
    return false;
}

bool beside_find(struct beside *beside, struct byte_source *source, struct bytes name,
                 struct bytes head, struct input_budget *budget) {
    struct bytes stem = beside_stem(name);
    for (size_t i = 0; source->ops->sibling != NULL && rules[i] != NULL; i++) {
        if (rules[i]->find(beside, source, stem, head, budget)) {
            return !beside->name.failed && !beside->preamble.failed;
        }
        text_buffer_clear(&beside->name);
        text_buffer_clear(&beside->preamble);
    }
    return false;
}
