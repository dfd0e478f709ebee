/* helper_text.h - the text that a helper program makes of a unit, as a source (helper_desk.h). */
#ifndef YINMA_RUN_WORKERS_HELPER_TEXT_H
#define YINMA_RUN_WORKERS_HELPER_TEXT_H

#include "input/input.h"
#include "run/workers/helper_desk.h"

/* Order PROGRAM at the desk behind ASKING for the content of DATA (with read_at; not owned). The
 * text is read as the program writes it; at its end stands what became of the program: damage that
 * it met, that it failed, took too long, is not installed (YINMA_E_UNSUPPORTED). What it writes
 * counts into BUDGET. NULL and *ERR when nothing could be ordered. */
struct byte_source *helper_text_open(int asking, enum helper_program program,
                                     struct byte_source *data, struct input_budget *budget,
                                     struct error *err);

#endif
