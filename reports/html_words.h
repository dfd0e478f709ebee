/* html_words.h - the words of the html page, both languages: reports/html/page.js asks for them in
 * English. */
#ifndef YINMA_REPORTS_HTML_WORDS_H
#define YINMA_REPORTS_HTML_WORDS_H

#include "reports/json_writer.h"

/* "words":{"English":"Chinese",…}: what has no Chinese is left out. */
void html_words(struct json_writer *json, const struct report_options *options);

/* ["English","Chinese"] of a message. */
void html_both(struct json_writer *json, const struct report_options *options, const char *message);
/* The same of what the engine says (sentence.h). */
void html_both_sentence(struct json_writer *json, const struct report_options *options,
                        const char *english);

#endif
