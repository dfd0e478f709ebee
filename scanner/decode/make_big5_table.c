/* A program of the build: prints the characters of code page 950 as a constant table, as the
 * system's iconv knows them, for code that has no place to keep a converter open. */
#include <iconv.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "decode/big5_table.h"

static unsigned character(iconv_t to_utf16, unsigned lead, unsigned trail) {
    char in[2] = {(char)lead, (char)trail}, *in_at = in;
    uint8_t out[4];
    char *out_at = (char *)out;
    size_t in_left = sizeof in, out_left = sizeof out;
    (void)iconv(to_utf16, NULL, NULL, NULL, NULL);
    size_t result = iconv(to_utf16, &in_at, &in_left, &out_at, &out_left);
    return result != 0 || out_left != sizeof out - 2 ? 0 : out[0] | (unsigned)out[1] << 8;
}

int main(void) {
    iconv_t to_utf16 = iconv_open("UTF-16LE", "CP950");
    if (to_utf16 == (iconv_t)-1) {
        (void)fputs("the system's iconv does not know CP950\n", stderr);
        return EXIT_FAILURE;
    }
    puts("#include \"decode/big5_table.h\"\n"
         "const uint16_t big5_table[BIG5_LEADS][BIG5_TRAILS] = {");
    for (unsigned lead = 0; lead < BIG5_LEADS; lead++) {
        putchar('{');
        for (unsigned trail = 0; trail < BIG5_TRAILS; trail++) {
            printf("%u,", character(to_utf16, BIG5_FIRST_LEAD + lead, BIG5_FIRST_TRAIL + trail));
        }
        puts("},");
    }
    puts("};");
    iconv_close(to_utf16);
    return ferror(stdout) != 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
