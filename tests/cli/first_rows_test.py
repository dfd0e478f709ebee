"""The first rows of a table are read one by one where something is looked for in them (examples, digests of
what stands beside them), and down their columns otherwise. With --occurrences every value is read by
itself: the records of fields are the same either way, whatever the table is like."""

import base64
import hashlib
import random

from harness import ProgramTest, main
from masks_test import People, table

ROUNDS = 40


class Tables:
    """Tables whose rows and columns are of all sorts."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.people = People(seed)
        self.secrets = []

    def clear(self):
        value = self.random.choice([self.people.idno, self.people.card, self.people.mobile])()
        self.secrets.append(value)
        return value

    def digest(self, value):
        made = self.random.choice([hashlib.md5, hashlib.sha1, hashlib.sha256])(value.encode())
        return self.random.choice([made.hexdigest(), "0x" + made.hexdigest(), base64.b64encode(made.digest()).decode(),
                                   base64.b64encode(made.digest()).decode().rstrip("=")])

    def wide(self, text):
        return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)

    def cell(self, kind, row):
        value = row[0] if self.random.random() < 0.8 else self.clear()
        return {"digest": lambda: self.digest(value),
                "wide digest": lambda: self.wide(self.digest(value)),
                "rare digest": lambda: self.digest(value) if self.random.random() < 0.1 else "",
                "masked": lambda: value[:4] + "*" * (len(value) - 7) + value[-3:],
                "other mask": lambda: "*" * 4 + value[4:],
                "clear": lambda: value, "number": lambda: self.people.digits(self.random.choice([3, 8, 12])),
                "mixed": lambda: self.random.choice([value, "", "n/a", value + "?", " " + value]),
                "date": lambda: f"20{self.random.randint(10, 25)}-0{self.random.randint(1, 9)}-11",
                "quoted": lambda: f'"{value}"', "empty": lambda: ""}[kind]()

    def make(self):
        kinds = [self.random.choice(["digest", "wide digest", "rare digest", "masked", "other mask", "clear", "number",
                                     "mixed", "date", "quoted", "empty"]) for _ in range(self.random.randint(1, 5))]
        names = [self.random.choice(["idno", "card_no", "mobile", "password", "order_no", "created_at", "身分證字號",
                                     "token", "note"]) + str(i) for i in range(len(kinds))]
        rows = []
        for _ in range(self.random.choice([3, 8, 9, 20, 63, 64, 65, 66, 150])):
            row = [self.clear()]
            row += [self.cell(kind, row) for kind in kinds]
            rows.append(row)
        return table([self.random.choice(["idno", "mobile", "card_no"]), *names], rows)


class FirstRows(ProgramTest):
    def fields(self, *arguments, secrets):
        run = self.scan("--profile", "all", "--min-confidence", "possible", "--fail-on", "never", *arguments,
                        secrets=secrets)
        return run.of_type("field"), run.of_type("violation")

    def test_read_down_or_along(self):
        for seed in range(ROUNDS):
            tables = Tables(seed)
            path = self.file("table.csv", tables.make())
            down = self.fields(path, secrets=tables.secrets)
            along = self.fields("--occurrences", path, secrets=tables.secrets)
            self.assertGreater(len(down[0]), 0, seed)
            self.assertEqual(down, along, seed)

    def test_digest_in_one_of_the_first_rows(self):
        people = People(7)
        for at in (0, 2, 3, 20, 38, 39):
            ids = [people.idno() for _ in range(40)]
            rows = [(i, one, hashlib.sha256(one.encode()).hexdigest() if number == at else "")
                    for number, (i, one) in enumerate(enumerate(ids))]
            path = self.file("one.csv", table(("id", "idno", "idno_hash"), rows))
            fields = self.fields(path, secrets=ids)[0]
            self.assertIn("unkeyed-proven", [field.get("pseudonym") for field in fields], at)


if __name__ == "__main__":
    main()
