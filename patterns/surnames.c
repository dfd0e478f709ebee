/* Surnames by how many bear them (Ministry of the Interior, 2023); the first hundred cover 96.6 %
 * of people. 黄/黃, 温/溫 and 凃/涂 are registered apart. */
#include "patterns/surnames.h"

// clang-format off
#define PAIR_SLOT(pair) HAN_SLOT(pair, SURNAME_COMPOUND_MULTIPLIER, SURNAME_COMPOUND_BITS)

#define S(name) [SURNAME_SINGLE_SLOT(name)] = (name)
const uint16_t surname_singles[1U << SURNAME_SINGLE_BITS] = {
    S(u'陳'), S(u'林'), S(u'黃'), S(u'張'), S(u'李'), S(u'王'), S(u'吳'), S(u'劉'), S(u'蔡'), S(u'楊'),
    S(u'許'), S(u'鄭'), S(u'謝'), S(u'洪'), S(u'郭'), S(u'邱'), S(u'曾'), S(u'廖'), S(u'賴'), S(u'徐'),
    S(u'周'), S(u'葉'), S(u'蘇'), S(u'莊'), S(u'呂'), S(u'江'), S(u'何'), S(u'蕭'), S(u'羅'), S(u'高'),
    S(u'潘'), S(u'簡'), S(u'朱'), S(u'鍾'), S(u'游'), S(u'彭'), S(u'詹'), S(u'胡'), S(u'施'), S(u'沈'),
    S(u'余'), S(u'盧'), S(u'梁'), S(u'趙'), S(u'顏'), S(u'柯'), S(u'翁'), S(u'魏'), S(u'孫'), S(u'戴'),
    S(u'范'), S(u'方'), S(u'宋'), S(u'鄧'), S(u'杜'), S(u'傅'), S(u'侯'), S(u'曹'), S(u'薛'), S(u'阮'),
    S(u'丁'), S(u'卓'), S(u'馬'), S(u'董'), S(u'温'), S(u'古'), S(u'藍'), S(u'石'), S(u'紀'), S(u'唐'),
    S(u'蔣'), S(u'姚'), S(u'連'), S(u'馮'), S(u'歐'), S(u'程'), S(u'湯'), S(u'黄'), S(u'田'), S(u'康'),
    S(u'姜'), S(u'白'), S(u'汪'), S(u'鄒'), S(u'尤'), S(u'巫'), S(u'鐘'), S(u'黎'), S(u'涂'), S(u'龔'),
    S(u'嚴'), S(u'韓'), S(u'袁'), S(u'金'), S(u'童'), S(u'陸'), S(u'夏'), S(u'柳'), S(u'凃'), S(u'邵'),
    S(u'錢'), S(u'伍'), S(u'倪'), S(u'溫'), S(u'駱'), S(u'譚'), S(u'于'), S(u'甘'), S(u'熊'), S(u'任'),
    S(u'秦'), S(u'章'), S(u'毛'), S(u'官'), S(u'顧'), S(u'史'), S(u'萬'), S(u'俞'), S(u'粘'), S(u'雷'),
    S(u'饒'), S(u'闕'), S(u'凌'), S(u'武'), S(u'孔'), S(u'尹'), S(u'崔'), S(u'辛'), S(u'辜'), S(u'陶'),
    S(u'段'), S(u'易'), S(u'龍'), S(u'韋'), S(u'池'), S(u'葛'), S(u'褚'), S(u'孟'), S(u'麥'), S(u'殷'),
    S(u'莫'), S(u'文'), S(u'賀'), S(u'賈'), S(u'管'), S(u'關'), S(u'包'), S(u'向'),
};

#define P(first, second) [PAIR_SLOT(HAN_PAIR(first, second))] = HAN_PAIR(first, second)
const uint32_t surname_compounds[1U << SURNAME_COMPOUND_BITS] = {
    P(u'張', u'簡'), P(u'歐', u'陽'), P(u'范', u'姜'), P(u'周', u'黃'), P(u'江', u'謝'),
    P(u'司', u'徒'), P(u'張', u'廖'), P(u'翁', u'林'), P(u'姜', u'林'), P(u'上', u'官'),
    P(u'朱', u'陳'), P(u'端', u'木'), P(u'邱', u'黃'), P(u'諸', u'葛'), P(u'葉', u'劉'),
    P(u'張', u'李'), P(u'皇', u'甫'), P(u'王', u'李'), P(u'阮', u'呂'), P(u'劉', u'黃'),
    P(u'林', u'吳'), P(u'陳', u'吳'), P(u'歐', u'李'), P(u'陳', u'李'), P(u'張', u'許'),
    P(u'申', u'屠'), P(u'尉', u'遲'), P(u'張', u'陳'), P(u'徐', u'辜'), P(u'陳', u'黃'),
    P(u'蘇', u'陳'), P(u'李', u'陳'), P(u'司', u'馬'), P(u'李', u'林'), P(u'郭', u'李'),
    P(u'徐', u'陳'), P(u'劉', u'張'), P(u'蔡', u'黃'), P(u'王', u'劉'), P(u'黃', u'吳'),
    P(u'洪', u'許'), P(u'李', u'王'), P(u'軒', u'轅'), P(u'張', u'楊'), P(u'夏', u'侯'),
    P(u'鮮', u'于'), P(u'曾', u'林'), P(u'謝', u'林'), P(u'陳', u'許'), P(u'余', u'楊'),
    P(u'令', u'狐'), P(u'東', u'方'), P(u'淳', u'于'), P(u'公', u'孫'), P(u'慕', u'容'),
    P(u'長', u'孫'), P(u'宇', u'文'), P(u'獨', u'孤'), P(u'南', u'宮'), P(u'西', u'門'),
    P(u'鍾', u'離'), P(u'濮', u'陽'), P(u'第', u'五'), P(u'赫', u'連'),
};
// clang-format on

bool surname_is_compound(const uint8_t *p) {
    uint32_t pair = HAN_PAIR(han_code(p), han_code(p + HAN_BYTES));
    return surname_compounds[PAIR_SLOT(pair)] == pair;
}
