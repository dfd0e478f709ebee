/* bid.h - is it SQL, and whose? */
#ifndef YINMA_DECODE_SQL_BID_H
#define YINMA_DECODE_SQL_BID_H

#include "decode/decoder.h"

unsigned sql_bid_mysqldump(const struct decode_head *head);
unsigned sql_bid_pg_dump(const struct decode_head *head);
unsigned sql_bid_script(const struct decode_head *head);

#endif
