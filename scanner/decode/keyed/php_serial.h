/* php_serial.h - values as PHP's serialize() writes them: what shops and content systems in PHP
 * keep in columns of their databases (options, carts, sessions).
 * https://www.php.net/manual/en/function.serialize.php
 *
 *     a:2:{s:4:"name";s:9:"王小明";s:3:"age";i:30;}     O:4:"User":1:{s:3:"tel";s:10:"…";}
 *
 * Lengths are of the bytes that PHP saw: after a conversion of the text they are wrong, so a string
 * also ends where `";` does. Session data (`user|a:1:{…}cart|N;`) is an object of its names. */
#ifndef YINMA_DECODE_KEYED_PHP_SERIAL_H
#define YINMA_DECODE_KEYED_PHP_SERIAL_H

#include "core/bytes.h"

enum { PHP_SERIAL_DEPTH = 32, PHP_SERIAL_MIN = 9 /* a:1:{i:0;…} */ };

enum php_event {
    PHP_END,    /* all of the text was read */
    PHP_BROKEN, /* it is something else, or cut off, or deeper than PHP_SERIAL_DEPTH */
    PHP_OPEN,   /* an array or object; its members follow */
    PHP_CLOSE,
    PHP_KEY,    /* `text`: the name of the next value */
    PHP_INDEX,  /* the next value has a number only */
    PHP_STRING, /* `text` */
    PHP_NUMBER, /* `text` */
    PHP_NULL,
};

struct php_serial {
    struct bytes text;
    size_t at;
    bool session, key_next;
    unsigned depth;
};

/* May TEXT be such a value? A look at its first bytes. */
bool php_serial_begins(struct bytes text);

void php_serial_start(struct php_serial *reader, struct bytes text);
/* Session data begins with the event PHP_OPEN that it has no byte for, and ends with PHP_CLOSE. */
enum php_event php_serial_next(struct php_serial *reader, struct bytes *text);

#endif
