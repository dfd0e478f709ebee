/* cipher.h - what Office documents in OLE2 files are encrypted with ([MS-OFFCRYPTO]). */
#ifndef YINMA_DECODE_OFFICE_CIPHER_H
#define YINMA_DECODE_OFFICE_CIPHER_H

#include "core/bytes.h"
#include "core/error.h"
#include "core/ole2_file.h"

/* YINMA_E_ENCRYPTED and the cipher in *ERR when the document in FILE is encrypted; else 0.
 * Workbooks of Excel 97 to 2003 tell it by a record of their own: xls_book.h. */
int office_cipher_tell(const struct ole2_file *file, struct error *err);

/* The name of the cipher that an EncryptionHeader ([MS-OFFCRYPTO] 2.3.2) from byte 0 of HEADER on
 * tells, with the length of its key: "AES-256", "RC4, key of 128 bits". */
struct bytes office_cipher_name(struct bytes header, char *room, size_t room_bytes);

#endif
