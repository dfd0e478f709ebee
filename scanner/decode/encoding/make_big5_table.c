/* A program of the build: prints the characters of code page 950 as a constant table, as the
 * system's iconv knows them, for code that has no place to keep a converter open, and which pairs
 * of GBK are common characters. */
#include <iconv.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "decode/encoding/big5_table.h"
#include "decode/encoding/pair_kernels.h"

/* The pair as TO writes it, if that is two bytes. */
static int convert(iconv_t to, unsigned lead, unsigned trail, uint8_t out[4]) {
    char in[2] = {(char)lead, (char)trail}, *in_at = in;
    char *out_at = (char *)out;
    size_t in_left = sizeof in, out_left = 4;
    (void)iconv(to, NULL, NULL, NULL, NULL);
    size_t result = iconv(to, &in_at, &in_left, &out_at, &out_left);
    return result != (size_t)-1 && in_left == 0 && out_left == 2;
}

static unsigned character(iconv_t to_utf16, unsigned lead, unsigned trail) {
    uint8_t out[4];
    return convert(to_utf16, lead, trail, out) ? out[0] | (unsigned)out[1] << 8 : 0;
}

/* The first byte is the lowest. */
static uint32_t bytes_to_write(uint32_t code) {
    uint32_t last = 0x80 | (code & 0x3F);
    return code < 0x800 ? (0xC0 | code >> 6) | last << 8 | UINT32_C(2) << 24
                        : (0xE0 | code >> 12) | (0x80 | (code >> 6 & 0x3F)) << 8 | last << 16 |
                              UINT32_C(3) << 24;
}

static void print_utf8(iconv_t to_utf16) {
    static uint32_t table[65536];
    for (unsigned lead = 0x81; lead <= 0xFE; lead++) {
        for (unsigned trail = 0x40; trail <= 0xFE; trail++) {
            if (trail > 0x7E && trail < 0xA1) {
                continue;
            }
            unsigned code = character(to_utf16, lead, trail);
            code = code != 0 ? code : big5_user_defined((uint8_t)lead, (uint8_t)trail);
            bool wide = code >= 0x80 && (code < 0xD800 || code > 0xDFFF);
            if (wide) { /* others would break the rule of widths */
                table[pair_place((uint8_t)lead, (uint8_t)trail)] = bytes_to_write(code);
            }
        }
    }
    puts("const uint32_t big5_utf8[65536] = {");
    for (unsigned i = 0; i < 65536; i++) {
        printf("%u,%s", table[i], i % 16 == 15 ? "\n" : "");
    }
    puts("};");
}

static void mark_common(uint64_t bits[GBK_LEADS][GBK_WORDS], unsigned lead, unsigned trail) {
    bits[lead - GBK_FIRST_LEAD][(trail - 0x40) / 64] |= UINT64_C(1) << (trail - 0x40) % 64;
}

/* Level 1 of Big5 (A440 to C67E) as GBK writes it, and level 1 of GB 2312. */
static void print_common(iconv_t to_gbk) {
    static uint64_t bits[GBK_LEADS][GBK_WORDS];
    for (unsigned lead = 0xA4; lead <= 0xC6; lead++) {
        for (unsigned trail = 0x40; trail <= 0xFE; trail++) {
            uint8_t out[4];
            if (convert(to_gbk, lead, trail, out)) {
                mark_common(bits, out[0], out[1]);
            }
        }
    }
    for (unsigned lead = 0xB0; lead <= 0xD7; lead++) {
        for (unsigned trail = 0xA1; trail <= 0xFE; trail++) {
            mark_common(bits, lead, trail);
        }
    }
    puts("const uint64_t gbk_common[GBK_LEADS][GBK_WORDS] = {");
    for (unsigned lead = 0; lead < GBK_LEADS; lead++) {
        printf("{%lluU,%lluU,%lluU},\n", (unsigned long long)bits[lead][0],
               (unsigned long long)bits[lead][1], (unsigned long long)bits[lead][2]);
    }
    puts("};");
}

int main(void) {
    iconv_t to_utf16 = iconv_open("UTF-16LE", "CP950"), to_gbk = iconv_open("GBK", "CP950");
    if (to_utf16 == (iconv_t)-1 || to_gbk == (iconv_t)-1) {
        (void)fputs("the system's iconv does not know CP950 or GBK\n", stderr);
        return EXIT_FAILURE;
    }
    puts("#include \"decode/encoding/big5_table.h\"\n"
         "const uint16_t big5_table[BIG5_LEADS][BIG5_TRAILS] = {");
    for (unsigned lead = 0; lead < BIG5_LEADS; lead++) {
        putchar('{');
        for (unsigned trail = 0; trail < BIG5_TRAILS; trail++) {
            printf("%u,", character(to_utf16, BIG5_FIRST_LEAD + lead, BIG5_FIRST_TRAIL + trail));
        }
        puts("},");
    }
    puts("};");
    print_utf8(to_utf16);
    print_common(to_gbk);
    iconv_close(to_utf16);
    iconv_close(to_gbk);
    return ferror(stdout) != 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
