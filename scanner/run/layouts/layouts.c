#include "run/layouts/layouts.h"

#include <stdlib.h>

#include "core/arena.h"
#include "decode/aligned/layout_records.h"
#include "run/layouts/described.h"
#include "run/layouts/layout_file.h"
#include "run/unit_scan.h"

struct given_layout {
    const char *glob; /* NULL: any file whose records are so long */
    const struct record_layout *layout;
};

struct layouts {
    struct arena memory;
    size_t count;
    struct given_layout items[];
};

static int out_of_memory(struct error *err) {
    return error_set(err, YINMA_E_MEMORY, "out of memory for the layouts of records");
}

static int read_file(struct layouts *layouts, const char *file, struct record_layout **out,
                     struct error *err) {
    *out = arena_alloc(&layouts->memory, sizeof **out);
    return *out == NULL ? out_of_memory(err) : layout_file_read(file, &layouts->memory, *out, err);
}

/* "FILE" or "GLOB=FILE". */
static int add_option(struct layouts *layouts, const char *word, struct error *err) {
    const char *equals = strchr(word, '=');
    struct given_layout *item = &layouts->items[layouts->count++];
    struct record_layout *layout = NULL;
    int status = read_file(layouts, equals == NULL ? word : equals + 1, &layout, err);
    item->layout = layout;
    if (status == 0 && equals != NULL) {
        size_t len = (size_t)(equals - word);
        if (len == 0 || len > GLOB_BYTES_MAX) {
            return error_set(err, YINMA_E_USAGE, "--layout: a glob has 1 to %d bytes",
                             GLOB_BYTES_MAX);
        }
        char *glob = arena_alloc(&layouts->memory, len + 1);
        if (glob == NULL) {
            return out_of_memory(err);
        }
        memcpy(glob, word, len);
        item->glob = glob;
    }
    return status;
}

static int add_setting(struct layouts *layouts, const struct config *config,
                       const struct layout_setting *setting, struct error *err) {
    struct given_layout *item = &layouts->items[layouts->count++];
    enum encoding encoding;
    if (setting->encoding != NULL && !encoding_from_name(setting->encoding, &encoding)) {
        return error_set(err, YINMA_E_USAGE,
                         "%s:%u: layouts: unknown encoding; allowed: utf-8, big5, utf-16le, "
                         "utf-16be, gb18030, cp937",
                         config->file, setting->line);
    }
    item->glob = setting->glob;
    item->layout = setting->layout;
    if (setting->file == NULL) {
        return 0;
    }
    struct record_layout *layout = NULL;
    int status = read_file(layouts, setting->file, &layout, err);
    if (status == 0) {
        layout->encoding = setting->encoding;
        layout->counts_all = setting->counts_all;
    }
    item->layout = layout;
    return status;
}

int layouts_new(const char *const *options, const struct config *config, struct layouts **out,
                struct error *err) {
    size_t count = config == NULL ? 0 : config->layout_count, given = 0;
    while (options != NULL && options[given] != NULL) {
        given++;
    }
    *out = NULL;
    if (count + given == 0) {
        return 0;
    }
    struct layouts *layouts = calloc(1, sizeof *layouts + (count + given) * sizeof *layouts->items);
    if (layouts == NULL) {
        return out_of_memory(err);
    }
    arena_init(&layouts->memory, 0);
    int status = 0;
    for (size_t i = 0; status == 0 && i < given; i++) {
        status = add_option(layouts, options[i], err);
    }
    for (size_t i = 0; status == 0 && i < count; i++) {
        status = add_setting(layouts, config, &config->layouts[i], err);
    }
    if (status != 0) {
        layouts_free(layouts);
        return status;
    }
    *out = layouts;
    return 0;
}

void layouts_free(struct layouts *layouts) {
    if (layouts != NULL) {
        arena_release(&layouts->memory);
        free(layouts);
    }
}

static const struct record_layout *find(const struct layouts *layouts, struct bytes name,
                                        const struct decode_head *head, enum encoding encoding) {
    for (size_t i = 0; i < layouts->count; i++) {
        const struct given_layout *item = &layouts->items[i];
        if (item->glob != NULL && glob_matches_unit(item->glob, name)) {
            return item->layout;
        }
    }
    for (size_t i = 0; i < layouts->count; i++) {
        const struct given_layout *item = &layouts->items[i];
        if (item->glob == NULL && layout_fits(item->layout, encoding, head->head, head->whole)) {
            return item->layout;
        }
    }
    return NULL;
}

const struct record_layout *layouts_find(const struct layouts *layouts, struct bytes name,
                                         const struct decode_head *head, enum encoding encoding) {
    return layouts == NULL || head->head.len == 0 ? NULL : find(layouts, name, head, encoding);
}

const struct record_layout *layouts_of_unit(const struct layouts *layouts,
                                            const struct unit_scan_input *input,
                                            const struct decode_head *head, struct bytes schema,
                                            struct encoding_guess guess, struct arena *memory,
                                            struct encoding_guess *encoding) {
    const struct record_layout *layout = layouts_find(layouts, input->name, head, guess.encoding);
    enum encoding declared;
    *encoding = guess;
    if (layout == NULL && input->cut == NULL) {
        layout = described_find(input->source, head, schema, input->budget, memory);
    }
    if (layout != NULL && layout->encoding != NULL && guess.basis != ENCODING_FORCED &&
        encoding_from_name(layout->encoding, &declared)) {
        *encoding = (struct encoding_guess){
            .encoding = declared, .basis = ENCODING_DECLARED, .settled = true};
    }
    return layout;
}

bool layouts_for_any(const struct layouts *layouts) {
    for (size_t i = 0; layouts != NULL && i < layouts->count; i++) {
        if (layouts->items[i].glob == NULL) {
            return true;
        }
    }
    return false;
}
