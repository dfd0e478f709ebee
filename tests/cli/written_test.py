"""Values in all the ways in which people write and mask them, in columns without a name and behind
labels in running text."""

from harness import ProgramTest, main

IDS = ("A143231948", "F275749118", "Z239548620")
WIDE = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", "".join(
    chr(0xFF21 + i) for i in range(26)) + "".join(chr(0xFF10 + i) for i in range(10)))
ADDRESSES = ("台北市信義區忠孝東路五段277巷9弄334之2號5樓之3", "台北市信義區忠孝東路五段２７７巷３３４之２號２１樓之９",
             "61619新竹縣竹北市光明六路158巷9弄54之2號7F",
             "21F., No. 305, Sec. 1, Wenhua Rd., Banqiao Dist., New Taipei City 220, Taiwan (R.O.C.)",
             "No. 12, Bo'ai 2nd Rd., Zuoying Dist., Kaohsiung City 813")


class Written(ProgramTest):
    def found(self, name, text, encoding="utf-8"):
        """[(row, kind, state, length)] of every occurrence."""
        run = self.scan("--occurrences", "--fail-on", "never", self.file(name, text.encode(encoding)))
        return [(r["row"], r["kind"], r["mask"], r["length"]) for r in run.of_type("occurrence")]

    def assert_column(self, name, values, kind, states, encoding="utf-8"):
        """Every value of a column without a name is found, in the state of STATES."""
        rows = "".join(f"{i * 7},{value},x{i}\n" for i, value in enumerate(values))
        found = self.found(name, rows, encoding)
        self.assertEqual([(row, k, state) for row, k, state, _ in found],
                         [(i + 1, kind, state) for i, state in enumerate(states)])

    def test_letters_of_counties_that_are_marks(self):
        masked = ["O******686", "O○○○○○○750", "X******263", "X######409", "Oxxxxxx686"]
        self.assert_column("o.csv", masked, "tw_national_id", ["masked"] * len(masked))
        text = "".join(f"身分證字號：{value}\n" for value in [*masked, "M1758367##", "A2473180XX"])
        self.assertEqual([(k, s) for _, k, s, _ in self.found("o.txt", text)],
                         [("tw_national_id", "masked")] * 5 + [("tw_national_id", "weak")] * 2)

    def test_landlines_with_area_codes_in_brackets(self):
        values = ["(07)8337105", "(037)30-4412", "(089)35-9357", "(07)576-9166#301", "(05)2514089分機12"]
        self.assert_column("l.csv", values, "phone_landline", ["clear"] * len(values))
        self.assertEqual(self.found("plain.csv", "a,(0)12,(01)\nb,(,(0\nc,(07)833,()\n"), [])
        text = "電話：(089)51-****\n聯絡電話：(037)47-****\n"
        self.assertEqual([(k, s) for _, k, s, _ in self.found("l.txt", text)],
                         [("phone_landline", "masked")] * 2)

    def test_telephone_numbers_behind_labels(self):
        mobiles = ["0966.468.414", "0966/468/414", "(0966)468414", "(0966) 468-414", "+886(0)966468414",
                   "0966－468－414", "0966–468–414", "0966‑468‑414", "0966—468—414", "0966﹣468﹣414", "０９６６４６８４１４",
                   "０９６６－４６８－４１４"]
        landlines = ["02.2765.4328", "+886(0)2-2765-4328", "（02）2765-4328", "02－2765－4328", "(02)2765-4328"]
        for values, kind in ((mobiles, "phone_mobile"), (landlines, "phone_landline")):
            for form in ("聯絡電話:{}，請於上班時間撥打\n", "2026-11-01 10:00:00 INFO order 電話: {} ok\n"):
                text = "".join(form.format(value) for value in values)
                found = self.found("t.txt" if "INFO" not in form else "t.log", text)
                self.assertEqual([(k, s) for _, k, s, _ in found], [(kind, "clear")] * len(values), form)

    def test_telephone_numbers_without_a_label(self):
        for value, kind in (("0966－468－414", "phone_mobile"), ("0966‑468‑414", "phone_mobile"), ("0966—468—414", "phone_mobile"),
                            ("0966﹣468﹣414", "phone_mobile"),
                            ("（02）2765-4328", "phone_landline"), ("02－2765－4328", "phone_landline")):
            found = self.found("u.txt", f"請於上班時間撥打{value}找我們\nor call {value} ok\n")
            self.assertEqual([(k, s) for _, k, s, _ in found], [(kind, "clear")] * 2, value)

    def test_telephone_numbers_with_other_signs_in_running_text(self):
        """Dots, slashes and brackets between the groups, nothing before them that tells."""
        mobiles = ["0966.468.414", "0966/468/414", "(0966)468414", "(0966) 468-414", "(0966)468-414", "(0966) 468 414",
                   "（0966）468414", "+886(0)966468414", "+886 (0)966-468-414", "０９６６．４６８．４１４"]
        landlines = ["(02)2765.4328", "02.2765.4328", "02/2765/4328", "(037)234567", "(089)35-9357", "(02)27654328",
                     "03.345.6789", "（037）234567", "+886(0)2-2765-4328", "(0836) 22345"]
        for values, kind in ((mobiles, "phone_mobile"), (landlines, "phone_landline")):
            for value in values:
                for form in ("請於上班時間撥打{}找我們\n", "or call {} ok\n", "{}\n", "王小姐（{}）\n", "[{}]", "{} 10:00\n", "電話：{} 10:00:00 12\n", "{},{}\n"):
                    text = form.format(value, value)
                    found = self.found("u.txt", text)
                    self.assertEqual([(k, s) for _, k, s, _ in found], [(kind, "clear")] * text.count(value), text)
        # in a column of remarks, and in one without a name
        rows = "".join(f"{i},於週{i}回電{v},{v}\n" for i, v in enumerate(mobiles))
        found = self.found("remarks.csv", f"no,remark,x\n{rows}")
        self.assertEqual([k for _, k, _, _ in found], ["phone_mobile"] * 2 * len(mobiles))

    def test_what_only_looks_like_a_telephone_number(self):
        text = """version 5.10.0 of 2025/01/31, 0.9.1 and 10.0.1 at 192.168.100.1 and 10.120.130.4
curl/0966.468.414 v0966.468.414 0966.468.414.1 1.0966.468.414 0966.468.414.pdf
/0966/468/414 0966/468/414/a.jpg a_0966.468.414 0966.468/414 0999.468.414
f(02) 1 (0)2 (0966) 468 (02) 234 (09)1 (01)23456789 (0966)4684140 (0800)123456
0966.468.4140 02.2765.43281 01.2345.6789 02.9765.432 NT$02.2765.4328 -0966.468.414
"""
        self.assertEqual(self.found("look.txt", text), [])

    def test_passwords_behind_labels(self):
        text = """密碼：Qx7!vv-2
密碼: Abc1230
帳密：wang / Qx7!vv-2
帳號密碼：wang/Qx7!vv-2
登入密碼為 Qx7!vv-2 請盡快更改
您的預設密碼是Qx7vv2，請更改
password: Qx7!vv-2
PWD：Qx7!vv-2.
帳號 wang 密碼 Qx7!vv-2
Wi-Fi 密碼：88881234
**密碼**：Qx7vv2!
> Password: 870123.
帳號／密碼：wang／Qx7vv2!
Password：Summer#rain
密碼：
Qx7vv2!
"""
        found = self.found("p.txt", text)
        self.assertEqual([(row, k, s) for row, k, s, _ in found],
                         [(row, "password", "clear") for row in (*range(1, 15), 16)])
        self.assertEqual([length for _, _, _, length in found],
                         [8, 7, 8, 13, 8, 6, 8, 8, 8, 8, 7, 6, 7, 11, 7])
        self.assertEqual([(k, s) for _, k, s, _ in self.found("m.txt", "密碼：********\n密碼：Qx****v2\n")],
                         [("password", "masked")] * 2)
        self.assertEqual(self.found("none.txt", """密碼：請輸入您的密碼，密碼：您的生日 密碼長度 8 碼以上，密碼 6-12 碼
密碼：sha256 password: string password: required password: utf8mb4 password: user.password
忘記密碼：https://shop.example/reset1 密碼修改時間：2025-01-01 10:00 密碼：2025-01-31 密碼錯誤 3 次 密碼到期日：2025/01/31
Failed password for root from 10.1.2.3 port 4422 ssh2; the password of 12 characters, Password reset: 3 of 12
PWD=/home/ming1 password:3344, pwd = getpass1() 密碼：/reset/a1b2/c3 and 密碼：$DB_PASS1, 密碼：<new1>
"""), [])

    def test_masked_mobiles_with_wide_marks(self):
        values = ["0961-○○○-760", "0953 001 ●●●", "0970-●●●439", "0965＊＊＊251", "09○○-○○○○12"]
        self.assert_column("m.csv", values, "phone_mobile", ["masked"] * len(values))

    def test_full_width_and_marks_in_big5_without_a_hanzi(self):
        # nothing but symbols: digits in full width and ○ say nothing about GB 2312
        values = [i.translate(WIDE) for i in IDS] * 9 + ["B12○○○○059"]
        for encoding in ("utf-8", "big5", "utf-16"):
            self.assert_column(f"w-{encoding}.csv", values, "tw_national_id",
                               ["clear"] * 27 + ["masked"], encoding)

    def test_addresses_to_their_last_number(self):
        whole = [len(a.encode()) for a in ADDRESSES]
        column = self.found("a.csv", "".join(f'{i},"{a}",x{i}\n' for i, a in enumerate(ADDRESSES)))
        self.assertEqual([(k, s, n) for _, k, s, n in column], [("address", "clear", n) for n in whole])
        text = "".join(f"收件地址：{a}，請簽收\n" for a in ADDRESSES)
        self.assertEqual([(k, s, n) for _, k, s, n in self.found("a.txt", text)],
                         [("address", "clear", n) for n in whole])
        # a register of firms
        self.assertEqual(self.found("register.txt", "00-1A-2B   (hex)\tAcme\n\t\tNo. 5, Lixing 6th Rd., "
                                    "East Dist., Hsinchu City 300, Taiwan\n"), [])

    def test_what_the_nearest_label_says(self):
        text = ("手機型號：SM-A5360，銀行帳號：*******61611，統一編號：60803106\n"
                "電話：02-2345-6781，身分證字號：A12****789\n"
                "手機條碼：/V*****+\n")
        self.assertEqual([(row, k, s) for row, k, s, _ in self.found("t.txt", text)],
                         [(1, "bank_account", "masked"), (2, "phone_landline", "clear"),
                          (2, "tw_national_id", "masked"), (3, "tw_mobile_barcode", "masked")])
        self.assertEqual([k for _, k, _, _ in self.found("r.txt", "居留證號：P######295\n")],
                         ["tw_resident_id"])
        # words of the cell before say nothing about the next one
        rows = "".join(f"Mozilla/5.0 (Linux; Android 13) Mobile,{i.translate(WIDE)},{n}\n"
                       for n, i in enumerate(IDS))
        self.assertEqual([k for _, k, _, _ in self.found("ua.csv", rows)], ["tw_national_id"] * 3)

    def test_accounts_in_groups(self):
        text = "".join(f"{label}{value}，謝謝\n" for label, value in (
            ("銀行帳號：", "(822) 123-4567890"), ("匯款帳號: ", "822-123456789012"), ("郵局帳號：", "0001234-0567891"),
            ("銀行帳號：", "(822)********1234"), ("bank account: ", "700 00012340567891")))
        self.assertEqual([(row, k, s) for row, k, s, _ in self.found("accounts.txt", text)],
                         [(i + 1, "bank_account", "masked" if i == 3 else "clear") for i in range(5)])

    def test_passport_zones(self):
        first = "P<TWNCHEN<<HSIAO<MING".ljust(44, "<")
        second = "3123456785TWN8501019F3012316A143231948<<<<16"
        broken = second[:9] + str((int(second[9]) + 1) % 10) + second[10:]
        self.assertEqual(self.found("mrz.txt", f"scan of page 2\n{first}\n{second}\n\nx {second} y\n"),
                         [(2, "tw_passport", "clear", 89), (5, "tw_passport", "clear", 44)])
        self.assertEqual(self.found("mrz.csv", f'id,mrz\n1,"{first}\r\n{second}"\n2,{second}\n'),
                         [(1, "tw_passport", "clear", 90), (2, "tw_passport", "clear", 44)])
        # no check digit, no proof
        self.assertEqual(self.found("broken.txt", f"{broken}\n{first}\nTWN JPN USA\n"), [])

    def test_values_that_end_in_a_full_stop(self):
        found = self.found("k.log", "2026-01-31 10:00:00 mobile_barcode=/9CD1TJ. tel=0923456123.\n" * 3)
        self.assertEqual(found[:2], [(1, "tw_mobile_barcode", "clear", 8), (1, "phone_mobile", "clear", 10)])


if __name__ == "__main__":
    main()
