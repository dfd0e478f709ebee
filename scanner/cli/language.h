/* language.h - the language of messages. Two are spoken: English, which the messages are written
 * in, and Traditional Chinese from a catalogue. */
#ifndef YINMA_CLI_LANGUAGE_H
#define YINMA_CLI_LANGUAGE_H

#include "reports/report.h"

/* Set up locale and gettext. WANTED: the argument of --lang, or NULL: the environment decides. May
 * be called again when the command line has been read. Returns what is spoken now. */
enum report_language language_set(const char *wanted);

/* The Chinese of a message, whatever is spoken now; the message itself when there is none. */
const char *language_chinese(const char *message);

#endif
