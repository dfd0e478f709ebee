"""Tables as Taiwanese shops, carriers and clinics keep them: columns with their true content.

A column is a name, its written values, and the counts of what they truly are:
{kind: {state: count}}. Columns of decoys hold nothing.
"""

from dataclasses import dataclass, field

from values import Values

# Names of columns as real schemas spell them: Chinese, English.
NAMES = {
    "tw_national_id": (["身分證字號", "身份證字號", "身分證號碼", "國民身分證統一編號", "客戶身分證字號", "被保險人身分證字號", "會員身份證號"],
                       ["idno", "id_no", "PERSON_ID", "cust_idno", "identityNo", "IDCardNo", "member_id_number",
                        "national_id", "t_user_idcard", "applicantIdNo"]),
    "tw_resident_id": (["居留證號", "統一證號", "外僑居留證號碼"], ["arc_no", "residentId", "ARC_NUMBER", "ui_no"]),
    "tw_resident_id_old": (["舊式居留證號碼", "舊居留證號"], ["old_arc_no", "arcNoOld"]),
    "person_name": (["姓名", "客戶姓名", "收件人", "收件人姓名", "會員姓名", "聯絡人姓名", "員工姓名", "病患姓名"],
                    ["cust_name", "fullName", "receiver_name", "MEMBER_NAME", "recipientName", "consignee",
                     "emp_name", "contact_person", "PatientName"]),
    "birth_date": (["生日", "出生日期", "出生年月日", "會員生日"], ["birthday", "birth_date", "DOB", "memberBirthday", "BIRTH_DT"]),
    "phone_mobile": (["手機", "手機號碼", "行動電話", "收件人手機", "聯絡人手機", "會員手機"],
                     ["mobile", "cell_phone", "receiverMobile", "CUST_MOBILE", "mobile_no", "rcv_mobile", "userCellphone"]),
    "phone_landline": (["市話", "住家電話", "公司電話", "家裡電話"], ["home_tel", "officePhone", "TEL_H", "home_phone"]),
    "phone": (["電話", "聯絡電話", "收件人電話", "寄件人電話"], ["phone", "tel", "rcv_tel", "consigneePhone", "contactTel", "SENDER_PHONE"]),
    "email": (["電子郵件", "電子信箱", "E-mail", "會員信箱"], ["email", "e_mail", "userEmail", "CONTACT_EMAIL", "member_email"]),
    "address": (["地址", "收件地址", "通訊地址", "戶籍地址", "送貨地址"],
                ["address", "addr", "receiver_addr", "shippingAddress", "HOME_ADDR", "consigneeAddress"]),
    "card_number": (["信用卡號", "卡號", "信用卡卡號", "刷卡卡號"], ["card_no", "creditCardNumber", "PAN", "cc_number", "CARD_NUM"]),
    "card_security_code": (["安全碼", "信用卡安全碼", "卡片背面三碼"], ["cvv", "cvc2", "card_security_code", "CVV2"]),
    "card_expiry": (["有效期限", "信用卡有效年月"], ["expiry", "exp_date", "cardExpiry", "valid_thru"]),
    "card_track": (["磁軌資料"], ["track_data", "magstripe"]),
    "tw_passport": (["護照號碼"], ["passport_no", "passportNumber"]),
    "tw_nhi_card": (["健保卡號"], ["nhi_card_no", "hicCardNo"]),
    "tw_driver_license": (["駕照號碼", "駕照管轄編號"], ["driver_license_no", "drivingLicense"]),
    "tw_citizen_certificate": (["自然人憑證"], ["citizen_certificate_no", "moica_no"]),
    "tw_mobile_barcode": (["手機條碼", "手機載具"], ["mobile_barcode", "mobileBarcode"]),
    "vehicle_plate": (["車牌號碼", "車號"], ["plate_no", "licensePlate"]),
    "bank_account": (["銀行帳號", "匯款帳號"], ["bank_account", "bankAccountNo", "ACCT_NO"]),
    "password": (["密碼", "登入密碼"], ["password", "user_pwd"]),
}
DECOYS = {
    "order_no": (["訂單編號"], ["order_no", "OrderNumber"]), "trade_no": (["交易編號"], ["TradeNo", "trade_no"]),
    "luhn_number": (["會員卡號"], ["member_card_no", "vipCardNo"]), "ean13": (["商品條碼"], ["barcode", "ean"]),
    "imei": (["手機序號"], ["imei", "device_imei"]), "timestamp": (["交易時間碼"], ["txn_time", "create_ts"]),
    "time": (["建立時間"], ["created_at", "update_time"]), "epoch": (["時間戳"], ["ts", "epoch"]),
    "epoch_ms": (["毫秒時間"], ["created_ms", "ts_ms"]), "trace_id": (["追蹤碼"], ["trace_id", "spanId"]),
    "uuid": (["識別碼"], ["uuid", "request_id"]), "md5": (["檔案雜湊"], ["file_md5", "checksum"]),
    "sha256": (["檢查碼"], ["CheckMacValue", "sha256"]), "base64": (["簽章"], ["signature", "token"]),
    "hex_upper": (["晶片碼"], ["chip_code", "mac_addr"]), "latitude": (["緯度"], ["lat", "latitude"]),
    "longitude": (["經度"], ["lng", "longitude"]), "phone_model": (["手機型號"], ["phone_model", "device"]),
    "user_agent": (["瀏覽器"], ["user_agent", "ua"]), "ubn": (["統一編號"], ["tax_id", "company_ubn"]),
    "invoice_no": (["發票號碼"], ["invoice_no", "invoiceNumber"]),
    "invoice_dashed": (["電子發票"], ["einvoice", "invoice"]), "waybill_no": (["託運單號"], ["waybill_no", "trackingNo"]),
    "waybill_dashed": (["配送單號"], ["shipment_no", "tcat_number"]), "pickup_code": (["取貨代碼"], ["pickup_code", "CVSPaymentNo"]),
    "sku": (["貨號"], ["sku", "item_no"]), "amount": (["金額"], ["amount", "price"]),
    "amount_decimal": (["含稅金額"], ["total_amount", "subtotal"]), "version": (["版本"], ["app_version", "version"]),
    "serial": (["機器序號"], ["serial_no", "sn"]), "number9": (["流水號"], ["seq_no", "batch_no"]),
    "goods": (["商品名稱"], ["goods_name", "product_name"]), "status": (["狀態"], ["status", "order_status"]),
    "bank_code": (["銀行代碼"], ["bank_code", "bankCode"]), "otp": (["簡訊驗證碼"], ["otp", "captcha"]),
    "service_phone": (["客服專線"], ["service_hotline", "cs_phone"]),
}
# What stands together; several of a line are drawn.
FLAVORS = [
    ("customers", ["person_name", "tw_national_id", "phone_mobile", "phone_landline", "email", "address", "birth_date"]),
    ("members", ["person_name", "phone_mobile", "email", "birth_date", "address", "tw_mobile_barcode", "password"]),
    ("waybills", ["person_name", "phone", "address", "tw_national_id"]),
    ("payments", ["card_number", "card_security_code", "card_expiry", "person_name", "phone_mobile"]),
    ("cards_on_file", ["card_number", "card_expiry", "email", "bank_account"]),
    ("staff", ["person_name", "tw_national_id", "birth_date", "phone_mobile", "address", "bank_account", "tw_driver_license"]),
    ("foreign_guests", ["tw_resident_id", "tw_resident_id_old", "phone_mobile", "email", "birth_date", "tw_passport"]),
    ("patients", ["person_name", "tw_national_id", "tw_nhi_card", "birth_date", "phone", "address"]),
    ("drivers", ["person_name", "tw_national_id", "tw_driver_license", "vehicle_plate", "phone_mobile"]),
    ("applications", ["person_name", "tw_national_id", "tw_citizen_certificate", "phone_mobile", "email"]),
    ("events", []),
]
MIXES = ({"clear": 1}, {"clear": 1}, {"clear": .9, "masked": .1}, {"clear": .6, "weak": .2, "masked": .2},
         {"clear": .7, "weak": .3}, {"masked": 1}, {"masked": .8, "weak": .2})
