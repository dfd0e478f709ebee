/* rtf_words.h - the control words of RTF ([RTF 1.9.1]) that change what is read, and what each asks
 * for. Private to decode. */
#ifndef YINMA_DECODE_OFFICE_RTF_WORDS_H
#define YINMA_DECODE_OFFICE_RTF_WORDS_H

/* In this order: what ends paragraphs, cells and rows; what is true of the group; what begins one
 * that goes elsewhere. */
enum rtf_action {
    DO_PARAGRAPH,
    DO_CELL,
    DO_ROW,
    DO_NOT_TABLE,
    DO_IN_TABLE,
    DO_PLAIN,
    DO_HIDDEN,
    DO_DELETED,
    DO_UNICODE,
    DO_SKIP_COUNT,
    DO_PAGE,
    DO_FONT,
    DO_WIDE_FONT,
    DO_WIDE,
    DO_NARROW,
    DO_CHARSET,
    DO_FONT_PAGE,
    DO_PUT,
    DO_ASIDE,
    DO_FONTS,
    DO_OBJECT,
    DO_NOTHING,
};

struct rtf_word {
    const char *word;
    enum rtf_action action;
    char put; /* for DO_PUT */
};

/* NULL: it says nothing about text. */
const struct rtf_word *rtf_find_word(const char *word);

#endif
