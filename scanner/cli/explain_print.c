#include "cli/explain_print.h"

#include <stdarg.h>
#include <stdio.h>

#include "cli/listing.h"
#include "cli/wrapped.h"
#include "core/utf8.h"

enum { MEMBER_TEXT = 800, NAMES_SHOWN = 12 };

void print_member(const char *label, const char *text) {
    if (text == NULL || *text == '\0') {
        return;
    }
    size_t width = utf8_width(bytes_of_string(label));
    printf("%s%*s", label, width + 1 < EXPLAIN_INDENT ? (int)(EXPLAIN_INDENT - width) : 1, "");
    print_wrapped(text, EXPLAIN_INDENT, EXPLAIN_WIDTH);
}

void print_member_of(const char *label, const char *format, ...) {
    char text[MEMBER_TEXT];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    print_member(label, text);
}

void print_set(const char *label, uint64_t set, kind_list kinds, member_name *name) {
    struct text_buffer names;
    text_buffer_init(&names, 0);
    listing_names(set, kinds, name, &names);
    print_member(label, text_buffer_string(&names));
    text_buffer_release(&names);
}

void print_words(const char *label, const char *const *words) {
    struct text_buffer list;
    text_buffer_init(&list, 0);
    size_t shown = 0;
    for (size_t i = 0; words != NULL && words[i] != NULL; i++) {
        if (shown == NAMES_SHOWN) {
            text_buffer_puts(&list, ", …");
            break;
        }
        /* a leading mark says how strong the word is (patterns/pattern.h) */
        const char *word = words[i][0] == '?' || words[i][0] == '~' ? words[i] + 1 : words[i];
        text_buffer_printf(&list, "%s%s", shown++ == 0 ? "" : ", ", word);
    }
    print_member(label, text_buffer_string(&list));
    text_buffer_release(&list);
}
