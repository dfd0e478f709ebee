"""Values behind words in running text: labels above their values, and words of daily use."""

from harness import ProgramTest, main

FORM = {"收件人": "林志豪", "身分證字號": "A143231948", "出生年月日": "79年3月4日", "聯絡電話": "(02)2345-6781",
        "通訊地址": "臺中市西屯區臺灣大道三段99號", "信用卡號": "4539-5787-6362-1486", "有效期限": "12/27",
        "安全碼": "847"}
KINDS = ["person_name", "tw_national_id", "birth_date", "phone_landline", "address", "card_number",
         "card_expiry", "card_security_code"]


class Labels(ProgramTest):
    def found(self, name, text, *options):
        run = self.scan("--occurrences", "--fail-on", "never", *options,
                        self.file(name, text.encode()))
        return [(r["row"], r["kind"], r["mask"]) for r in run.of_type("occurrence")]

    def test_a_label_on_the_line_above(self):
        for end, colon, head in (("\n", "", ""), ("\r\n", "：", ""), ("\n", ":", "  "), ("\n    ", "", ""),
                                 ("\n", "", "3. ")):
            text = "訂單明細" + end + end.join(f"{head}{label}{colon}{end}{value}"
                                               for label, value in FORM.items()) + "\n"
            expected = [(3 + 2 * i, kind, "clear") for i, kind in enumerate(KINDS)]
            self.assertEqual(self.found("form.txt", text), expected, (end, colon, head))

    def test_latin_labels_above(self):
        text = "Card\nnumber\n4539578763621486\nCVV\n847\nDate of birth\n1990-03-04\nFull_name\n王大明\n"
        self.assertEqual([k for _, k, _ in self.found("latin.txt", text)],
                         ["card_number", "card_security_code", "birth_date", "person_name"])

    def test_masked_values_below(self):
        text = "卡號\n4539********1486\n\n安全碼\n***\n\n姓名\n林○豪\n"
        self.assertEqual([(k, m) for _, k, m in self.found("masked.txt", text)],
                         [("card_number", "weak"), ("card_security_code", "masked"),
                          ("person_name", "masked")])

    def test_what_is_below_and_no_value(self):
        for text in ("姓名\n金額\n電話\n地址\n", "姓名\n\n林志豪\n", "本表請填姓名\n應付款\n方式\n",
                     "聯絡人\n高度重視個人資料保護並遵循法令\n", "品名：冷氣機，姓名\n請填寫本人\n"):
            self.assertEqual(self.found("none.txt", text, "--min-confidence", "possible"), [], text)

    def test_below_in_a_log_of_lines_that_are_alike(self):
        """Lines that are known to say nothing are not looked at; behind a label they are."""
        quiet = "".join(f"{i % 7}{i % 10}{i % 9}\n" for i in range(20000))
        card = "card 4539578763621486 CVV\n"
        text = quiet + card + "CVV\n847\n" + quiet + card + "安全碼\n846\n" + quiet
        kinds = [(row, k) for row, k, _ in self.found("alike.log", text)
                 if k == "card_security_code"]
        self.assertEqual(kinds, [(20003, "card_security_code"), (40006, "card_security_code")])

    def test_heads_of_tables_are_no_values(self):
        heads = ["姓名      電話      金額", "姓名 金額 數量", "||姓名||電話||", "| 姓名 | 電話 |", "姓名　性別　生日", "姓名\t電話",
                 "姓名 身分證字號 地址", "收件人    地址", "姓名：請填寫", "收件人：同上", "聯絡人：未提供", "姓名：無",
                 "聯絡人 電話 時間", "編號  姓名  年齡", "|姓名|電話|"]
        for head in heads:
            self.assertEqual(self.found("head.txt", head + "\n---\n", "--min-confidence", "possible"), [], head)

    def test_columns_of_forms(self):
        for gap in ("      ", " " * 30, "：" + " " * 12, "　　", " | ", "\t"):
            text = f"訂購人{gap}林志豪          收件人{gap}陳美惠\n"
            self.assertEqual([k for _, k, _ in self.found("form.txt", text)], ["person_name"] * 2, gap)
        for label in ("姓 名", "姓    名", "姓　名", "姓　　名", "收 件 人", "戶　名"):
            self.assertEqual([k for _, k, _ in self.found("form.txt", f"{label}：林志豪\n")], ["person_name"], label)

    def test_columns_of_reports(self):
        self.assertEqual(self.found("report.txt", "critical  payments.cvv  card security code           200     -\n"), [])

    def test_letters_right_behind_a_label(self):
        text = "車號BKC-3571之車主\n車牌BKC-3572，已過戶\n護照號碼312345678。\n姓名ABC公司\n電話ext\n"
        self.assertEqual(self.found("direct.txt", text), [(1, "vehicle_plate", "clear"), (2, "vehicle_plate", "clear"),
                                                          (3, "tw_passport", "clear")])

    def test_accounts_and_carriers(self):
        text = "退款帳戶：822-123456789012\n匯入帳號 00412500378841\n載具：/9CD1TJ.\n"
        self.assertEqual([(row, k) for row, k, _ in self.found("refund.txt", text)],
                         [(1, "bank_account"), (2, "bank_account"), (3, "tw_mobile_barcode")])

    def test_words_of_daily_use(self):
        """A name behind them must look like one, and a mobile must be near."""
        phone = " 0935123876\n"
        for word in ("Name: ", "Customer: ", "客戶：", "買家 ", "Customer Name: "):
            word = "請回電給 " + word
            self.assertIn((1, "person_name", "clear"), self.found("w.txt", word + "林志豪" + phone))
            self.assertEqual(self.found("w.txt", word + "林志豪\n"), [])
            for thing in ("Widget Deluxe", "高級會員方案", "請填寫"):
                self.assertEqual([k for _, k, _ in self.found("w.txt", word + thing + phone)],
                                 ["phone_mobile"])

    def test_names_of_things(self):
        for word in ("product_name: ", "File name: ", "host-name: ", "v.name: "):
            self.assertEqual([k for _, k, _ in self.found("t.txt", f"0935123876 {word}林志豪\n")],
                             ["phone_mobile"])

    def test_expiry_behind_short_words(self):
        text = "卡號 4539578763621486 到期 12/27\n4539578763621486 有效期：11/28\n"
        self.assertEqual([k for _, k, _ in self.found("e.txt", text)],
                         ["card_number", "card_expiry"] * 2)


if __name__ == "__main__":
    main()
