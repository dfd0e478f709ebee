/* Words as the documents and the authority use them; those of other places and other trades that
 * mean the same are not mixed in. The specification for electronic commerce is an administrative
 * reference: what does not conform to it is 不符合事項, and breaks no law by that. */
#include "catalog/glossary.h"

#include <stddef.h>
#include <string.h>

const struct term glossary[] = {
    {"clear", "clear", "明碼", "明文形式,純文字形式"},
    {"weak", "weak", "遮蔽不足", "弱遮蔽,部分脫敏"},
    {"masked", "masked", "已遮蔽", "脫敏,屏蔽,打碼,遮罩"},
    {"encrypted", "encrypted", "加密或雜湊", "哈希,散列"},
    {"finding", "something that does not conform", "不符合事項", "違法,違反法令,犯法"},
    {"people", "people", "筆數（人）", "人次"},
    {"zone pc", "a work computer", "作業環境之電腦", "辦公電腦,工作電腦,工作用電腦"},
    {"zone print-host", "a computer that prints waybills or delivery slips", "託運單列印電腦",
     "列印主機,印單電腦"},
    {"zone web", "a public web server", "公開之網頁伺服器",
     "公開的網頁伺服器,公開網站伺服器,公開網頁伺服器"},
    {"zone waybill", "waybills and parcel labels", "託運單與包裹標籤", "運單,面單"},
    {"requirement", "requirement", "要求項目", ""},
    {"baseline", "baseline", "作業基準", ""},
    {"better-practice", "better-practice", "進階指引", "較佳做法,最佳實務"},
    {"guidance", "guidance", "參考指引", ""},
    {"audit-item", "audit-item", "查核項目", ""},
    {"standard", "standard", "產業標準", ""},
    {"builtin", "builtin", "內建規則", ""},
    {"administrative-reference", "administrative-reference", "行政參考文件", ""},
    {"supervisory-checklist", "supervisory-checklist", "主管機關查核表", ""},
    {"industry-standard", "industry-standard", "產業標準", ""},
    {"house-rule", "house-rule", "內部規則", ""},
    {"statute", "statute", "法律", ""},
    {"regulation", "regulation", "法規命令", ""},
    {"data", "data", "資料", "數據"},
    {"user", "user", "使用者", "用戶名,用戶資料,用戶數"},
    {"server", "server", "伺服器", "服務器"},
    {"field", "field", "欄位", "字段"},
    {"default", "default", "預設", "默認"},
    {"network", "network", "網路", "網絡"},
    {"information", "information", "資訊", "信息"},
    {NULL, NULL, NULL, NULL},
};

const struct term *glossary_term(const char *key) {
    for (const struct term *term = glossary; term->key != NULL; term++) {
        if (strcmp(term->key, key) == 0) {
            return term;
        }
    }
    return NULL;
}
