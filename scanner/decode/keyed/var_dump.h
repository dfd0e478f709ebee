/* var_dump.h - what PHP's var_dump() and print_r() write about members of arrays and objects:
 *
 *     ["name"]=>                          [name:protected] => 王小明
 *     string(9) "王小明"                  [phone:Customer:private] => 0912…
 *     ["name":protected]=> …              ["phone":"Customer":private]=> …
 *
 * https://www.php.net/manual/en/function.var-dump.php */
#ifndef YINMA_DECODE_KEYED_VAR_DUMP_H
#define YINMA_DECODE_KEYED_VAR_DUMP_H

#include "core/bytes.h"

/* Where the name, with its quotes, ends that the bracket at END closes: before what tells who may
 * see the member. END: nothing does. */
size_t var_dump_name_end(struct bytes text, size_t end);

/* Does the quote at QUOTE end the name of such a member, or of its class? */
bool var_dump_tells(struct bytes text, size_t quote);

/* Where the value begins whose arrow ends before AT: on the next line, behind its type. AT: it
 * stands where others do. */
size_t var_dump_value(struct bytes text, size_t at);

/* Does LINE begin with a type, so that its value may belong to the line above? */
bool var_dump_begins(struct bytes line);

#endif
