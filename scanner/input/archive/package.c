/* package.c - documents that are zip archives of members which only make sense together: what is in
 * them, and any member by name, in any order. */
#include <stdlib.h>

#include "input/archive/listing.h"
#include "input/formats.h"

enum {
    LOCAL_HEADER_BYTES = 30,
    MEMBERS_MOST = 20000, /* more is an archive like any other */
};

struct input_package {
    struct byte_source base; /* the list of members */
    struct listing listing;
    const char *format;
    bool *taken;  /* by member */
    size_t given; /* bytes of the list */
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
                                         "mimetype",
                                         "model.xml",
                                         "DacMetadata.xml",
                                         "Origin.xml"};
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
    return bytes_starts_with(name, BYTES_LIT("Data/")) &&
           bytes_find(name, BYTES_LIT("/TableData-")) != SIZE_MAX;
}

/* SIZE_MAX: there is none. */
static size_t find(const struct input_package *package, struct bytes name) {
    for (size_t i = 0; i < package->listing.count; i++) {
        if (bytes_equal_ignoring_case(listing_name(&package->listing, i), name)) {
            return i;
        }
    }
    return SIZE_MAX;
}

/* What each format cannot do without. */
static const struct {
    const char *part;
    const char *format;
    const char *companion; /* another part that must be there; NULL: none */
} main_parts[] = {{"xl/workbook.xml", "xlsx", NULL},   {"xl/workbook.bin", "xlsb", NULL},
                  {"word/document.xml", "docx", NULL}, {"ppt/presentation.xml", "pptx", NULL},
                  {"content.xml", "odf", NULL},        {"model.xml", "bacpac", "DacMetadata.xml"}};

/* Other programs may have a model.xml, too. */
static bool has_companion(const struct input_package *package, const char *companion) {
    return companion == NULL || find(package, bytes_of_string(companion)) != SIZE_MAX;
}

static const char *format_of(const struct input_package *package) {
    for (size_t i = 0; i < sizeof main_parts / sizeof *main_parts; i++) {
        const size_t index = find(package, bytes_of_string(main_parts[i].part));
        if (index != SIZE_MAX && package->listing.members[index].readable &&
            has_companion(package, main_parts[i].companion)) {
            return main_parts[i].format;
        }
    }
    return NULL;
}

/* ---- one of its members ---- */

static struct byte_source *open_member(struct byte_source *list, const char *name,
                                       struct error *err) {
    struct input_package *package = (struct input_package *)list;
    const size_t index = find(package, bytes_of_string(name));
    struct byte_source *member = index != SIZE_MAX && package->listing.members[index].readable
                                     ? listing_open(&package->listing, index, err)
                                     : NULL;
    if (member != NULL) {
        package->taken[index] = true;
    }
    return member;
}

/* ---- the package ---- */

static int64_t read_list(struct byte_source *source, void *buffer, size_t capacity,
                         struct error *err) {
    struct input_package *package = (struct input_package *)source;
    struct bytes rest = bytes_from(text_buffer_view(&package->listing.names), package->given);
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
    listing_init(&package->listing, &container_zip, zip, budget);
    int status = listing_read(&package->listing, MEMBERS_MOST, err);
    const size_t count = package->listing.count;
    package->format = status == 0 && count < MEMBERS_MOST ? format_of(package) : NULL;
    package->taken = package->format == NULL ? NULL : calloc(count, sizeof *package->taken);
    if (package->format != NULL && package->taken == NULL) {
        status = error_set(err, YINMA_E_MEMORY, "out of memory for a document");
    }
    if (package->taken == NULL) {
        input_package_close(package);
        return status;
    }
    package->base = (struct byte_source){.ops = &list_ops, .size = package->listing.names.len};
    *out = package;
    return 0;
}

void input_package_close(struct input_package *package) {
    if (package != NULL) {
        listing_release(&package->listing);
        free(package->taken);
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
    const size_t index = find(package, name);
    return index != SIZE_MAX && package->taken[index];
}