CLEAR_OR_MASKED = {"card_security_code", "card_expiry", "tw_passport", "tw_nhi_card", "tw_driver_license",
                   "tw_citizen_certificate", "tw_mobile_barcode", "vehicle_plate", "bank_account", "password"}
BY_FIELD = {"password", "tw_driver_license"}
ONLY_CLEAR = {"card_track"}
CHECKED = {"tw_national_id", "tw_resident_id", "phone_mobile", "phone_landline", "email", "address", "card_number"}


@dataclass
class Column:
    name: str
    cells: list
    truth: dict = field(default_factory=dict)  # {kind: {state: count}}
    labels: str = ""  # the kind it was drawn for; empty for decoys


@dataclass
class Table:
    name: str
    columns: list
    rows: int


def count(truth, kind, state):
    states = truth.setdefault(kind, {})
    states[state] = states.get(state, 0) + 1


def make_column(values, kind, language, rows, mixes=MIXES):
    """A column of KIND; one cell of thirty is empty."""
    random, name = values.random, values.pick(*NAMES[kind][language])
    mix = values.pick(*mixes)
    if kind in CLEAR_OR_MASKED:
        mix = {s: p for s, p in mix.items() if s != "weak"}
    if kind in ONLY_CLEAR or not mix:
        mix = {"clear": 1}
    column = Column(name, [], labels=kind)
    states = random.choices(list(mix), weights=list(mix.values()), k=rows)
    for state in states:
        if random.random() < 1 / 30:
            column.cells.append("")
            continue
        drawn = kind
        if kind == "phone":
            drawn = "phone_mobile" if random.random() < 0.7 else "phone_landline"
        written = getattr(values, drawn)(state)
        if kind == "phone" and not written.translate(HALF).startswith(("0", "+", "(0")):
            written = getattr(values, drawn)("clear")  # which of both it is, is not to be seen
            state = "clear"
        column.cells.append(written)
        count(column.truth, drawn, state)
    return column


