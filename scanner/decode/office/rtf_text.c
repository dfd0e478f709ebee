#include "decode/office/rtf_text.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/utf8.h"

enum { PAGE_UTF8 = 65001, PAGE_MACINTOSH = 10000, PAGE_SYMBOL = 42, LONGEST_CHARACTER = 4 };

void rtf_text_release(struct rtf_text *text) {
    for (size_t i = 0; i < text->page_count; i++) {
        if (text->pages[i].converter != (iconv_t)-1) {
            iconv_close(text->pages[i].converter);
        }
    }
    free(text->fonts);
    *text = (struct rtf_text){0};
}

/* ---- fonts ---- */

void rtf_text_font(struct rtf_text *text, uint32_t number, unsigned page) {
    if (text->fonts == NULL) {
        text->fonts = calloc(RTF_FONTS_MOST, sizeof *text->fonts);
        text->failed |= text->fonts == NULL;
    }
    if (text->fonts != NULL && text->font_count < RTF_FONTS_MOST) {
        text->fonts[text->font_count++] = (struct rtf_font){.number = number, .page = page};
    }
}

unsigned rtf_charset_page(unsigned charset) {
    static const struct {
        unsigned charset, page;
    } pages[] = {
        {2, PAGE_SYMBOL}, {77, PAGE_MACINTOSH}, {128, 932},  {129, 949},  {130, 1361}, {134, 936},
        {136, 950},       {161, 1253},          {162, 1254}, {163, 1258}, {177, 1255}, {178, 1256},
        {186, 1257},      {204, 1251},          {222, 874},  {238, 1250}, {255, 437}};
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        if (pages[i].charset == charset) {
            return pages[i].page;
        }
    }
    return 0;
}

static unsigned page_of(const struct rtf_text *text, uint32_t font) {
    for (size_t i = text->font_count; i > 0; i--) { /* a later one replaces an earlier one */
        if (text->fonts[i - 1].number == font) {
            return text->fonts[i - 1].page;
        }
    }
    return 0;
}

/* Characters of it have one or two bytes. */
static bool is_wide(unsigned page) {
    return page == 932 || page == 936 || page == 949 || page == 950 || page == 1361;
}

unsigned rtf_text_page(const struct rtf_text *text, uint32_t latin, uint32_t wide) {
    const unsigned document = text->page == 0 ? (unsigned)RTF_PAGE_DEFAULT : text->page;
    const unsigned first = page_of(text, latin), second = page_of(text, wide);
    if (is_wide(first) || (first != 0 && !is_wide(second) && !is_wide(document))) {
        return first;
    }
    return is_wide(second) ? second : document;
}

/* ---- bytes ---- */

static iconv_t converter_of(struct rtf_text *text, unsigned page) {
    char name[24];
    for (size_t i = 0; i < text->page_count; i++) {
        if (text->pages[i].page == page) {
            return text->pages[i].converter;
        }
    }
    if (text->page_count == RTF_PAGES_MOST) {
        return (iconv_t)-1;
    }
    snprintf(name, sizeof name, "CP%u", page);
    const char *known = page == PAGE_UTF8 ? "UTF-8" : page == PAGE_MACINTOSH ? "MACINTOSH" : name;
    struct rtf_page *new_page = &text->pages[text->page_count++];
    *new_page = (struct rtf_page){.page = page, .converter = iconv_open("UTF-8", known)};
    return new_page->converter;
}

static void convert(struct rtf_text *text, iconv_t converter, struct text_buffer *out) {
    char *from = (char *)text->raw;
    size_t left = text->raw_len;
    while (left > 0) {
        char room[3 * sizeof text->raw];
        char *to = room;
        size_t to_left = sizeof room;
        const size_t result = iconv(converter, &from, &left, &to, &to_left);
        text_buffer_put(out, bytes_of(room, (size_t)(to - room)));
        if (result == (size_t)-1 && left > 0) { /* no character: one byte on */
            text_buffer_putc(out, '?');
            from++;
            left--;
            (void)iconv(converter, NULL, NULL, NULL, NULL);
        }
    }
}

void rtf_text_flush(struct rtf_text *text, unsigned page, struct text_buffer *out) {
    bool ascii = true;
    if (text->high != 0) {
        text_buffer_putc(out, '?'); /* half a character */
        text->high = 0;
    }
    for (size_t i = 0; i < text->raw_len; i++) {
        ascii = ascii && text->raw[i] < 0x80;
    }
    const iconv_t converter = ascii ? (iconv_t)-1 : converter_of(text, page);
    if (ascii) {
        text_buffer_put(out, bytes_of(text->raw, text->raw_len));
    } else if (converter != (iconv_t)-1) {
        convert(text, converter, out);
    } else {
        for (size_t i = 0; i < text->raw_len; i++) {
            const uint8_t shown = text->raw[i] < 0x80 ? text->raw[i] : '?';
            text_buffer_putc(out, (char)shown);
        }
    }
    text->raw_len = 0;
}

void rtf_text_byte(struct rtf_text *text, uint8_t byte, unsigned page, struct text_buffer *out) {
    /* Cut at a blank, which is half of no character; else where there is no room any more. */
    const bool full =
        text->raw_len == sizeof text->raw || (byte <= ' ' && text->raw_len > sizeof text->raw - 64);
    if (full || text->high != 0) {
        rtf_text_flush(text, page, out);
    }
    text->raw[text->raw_len++] = byte;
}

void rtf_text_unicode(struct rtf_text *text, int32_t unit, struct text_buffer *out) {
    uint32_t code = (uint32_t)(unit < 0 ? unit + 0x10000 : unit);
    uint8_t utf8[LONGEST_CHARACTER];
    if (code >= 0xD800 && code < 0xDC00) {
        text->high = code;
        return;
    }
    if (text->high != 0 && code >= 0xDC00 && code < 0xE000) {
        code = 0x10000 + ((text->high - 0xD800) << 10) + (code - 0xDC00);
    }
    text->high = 0;
    const size_t len = utf8_encode(code, utf8);
    text_buffer_put(out, len == 0 ? BYTES_LIT("?") : bytes_of(utf8, len));
}
