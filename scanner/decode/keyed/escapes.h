/* escapes.h - escapes inside values of running text. */
#ifndef YINMA_DECODE_KEYED_ESCAPES_H
#define YINMA_DECODE_KEYED_ESCAPES_H

#include "core/bytes.h"

/* Does \xHH stand at AT, as web servers write bytes that are no ASCII into their logs? */
bool keyed_byte_escape(struct bytes text, size_t at);

/* … or \uXXXX, as in settings of Java? */
bool keyed_unicode_escape(struct bytes text, size_t at);

#endif
