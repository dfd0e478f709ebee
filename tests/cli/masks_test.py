"""What no single value shows: mixed masks, masks that complement each other, digests without a key,
columns without a name."""

import base64
import hashlib
import random

from harness import ProgramTest, main
import people as fixtures

MIXED, COMPLEMENTARY, UNKEYED = ("yinma/mixed-masks", "yinma/complementary-masks",
                                 "yinma/unkeyed-hash")
LETTERS = {letter: number for letter, number in
           zip("ABCDEFGHJKLMNPQRSTUVXYWZIO", range(10, 36))}


class People:
    """Made-up values that pass their checks."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def digits(self, count):
        return "".join(self.random.choice("0123456789") for _ in range(count))

    def card(self):
        body = "49" + self.digits(13)
        total = 0
        for place, digit in enumerate(reversed(body)):
            value = int(digit) * (2 if place % 2 == 0 else 1)
            total += value - 9 if value > 9 else value
        return body + str(-total % 10)

    def idno(self):
        letter = self.random.choice("ABDEFHPT")
        body = self.random.choice("12") + self.digits(7)
        total = LETTERS[letter] // 10 + LETTERS[letter] % 10 * 9
        total += sum(int(digit) * weight for digit, weight in zip(body, range(8, 0, -1)))
        return letter + body + str(-total % 10)

    def mobile(self):
        return "0912" + self.digits(6)


def table(header, rows):
    return "\n".join(",".join(map(str, row)) for row in [header, *rows]) + "\n"


class Masks(ProgramTest):
    def scan_rows(self, name, header, rows, *options, secrets=()):
        path = self.file(name, table(header, rows))
        return self.scan("--fail-on", "never", *options, path, secrets=secrets)

    def found(self, run, rule):
        return {r["column"]: r for r in run.of_type("violation", rule=rule)}

    # ---- complementary ----

    def test_first_six_and_last_ten(self):
        cards = [People(1).card()] + [People(i).card() for i in range(2, 60)]
        rows = [(i, c[:6] + "*" * 10, "******" + c[6:]) for i, c in enumerate(cards)]
        run = self.scan_rows("ten.csv", ("id", "card_no", "card_no_masked"), rows, secrets=cards)
        self.assertEqual(list(self.found(run, COMPLEMENTARY)), ["card_no"])
        violation = self.found(run, COMPLEMENTARY)["card_no"]
        self.assertEqual(violation["with"], [{"table": "", "column": "card_no_masked",
                                              "count": len(cards), "residual_min": 1}])
        self.assertEqual((violation["severity"], violation["count"]), ("medium", len(cards)))
        text = self.call("scan", self.folder / "ten.csv", secrets=cards).stdout.decode()
        self.assertIn("complementary-masks", text)
        self.assertIn("(complete together with card_no_masked)", text)

    def test_what_stays_hidden_is_told(self):
        cards = [People(i).card() for i in range(40)]
        rows = [(i, c[:6], c[-4:]) for i, c in enumerate(cards)]
        run = self.scan_rows("bin.csv", ("id", "card_bin", "card_last4"), rows, secrets=cards)
        violation = self.found(run, COMPLEMENTARY)["card_last4"]
        self.assertEqual(violation["severity"], "low")
        self.assertEqual(violation["with"], [{"table": "", "column": "card_bin", "count": 40,
                                              "residual_min": 100000}])

    def test_ids_and_telephones(self):
        people = People(7)
        ids, phones = [people.idno() for _ in range(30)], [people.mobile() for _ in range(30)]
        rows = [(i, a[:6] + "****", "***" + a[3:], b[:7] + "***", "****" + b[4:])
                for i, (a, b) in enumerate(zip(ids, phones))]
        header = ("no", "idno", "idno_bak", "mobile", "mobile2")
        run = self.scan_rows("both.csv", header, rows, secrets=[*ids, *phones])
        found = self.found(run, COMPLEMENTARY)
        self.assertEqual(set(found), {"idno", "mobile"})
        self.assertEqual(found["mobile"]["with"][0]["column"], "mobile2")
        self.assertEqual(found["idno"]["with"][0]["residual_min"], 1)

    def test_a_dump_tells_the_table(self):
        cards = [People(i).card() for i in range(20)]
        lines = ["CREATE TABLE pay (id int, card_no varchar(20), pan_masked varchar(20));"]
        lines += [f"INSERT INTO pay VALUES ({i},'{c[:6]}**********','******{c[6:]}');"
                  for i, c in enumerate(cards)]
        run = self.scan("--fail-on", "never", self.file("pay.sql", "\n".join(lines) + "\n"))
        self.assertEqual(self.found(run, COMPLEMENTARY)["card_no"]["with"],
                         [{"table": "pay", "column": "pan_masked", "count": 20,
                           "residual_min": 1}])

    def test_values_of_two_people_are_no_pair(self):
        """Together they pass no check, or contradict each other where both show something."""
        people = People(3)
        rows = [(i, people.card()[:6] + "*" * 10, "*" * 6 + people.card()[6:],
                 people.idno()[:6] + "****", "***" + people.idno()[3:]) for i in range(60)]
        run = self.scan_rows("two.csv", ("id", "card_no", "card_no2", "idno", "idno2"), rows)
        self.assertEqual(self.found(run, COMPLEMENTARY), {})

    def test_the_same_mask_twice_is_no_pair(self):
        cards = [People(i).card() for i in range(30)]
        rows = [(i, "*" * 12 + c[-4:], "*" * 12 + c[-4:]) for i, c in enumerate(cards)]
        run = self.scan_rows("same.csv", ("id", "card_no", "card_no2"), rows)
        self.assertEqual(self.found(run, COMPLEMENTARY), {})
        self.assertEqual(self.found(run, MIXED), {})

    def test_any_number_of_workers(self):
        cards = [People(i).card() for i in range(50)]
        for part in range(4):
            self.file(f"many/{part}.csv", table(("id", "card_no", "card_masked"), [
                (i, c[:6] + "*" * 10, "******" + c[6:]) for i, c in enumerate(cards[part:])]))
        one, four = (self.scan("--fail-on", "never", "-j", jobs, self.folder / "many")
                     for jobs in (1, 4))
        self.assertEqual(self.comparable(one), self.comparable(four))
        self.assertEqual(len(one.of_type("violation", rule=COMPLEMENTARY)), 4)

    # ---- mixed ----

    def test_two_forms_in_a_column(self):
        ids = [People(i).idno() for i in range(40)]
        rows = [(i, a[:3] + "****" + a[7:] if i % 4 else a[:8] + "**") for i, a in enumerate(ids)]
        run = self.scan_rows("forms.csv", ("id", "idno"), rows)
        violation = self.found(run, MIXED)["idno"]
        self.assertEqual((violation["severity"], violation["count"]), ("low", 10))
        self.assertEqual([f["form"] for f in violation["mask_forms"]],
                         ["###****###", "########**"])

    def test_two_forms_between_columns(self):
        ids = [People(i).idno() for i in range(40)]
        rows = [(i, a[:3] + "****" + a[7:], a[:6] + "****") for i, a in enumerate(ids)]
        run = self.scan_rows("between.csv", ("id", "idno", "buyer_idno"), rows)
        self.assertEqual(list(self.found(run, MIXED)), ["buyer_idno"])
        self.assertEqual(self.found(run, MIXED)["buyer_idno"]["with"],
                         [{"table": "", "column": "idno", "form": "###****###"}])

    def test_names_of_any_length_have_one_form(self):
        rows = [(i, name) for i, name in enumerate(["王○明", "李○", "歐陽○娜", "陳○華"] * 10)]
        run = self.scan_rows("names.csv", ("id", "姓名"), rows)
        self.assertEqual(self.found(run, MIXED), {})

    # ---- digests ----

    def test_digests_of_clear_values_are_proven(self):
        ids = [People(i).idno() for i in range(80)]
        rows = [(i, a, hashlib.sha256(a.encode()).hexdigest(),
                 base64.b64encode(hashlib.sha1(a.lower().encode()).digest()).decode(),
                 hashlib.sha256(b"secret" + a.encode()).hexdigest()) for i, a in enumerate(ids)]
        header = ("id", "idno", "idno_enc", "idno_hash", "idno_hmac")
        run = self.scan_rows("digests.csv", header, rows, secrets=ids)
        told = {f["column"]: f.get("pseudonym") for f in run.fields}
        self.assertEqual(told, {"idno": None, "idno_enc": "unkeyed-proven",
                                "idno_hash": "unkeyed-proven", "idno_hmac": "unknown"})
        found = self.found(run, UNKEYED)
        self.assertEqual(set(found), {"idno_enc", "idno_hash"})
        self.assertEqual((found["idno_enc"]["severity"], found["idno_enc"]["count"]),
                         ("medium", 80))
        self.assertEqual(set(self.found(run, "platform/5.3.3.6")), {"idno", "idno_enc", "idno_hash"})

    def test_digests_alone_are_likely(self):
        phones = [People(i).mobile() for i in range(80)]
        rows = [(i, hashlib.md5(p.encode()).hexdigest(), hashlib.sha1(p.encode()).hexdigest(),
                 hashlib.md5(p.encode()).hexdigest()) for i, p in enumerate(phones)]
        run = self.scan_rows("alone.csv", ("id", "mobile_md5", "mobile", "tel"), rows)
        told = {f["column"]: f.get("pseudonym") for f in run.fields}
        self.assertEqual(told["mobile_md5"], "unkeyed-likely")
        self.assertEqual(told["mobile"], "unkeyed-likely")  # no cipher gives twenty bytes
        self.assertEqual(told["tel"], "unknown")  # one block of a cipher is as long as MD5

    # ---- columns without a telling name ----

    def test_dates_of_orders_and_words_of_the_trade_are_nobodys(self):
        chance = random.Random(5)
        goods = ["白襪子", "黃金米", "金桔茶", "高麗菜", "方便麵", "毛巾組", "水壺", "馬克杯",
                 "石頭鍋", "江米酒", "林間茶", "何首烏", "米香餅", "古早味", "藍莓醬", "溫泉蛋"]
        brands = ["王品", "陳記", "林家", "黃家", "李錦記", "張君雅", "吳寶春"]
        rows = [(100000 + i, chance.choice(goods), chance.choice(brands),
                 chance.choice(["高雄市", "金門縣", "臺北市", "連江縣"]),
                 f"20{chance.randrange(18, 26)}-{chance.randrange(1, 13):02}-11",
                 f"{chance.randrange(1970, 2025)}{chance.randrange(1, 13):02}21",
                 f"{chance.randrange(10**7):07}", f"02{chance.randrange(10**8):08}")
                for i in range(300)]
        path = self.file("orders.csv", table(rows[0], rows[1:]))
        self.assertEqual(self.field_counts(self.scan(path)), {})

    def test_values_outweigh_the_name(self):
        ids = [People(i).idno() for i in range(40)]
        run = self.scan_rows("wrong.csv", ("no", "mobile", "order_no", "idno"),
                             [(i, a, a, a) for i, a in enumerate(ids)], secrets=ids)
        told = {f["column"]: (f["kind"], f.get("name_disagrees", False)) for f in run.fields}
        self.assertEqual(told, {"mobile": ("tw_national_id", True),
                                "order_no": ("tw_national_id", True),
                                "idno": ("tw_national_id", False)})


    def test_end_of_values_in_columns_without_a_name(self):
        """What hides the end only is a mask in a column of which nothing is known as well."""
        people = fixtures.People(53)
        rows = [(people.name(), people.mobile(), people.national_id(), "臺北市信義區忠孝東路五段")
                for _ in range(30)]
        forms = {"person_name": (0, lambda text, c: text[:2] + c),
                 "phone_mobile": (1, lambda text, c: text[:7] + 3 * c),
                 "tw_national_id": (2, lambda text, c: text[:6] + 4 * c),
                 "address": (3, lambda text, c: text + 3 * c)}
        for kind, (place, mask) in forms.items():
            for mark in "○◯〇＊*XxＸ●#":
                with self.subTest(kind=kind, mark=mark):
                    text = "".join(f"{i},{mask(row[place], mark)},{i * 7 % 50}\n"
                                   for i, row in enumerate(rows))
                    run = self.scan(self.file("plain.csv", text.encode()))
                    self.assertEqual([(f["column"], f["kind"], f["masked"]) for f in run.fields],
                                     [("#2", kind, 30)])


if __name__ == "__main__":
    main()
