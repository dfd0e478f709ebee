/* secret_input.h - values that must not be seen: read without echo at a terminal, never quoted in
 * messages. */
#ifndef YINMA_CLI_SECRET_INPUT_H
#define YINMA_CLI_SECRET_INPUT_H

#include <stddef.h>
#include <stdint.h>

#include "core/error.h"

enum { SECRET_MAX = 1024 };

/* One line from standard input; at a terminal after a prompt and without echo. OUT: SECRET_MAX + 1
 * bytes, not NUL-terminated; without the line end. YINMA_E_USAGE for what is no single value (the
 * message never quotes it), YINMA_E_IO, YINMA_E_CANCELLED when a signal came. */
int secret_read(uint8_t *out, size_t *len_out, struct error *err);

/* One line of up to ROOM bytes from the terminal DESCRIPTOR, after PROMPT and without echo; empty
 * at the end of the input. YINMA_E_IO, YINMA_E_CANCELLED. */
int secret_read_line(int descriptor, const char *prompt, uint8_t *out, size_t room, size_t *len_out,
                     struct error *err);

#endif
