/* compressed.h - a compressed file as a container: its one member, which can be had once more at
 * any place where frames tell how long they are. Inside the room only. */
#ifndef YINMA_INPUT_STREAM_COMPRESSED_H
#define YINMA_INPUT_STREAM_COMPRESSED_H

#include "input/stream/stream.h"

/* The `open` of struct container_format for CODEC; stream_next() and stream_close() are the others.
 */
int compressed_open(const struct stream_codec *codec, struct byte_source *source,
                    struct input_budget *budget, void **state, struct error *err);

#endif
