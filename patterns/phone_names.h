/* phone_names.h - names of fields that may hold any telephone number. Lists to be put into the rows
 * of the kinds, which add their own. */
#ifndef YINMA_PATTERNS_PHONE_NAMES_H
#define YINMA_PATTERNS_PHONE_NAMES_H

// clang-format off
#define PHONE_FIELD_NAMES \
    "電話", "電話號碼", "聯絡電話", "連絡電話", "通訊電話", "收件人電話", "寄件人電話", "緊急聯絡電話", "緊急連絡電話", "聯絡方式", \
    "客戶電話", "會員電話", "訂購人電話", "購買人電話", "日間電話", "夜間電話", "電話日", "電話夜", "phone", "phone no", \
    "phone num", "phone number", "phoneno", "phonenumber", "phonenum", "tel", "tel no", \
    "telno", "telnum", "tel num", "tel number", "telephone", "telephone no", \
    "telephone number", "tele", "tele no", "contact phone", "contact tel", "contact no", \
    "contact number", "contact num", "ph no", "usertel", "phone day", "phone night", \
    "tel day", "tel night", "tel d", "tel n", "order cusphone", "cusphone", "custphone", \
    "emergency contact no", "~電話後三碼", "~電話末三碼", "~phone last3", "~phone last 3", \
    "~phone last4", "~tel last3", "?ph", "?contact info"

#define PHONE_OTHER_NAMES \
    "手機條碼", "手機型號", "手機載具", "手機品牌", "手機廠牌", "電話類型", "手機驗證碼", "手機驗證", "客服電話", "公司客服電話", \
    "phone model", "phone brand", "phone type", "tel type", "phone os", "mobile os", \
    "mobile type", "mobile model", "mobile brand", "mobile barcode", "mobile code", \
    "mobile carrier", "phone verified", "mobile verified", "phone country", "phone code", \
    "phone area", "phone area code", "is mobile", "isp", "mobile app", "mobile version", \
    "mobile url", "service phone", "service tel", "phone ext", "tel ext", "is phone", \
    "has phone"

#define PHONE_LABELS \
    "電話", "連絡電話", "聯絡電話", "tel", "phone", "telephone", "phone_no", "phone_number", \
    "phonenumber", "Tel.", "contact no", "TEL"
// clang-format on

#endif
