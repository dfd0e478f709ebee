/* What a unit is across runs (contract, section 1): last night's dump and tonight's are the same
 * source although their names hold the date. */
#include <stdlib.h>

#include "judge/judge.h"

enum { LONG_RUN = 4 };

/* ---- relative to the root ---- */

static struct bytes without_dots(struct bytes path) {
    while (bytes_starts_with(path, BYTES_LIT("./"))) {
        path = bytes_from(path, 2);
        while (path.len > 0 && path.ptr[0] == '/') {
            path = bytes_from(path, 1);
        }
    }
    return bytes_equal(path, BYTES_LIT(".")) ? bytes_from(path, 1) : path;
}

/* NAME below ROOT; the empty view when it is not. A root that is a file keeps its own name. */
static struct bytes below(struct bytes root, struct bytes name) {
    bool absolute = root.len > 0 && root.ptr[0] == '/';
    while (root.len > 0 && root.ptr[root.len - 1] == '/') {
        root.len--;
    }
    struct bytes nothing = bytes_of(name.ptr, 0);
    if (root.len == 0) {
        bool inside = absolute == (name.len > 0 && name.ptr[0] == '/');
        return inside ? bytes_from(name, absolute) : nothing;
    }
    if (!bytes_starts_with(name, root)) {
        return nothing;
    }
    struct bytes rest = bytes_from(name, root.len);
    if (rest.len == 0 || bytes_starts_with(rest, BYTES_LIT("!/"))) {
        return bytes_from(name, root.len - bytes_last_component(root).len);
    }
    if (rest.ptr[0] != '/') {
        return nothing;
    }
    while (rest.len > 0 && rest.ptr[0] == '/') {
        rest = bytes_from(rest, 1);
    }
    return rest;
}

static int compare_roots(const void *a, const void *b) {
    return bytes_compare(*(const struct bytes *)a, *(const struct bytes *)b);
}

static struct bytes without_slashes(struct bytes root) {
    while (root.len > 1 && root.ptr[root.len - 1] == '/') {
        root.len--;
    }
    return root;
}

/* Sorted, so that a hundred thousand files that were named one by one are not all compared with
 * each other. */
int source_roots_init(struct source_roots *roots, const char *const *paths, struct error *err) {
    size_t count = 0;
    while (paths != NULL && paths[count] != NULL) {
        count++;
    }
    *roots = (struct source_roots){.items = calloc(count + 1, sizeof *roots->items)};
    if (roots->items == NULL) {
        return error_set(err, YINMA_E_MEMORY, "no memory for the names of sources");
    }
    for (size_t i = 0; i < count; i++) {
        roots->items[i] = without_slashes(without_dots(bytes_of_string(paths[i])));
    }
    roots->count = count;
    qsort(roots->items, count, sizeof *roots->items, compare_roots);
    return 0;
}

void source_roots_release(struct source_roots *roots) {
    free(roots->items);
    *roots = (struct source_roots){0};
}

static bool is_root(const struct source_roots *roots, struct bytes path) {
    return roots->count > 0 &&
           bsearch(&path, roots->items, roots->count, sizeof *roots->items, compare_roots) != NULL;
}

static struct bytes relative_name(const struct source_roots *roots, struct bytes name) {
    name = without_dots(name);
    struct bytes shortest = name;
    for (size_t at = 0; at <= name.len; at++) {
        bool ends = at == 0 || at == name.len || name.ptr[at] == '/' || name.ptr[at] == '!' ||
                    (at == 1 && name.ptr[0] == '/');
        struct bytes root = bytes_first(name, at);
        if (ends && is_root(roots, root)) {
            struct bytes rest = below(root, name);
            shortest = rest.len > 0 && rest.len < shortest.len ? rest : shortest;
        }
    }
    return shortest;
}

/* ---- without dates and numbers ---- */

static bool is_separator(uint8_t c) {
    return c == '-' || c == '_' || c == '.' || c == ' ' || c == '+';
}

static size_t digits_at(struct bytes text, size_t at) {
    size_t end = at;
    while (end < text.len && byte_is_digit(text.ptr[end])) {
        end++;
    }
    return end - at;
}

/* The text ends at AT, or a component does. */
static bool component_ends(struct bytes text, size_t at) {
    return at >= text.len || text.ptr[at] == '/' ||
           bytes_starts_with(bytes_from(text, at), BYTES_LIT("!/"));
}

/* End of what belongs to the long run at AT: the run, and the short groups of a date or a time that
 * hang on it ("2026-01-31", "2026/01/31", "20260131T12"). Taking "2026" alone out of a date would
 * leave a name that differs every day. */
