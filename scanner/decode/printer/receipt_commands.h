/* receipt_commands.h - the commands of receipt printers (ESC/POS) among the text that they print.
 */
#ifndef YINMA_DECODE_PRINTER_RECEIPT_COMMANDS_H
#define YINMA_DECODE_PRINTER_RECEIPT_COMMANDS_H

#include "core/bytes.h"

struct receipt_piece {
    size_t whole;      /* bytes of the data that are done; 0: more are needed to tell */
    struct bytes text; /* what is printed, or a bar code holds */
    uint64_t skip;     /* further bytes of the command: a picture */
    bool command;      /* else it is text, or the end of a line */
    bool line_end;
};

/* The next piece at the start of DATA, which is not empty. */
struct receipt_piece receipt_next(struct bytes data, bool at_end);

/* Does HEAD look like such data? Bits of evidence. */
unsigned receipt_evidence(struct bytes head);

#endif
