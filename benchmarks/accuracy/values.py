"""Values of every kind in every way of writing and masking, each with its true state.

What is clear, weak and masked follows the default mask policy as documented (README.md of this
folder); it is stated here value by value and owes nothing to the scanner.
"""

import datetime
import hashlib
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tests/fixtures"))

from people import GIVEN, ID_LETTERS, SURNAMES, People, luhn_digit  # noqa: E402

STARS = ("*", "*", "*", "X", "x", "#", "＊", "○", "●")
WIDE = str.maketrans("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", "０１２３４５６７８９ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ")
OLD_CLASS = {"A": 0, "B": 1, "C": 2, "D": 3}
COMPOUND = ("歐陽", "司馬", "諸葛", "上官")
LATIN = ("Chen", "Lin", "Huang", "Chang", "Li", "Wang", "Wu", "Tsai", "Hsu", "Cheng")
LATIN_GIVEN = ("Mei-Hui", "Chia-Hao", "Shu-Fen", "Chih-Ming", "Ya-Ting", "Chun-Hung")
ROADS = [("臺北市", "大安區", "復興南路一段"), ("台北市", "信義區", "忠孝東路五段"), ("新北市", "板橋區", "文化路一段"),
         ("桃園市", "中壢區", "中正路"), ("桃園縣", "平鎮市", "延平路二段"), ("台中市", "西屯區", "臺灣大道三段"),
         ("臺南市", "東區", "裕農路"), ("高雄市", "左營區", "博愛二路"), ("新竹市", "東區", "光復路二段"),
         ("新竹縣", "竹北市", "光明六路"), ("彰化縣", "員林市", "成功路"), ("宜蘭縣", "羅東鎮", "公正路"),
         ("花蓮縣", "吉安鄉", "中華路二段"), ("屏東縣", "潮州鎮", "朝昇路"), ("雲林縣", "斗六市", "民生路"),
         ("嘉義縣", "民雄鄉", "建國路三段"), ("南投縣", "埔里鎮", "中山路一段"), ("基隆市", "仁愛區", "愛三路")]
ENGLISH_ROADS = [("Zhongxiao E. Rd.", "Sec. 5", "Xinyi Dist.", "Taipei City 110"),
                 ("Wenhua Rd.", "Sec. 1", "Banqiao Dist.", "New Taipei City 220"),
                 ("Guangfu Rd.", "Sec. 2", "East Dist.", "Hsinchu City 300"),
                 ("Bo'ai 2nd Rd.", "", "Zuoying Dist.", "Kaohsiung City 813")]
AREAS = [("02", 8, "2678"), ("04", 8, "23"), ("07", 7, "2345678"), ("03", 7, "2345"),
         ("06", 7, "2356"), ("05", 7, "2356"), ("037", 6, "23456"), ("049", 7, "2"),
         ("089", 6, "2358"), ("08", 7, "78")]
CARD_BRANDS = [("4", 16), ("4", 16), ("51", 16), ("53", 16), ("55", 16), ("3562", 16), ("37", 15),
               ("6228", 16), ("36", 14)]
BANKS = ("004", "005", "006", "007", "008", "012", "013", "017", "700", "808", "812", "822")