static size_t dated_end(struct bytes text, size_t at) {
    size_t end = at + digits_at(text, at);
    bool folder = at == 0 || text.ptr[at - 1] == '/';
    while (end + 1 < text.len) {
        uint8_t c = text.ptr[end];
        bool joins = c == '-' || c == '_' || c == '.' || c == ':' || c == 'T' ||
                     (c == '/' && folder && component_ends(text, end + 3) && end + 3 < text.len);
        size_t digits = digits_at(text, end + 1);
        bool group = digits == 2 || (c == 'T' && digits >= 2);
        if (!joins || !group) {
            break;
        }
        end += 1 + digits;
    }
    return end;
}

static bool at_component_start(const struct text_buffer *out, size_t begin) {
    return out->len == begin || out->data[out->len - 1] == '/';
}

static void drop_last(struct text_buffer *out) {
    out->data[--out->len] = '\0';
}

static bool brackets(char open, uint8_t close) {
    return (open == '(' && close == ')') || (open == '[' && close == ']') ||
           (open == '{' && close == '}');
}

/* Something was taken out before text[at]: leave no separators without a partner, no empty
 * brackets, no empty folder. Returns where to go on. BEGIN: where the name starts in OUT. */
static size_t tidy(struct bytes text, size_t at, size_t begin, struct text_buffer *out) {
    while (!at_component_start(out, begin) && at < text.len &&
           brackets(out->data[out->len - 1], text.ptr[at])) {
        drop_last(out);
        at++;
    }
    if (at_component_start(out, begin)) {
        while (at < text.len && is_separator(text.ptr[at]) && text.ptr[at] != '.') {
            at++;
        }
        return at < text.len && text.ptr[at] == '/' ? at + 1 : at;
    }
    bool left = is_separator((uint8_t)out->data[out->len - 1]);
    bool ending = at < text.len && text.ptr[at] == '.';
    if (left && (component_ends(text, at) || ending)) {
        while (!at_component_start(out, begin) && is_separator((uint8_t)out->data[out->len - 1])) {
            drop_last(out);
        }
    } else if (left) {
        while (at < text.len && is_separator(text.ptr[at])) {
            at++;
        }
    }
    return at;
}

/* Where the next long run begins, from AT on; the end of TEXT when there is none. */
static size_t long_run_from(struct bytes text, size_t at) {
    while (at < text.len) {
        size_t digits = digits_at(text, at);
        if (digits >= LONG_RUN) {
            break;
        }
        at += digits > 0 ? digits : 1;
    }
    return at;
}

static void put_undated(struct bytes text, struct text_buffer *out) {
    size_t begin = out->len;
    for (size_t at = 0; at < text.len && !out->failed;) {
        size_t next = long_run_from(text, at);
        if (next > at) {
            text_buffer_put(out, bytes_of(text.ptr + at, next - at));
        }
        at = next < text.len ? tidy(text, dated_end(text, next), begin, out) : next;
    }
    while (out->len > begin && out->data[out->len - 1] == '/') {
        drop_last(out); /* its folder was the last component */
    }
    if (out->len == begin && !out->failed) {
        text_buffer_putc(out, '#'); /* nothing but digits */
    }
}

/* ---- `sources:` of the configuration ---- */

/* What stands behind the container in NAME, without the stream inside a compressed file, which has
 * no name of its own ("shop.sql.gz!/shop.sql"). */
static struct bytes member_name(struct bytes container, struct bytes rest) {
    struct bytes file = bytes_last_component(container);
    const uint8_t *dot = file.len == 0 ? NULL : memrchr(file.ptr, '.', file.len);
    size_t end = bytes_find(rest, BYTES_LIT("!/"));
    struct bytes first = bytes_first(rest, end);
    if (dot != NULL && bytes_equal(first, bytes_of(file.ptr, (size_t)(dot - file.ptr)))) {
        return end == SIZE_MAX ? bytes_of(rest.ptr, 0) : bytes_from(rest, end + 2);
    }
    return rest;
}

/* The pattern may name the unit or a container that it stands in. */
static bool put_configured(const struct source_setting *setting, struct bytes name,
                           struct text_buffer *out) {
    if (glob_matches(setting->pattern, name)) {
        text_buffer_puts(out, setting->name);
        return true;
    }
    for (size_t at = name.len; at-- > 0;) {
        struct bytes container = bytes_first(name, at);
        if (!bytes_starts_with(bytes_from(name, at), BYTES_LIT("!/")) ||
            !glob_matches(setting->pattern, container)) {
            continue;
        }
        text_buffer_puts(out, setting->name);
        struct bytes member = member_name(container, bytes_from(name, at + 2));
        if (member.len > 0) {
            text_buffer_puts(out, "!/");
            put_undated(member, out);
        }
        return true;
    }
    return false;
}

void judge_source_name(const struct config *config, const struct source_roots *roots,
                       struct bytes unit_name, struct text_buffer *out) {
    struct bytes name = relative_name(roots, unit_name);
    for (size_t i = 0; config != NULL && i < config->source_count; i++) {
        if (put_configured(&config->sources[i], name, out)) {
            return;
        }
    }
    put_undated(name, out);
}
