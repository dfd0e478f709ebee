#include "decode/office/rtf_words.h"

#include <stddef.h>
#include <string.h>

static const struct rtf_word words[] = {
    {"par", DO_PARAGRAPH, 0},
    {"sect", DO_PARAGRAPH, 0},
    {"page", DO_PARAGRAPH, 0},
    {"cell", DO_CELL, 0},
    {"row", DO_ROW, 0},
    {"pard", DO_NOT_TABLE, 0},
    {"intbl", DO_IN_TABLE, 0},
    {"plain", DO_PLAIN, 0},
    {"v", DO_HIDDEN, 0},
    {"deleted", DO_DELETED, 0},
    {"u", DO_UNICODE, 0},
    {"uc", DO_SKIP_COUNT, 0},
    {"ansicpg", DO_PAGE, 0},
    {"f", DO_FONT, 0},
    {"af", DO_WIDE_FONT, 0},
    {"dbch", DO_WIDE, 0},
    {"hich", DO_NARROW, 0},
    {"loch", DO_NARROW, 0},
    {"fcharset", DO_CHARSET, 0},
    {"cpg", DO_FONT_PAGE, 0},
    {"tab", DO_PUT, ' '},
    {"line", DO_PUT, '\n'},
    {"nestcell", DO_PUT, ' '},
    {"nestrow", DO_PUT, ' '},
    {"emdash", DO_PUT, '-'},
    {"endash", DO_PUT, '-'},
    {"bullet", DO_PUT, ' '},
    {"lquote", DO_PUT, '\''},
    {"rquote", DO_PUT, '\''},
    {"ldblquote", DO_PUT, '"'},
    {"rdblquote", DO_PUT, '"'},
    {"~", DO_PUT, ' '},
    {"_", DO_PUT, '-'},
    {"\\", DO_PUT, '\\'},
    {"{", DO_PUT, '{'},
    {"}", DO_PUT, '}'},
    {"\n", DO_PARAGRAPH, 0},
    {"\r", DO_PARAGRAPH, 0},
    {"\t", DO_PUT, ' '},
    {"*", DO_ASIDE, 0},
    {"info", DO_ASIDE, 0},
    {"header", DO_ASIDE, 0},
    {"headerl", DO_ASIDE, 0},
    {"headerr", DO_ASIDE, 0},
    {"headerf", DO_ASIDE, 0},
    {"footer", DO_ASIDE, 0},
    {"footerl", DO_ASIDE, 0},
    {"footerr", DO_ASIDE, 0},
    {"footerf", DO_ASIDE, 0},
    {"footnote", DO_ASIDE, 0},
    {"fldinst", DO_ASIDE, 0},
    {"fonttbl", DO_FONTS, 0},
    {"objdata", DO_OBJECT, 0},
    {"pict", DO_NOTHING, 0},
    {"colortbl", DO_NOTHING, 0},
    {"stylesheet", DO_NOTHING, 0},
    {"themedata", DO_NOTHING, 0},
    {"colorschememapping", DO_NOTHING, 0},
    {"latentstyles", DO_NOTHING, 0},
    {"listtable", DO_NOTHING, 0},
    {"listoverridetable", DO_NOTHING, 0},
    {"rsidtbl", DO_NOTHING, 0},
    {"generator", DO_NOTHING, 0},
};

const struct rtf_word *rtf_find_word(const char *word) {
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(words[i].word, word) == 0) {
            return &words[i];
        }
    }
    return NULL;
}
