"""Names, numbers and addresses of mail in sentences, notes and chats."""

from harness import ProgramTest, main

PHONE = "0966468414"
NAMES = ("林美惠 小姐 電話 {}", "王小明先生,手機{}", "陳大文　女士 {}", "收件人林美惠 {}", "承辦人 林美惠 {}", "Dear 林美惠：您的訂單已成立，電話{}",
         "客戶林美惠來電 {}", "會員王志豪反映，電話{}", "我是林美惠，電話{}", "我叫林美惠\n{}", "林美惠 {}", "林美惠({})", "林美惠/{}",
         "- 林美惠 手機：{}", "{} 林美惠", "{}（林美惠）", "| 林美惠 | {} |", "請洽：陳美惠，聯絡電話：{}", "歐陽美惠 {}", "親愛的林美惠您好，簡訊已發至 {}")
NO_NAMES = ("張經理 {}", "王先生 {}", "高雄店 {}", "簡訊至 {}", "連絡人 {}", "客戶高度重視 {}", "本人謝謝您 {}", "林口區 {}", "會員林務局 {}",
            "請洽陳列館 {}", "周年慶 {}", "房客張貼公告 {}", "中壢林家大小姐 {}", "請於王牌先生 {}", "Hi 各位同學 {}", "承辦人：未定 {}", "許可證 {}",
            "收件人電話 {}", "客戶服務專線 {}", "林美惠上次買的 {}")
MAILS = (("a.lin＠shop.com.tw", 1), ("a.lin@shop．com．tw", 1), ("a.lin [at] shop.com.tw", 1), ("a.lin(at)shop.com.tw", 1),
         ("a.lin [at] shop [dot] com [dot] tw", 1), ("ａｌｉｎ＠ｓｈｏｐ．ｃｏｍ", 1), ("a.lin (小老鼠) shop.com.tw", 1),
         ("look (at) this. now", 0), ("service [at] shop.com.tw", 0), ("x[at] y", 0), ("＠林美惠 ok.tw", 0))
MOBILES = ("+886.966.468.414", "+886-(0)966-468-414", "+886 (966) 468414", "０９６６　４６８　４１４", "0966　468　414", "0966\u200b468\u200b414",
           "0966\u202f468\u202f414")
IDS = ("A 234567893", "A-234567893", "A 2345 67893", "A-2345-67893", "Ａ　２３４５６７８９３", "A234\u200b567893", "Ａ２３４５６７８９３")
CARDS = ("5425.2334.3010.9903", "5425/2334/3010/9903", "5425　2334　3010　9903", "5425\u200b2334\u200b3010\u200b9903", "5425\u00a02334\u00a03010\u00a09903",
         "５４２５　２３３４　３０１０　９９０３", "5425–2334–3010–9903")
ACCOUNTS = ("國泰世華 013 012345678907", "國泰世華(013) 012345678907", "帳號 (822) 1234-5678-9017", "帳號（822）123456789017",
            "中國信託(822) 帳號 123456789017", "中國信託 帳號：123456789017", "郵局 700 00012345678907", "玉山 808-1234567890127",
            "匯到 822 帳號 123456789017", "第一銀行 007 12345678907", "中國信託商業銀行 822 帳號１２３４５６７８９０１７")
BIRTHS = ("民國七十八年五月二十一日生", "民國78年5月21日生，", "78.5.21生", "78/5/21生", "生於 1989/5/21", "出生於民國78年5月21日", "1989年5月21日生",
          "1989/05/21 出生", "生日七十八年五月二十一日")
ADDRESSES = ("台北市 信義區 信義路五段 7 號", "新北市板橋區文化路一段 188 巷 12 號 5 樓", "台北市中山區南京東路三段二〇〇號五樓",
             "台北市中山區南京東路三段二百號五樓之一", "台北市信義區信義路５段７號３樓之１")


