/* sentence.h - what the engine says (errors, details of coverage) is English, as records have it;
 * here it becomes what people read. A text is compared with all formats that the engine speaks in
 * (made from the sources by the build), and said again in the translation of the one that fits; so
 * saved runs, too, are read in any language. Parts that no format fits stay as they are: names,
 * words of other programs. */
#ifndef YINMA_REPORTS_SENTENCE_H
#define YINMA_REPORTS_SENTENCE_H

#include "core/text_buffer.h"

/* The translation of a message of the catalogue; MESSAGE itself when there is none. */
typedef const char *(*translator)(const char *message);

/* ENGLISH as TRANSLATE would have it said; as it is where nothing fits. */
void sentence_put(struct text_buffer *out, struct bytes english, translator translate);

#endif
