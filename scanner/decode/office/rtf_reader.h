/* rtf_reader.h - the pieces of RTF ([RTF 1.9.1] "Conventions of an RTF Reader"): groups, control
 * words, bytes of text. */
#ifndef YINMA_DECODE_OFFICE_RTF_READER_H
#define YINMA_DECODE_OFFICE_RTF_READER_H

#include "core/byte_source.h"
#include "core/bytes.h"

enum { RTF_WORD_MOST = 40, RTF_READ_BYTES = 64 * 1024 };

enum rtf_piece {
    RTF_END,   /* of the data; `failure` says why when it is none as it should be */
    RTF_OPEN,  /* { */
    RTF_CLOSE, /* } */
    RTF_WORD,  /* \word, \wordN, or \ and a sign (then `word` is that sign) */
    RTF_BYTE,  /* of text, in `byte` */
    RTF_BINARY /* of data, in `byte` */
};

/* All zero but for the source at first. */
struct rtf_reader {
    struct byte_source *source; /* not owned */
    uint8_t *buffer;
    size_t at, have;
    uint64_t binary; /* bytes of data that follow */
    char word[RTF_WORD_MOST + 1];
    bool has_number;
    int32_t number;
    uint8_t byte;
    bool escaped; /* the byte was written as \'hh */
    struct error failure;
};

/* 0 or YINMA_E_MEMORY. */
int rtf_reader_open(struct rtf_reader *reader, struct byte_source *source, struct error *err);
void rtf_reader_close(struct rtf_reader *reader);

enum rtf_piece rtf_reader_next(struct rtf_reader *reader);

#endif
