#include "judge/conceal_field_name.h"

#include "judge/shown_names.h"
#include "result/text_copy.h"

bool conceal_field_name(const struct collect_finish *finish, struct bytes name, struct bytes *out) {
    struct bytes known = {NULL, 0};
    if (name.len == 0 || (finish->shown != NULL && shown_names_find(finish->shown, name, &known))) {
        return text_copy(known, out);
    }
    struct text_buffer text;
    text_buffer_init(&text, 0);
    finish->conceal(finish->kinds, name, &text);
    if (finish->shown != NULL && !text.failed) {
        shown_names_keep(finish->shown, name, text_buffer_view(&text));
    }
    bool ok = !text.failed && text_copy(text_buffer_view(&text), out);
    text_buffer_release(&text);
    return ok;
}
