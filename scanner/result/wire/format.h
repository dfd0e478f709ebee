/* format.h - what the writing and the reading half of the wire form agree on. Numbers are
 * variable-length (seven bits a byte, low ones first); text is a length and its bytes. */
#ifndef YINMA_RESULT_WIRE_FORMAT_H
#define YINMA_RESULT_WIRE_FORMAT_H

#include "result/wire/wire.h"

#define WIRE_UNIT_MARK "YUF"

enum {
    VARINT_MAX = 10, /* bytes of a 64-bit number */
    SKETCH_FLAG_REGISTERS = 1,
    SKETCH_FLAG_FAILED = 2,
    SKETCH_FLAG_ONE_WAY = 4,
    SKETCH_FLAG_WIDE = 8,
    SKETCH_FLAG_COUNTED = 16,
    SKETCH_RANK_MAX = 55,
};

#endif
