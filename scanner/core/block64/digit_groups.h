/* digit_groups.h - where three groups of digits begin that are grouped as telephone numbers are,
 * whatever parts them: 4-3-3, 2-4-4 and 2-3-4 digits, one byte between two groups; or as card
 * numbers: 4-4-4 digits and more; or 3-3-3 digits and more, behind 886. Plain shifts of
 * one word, as in token_runs.h. */
#ifndef YINMA_CORE_BLOCK64_DIGIT_GROUPS_H
#define YINMA_CORE_BLOCK64_DIGIT_GROUPS_H

#include <stdint.h>

/* Groups of exactly so many digits, by where they begin. */
struct digit_groups {
    uint64_t two, three, four;
};

/* Those that begin in HERE; NEXT: the word behind it; BEFORE: the last bit of the one before it. */
static inline struct digit_groups digit_groups_of(uint64_t before, uint64_t here, uint64_t next) {
    uint64_t one = here >> 1 | next << 63, two = here >> 2 | next << 62;
    uint64_t three = here >> 3 | next << 61, four = here >> 4 | next << 60;
    uint64_t pair = here & ~(here << 1 | before) & one;
    return (struct digit_groups){
        .two = pair & ~two, .three = pair & two & ~three, .four = pair & two & three & ~four};
}

/* Where numbers of three groups begin in HERE, the words around it as above. */
static inline uint64_t digit_groups_parted(uint64_t before, uint64_t here, uint64_t next) {
    struct digit_groups a = digit_groups_of(before, here, next);
    struct digit_groups b = digit_groups_of(here >> 63, next, 0); /* wrong near its end only */
    uint64_t mobile = a.four & (a.three >> 5 | b.three << 59) & (a.three >> 9 | b.three << 55);
    uint64_t eight = (a.four >> 3 | b.four << 61) & (a.four >> 8 | b.four << 56);
    uint64_t seven = (a.three >> 3 | b.three << 61) & (a.four >> 7 | b.four << 57);
    uint64_t card = a.four & (a.four >> 5 | b.four << 59) & (a.four >> 10 | b.four << 54);
    uint64_t abroad = a.three & (a.three >> 4 | b.three << 60) & (a.three >> 8 | b.three << 56);
    return mobile | card | abroad | (a.two & (eight | seven));
}

#endif
