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
    "手機條碼", "手機型號", "手機載具", "手機品牌", "手機廠牌", "電話類型", "手機驗證碼", "手機驗證", "!客服電話", "!公司客服電話", \
    "phone model", "phone brand", "phone type", "tel type", "phone os", "mobile os", \
    "mobile type", "mobile model", "mobile brand", "mobile barcode", "mobile code", \
    "mobile carrier", "phone verified", "mobile verified", "phone country", "phone code", \
    "phone area", "phone area code", "is mobile", "isp", "mobile app", "mobile version", \
    "mobile url", "!service phone", "!service tel", "phone ext", "tel ext", "is phone", \
    "has phone", \
    "!門市電話", "!店家電話", "!店舖電話", "!分店電話", "!倉庫電話", "!營業所電話", "!站所電話", "!廠商電話", "!供應商電話", "!總公司電話", "!物流中心電話", "!取貨門市電話", "!客服專線", "!服務專線", "!免付費電話", "!諮詢專線", "!store phone", "!store tel", "!store phone no", "!store tel no", "!store telephone", "!shop phone", "!shop tel", "!shop phone no", "!shop tel no", "!shop telephone", "!branch phone", "!branch tel", "!branch phone no", "!branch tel no", "!branch telephone", "!hub phone", "!hub tel", "!hub phone no", "!hub tel no", "!hub telephone", "!depot phone", "!depot tel", "!depot phone no", "!depot tel no", "!depot telephone", "!warehouse phone", "!warehouse tel", "!warehouse phone no", "!warehouse tel no", "!warehouse telephone", "!station phone", "!station tel", "!station phone no", "!station tel no", "!station telephone", "!vendor phone", "!vendor tel", "!vendor phone no", "!vendor tel no", "!vendor telephone", "!supplier phone", "!supplier tel", "!supplier phone no", "!supplier tel no", "!supplier telephone", "!merchant phone", "!merchant tel", "!merchant phone no", "!merchant tel no", "!merchant telephone", "!outlet phone", "!outlet tel", "!outlet phone no", "!outlet tel no", "!outlet telephone", "!hotline", "!customer service phone", "!customer service tel", "!cs phone"

#define PHONE_LABELS \
    "電話", "連絡電話", "聯絡電話", "tel", "phone", "telephone", "phone_no", "phone_number", \
    "phonenumber", "Tel.", "contact no", "TEL"
// clang-format on

#endif