HALF = str.maketrans("０１２３４５６７８９", "0123456789")


def make_decoy(values, name, language, rows):
    make = getattr(values, name)
    return Column(values.pick(*DECOYS[name][language]), [make() for _ in range(rows)])


def unique(columns):
    """Columns whose names differ without regard to case, as SQL wants them."""
    seen, kept = set(), []
    for column in columns:
        if column.name.lower() not in seen:
            seen.add(column.name.lower())
            kept.append(column)
    return kept


def make_table(seed, flavor, language, rows=90, nameless=False, text=False):
    """LANGUAGE: 0 Chinese, 1 English names. NAMELESS: no header, so only kinds that prove themselves
    in columns most of which is clear; what else stands there may be found or not. TEXT: it will be
    running text, where what is known by the name of a field only is left out."""
    values = Values(seed)
    name, kinds = FLAVORS[flavor % len(FLAVORS)]
    wanted = [k for k in kinds if k in CHECKED] if nameless else \
        [k for k in kinds if values.random.random() < 0.9 or k in ("card_number", "person_name")]
    wanted = [k for k in wanted if not (text and k in BY_FIELD)]
    mixes = ({"clear": 1}, {"clear": .9, "masked": .1}) if nameless else MIXES
    columns = [make_column(values, k, language, rows, mixes) for k in wanted]
    decoys = values.random.sample(sorted(DECOYS), 5 if columns else 12)
    columns += [make_decoy(values, d, language, rows) for d in decoys]
    values.random.shuffle(columns)
    first = Column("編號" if language == 0 else "id", [str(10001 + i) for i in range(rows)])
    return Table(name, unique([first, *columns]), rows)
