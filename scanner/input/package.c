/* package.c - documents that are zip archives of members which only make sense together: what is in
 * them, and any member by name, in any order. */
#include <stdlib.h>

#include "core/text_buffer.h"
#include "input/formats.h"
#include "input/limits.h"

enum {
    LOCAL_HEADER_BYTES = 30,
    MEMBERS_MOST = 20000, /* more is an archive like any other */
};

struct member {
    size_t name, len; /* in names */
    bool taken;
    bool failed; /* encrypted, or no file */
};

struct input_package {
    struct byte_source base; /* the list of members */
    struct byte_source *zip;
    struct input_budget *budget;
    const char *format;
    struct text_buffer names;
    size_t given; /* bytes of the list */
    struct member *members;
    size_t count, capacity;
};

/* ---- is it one ---- */

bool input_package_hint(struct bytes head) {
    static const char *const firsts[] = {"[Content_Types].xml",
                                         "_rels/",
                                         "docProps/",
                                         "customXml/",
                                         "xl/",
                                         "word/",
                                         "ppt/",
                                         "mimetype"};
    if (head.len < LOCAL_HEADER_BYTES || !bytes_starts_with(head, BYTES_LIT("PK\x03\x04"))) {
        return false;
    }
    struct bytes name = bytes_first(bytes_from(head, LOCAL_HEADER_BYTES),
                                    (size_t)head.ptr[26] | (size_t)head.ptr[27] << 8);
    for (size_t i = 0; i < sizeof firsts / sizeof *firsts; i++) {
        if (bytes_starts_with(name, bytes_of_string(firsts[i]))) {
            return true;
        }
    }
    return false;
}

static struct bytes member_name(const struct input_package *package, size_t index) {
    const struct member *member = &package->members[index];
    return bytes_of(package->names.data + member->name, member->len);
}

static struct member *find(struct input_package *package, struct bytes name) {
    for (size_t i = 0; i < package->count; i++) {
        if (bytes_equal_ignoring_case(member_name(package, i), name)) {
            return &package->members[i];
        }
    }
    return NULL;
}

/* What each format cannot do without. */
static const struct {
    const char *part;
    const char *format;
} main_parts[] = {{"xl/workbook.xml", "xlsx"},
                  {"word/document.xml", "docx"},
                  {"ppt/presentation.xml", "pptx"},
                  {"content.xml", "odf"}};

static const char *format_of(struct input_package *package) {
    for (size_t i = 0; i < sizeof main_parts / sizeof *main_parts; i++) {
        const struct member *member = find(package, bytes_of_string(main_parts[i].part));
        if (member != NULL && !member->failed) {
            return main_parts[i].format;
        }
    }
    return NULL;
}

/* ---- its members ---- */

/* The budget of the run, without counting the same entries again each time they are passed by. */
static void lend_budget(const struct input_package *package, struct input_budget *own) {
    uint64_t entries = own->entries;
    *own = *package->budget;
    own->entries = entries;
}

static bool add_member(struct input_package *package, const struct container_member *found) {
    if (package->count == package->capacity) {
        size_t capacity = package->capacity == 0 ? 64 : package->capacity * 2;
        struct member *bigger = realloc(package->members, capacity * sizeof *bigger);
        if (bigger == NULL) {
            return false;
        }
        package->members = bigger;
        package->capacity = capacity;
    }
    package->members[package->count++] = (struct member){
        .name = package->names.len, .len = found->name.len, .failed = found->source == NULL};
    text_buffer_put(&package->names, found->name);
    text_buffer_putc(&package->names, '\n');
    return !package->names.failed;
}

static int list_members(struct input_package *package, struct error *err) {
    struct input_budget budget = {0};
    struct container_member found = {0};
    struct error damage = {0};
    void *state = NULL;
    lend_budget(package, &budget);
    uint64_t read = package->budget->compressed_bytes;
    int status = container_zip.open(package->zip, &budget, &state, &damage);
    if (status != 0) {
        package->budget->compressed_bytes = read;
        return 0; /* the archive's own reader says what is wrong */
    }
    while (container_zip.next(state, &found, &damage) == 1 && package->count < MEMBERS_MOST) {
        if (!add_member(package, &found)) {
            status = error_set(err, YINMA_E_MEMORY, "out of memory for a list of members");
            break;
        }
    }
    container_zip.close(state);
    package->budget->compressed_bytes = read; /* it is all read again */
    return status;
}

