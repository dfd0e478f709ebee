"""Tables are read down their columns where all rows are alike, and along their rows where they are
not or where every value is wanted by itself (--occurrences): the facts are the same."""

import random

from harness import ProgramTest, main
from people import People

ROWS = 3000


def odd(chance, value):
    """VALUE as one in twenty is: missing, hidden, spoiled, written in another way."""
    pick = chance.randrange(160)
    if pick > 8:
        return value
    return [None, "", value[:3] + "****" + value[7:], value[:-1], value + "9", " " + value,
            value.replace("1", "１"), "it's " + value, '{"k": "%s"}' % value][pick]


class Columns(ProgramTest):
    def rows(self):
        chance, people = random.Random(7), People(7)
        for number in range(ROWS):
            mobile = f"09{chance.randint(10, 89)}{chance.randint(100000, 999999)}"
            phone = f"02-{chance.randint(2000, 2999)}-{chance.randint(1000, 9999)}"
            yield [str(number + 1), chance.choice("王陳林李張") + chance.choice("小美家淑") + chance.choice("明麗豪芬"), people.national_id(), mobile,
                   phone if number % 3 else mobile, people.card(), str(chance.randint(100, 999)),
                   f"臺北市信義區松高路{chance.randint(1, 99)}號{chance.randint(2, 20)}樓",
                   "nothing in particular", f"{chance.randint(2015, 2025)}-03-{chance.randint(1, 28):02}",
                   f"2025-{chance.randint(1, 12):02}-11" if number % 4 else None]

    def table(self):
        chance = random.Random(8)
        return [[row[0]] + [odd(chance, value) for value in row[1:9]] + row[9:]
                for row in self.rows()]

    def compare(self, path):
        quick = self.scan(path, status=1).fields
        slow = self.scan("--occurrences", path, status=1).fields
        self.assertGreater(len(quick), 6)
        self.assertEqual(quick, slow)
        dated = next(field for field in quick if field["column"] == "idno")
        self.assertEqual(dated["date_column"], "delivered_at")
        self.assertIn("2015", dated["years"])
        kinds = {(field["column"], field["kind"]) for field in quick}
        self.assertLessEqual({("idno", "tw_national_id"), ("tel", "phone_mobile"),
                              ("tel", "phone_landline"), ("card_no", "card_number")}, kinds)
        return quick

    NAMES = ["id", "name", "idno", "mobile", "tel", "card_no", "cvv", "address", "remark", "created_at",
             "delivered_at"]

    def sql(self, table):
        def literal(value):
            return "NULL" if value is None else "'" + value.replace("'", "''") + "'"
        create = ",\n".join(f"  `{name}` varchar(200)" for name in self.NAMES)
        rows = ",".join("(" + ",".join(map(literal, row)) + ")" for row in table)
        return f"CREATE TABLE `members` (\n{create}\n);\nINSERT INTO `members` VALUES {rows};\n"

    def csv(self, table):
        def cell(value):
            value = value or ""
            return '"' + value.replace('"', '""') + '"' if set('",') & set(value) else value
        return "".join(",".join(map(cell, row)) + "\n" for row in [self.NAMES] + table)

    def test_dump(self):
        self.compare(self.file("dump.sql", self.sql(self.table())))

    def test_csv(self):
        self.compare(self.file("export.csv", self.csv(self.table())))

    def test_regular_rows(self):
        fields = self.compare(self.file("dump.sql", self.sql(list(self.rows()))))
        counts = {field["kind"]: field["clear"] for field in fields if field["column"] == "idno"}
        self.assertEqual(counts, {"tw_national_id": ROWS})


if __name__ == "__main__":
    main()
