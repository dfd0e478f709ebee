"""What samples of rows show across tables and files: masks that complement each other by a key."""

import random

from harness import ProgramTest, main
from masks_test import COMPLEMENTARY, People, table


def insert(name, columns, rows):
    lines = [f"CREATE TABLE `{name}` ({', '.join(f'`{c}` varchar(30)' for c in columns)});"]
    values = [",".join(f"'{value}'" for value in row) for row in rows]
    lines.append(f"INSERT INTO `{name}` VALUES " + ",\n".join(f"({row})" for row in values) + ";")
    return "\n".join(lines) + "\n"


HEAD = "-- MySQL dump 10.19  Distrib 10.11.6-MariaDB\n"


class Samples(ProgramTest):
    def pairs(self, run):
        return {(r["unit"].rsplit("/", 1)[-1], r["table"], r["column"]): r
                for r in run.of_type("violation", rule=COMPLEMENTARY)}

    def test_two_tables_by_the_order_number(self):
        cards = [People(i).card() for i in range(80)]
        orders = [(f"{i + 1}", c[:6] + "******" + c[-4:]) for i, c in enumerate(cards)]
        refunds = [(i, f"{i + 1}", "******" + c[6:]) for i, c in enumerate(cards)]
        random.Random(1).shuffle(refunds)
        dump = self.file("two.sql", HEAD + insert("orders", ("order_no", "card_no"), orders) +
                         insert("refunds", ("id", "orderNo", "pan"), refunds))
        run = self.scan("--fail-on", "never", dump, secrets=cards)
        found = self.pairs(run)
        self.assertEqual(list(found), [("two.sql", "orders", "card_no")])
        violation = found["two.sql", "orders", "card_no"]
        self.assertEqual(violation["with"], [
            {"table": "refunds", "column": "pan", "count": 80, "residual_min": 1,
             "estimated": True, "sampled": 80, "key": "order_no", "with_key": "orderNo"}])
        self.assertEqual(violation["severity"], "medium")
        text = self.call("scan", dump, secrets=cards).stdout.decode()
        self.assertIn("(complete together with refunds.pan)", text)
        self.assertIn("(by order_no, about 80 rows, from a sample of 80)", text)

    def test_a_foreign_key_and_its_table(self):
        ids = [People(i).idno() for i in range(50)]
        members = [(i, d[:6] + "****") for i, d in enumerate(ids)]
        claims = [(1000 + i, i, "***" + d[3:]) for i, d in enumerate(ids)]
        dump = self.file("foreign.sql", HEAD + insert("members", ("id", "idno"), members) +
                         insert("claims", ("id", "member_id", "idno"), claims))
        found = self.pairs(self.scan("--fail-on", "never", dump, secrets=ids))
        self.assertEqual(found["foreign.sql", "members", "idno"]["with"][0]["with_key"],
                         "member_id")

    def test_two_files(self):
        ids = [People(i).idno() for i in range(5000)]
        first = self.file("files/members.csv", table(
            ("member_no", "idno"), [(f"M{i:06}", d[:6] + "****") for i, d in enumerate(ids)]))
        other = self.file("files/crm.csv", table(
            ("member_no", "idno"), [(f"M{i:06}", "***" + d[3:]) for i, d in enumerate(ids)][::-1]))
        runs = [self.scan("--fail-on", "never", f"-j{jobs}", *paths, secrets=ids[:50])
                for jobs, paths in ((1, (first, other)), (2, (first, other)))]
        self.assertEqual(self.pairs(runs[0]), self.pairs(runs[1]))
        (violation,) = self.pairs(runs[0]).values()
        (partner,) = violation["with"]
        self.assertTrue(partner["unit"].endswith("files/crm.csv"))
        self.assertEqual((partner["key"], partner["sampled"]), ("member_no", 4096))
        self.assertAlmostEqual(partner["count"], 5000, delta=300)
        saved = self.file("files/run.ndjson", runs[0].stdout)
        again = self.call("report", "--format", "ndjson", "--fail-on", "never", saved)
        self.assertEqual(self.pairs(again), self.pairs(runs[0]))

    def test_tables_that_only_count_from_one(self):
        """Rows of two tables with the same small number have nothing to do with each other."""
        people = People(9)
        rows = [[(i, people.mobile()) for i in range(200)] for _ in range(2)]
        dump = self.file("count.sql", HEAD +
                         insert("a", ("id", "mobile"), [(i, m[:4] + "***" + m[-3:])
                                                        for i, m in rows[0]]) +
                         insert("b", ("id", "mobile"), [(i, "****" + m[4:]) for i, m in rows[1]]))
        self.assertEqual(self.pairs(self.scan("--fail-on", "never", dump)), {})

    def test_values_of_two_people_are_no_pair(self):
        people = People(4)
        rows = [[(f"ORD-{i:05}", people.card()) for i in range(100)] for _ in range(2)]
        dump = self.file("apart.sql", HEAD +
                         insert("a", ("order_no", "card_no"), [(k, c[:6] + "*" * 10)
                                                               for k, c in rows[0]]) +
                         insert("b", ("order_no", "card_no"), [(k, "*" * 6 + c[6:])
                                                               for k, c in rows[1]]))
        self.assertEqual(self.pairs(self.scan("--fail-on", "never", dump)), {})

    def test_the_same_mask_in_two_backups_is_no_pair(self):
        cards = [People(i).card() for i in range(60)]
        rows = [(f"ORD-{i:05}", c[:6] + "******" + c[-4:]) for i, c in enumerate(cards)]
        for day in ("0101", "0102"):
            self.file(f"days/shop-2026{day}.sql",
                      HEAD + insert("pay", ("order_no", "card_no"), rows))
        run = self.scan("--fail-on", "never", self.folder / "days")
        self.assertEqual(self.pairs(run), {})


if __name__ == "__main__":
    main()