class Values(People):
    """Each kind is a method of a state ("clear", "weak", "masked") that gives the written value."""

    def pick(self, *choices):
        return self.random.choice(choices)

    def star(self):
        return self.pick(*STARS)

    def hide(self, text, begin, end, mark=None):
        """TEXT with the letters and digits BEGIN … END - 1, separators not counted, hidden."""
        mark, at, out = mark or self.star(), 0, []
        for c in text:
            if c.isalnum():
                out.append(mark if begin <= at < end else c)
                at += 1
            else:
                out.append(c)
        return "".join(out)

    # ---- identity ----

    def tw_national_id(self, state="clear"):
        return self._written_id(self.national_id(), state)

    def tw_resident_id(self, state="clear"):
        return self._written_id(self.resident_id(), state)

    def tw_resident_id_old(self, state="clear"):
        letter, second = self.pick(*"ABCDEFGHJKM"), self.pick(*"ABCD")
        body, code = self.digits(7), ID_LETTERS[letter]
        total = code // 10 + code % 10 * 9 + OLD_CLASS[second] * 8
        total += sum(int(d) * w for d, w in zip(body, range(7, 0, -1)))
        return self._written_id(f"{letter}{second}{body}{-total % 10}", state)

    def _written_id(self, value, state):
        mark = self.pick("*", "○") if value[0] in "XO" else self.star()
        if state == "masked":  # four hidden and 1,000 or more that fit
            begin, end = self.pick((3, 7), (3, 7), (2, 8), (5, 10), (6, 10), (1, 7))
            return self.hide(value, begin, end, mark)
        if state == "weak":
            begin, end = self.pick((4, 7), (7, 10), (8, 10))
            return self.hide(value, begin, end, mark)
        style = self.random.random()
        if style < 0.05:
            return value.lower()
        if style < 0.08:
            return f"{value[:3]}-{value[3:]}"
        return value.translate(WIDE) if style < 0.12 else value

    def person_name(self, state="clear"):
        surname = self.pick(*COMPOUND) if self.random.random() < 0.03 else self.pick(*SURNAMES)
        given = self.pick(*GIVEN)
        if state == "clear":
            return surname + (given if self.random.random() < 0.95 else given[0])
        mark = self.pick("○", "○", "O", "*", "＊", "X", "●", "Ｏ")
        if state == "weak":
            return mark + given
        return self.pick(surname + mark + given[-1], surname + mark + given[-1],
                         surname + mark * 2, surname + self.pick("先生", "小姐"))

    def latin_name(self, state="clear"):
        surname, given = self.pick(*LATIN), self.pick(*LATIN_GIVEN)
        if state == "masked":
            return f"{surname} {given[0]}***"
        return self.pick(f"{surname} {given}", f"{given} {surname}", f"{surname.upper()}, {given.upper()}")

    def birth_date(self, state="clear"):
        year, month, day = self.random.randint(1945, 2008), self.random.randint(1, 12), \
            self.random.randint(1, 28)
        roc = year - 1911
        if state == "masked":
            return self.pick(f"{year}-XX-XX", f"{roc}/**/**", f"民國{roc}年○月○日", f"{year}/**/**")
        if state == "weak":
            return self.pick(f"{year}-{month:02}-XX", f"{year}/{month:02}/**")
        return self.pick(f"{year}-{month:02}-{day:02}", f"{year}/{month}/{day}", f"{roc}/{month:02}/{day:02}",
                         f"民國{roc}年{month}月{day}日", f"{year}{month:02}{day:02}")

    def tw_passport(self, state="clear"):
        value = "3" + self.digits(8)
        return self.hide(value, 2, 7) if state == "masked" else value

    def tw_nhi_card(self, state="clear"):
        value = "0000" + self.digits(8)
        if state == "masked":
            return self.hide(value, 4, 12)
        return self.pick(value, value, f"{value[:4]}-{value[4:8]}-{value[8:]}")

    def tw_driver_license(self, state="clear"):
        value = self.digits(12)
        return self.hide(value, 2, 10) if state == "masked" else value

    def tw_citizen_certificate(self, state="clear"):
        value = self.pick("TP", "AB", "CD", "RP") + self.digits(14)
        return self.hide(value, 2, 14) if state == "masked" else value

    def tw_mobile_barcode(self, state="clear"):
        value = "/" + "".join(self.pick(*"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ+-.") for _ in range(7))
        return value[:2] + "*****" + value[7:] if state == "masked" else value

    def vehicle_plate(self, state="clear"):
        letters = "".join(self.pick(*"ABCDEFGHJKLMNPQRSTUVWXYZ") for _ in range(3))
        value = f"{letters}-" + "".join(self.pick(*"012356789") for _ in range(4))  # none has a 4
        return value[0] + "**-**" + value[6:] if state == "masked" else value

    # ---- contact ----

    def phone_mobile(self, state="clear"):
        value = self.mobile()
        written = self.pick(value, value, value, f"{value[:4]}-{value[4:7]}-{value[7:]}",
                            f"{value[:4]}-{value[4:]}", f"{value[:4]} {value[4:7]} {value[7:]}")
        if state == "masked":
            begin, end = self.pick((4, 7), (4, 7), (7, 10), (2, 8))
            return self.hide(written, begin, end)
        if state == "weak":
            return self.hide(written, 8, 10)
        style = self.random.random()
        if style < 0.06:
            return f"+886-{value[1:4]}-{value[4:7]}-{value[7:]}"
        if style < 0.1:
            return f"+886{value[1:]}"
        return value.translate(WIDE) if style < 0.13 else written

    def phone_landline(self, state="clear"):
        area, length, first = self.pick(*AREAS)
        number = self.pick(*first) + self.digits(length - 1)
        cut = length - 4
        if state == "masked":
            head = f"{area}-{'*' * cut}-{number[cut:]}" if cut >= 3 else f"{area}-{'*' * 4}{number[4:]}"
            return self.pick(head, f"{area}-{number[:cut]}****",
                             f"({area}){number[:cut]}-****")
        if state == "weak":
            return f"{area}-{number[:-2]}**"
        written = self.pick(f"{area}-{number}", f"{area}-{number}", f"({area}){number}",
                            f"({area}){number[:cut]}-{number[cut:]}", f"{area}-{number[:cut]}-{number[cut:]}",
                            f"{area} {number[:cut]} {number[cut:]}", f"+886-{area[1:]}-{number}")
        return written + (self.pick("#12", "#301", "分機12", " ext. 5")
                          if self.random.random() < 0.08 and "+" not in written else "")

    def email(self, state="clear"):
        local = "".join(self.pick(*"abcdefghjkmnprstuvwy") for _ in range(7)) + self.digits(2)
        domain = self.pick("mail.kestrel.com.tw", "pingtung-tea.com.tw", "lanyu.org.tw", "mx.hsinchu-lab.net")
        if state == "masked":  # half of the local part or more
            return self.pick(local[0] + "***", local[:2] + "*****" + local[-1], "********") + "@" + domain
        if state == "weak":
            return local[:6] + "***" + "@" + domain
        return f"{local}@{domain}"

    def address(self, state="clear"):
        city, district, road = self.pick(*ROADS)
        number, floor = self.random.randint(1, 399), self.random.randint(2, 24)
        if state == "masked":
            return self.pick(f"{city}{district}{road}***號", f"{city}{district}***", f"{city}{district}○○路○段○號",
                             f"{city}{district}{road}＊＊＊")
        if state == "weak":
            return self.pick(f"{city}{district}○○路{number}號", f"{city}{district}{road}{number}號***")
        if self.random.random() < 0.05:
            road, section, district, city = self.pick(*ENGLISH_ROADS)
            parts = [f"{floor}F.", f"No. {number}", section, road, district, f"{city}, Taiwan (R.O.C.)"]
            return ", ".join(part for part in parts if part)
        zip_code = self.pick("", "", f"{self.random.randint(100, 983)}", f"{self.random.randint(100, 983)}{self.digits(2)}")
        lane = self.pick("", "", f"{self.random.randint(2, 300)}巷", f"{self.random.randint(2, 300)}巷{self.random.randint(1, 20)}弄")
        tail = self.pick("", f"{floor}樓", f"{floor}樓之{self.random.randint(1, 9)}", f"{floor}F")
        address = f"{zip_code}{city}{district}{road}{lane}{number}{self.pick('', '之2')}號{tail}"
        return address.translate(WIDE) if self.random.random() < 0.06 else address

    # ---- financial ----

    def card_number(self, state="clear"):
        value = self.card(self.pick(*CARD_BRANDS))
        groups = {16: (4, 8, 12), 15: (4, 10), 14: (4, 10)}[len(value)]
        style = self.random.random()
        sign = "" if style < 0.6 else self.pick("-", " ")
        written = sign.join(value[a:b] for a, b in zip((0, *groups), (*groups, len(value))))
        if state == "masked":  # the last four and nothing else
            return self.hide(written, 0, len(value) - 4)
        if state == "weak":
            begin = self.pick(6, 6, 4, 8) if len(value) == 16 else 6
            return self.hide(written, begin, len(value) - 4)
        return value.translate(WIDE) if style > 0.97 else written

    def card_security_code(self, state="clear"):
        return self.pick("***", "XXX") if state == "masked" else self.digits(3)

    def card_expiry(self, state="clear"):
        month, year = f"{self.random.randint(1, 12):02}", f"{self.random.randint(26, 32)}"
        return self.pick("**/**", "XX/XX") if state == "masked" else self.pick(f"{month}/{year}", f"{month}/20{year}")

    def card_track(self, state="clear"):
        card, year = self.card(("4", 16)), f"{self.random.randint(26, 32)}{self.random.randint(1, 12):02}"
        return self.pick(f"%B{card}^{self.pick(*LATIN).upper()}/{self.pick('MEI', 'HAO')}^{year}101{self.digits(9)}?",
                         f";{card}={year}101{self.digits(9)}?")

    def bank_account(self, state="clear"):
        value = self.pick(self.digits(12), self.digits(13), self.digits(14))
        return "*" * (len(value) - 5) + value[-5:] if state == "masked" else \
            self.pick(value, f"{self.pick(*BANKS)}-{value}")

    def password(self, state="clear"):
        return self.pick("********", "***") if state == "masked" else \
            "".join(self.pick(*"abcdefghjkmnpqrstuvwxyzABCDEFGH23456789!@#") for _ in range(10))

    # ---- what only looks like it ----

    def order_no(self):
        return self.order_number()

    def trade_no(self):
        return self.trade_number()

    def luhn_number(self):
        """A member card of sixteen digits that passes Luhn in no issuer's range."""
        body = self.pick("9", "7", "1") + self.digits(14)
        return body + luhn_digit(body)

    def timestamp(self):
        return f"{self.random.randint(2023, 2026)}{self.random.randint(1, 12):02}{self.random.randint(1, 28):02}" \
               f"{self.random.randint(0, 23):02}{self.random.randint(0, 59):02}{self.random.randint(0, 59):02}"

    def time(self):
        start = datetime.datetime(2023, 1, 1)
        return str(start + datetime.timedelta(seconds=self.random.randint(0, 90_000_000)))

    def epoch(self):
        return str(self.random.randint(1672531200, 1767139200))

    def epoch_ms(self):
        return str(self.random.randint(1672531200000, 1767139200000))

    def trace_id(self):
        return f"{self.random.getrandbits(64):016x}"

    def md5(self):
        return self.digest("md5")

    def sha256(self):
        return self.digest("sha256")

    def base64(self):
        import base64
        return base64.b64encode(self.random.randbytes(24)).decode()

    def hex_upper(self):
        return hashlib.md5(self.digits(9).encode()).hexdigest().upper()[:12]

    def latitude(self):
        return f"{self.random.uniform(22, 25.2):.6f}"

    def longitude(self):
        return f"{self.random.uniform(120.1, 121.9):.7f}"

    def phone_model(self):
        return self.pick("SM-A5360", "iPhone 15 Pro", "Pixel 7a", "XT2335-3", "RMX3491", "SM-S9180", "A2849")

    def user_agent(self):
        return f"Mozilla/5.0 (Linux; Android 13; {self.phone_model()}) AppleWebKit/537.36 Chrome/{self.random.randint(100, 130)}.0.{self.random.randint(4000, 7000)}.{self.random.randint(10, 200)} Mobile"

    def ubn(self):
        """Eight digits that pass the check of business numbers."""
        weights = (1, 2, 1, 2, 1, 2, 4, 1)
        while True:
            body = self.digits(8)
            if body[6] != "7" and sum(sum(divmod(int(d) * w, 10)) for d, w in zip(body, weights)) % 5 == 0:
                return body

    def invoice_no(self):
        return self.pick("AB", "AC", "BD", "CA", "ZD") + self.digits(8)

    def invoice_dashed(self):
        return f"{self.pick('AB', 'AC', 'BD')}-{self.digits(8)}"

    def waybill_no(self):
        return self.pick(*"56789") + self.digits(11)

    def waybill_dashed(self):
        value = self.waybill_no()
        return f"{value[:4]}-{value[4:8]}-{value[8:]}"

    def pickup_code(self):
        return self.pick("F", "D", "N") + self.digits(11)

    def sku(self):
        return f"{self.pick('TW', 'SKU', 'P')}-{self.digits(5)}-{self.pick('RED', 'M', 'XL')}"

    def amount(self):
        return str(self.random.randint(10, 99999))

    def amount_decimal(self):
        return f"{self.random.randint(10, 99999)}.{self.digits(2)}"

    def version(self):
        return ".".join(str(self.random.randint(0, 40)) for _ in range(3))

    def serial(self):
        return f"{self.pick(*'CDFGX')}{self.digits(2)}{self.pick('Q', 'HX', 'K')}{self.digits(6)}"

    def number9(self):
        return self.digits(9)

    def goods(self):
        return self.pick("藍牙耳機", "羊毛圍巾", "保溫瓶 500ml", "兒童繪本", "貓砂 10 公升", "高山茶 4 兩", "白鐵水壺", "黃金鼠飼料")

    def status(self):
        return self.pick("已出貨", "處理中", "paid", "取消", "shipped")

    def bank_code(self):
        return self.pick(*BANKS)

    def otp(self):
        return self.digits(6)

    def service_phone(self):
        return self.pick("0800-", "0809-") + self.digits(3) + "-" + self.digits(3)
