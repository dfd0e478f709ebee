/* nameless_file.h - a temporary file that no folder shows, gone with the process whatever happens.
 */
#ifndef YINMA_INPUT_NAMELESS_FILE_H
#define YINMA_INPUT_NAMELESS_FILE_H

#include "core/error.h"

/* In $TMPDIR, /var/tmp or /tmp (the first that will do; /tmp comes last, it may be memory), mode
 * 0600. Its descriptor, which the caller closes, or the negative code of an errno. */
int nameless_file_open(struct error *err);

#endif