/* ---- one of them ---- */

struct member_source {
    struct byte_source base;
    struct input_package *package;
    struct input_budget budget;
    struct byte_source *content; /* of `state` */
    void *state;
};

static int64_t read_member(struct byte_source *source, void *buffer, size_t capacity,
                           struct error *err) {
    struct member_source *self = (struct member_source *)source;
    lend_budget(self->package, &self->budget);
    int64_t got = byte_source_read(self->content, buffer, capacity, err);
    self->package->budget->delivered_bytes = self->budget.delivered_bytes;
    return got;
}

static void close_member(struct byte_source *source) {
    struct member_source *self = (struct member_source *)source;
    if (self->state != NULL) {
        container_zip.close(self->state);
    }
    free(self);
}

static const struct byte_source_ops member_ops = {.read = read_member, .close = close_member};

/* Members that come after each other are passed by without being decoded. */
static struct byte_source *open_member(struct byte_source *list, const char *name,
                                       struct error *err) {
    struct input_package *package = (struct input_package *)list;
    struct bytes wanted = bytes_of_string(name);
    struct member *member = find(package, wanted);
    if (member == NULL || member->failed) {
        return NULL;
    }
    struct member_source *self = calloc(1, sizeof *self);
    if (self == NULL) {
        error_set(err, YINMA_E_MEMORY, "out of memory for a member");
        return NULL;
    }
    self->package = package;
    lend_budget(package, &self->budget);
    uint64_t read = package->budget->compressed_bytes;
    int more = container_zip.open(package->zip, &self->budget, &self->state, err);
    for (more = more == 0 ? 1 : more; more == 1;) {
        struct container_member found = {0};
        more = container_zip.next(self->state, &found, err);
        if (more == 1 && found.source != NULL && bytes_equal_ignoring_case(found.name, wanted)) {
            package->budget->compressed_bytes = read; /* passing by is no reading */
            self->content = found.source;
            self->base = (struct byte_source){.ops = &member_ops, .size = found.source->size};
            member->taken = true;
            return &self->base;
        }
    }
    close_member(&self->base);
    return NULL;
}

/* ---- the package ---- */

static int64_t read_list(struct byte_source *source, void *buffer, size_t capacity,
                         struct error *err) {
    struct input_package *package = (struct input_package *)source;
    struct bytes rest = bytes_from(text_buffer_view(&package->names), package->given);
    rest = bytes_first(rest, capacity);
    (void)err;
    if (rest.len != 0) {
        memcpy(buffer, rest.ptr, rest.len);
        package->given += rest.len;
    }
    return (int64_t)rest.len;
}

static void close_list(struct byte_source *source) {
    (void)source; /* belongs to the package */
}

static const struct byte_source_ops list_ops = {
    .read = read_list, .sibling = open_member, .close = close_list};

int input_package_open(struct byte_source *zip, struct input_budget *budget,
                       struct input_package **out, struct error *err) {
    struct input_package *package = calloc(1, sizeof *package);
    *out = NULL;
    if (package == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for a document");
    }
    *package = (struct input_package){.zip = zip, .budget = budget};
    text_buffer_init(&package->names, 0);
    int status = list_members(package, err);
    package->format = status == 0 && package->count < MEMBERS_MOST ? format_of(package) : NULL;
    if (package->format == NULL) {
        input_package_close(package);
        return status;
    }
    package->base = (struct byte_source){.ops = &list_ops, .size = package->names.len};
    *out = package;
    return 0;
}

void input_package_close(struct input_package *package) {
    if (package != NULL) {
        text_buffer_release(&package->names);
        free(package->members);
        free(package);
    }
}

struct byte_source *input_package_source(struct input_package *package) {
    return &package->base;
}

const char *input_package_format(const struct input_package *package) {
    return package->format;
}

bool input_package_took(struct input_package *package, struct bytes name) {
    const struct member *member = find(package, name);
    return member != NULL && member->taken;
}
