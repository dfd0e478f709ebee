/* address_plain.h - what addresses are made of, and those that are written as nearly all are. */
#ifndef YINMA_PATTERNS_ADDRESS_PLAIN_H
#define YINMA_PATTERNS_ADDRESS_PLAIN_H

#include "patterns/han.h"
#include "patterns/pattern.h"

enum { ADDRESS_MAX = 512 };

/* Those from UNIT_ROAD on make an O or X before them a mark. */
enum unit { UNIT_NONE, UNIT_NUMERAL, UNIT_ROAD, UNIT_SECTION, UNIT_FINE, UNIT_HOUSE, UNIT_JOINT };

/* What a Han character means in an address. */
static inline enum unit address_unit_of(uint32_t code) {
    enum { BITS = 6 };
#define UNIT_SLOT(code) HAN_SLOT(code, 0x76997819U, BITS)
#define U(code, unit) [UNIT_SLOT(code)] = { code, unit }
    static const struct {
        uint16_t code;
        uint8_t unit;
    } units[1U << BITS] = {
        U(u'一', UNIT_NUMERAL), U(u'二', UNIT_NUMERAL), U(u'三', UNIT_NUMERAL),
        U(u'四', UNIT_NUMERAL), U(u'五', UNIT_NUMERAL), U(u'六', UNIT_NUMERAL),
        U(u'七', UNIT_NUMERAL), U(u'八', UNIT_NUMERAL), U(u'九', UNIT_NUMERAL),
        U(u'十', UNIT_NUMERAL), U(u'百', UNIT_NUMERAL), U(u'廿', UNIT_NUMERAL),
        U(u'卅', UNIT_NUMERAL), U(u'零', UNIT_NUMERAL), U(u'路', UNIT_ROAD),
        U(u'街', UNIT_ROAD),    U(u'道', UNIT_ROAD),    U(u'村', UNIT_ROAD),
        U(u'里', UNIT_ROAD),    U(u'段', UNIT_SECTION), U(u'巷', UNIT_FINE),
        U(u'弄', UNIT_FINE),    U(u'衖', UNIT_FINE),    U(u'樓', UNIT_FINE),
        U(u'楼', UNIT_FINE),    U(u'室', UNIT_FINE),    U(u'號', UNIT_HOUSE),
        U(u'号', UNIT_HOUSE),   U(u'之', UNIT_JOINT),   U(u'至', UNIT_JOINT),
    };
#undef U
    return units[UNIT_SLOT(code)].code == code ? (enum unit)units[UNIT_SLOT(code)].unit : UNIT_NONE;
#undef UNIT_SLOT
}

static inline bool address_han_at(struct bytes text, size_t at) {
    return at + HAN_BYTES <= text.len && text.ptr[at] >= 0xE3 && text.ptr[at] <= 0xE9;
}

/* Length of a zip code in front. */
size_t address_zip_length(struct bytes text);

/* Most addresses there are: a county, a road behind the four characters that its district may take,
 * digits before 號 near the end, and nothing that might hide anything. Read from the end, without
 * knowing the district. False decides nothing. */
bool address_is_plain(struct bytes text);

/* For pattern.read_plain. */
void address_read_plain(struct value_column *column);

#endif