class Prose(ProgramTest):
    def found(self, text, *options):
        run = self.scan("--occurrences", "--fail-on", "never", *options, self.file("notes.txt", text.encode()))
        return [(r["kind"], r["mask"], r["length"]) for r in run.of_type("occurrence")]

    def test_names(self):
        for line in NAMES:
            found = self.found("備註\n" + line.replace("{}", PHONE) + "\n")
            self.assertEqual([f for f in found if f[0] == "person_name"],
                             [("person_name", "clear", 12 if "歐陽" in line else 9)], line)

    def test_hidden_names(self):
        for line in ("林○惠 小姐 {}", "林○○ {}", "客戶林＊惠來電 {}", "林**({})"):
            found = self.found("備註\n" + line.replace("{}", PHONE) + "\n")
            self.assertEqual([f[:2] for f in found if f[0] == "person_name"], [("person_name", "masked")], line)

    def test_no_names(self):
        for line in NO_NAMES:
            found = self.found("備註\n" + line.replace("{}", PHONE) + "\n", "--min-confidence", "possible")
            self.assertEqual([f for f in found if f[0] == "person_name" and f[1] == "clear"], [], line)
        self.assertEqual(self.found("備註\n林美惠小姐您好\n林美惠 2026\n客戶林美惠來電\n"), [])

    def test_mails(self):
        for mail, count in MAILS:
            for form in ("備註\n{}\n", "備註\n請寄到 {} 謝謝\n", "備註\n信箱：{}。\n"):
                found = self.found(form.replace("{}", mail))
                self.assertEqual([k for k, _, _ in found], ["email"] * count, form + mail)
        self.assertEqual([f[:2] for f in self.found("備註\na*** [at] shop.com.tw，a***＠shop.com.tw\n")], [("email", "masked")] * 2)

    def assert_numbers(self, values, kind):
        for value in values:
            for form in ("備註\n{}\n", "備註\n請記下 {} 謝謝\n", "備註\n（{}）\n"):
                found = self.found(form.replace("{}", value))
                self.assertEqual([(k, s) for k, s, _ in found], [(kind, "clear")], form + value)

    def test_numbers(self):
        self.assert_numbers(MOBILES, "phone_mobile")
        self.assert_numbers(IDS, "tw_national_id")
        self.assert_numbers(CARDS, "card_number")

    def test_accounts_days_of_birth_and_addresses(self):
        for values, kind in ((ACCOUNTS, "bank_account"), (BIRTHS, "birth_date"), (ADDRESSES, "address")):
            for value in values:
                for form in ("備註\n{}\n", "備註\n請記下 {} 謝謝\n"):
                    found = self.found(form.replace("{}", value))
                    self.assertEqual([(k, s) for k, s, _ in found], [(kind, "clear")], form + value)
        masked = self.found("備註\n國泰世華 013 0123****8907\n台北市信義區信義路○段○○號\n")
        self.assertEqual([s for _, s, _ in masked if s == "clear"], [])

    def test_what_only_looks_like_those(self):
        for line in ("訂單 822 123456789017", "帳號 123456789017", "玉山 3952 公尺", "中信 2026 年報", "郵局 12345", "2026/5/21生效", "78年5月21日生產",
                     "發生於 1989/5/21", "產生於 2026-01-01", "民國七十八年五月二十一日", "台北市 3 號出口", "星展 822 1234", "帳號 999 123456789017"):
            self.assertEqual(self.found("備註\n" + line + "\n"), [], line)

    def test_what_only_looks_like_them(self):
        self.assertEqual(self.found("""備註
5425.2334.3010.9904 5425.2334/3010.9903 5425.2334.3010.99031 v5425.2334.3010.9903 1234.5678.9012.3456
+887.966.468.414 886.966.468.414 +886.166.468.414 192.168.100.200 +886.966.468.414.1
B-234567893 xA 234567893 A_234567893 A  234567893 A 2345678931 -A-234567893
"""), [])

    def test_nothing_is_shown(self):
        text = "備註\n" + "\n".join((*MOBILES, *IDS, *CARDS, *(m for m, n in MAILS if n))) + "\n林美惠 " + PHONE + "\n"
        path = self.file("notes.txt", text.encode())
        for report in ("text", "html", "csv", "sarif", "json"):
            run = self.call("scan", "--format", report, "--fail-on", "never", path)
            for secret in ("468414", "234567893", "30109903", "美惠", "a.lin", "alin"):
                self.assertNotIn(secret, run.stdout.decode() if isinstance(run.stdout, bytes) else run.stdout, report)


if __name__ == "__main__":
    main()
