/* control_list.h - every numbered demand that data can break or prove, and how yinma answers it.
 *
 * Written in rules/controls.tsv, in our own words, and embedded by the build: constant data, no
 * loading, strings that live as long as the program. Rules are the executable part of it; what has
 * no rule is answered by a report or a record, or data cannot show it, and the reason is given.
 */
#ifndef YINMA_CATALOG_CONTROL_LIST_H
#define YINMA_CATALOG_CONTROL_LIST_H

#include <stdbool.h>
#include <stddef.h>

struct control {
    const char *id;       /* "platform/1.3.1" */
    const char *document; /* "platform" */
    const char *section;  /* "1.3.1", part of `id` */
    const char *printed;  /* the number as printed: "第三章一(五)1(4)" */
    const char *level;    /* as of rules, "requirement" … */
    const char *class;    /* "all", or "2": class II firms only */
    const char *how;      /* "rule", "evidence" or "not-by-data" */
    const char *answer;   /* id of a rule, or codes of answers with commas between them */
    struct {
        const char *en, *zh;
    } text; /* what is demanded */
};

/* Fill OUT with control INDEX, in the order of the documents; false when there is none. */
bool control_at(size_t index, struct control *out);
/* By id, by document and printed number ("insurance/3.2.6(2)"), or by the number alone where one
 * document has it. False when there is none, or more than one. */
bool control_find(const char *id, struct control *out);

/* What a code in `answer` means. */
struct control_answer {
    const char *code;
    const char *shown_by; /* an option or record; "" for a reason why data cannot show it */
    struct {
        const char *en, *zh;
    } text;
};
/* Answer NUMBER (from 0) of CONTROL; false when it has no more, or is answered by a rule. */
bool control_answer_at(const struct control *control, size_t number, struct control_answer *out);

#endif
