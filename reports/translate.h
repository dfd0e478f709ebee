/* translate.h - messages for people, in the language the caller chose for the domain yinma. Texts
 * of rules come from the packs and are no messages. */
#ifndef YINMA_REPORTS_TRANSLATE_H
#define YINMA_REPORTS_TRANSLATE_H

#include <libintl.h>

#define _(text) dgettext("yinma", text)
#define plural_(one, many, count) dngettext("yinma", one, many, (unsigned long)(count))
#define N_(text) (text) /* for the extractor: translated where it is used */

/* A message of a table in another room. The empty message is gettext's own header. */
__attribute__((format_arg(1))) static inline const char *translate_row(const char *text) {
    return text == NULL || text[0] == '\0' ? "" : _(text);
}

#endif
