/* person_field_names.h - names of fields that hold the name of a person, and the many that hold the
 * name of something else. */
#ifndef YINMA_PATTERNS_PERSON_FIELD_NAMES_H
#define YINMA_PATTERNS_PERSON_FIELD_NAMES_H

// clang-format off
#define PERSON_FIELD_NAMES \
    "姓名", "中文姓名", "英文姓名", "真實姓名", "收件人", "寄件人", "收貨人", "發貨人", "聯絡人", "連絡人", "戶名", "持卡人", \
    "持卡人姓名", "本人", "配偶", "負責人", "申請人", "被保險人", "要保人", "受益人", "法定代理人", "父親", "母親", "訂購人", \
    "購買人", "會員姓名", "客戶姓名", "收件者", "寄件者", "收件人姓名", "寄件人姓名", "聯絡人姓名", "緊急聯絡人", "員工姓名", \
    "學生姓名", "病患姓名", "住戶姓名", "顧客姓名", "買受人", "立約人", "戶長", "病人姓名", "領件人", "取件人", "取貨人", \
    "fullname", "full name", "realname", "real name", "member realname", "cname", "ename", \
    "cust name", "custname", "cus name", "order cusname", "cusname", "customer name", \
    "customername", "customer", "client name", "receiver", "receiver name", "receivername", \
    "recipient", "recipient name", "recipientname", "receive name", "receivename", \
    "rcv name", "rcvname", "rcpt name", "consignee", "consignee name", "consigneename", \
    "sender", "sender name", "sendername", "shipper", "shipper name", "buyer", \
    "buyer name", "buyername", "payer name", "payee name", "orderer", "orderer name", \
    "surname", "firstname", "first name", "lastname", "last name", "given name", \
    "middle name", "family name", "contact", "contact name", "contactname", \
    "contact person", "contact man", "contact window", "holder", "holder name", \
    "card holder", "cardholder", "cardholder name", "card holder name", "account holder", \
    "account name", "member name", "membername", "mem name", "emp name", "employee name", \
    "staff name", "student name", "stu name", "patient name", "patient", "guest name", \
    "person name", "applicant", "applicant name", "insured", "insured name", "owner name", \
    "chinese name", "english name", "name zh", "name cn", "name en", "ch name", "en name", \
    "zh name", "cht name", "eng name", "spouse", "spouse name", "father name", \
    "mother name", "guardian", "guardian name", "emergency contact", \
    "emergency contact name", "emergency name", "delivery name", "shipping name", \
    "billing name", "ship name", "bill name", "pickup name", "agent name", "doctor name", \
    "beneficiary", "beneficiary name", "donor name", "traveler name", "passenger name", \
    "xingming", "m name", "user realname", "user fullname", "uname cht", "?name", \
    "?username", "?user name", "?user", "?uname", "?nickname", "?nick name", \
    "?display name", "?displayname", "?owner", "?member", "?client", "?payer", "?payee", \
    "?暱稱", "?使用者", "?名字", "?客戶", "?會員", "?稱呼"

#define PERSON_OTHER_NAMES \
    "公司名稱", "商品名稱", "產品名稱", "品名", "店名", "檔名", "檔案名稱", "名稱", "銀行名稱", "分行名稱", "活動名稱", "課程名稱", \
    "部門名稱", "門市名稱", "學校名稱", "單位名稱", "收件人電話", "廠商名稱", "product name", "productname", \
    "prod name", "goods name", "goodsname", "item name", "itemname", "file name", \
    "filename", "company name", "companyname", "corp name", "shop name", "shopname", \
    "store name", "storename", "bank name", "bankname", "branch name", "city name", \
    "county name", "country name", "area name", "region name", "road name", "street name", \
    "town name", "zone name", "brand name", "table name", "column name", "field name", \
    "class name", "role name", "group name", "dept name", "department name", \
    "category name", "cat name", "type name", "event name", "activity name", "course name", \
    "school name", "org name", "organization name", "host name", "hostname", "server name", \
    "domain name", "domainname", "service name", "app name", "application name", \
    "method name", "function name", "module name", "project name", "task name", "job name", \
    "tag name", "label name", "status name", "template name", "page name", "menu name", \
    "key name", "param name", "config name", "setting name", "option name", "attr name", \
    "attribute name", "plan name", "package name", "route name", "path name", "image name", \
    "img name", "photo name", "title name", "device name", "model name", "vendor name", \
    "supplier name", "warehouse name", "channel name", "payment name", "coupon name", \
    "promo name", "campaign name", "currency name", "unit name", "color name", "size name", \
    "spec name", "db name", "database name", "schema name", "queue name", "index name", \
    "session name", "cookie name", "login name", "loginname", "account type name", \
    "logger name", "thread name", "package", "sku name", "book name", \
    "site name", "hospital name", "station name", "market name", "mch name", \
    "merchant name", "fund name", "stock name", "customer id", "customer no", \
    "member level", "member type", "member status", "customer type", "customer level", \
    "contact type", "client ip", "client type", "user agent", "user type", "user level", \
    "user status", "customer service"
// clang-format on

/* Words before names in running text, some of them with the blanks that forms write in them. */
#define PERSON_LABELS                                                                              \
    "姓名", "姓 名", "姓  名", "姓   名", "姓    名", "姓　名", "姓　　名", "收 件 人",            \
        "收　件　人", "聯 絡 人", "申 請 人", "戶 名", "戶　名", "收件人", "寄件人", "收貨人",     \
        "聯絡人", "連絡人", "戶名", "持卡人", "申請人", "訂購人", "會員姓名", "被保險人",          \
        "要保人", "fullname", "full_name", "realname", "customer_name", "receiver_name",           \
        "recipient", "cname", "contact_name", "~name", "~customer name", "~full name",             \
        "~contact name", "~contact person", "~cardholder name", "~recipient name", "~contact",     \
        "~customer", "~cardholder", "~客戶", "~客人", "~買家", "~賣家", "~病患", "~患者", "~學生", \
        "~家長", "~員工", "~負責人", "~收件者", "~寄件者", "~承租人", "~聯絡窗口", "~來電者",      \
        "~買受人", "~車主", "~立書人", "~當事人", "~代理人", "~受益人", "~委託人", "~報案人",      \
        "~顧客", "~會員", "~本人", "~承辦人", "~經辦人", "~窗口", "~取件人", "~領件人", "~購買人", \
        "~立約人", "~屋主", "~房客", "~住戶", "~我是", "~我叫", "~名字是", "~名字叫", "~親愛的",   \
        "~dear", "~hi", "~hello"

#endif
