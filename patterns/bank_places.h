/* bank_places.h - accounts behind the name or the code of a bank in sentences: 國泰世華 013 …,
 * 帳號（822）…, 中國信託 帳號 … */
#ifndef YINMA_PATTERNS_BANK_PLACES_H
#define YINMA_PATTERNS_BANK_PLACES_H

#include "core/bytes.h"

/* Banks as people call them, and words for accounts (Financial Supervisory Commission, list of
 * institutions). */
#define BANK_WORDS                                                                                 \
    "國泰世華", "中國信託", "中信", "台新", "玉山", "郵局", "第一銀行", "一銀", "華南",            \
        "彰化銀行", "彰銀", "合作金庫", "合庫", "富邦", "永豐", "兆豐", "土地銀行", "土銀",        \
        "台灣銀行", "臺灣銀行", "台銀", "臺銀", "台灣企銀", "聯邦銀行", "遠東銀行", "遠東商銀",    \
        "元大", "凱基", "新光銀行", "渣打", "匯豐", "上海商銀", "陽信", "京城銀行", "星展",        \
        "安泰銀行", "將來銀行", "樂天銀行", "帳號", "匯到", "轉帳"

/* Banks, the post office, credit cooperatives; farmers' and fishermen's associations are 6xx, 9xx.
 */
bool bank_code_is(const uint8_t *digits);

/* Where the account stands, its code included, behind the word at ANCHOR of TEXT; false: none does.
 */
bool bank_account_extent(struct bytes text, size_t anchor, size_t *begin, size_t *end);

#endif
