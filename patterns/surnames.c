/* Surnames by how many bear them (Ministry of the Interior, 2023); the first hundred cover 96.6 %
 * of people. 黄/黃, 温/溫 and 凃/涂 are registered apart. Common ones stand first, so that a search
 * from the front is short. */
#include "patterns/surnames.h"

static const char singles[] = "陳林黃張李王吳劉蔡楊許鄭謝洪郭邱曾廖賴徐周葉蘇莊"
                              "呂江何蕭羅高潘簡朱鍾游彭詹胡施沈余盧梁趙顏柯翁魏"
                              "孫戴范方宋鄧杜傅侯曹薛阮丁卓馬董温古藍石紀唐蔣姚"
                              "連馮歐程湯黄田康姜白汪鄒尤巫鐘黎涂龔嚴韓袁金童陸"
                              "夏柳凃邵錢伍倪溫駱譚于甘熊任秦章毛官顧史萬俞粘雷"
                              "饒闕凌武孔尹崔辛辜陶段易龍韋池葛褚孟麥殷莫文賀賈"
                              "管關包向";

static const char compounds[] = "張簡歐陽范姜周黃江謝司徒張廖翁林姜林上官朱陳端木"
                                "邱黃諸葛葉劉張李皇甫王李阮呂劉黃林吳陳吳歐李陳李"
                                "張許申屠尉遲張陳徐辜陳黃蘇陳李陳司馬李林郭李徐陳"
                                "劉張蔡黃王劉黃吳洪許李王軒轅張楊夏侯鮮于曾林謝林"
                                "陳許余楊令狐東方淳于公孫慕容長孫宇文獨孤南宮西門"
                                "鍾離濮陽第五赫連";

enum { PAIR_BYTES = 2 * HAN_BYTES };

/* The last byte of a character tells most of them apart. */
static bool same(const char *a, const uint8_t *b) {
    return (uint8_t)a[2] == b[2] && (uint8_t)a[1] == b[1] && (uint8_t)a[0] == b[0];
}

bool surname_is_single(const uint8_t *p) {
    for (const char *name = singles; *name != '\0'; name += HAN_BYTES) {
        if (same(name, p)) {
            return true;
        }
    }
    return false;
}

bool surname_is_compound(const uint8_t *p) {
    for (const char *name = compounds; *name != '\0'; name += PAIR_BYTES) {
        if (same(name, p) && same(name + HAN_BYTES, p + HAN_BYTES)) {
            return true;
        }
    }
    return false;
}
