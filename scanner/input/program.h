/* program.h - another program that is asked something, through pipes and without a shell. Only
 * while the process has one thread and before workers are made: these start nothing. */
#ifndef YINMA_INPUT_PROGRAM_H
#define YINMA_INPUT_PROGRAM_H

#include <sys/types.h>

#include "core/bytes.h"
#include "core/error.h"

struct program {
    const char *name; /* of messages; static */
    pid_t pid;        /* 0: not running */
    int in, out;      /* of the program: to be written to, to be read from; -1: closed */
    int messages;     /* what it says on standard error, kept in memory */
};

/* ARGUMENTS (NULL-terminated) with its name first, found by PATH; ENVIRONMENT as execve(2) takes
 * it. 0, YINMA_E_MISSING when there is no such program, or the code of an errno. */
int program_start(struct program *out, const char *const *arguments, char *const *environment,
                  struct error *err);

/* All that it writes, malloc'ed with a NUL behind it. More than LIMIT bytes: YINMA_E_LIMIT. */
int program_read_all(struct program *program, size_t limit, uint8_t **text_out, size_t *len_out,
                     struct error *err);
/* Exactly LEN bytes, or YINMA_E_IO. */
int program_read(struct program *program, void *buffer, size_t len, struct error *err);
/* Nothing more is written to it. */
void program_close_input(struct program *program);
int program_write(struct program *program, struct bytes text, struct error *err);

/* Wait for its end; it is stopped when its output was not read. 0, or YINMA_E_IO with the first
 * line that it said when its status is not 0. */
int program_end(struct program *program, struct error *err);

#endif
