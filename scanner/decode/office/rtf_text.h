/* rtf_text.h - the characters of an RTF document: bytes in the code pages of its fonts, and numbers
 * of Unicode, as UTF-8. [RTF 1.9.1] "Font Table", "Unicode RTF". */
#ifndef YINMA_DECODE_OFFICE_RTF_TEXT_H
#define YINMA_DECODE_OFFICE_RTF_TEXT_H

#include <iconv.h>

#include "core/text_buffer.h"

enum { RTF_FONTS_MOST = 4096, RTF_PAGES_MOST = 16, RTF_PAGE_DEFAULT = 1252 };

struct rtf_font {
    uint32_t number;
    unsigned page; /* 0: that of the document */
};

struct rtf_page {
    unsigned page;
    iconv_t converter; /* (iconv_t)-1: the system does not know it */
};

/* All zero at first. */
struct rtf_text {
    unsigned page; /* of the document, RTF_PAGE_DEFAULT when it is 0 */
    struct rtf_font *fonts;
    size_t font_count;
    struct rtf_page pages[RTF_PAGES_MOST];
    size_t page_count;
    uint8_t raw[256]; /* bytes that are not converted yet */
    size_t raw_len;
    uint32_t high; /* the first half of a character that takes two numbers, or 0 */
    bool failed;   /* memory was out */
};

void rtf_text_release(struct rtf_text *text);

/* Font NUMBER is written in PAGE. */
void rtf_text_font(struct rtf_text *text, uint32_t number, unsigned page);
/* The code page for a \fcharset, 0: none of its own. */
unsigned rtf_charset_page(unsigned charset);
/* The code page of what is written in font LATIN, with font WIDE for Chinese characters. */
unsigned rtf_text_page(const struct rtf_text *text, uint32_t latin, uint32_t wide);

/* A byte in PAGE; text that is whole goes to OUT. Changes of the page ask for a flush before. */
void rtf_text_byte(struct rtf_text *text, uint8_t byte, unsigned page, struct text_buffer *out);
void rtf_text_flush(struct rtf_text *text, unsigned page, struct text_buffer *out);
/* A number of UTF-16, negative ones as RTF writes them. */
void rtf_text_unicode(struct rtf_text *text, int32_t unit, struct text_buffer *out);

#endif
