/* shapes.h - the five number shapes that all programs look for: national and resident ID, mobile,
 * landline, card numbers in one piece and in groups of four. bench.py reads them from here for
 * grep-like programs, so one line a shape. */
#ifndef YINMA_BENCHMARKS_SHAPES_H
#define YINMA_BENCHMARKS_SHAPES_H

#define SHAPE_ID "[A-Z][1289][0-9]{8}"
#define SHAPE_MOBILE "09[0-9]{2}[- ]?[0-9]{3}[- ]?[0-9]{3}"
#define SHAPE_LANDLINE "0[2-8][0-9]?[- ][0-9]{3,4}[- ]?[0-9]{4}"
#define SHAPE_CARD "[3-6][0-9]{15}"
#define SHAPE_CARD_GROUPS "[3-6][0-9]{3}[- ][0-9]{4}[- ][0-9]{4}[- ][0-9]{4}"

#define NUMBER_SHAPES SHAPE_ID, SHAPE_MOBILE, SHAPE_LANDLINE, SHAPE_CARD, SHAPE_CARD_GROUPS

#endif
