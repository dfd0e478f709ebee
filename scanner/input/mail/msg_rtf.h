/* msg_rtf.h - the compressed RTF of Outlook's messages ([MS-OXRTFCP]). Inside the room only. */
#ifndef YINMA_INPUT_MAIL_MSG_RTF_H
#define YINMA_INPUT_MAIL_MSG_RTF_H

#include "core/text_buffer.h"

/* COMPRESSED as RTF to OUT. False: it makes no sense from some place on; what came before stands.
 */
bool msg_rtf_put(struct text_buffer *out, struct bytes compressed);

#endif
