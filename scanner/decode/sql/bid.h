/* bid.h - is it SQL, and whose? */
#ifndef YINMA_DECODE_SQL_BID_H
#define YINMA_DECODE_SQL_BID_H

#include "decode/decoder.h"
#include "decode/sql/dialect.h"

unsigned sql_bid_mysqldump(const struct decode_head *head);
unsigned sql_bid_pg_dump(const struct decode_head *head);
unsigned sql_bid_script(const struct decode_head *head);

/* Of a script that no tool's header names; looked for once (decode/head_notes.h). */
struct sql_dialect sql_dialect_of(const struct decode_head *head);

#endif
