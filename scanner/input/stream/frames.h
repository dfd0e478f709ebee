/* frames.h - compressed data whose frames tell how long they are: its content can be read at any
 * place, from the begin of the frame that holds it. */
#ifndef YINMA_INPUT_STREAM_FRAMES_H
#define YINMA_INPUT_STREAM_FRAMES_H

#include "input/stream/stream.h"

/* The content of SOURCE (with read_at and again; not owned), compressed by CODEC, as a source with
 * both that counts into BUDGET. read() delivers what the stream itself would, its errors as well;
 * read_at() fails where anything is not as the frames say, and after too much was decompressed only
 * to get somewhere. NULL: the frames do not tell, there is one only, or what they say would come
 * near --max-ratio. */
struct byte_source *frames_open(const struct stream_codec *codec, struct byte_source *source,
                                struct input_budget *budget);

#endif
