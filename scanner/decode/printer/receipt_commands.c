/* "ESC/POS Command Reference" of Epson; other makers have the same ones. */
#include "decode/printer/receipt_commands.h"

enum { DLE = 0x10, ESC = 0x1B, FS = 0x1C, GS = 0x1D, SHORTEST = 2 };

/* Bytes of parameters behind a lead and a letter. */
static const struct {
    uint8_t lead;
    const char *letters;
    uint8_t parameters;
} commands[] = {
    {ESC, "@2imSLFf<\x0C", 0},
    {ESC, "!adeEGMRtVJ-{3 =rTKuUx", 1},
    {ESC, "$\\cB%", 2},
    {ESC, "p", 3},
    {ESC, "W", 8},
    {GS, "!BHhwfarI/bEcT:", 1},
    {GS, "LWP$\\", 2},
    {FS, ".&", 0},
    {FS, "!-CW", 1},
    {FS, "Sp", 2},
    {DLE, "\x04\x05\x14", 1},
};

static size_t number_at(struct bytes data, size_t at) {
    return (size_t)data.ptr[at] | (size_t)data.ptr[at + 1] << 8;
}

static struct receipt_piece command(size_t whole) {
    return (struct receipt_piece){.whole = whole, .command = true};
}

/* LENGTH bytes that are printed as a bar code, behind FRONT. */
static struct receipt_piece code(struct bytes data, size_t front, size_t length) {
    struct receipt_piece out = command(data.len >= front + length ? front + length : 0);
    out.text = bytes_of(data.ptr + front, length);
    return out;
}

/* GS k: to a NUL, or with its length. */
static struct receipt_piece bar_code(struct bytes data) {
    if (data.len < 4) {
        return command(0);
    }
    if (data.ptr[2] > 6) {
        return code(data, 4, data.ptr[3]);
    }
    const uint8_t *end = memchr(data.ptr + 3, 0, data.len - 3);
    size_t length = end == NULL ? 0 : (size_t)(end - data.ptr) - 3;
    struct receipt_piece out = code(data, 3, length);
    out.whole += end == NULL ? 0 : 1;
    return end == NULL ? command(data.len < 300 ? 0 : SHORTEST + 1) : out;
}

/* GS ( letter, with its length; what a QR code holds comes behind "1P0". */
static struct receipt_piece function(struct bytes data) {
    if (data.len < 5) {
        return command(0);
    }
    size_t length = number_at(data, 3);
    struct receipt_piece out = code(data, 5, length);
    bool stored = out.whole != 0 && data.ptr[2] == 'k' && length > 3 && data.ptr[6] == 'P';
    out.text = stored ? bytes_from(out.text, 3) : bytes_of(data.ptr, 0);
    return out;
}

/* Commands whose length stands in them; whole 0 as above. *known tells whether it is one. */
static struct receipt_piece long_command(struct bytes data, bool *known) {
    uint8_t lead = data.ptr[0], letter = data.ptr[1];
    struct receipt_piece out = command(0);
    *known = true;
    if (lead == GS && letter == 'k') {
        return bar_code(data);
    }
    if (lead == GS && letter == '(') {
        return function(data);
    }
    if (lead == GS && letter == 'V') {
        bool feeds = data.len > 2 && (data.ptr[2] | 0x20) >= 'a';
        out.whole = data.len < 4 ? 0 : feeds ? 4 : 3;
    } else if (lead == GS && letter == 'v') {
        out.whole = data.len < 8 ? 0 : 8;
        out.skip = data.len < 8 ? 0 : (uint64_t)number_at(data, 4) * number_at(data, 6);
    } else if (lead == GS && letter == '*') {
        out.whole = data.len < 4 ? 0 : 4;
        out.skip = data.len < 4 ? 0 : (uint64_t)data.ptr[2] * data.ptr[3] * 8;
    } else if (lead == ESC && letter == '*') {
        out.whole = data.len < 5 ? 0 : 5;
        out.skip = data.len < 5 ? 0 : (uint64_t)number_at(data, 3) * (data.ptr[2] >= 32 ? 3 : 1);
    } else if (lead == ESC && letter == 'D') {
        const uint8_t *end = memchr(data.ptr, 0, data.len < 36 ? data.len : 36);
        out.whole = end != NULL ? (size_t)(end - data.ptr) + 1 : data.len < 36 ? 0 : SHORTEST;
    } else {
        *known = false;
    }
    return out;
}

static struct receipt_piece read_command(struct bytes data, bool *known) {
    *known = false;
    if (data.len < SHORTEST) {
        return command(0);
    }
    struct receipt_piece out = long_command(data, known);
    for (size_t i = 0; !*known && i < sizeof commands / sizeof *commands; i++) {
        if (commands[i].lead == data.ptr[0] && data.ptr[1] != 0 &&
            strchr(commands[i].letters, data.ptr[1]) != NULL) {
            size_t whole = SHORTEST + commands[i].parameters;
            out = command(data.len < whole ? 0 : whole);
            *known = true;
        }
    }
    return *known ? out : command(1); /* the byte alone; what follows is text */
}

static bool is_lead(uint8_t c) {
    return c == ESC || c == GS || c == FS || c == DLE;
}

struct receipt_piece receipt_next(struct bytes data, bool at_end) {
    enum { MOST_TEXT = 4096 };
    uint8_t c = data.ptr[0];
    if (is_lead(c)) {
        bool known;
        struct receipt_piece out = read_command(data, &known);
        if (out.whole == 0 && at_end) {
            out = command(data.len); /* it is cut off; what it says may be text */
            out.text = bytes_from(data, SHORTEST);
        }
        return out;
    }
    if (c < 0x20 && c != '\t') {
        return (struct receipt_piece){.whole = 1, .command = c != '\n', .line_end = c == '\n'};
    }
    size_t at = 1;
    while (at < data.len && at < MOST_TEXT && (data.ptr[at] >= 0x20 || data.ptr[at] == '\t')) {
        at++;
    }
    return (struct receipt_piece){.whole = at < data.len || at_end || at == MOST_TEXT ? at : 0,
                                  .text = bytes_first(data, at)};
}

unsigned receipt_evidence(struct bytes head) {
    enum { LOOKED_AT = 2048, FEW = 3 };
    unsigned seen = 0, resets = 0, odd = 0;
    size_t print = 0;
    head = bytes_first(head, LOOKED_AT);
    if (bytes_find(head, BYTES_LIT("\x1B@")) == SIZE_MAX) {
        return 0; /* each receipt begins with a reset */
    }
    for (size_t at = 0; at < head.len;) {
        struct bytes rest = bytes_from(head, at);
        struct receipt_piece piece = receipt_next(rest, true);
        if (is_lead(rest.ptr[0])) {
            bool known;
            (void)read_command(rest, &known);
            seen += known;
            odd += !known;
            resets += rest.ptr[0] == ESC && rest.len > 1 && rest.ptr[1] == '@';
        } else {
            odd += piece.command && rest.ptr[0] != '\r' && rest.ptr[0] != 0x0C;
        }
        print += piece.text.len;
        at += piece.whole + (size_t)(piece.skip < head.len ? piece.skip : head.len);
    }
    bool fits = resets > 0 && seen >= FEW && odd * 8 <= seen && print >= seen;
    return fits ? 24 : 0;
}
