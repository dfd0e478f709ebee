#include "judge/unit_parts.h"

#include <pthread.h>

#include "patterns/name_memory.h"

unsigned unit_parts_count(const struct judge_settings *settings, size_t units) {
    unsigned count = settings->threads > UNIT_PARTS_MOST ? UNIT_PARTS_MOST : settings->threads;
    if (settings->config != NULL && settings->config->allow_count > 0) {
        return 1;
    }
    count = count > units ? (unsigned)units : count;
    return count == 0 ? 1 : count;
}

struct judge_settings unit_parts_settings(const struct judge_settings *settings, unsigned part) {
    struct judge_settings own = *settings;
    if (part > 0 && settings->names != NULL) {
        own.names = name_memory_new(settings->lexicon); /* without one names are read anew */
    }
    return own;
}

void unit_parts_settings_release(struct judge_settings *settings, unsigned part) {
    if (part > 0) {
        name_memory_free(settings->names);
    }
}

struct hand {
    pthread_t thread;
    bool runs;
    void (*work)(void *part);
    void *part;
};

static void *lend_hand(void *context) {
    const struct hand *hand = context;
    hand->work(hand->part);
    return NULL;
}

void unit_parts_work(void *parts, size_t size, unsigned count, void (*work)(void *part)) {
    struct hand hands[UNIT_PARTS_MOST] = {0};
    for (unsigned i = 1; i < count; i++) {
        hands[i] = (struct hand){.work = work, .part = (uint8_t *)parts + i * size};
        hands[i].runs = pthread_create(&hands[i].thread, NULL, lend_hand, &hands[i]) == 0;
    }
    work(parts);
    for (unsigned i = 1; i < count; i++) {
        if (hands[i].runs) {
            (void)pthread_join(hands[i].thread, NULL);
        } else {
            work(hands[i].part);
        }
    }
}
