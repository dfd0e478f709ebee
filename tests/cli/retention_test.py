"""How old data is and how long it may be kept: dates of rows, of dumps, of files, of logs; limits
of rules and of the configuration."""

import gzip
import io
import os
import random
import tarfile

from harness import DATA, ProgramTest, main
from people import People

DAY = ("--as-of", "2026-01-31")


def first(records, **members):
    return next(r for r in records if all(r.get(k) == v for k, v in members.items()))


class Retention(ProgramTest):
    def file(self, name, content, changed="2026-01-30"):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        self.age(path, changed)
        return path

    def age(self, path, changed):
        import datetime
        when = datetime.datetime.fromisoformat(changed + "T20:00:00+08:00").timestamp()
        os.utime(path, (when, when))

    def mobile(self, number):
        return f"09{10 + number % 80}{100003 + number * 7919 % 899990:06}"

    def waybills(self, name, dates, head="電話,訂購日期,簽收日期", **kw):
        rows = [f"{self.mobile(i)},{date}" for i, date in enumerate(dates)]
        return self.file(name, "\n".join([head] + rows) + "\n", **kw)

    def field(self, *arguments, **kw):
        run = self.scan("--fail-on", "never", *DAY, *arguments, **kw)
        return first(run.fields, kind="phone_mobile"), run

    # ---- rows ----

    def test_years_of_real_dumps(self):
        for dump in ("mariadb/shop.sql", "mariadb/shop-row-inserts.sql", "postgresql/shop-copy.sql",
                     "postgresql/shop-inserts.sql"):
            run = self.scan("--fail-on", "never", *DAY, DATA / dump, status=0)
            card = first(run.fields, kind="card_number")
            self.assertEqual((card["dated_by"], card["date_column"]), ("row", "paid_at"), dump)
            self.assertEqual((card["oldest"], card["newest"]), ("2023-01-01", "2025-12-28"))
            self.assertEqual(card["years"], {"2023": 105, "2024": 98, "2025": 87})
            birth = first(run.fields, kind="birth_date")
            self.assertNotIn("oldest", birth)  # a day of birth says nothing about its record
            self.assertNotEqual(birth["dated_by"], "row")

    def test_a_row_without_its_end_is_not_past_it(self):
        path = self.waybills("ends.csv", ["2025-12-01,2025-12-05", "2026-01-20,2026-01-24",
                                          "2025-01-01,", "115/01/10,115/01/23",
                                          "民國115年1月10日,民國115年1月25日"])
        field, run = self.field("--zone", "pc", "--profile", "supplier", path, status=0)
        self.assertEqual(field["date_column"], "簽收日期")
        self.assertEqual(field["date_columns"], [{"column": "簽收日期", "values": 4},
                                                 {"column": "訂購日期", "values": 1}])
        self.assertEqual((field["oldest"], field["newest"]), ("2025-01-01", "2026-01-25"))
        self.assertEqual(field["past_limit"], 2)  # 2025-12-05 and 2026-01-23: more than seven days
        late = first(run.violations, rule="supplier/3.2.1.2")
        self.assertEqual((late["count"], late["dated_by"], late["before"]), (2, "row", "2026-01-24"))

    def test_without_a_date_in_the_row_the_file_tells(self):
        rows = "電話\n" + "".join(self.mobile(i) + "\n" for i in range(5))
        arguments = ("--zone", "pc", "--profile", "supplier")
        old = self.file("old.csv", rows, changed="2026-01-20")
        field, run = self.field(*arguments, old, status=0)
        self.assertEqual((field["dated_by"], field["newest"]), ("file", "2026-01-20"))
        self.assertEqual(first(run.violations, rule="supplier/3.2.1.2")["dated_by"], "file")
        self.assertEqual(first(run.violations, rule="supplier/3.2.1.1")["date_assumed"], True)
        new = self.file("new.csv", rows, changed="2026-01-25")
        _, run = self.field(*arguments, new, status=0)
        self.assertFalse({"supplier/3.2.1.1", "supplier/3.2.1.2"} & run.rules())
        _, run = self.field(*arguments, "-", stdin=rows.encode(), status=0)
        statuses = run.of_type("control", rule="supplier/3.2.1.2")
        self.assertEqual([(r["status"], r["why"]) for r in statuses], [("undecided", "no-date")])

    def test_a_scan_leaves_the_time_of_access(self):
        path = self.file("quiet.csv", "電話\n0912345671\n", changed="2020-01-01")
        before = path.stat().st_atime
        self.field(path, status=0)
        self.assertEqual(path.stat().st_atime, before)

    def test_the_time_zone_decides_the_day(self):
        seconds = 1768158000  # 2026-01-11T19:00:00Z
        path = self.file("epoch.csv", f"電話,created_at\n{self.mobile(1)},{seconds}\n"
                         f"{self.mobile(2)},2026-01-11T19:00:00Z\n")
        self.assertEqual(self.field(path, status=0)[0]["oldest"], "2026-01-12")
        self.assertEqual(self.field("--tz", "UTC", path, status=0)[0]["oldest"], "2026-01-11")

    def test_nothing_depends_on_workers_or_on_where_the_data_is_cut(self):
        chance, people = random.Random(3), People(3)
        rows = []
        for number in range(6000):
            closed = f"{chance.randint(2012, 2026)}-0{chance.randint(1, 9)}-1{chance.randint(0, 9)}"
            rows.append('{"id":%d,"items":[{"phone":"%s"},{"phone":"%s"}],"closed_at":%s,'
                        '"created_at":"%d-01-05","idno":"%s","pad":"%s"}' % (
                            number, self.mobile(number), self.mobile(number + 1),
                            '"%s"' % closed if number % 3 else "null",
                            chance.randint(2012, 2025), people.national_id(),
                            "x" * chance.randint(0, 90)))
        text = ("\n".join(rows) + "\n").encode()
        path = self.file("rows.ndjson", text)
        one = self.scan("-j1", "--fail-on", "never", *DAY, path, status=0).fields
        self.assertEqual(self.scan("-j2", "--fail-on", "never", *DAY, path, status=0).fields, one)
        phone = first(one, kind="phone_mobile")
        self.assertEqual(sum(phone["years"].values()), 12000)
        self.assertEqual([c["column"] for c in phone["date_columns"]], ["closed_at", "created_at"])
        shifted = [first(self.scan("--fail-on", "never", *DAY, self.file(
            f"shift{pad}.ndjson", b'{"pad":"' + b"x" * pad + b'"}\n' + text), status=0).fields,
            kind="phone_mobile") for pad in (1, 777, 50001)]
        for other in shifted:
            for member in ("years", "oldest", "newest", "date_columns", "values"):
                self.assertEqual(other[member], phone[member])

    # ---- dumps, archives ----

    def test_a_dump_says_when_it_was_made(self):
        people = People(5)
        rows = ",\n".join(f"({i},'{people.national_id()}')" for i in range(20))
        body = ("CREATE TABLE `members` (\n  `id` int,\n  `idno` char(10)\n);\n"
                f"INSERT INTO `members` VALUES {rows};\n")
        mysql = "-- MySQL dump 10.13  Distrib 8.0.36, for Linux (x86_64)\n--\n"
        dumps = {"completed": mysql + body + "\n-- Dump completed on 2025-11-30  3:00:01\n",
                 "phpmyadmin": "-- phpMyAdmin SQL Dump\n-- version 5.2.1\n"
                               "-- Generation Time: Nov 30, 2025 at 03:00 AM\n" + body,
                 "navicat": "/*\n Navicat Premium Data Transfer\n\n Date: 30/11/2025 12:00:00\n*/\n"
                            + body}
        for name, text in dumps.items():
            path = self.file(name + ".sql", text)
            field = first(self.scan("--fail-on", "never", *DAY, path, status=0).fields,
                          kind="tw_national_id")
            self.assertEqual((field["dated_by"], field["newest"]), ("dump", "2025-11-30"), name)
            self.assertNotIn("oldest", field)
        undated = self.file("undated.sql", mysql + body + "\n-- Dump completed\n")
        field = first(self.scan("--fail-on", "never", *DAY, undated, status=0).fields,
                      kind="tw_national_id")
        self.assertEqual((field["dated_by"], field["newest"]), ("file", "2026-01-30"))

    def test_members_of_archives_have_their_own_time(self):
        people = People(6)
        rows = ("idno\n" + "\n".join(people.national_id() for _ in range(9)) + "\n").encode()
        stream = io.BytesIO()
        with tarfile.open(fileobj=stream, mode="w:gz") as tar:
            member = tarfile.TarInfo("old.csv")
            member.size, member.mtime = len(rows), 1420070400  # 2015-01-01
            tar.addfile(member, io.BytesIO(rows))
        path = self.file("set.tar.gz", stream.getvalue())
        field = first(self.scan("--fail-on", "never", *DAY, path, status=0).fields,
                      kind="tw_national_id")
        self.assertEqual((field["dated_by"], field["newest"]), ("member", "2015-01-01"))

    # ---- logs ----

    def logs(self, *paths):
        return self.scan("--fail-on", "never", "--profile", "insurance", *DAY, *paths, status=0)

    def test_spans_of_logs(self):
        lines = "".join('10.0.0.1 - - [%02d/%s/2025:10:30:00 +0800] "GET / HTTP/1.1" 200 1\n'
                        % (1 + i % 28, month, ) for month in ("Jul", "Aug") for i in range(2000))
        self.file("set/access-20250831.log", lines)
        self.file("set/access.log.1", '10.0.0.1 - - [01/Sep/2025:10:30:00 +0800] "GET /" 200 1\n' * 9)
        self.file("set/access.log.2.gz", gzip.compress(
            b'10.0.0.1 - - [28/Jan/2026:10:30:00 +0800] "GET / HTTP/1.1" 200 1\n' * 9))
        run = self.logs(self.folder / "set")
        span = run.of_type("logs")[0]
        self.assertEqual((span["units"], span["first"], span["last"]),
                         (3, "2025-07-01", "2026-01-28"))
        self.assertNotIn("insurance/2.5.4.1", run.rules())
        short = self.logs(self.folder / "set/access.log.2.gz")
        self.assertIn("insurance/2.5.4.1", short.rules())

    def test_stamps_without_a_year_take_that_of_the_file(self):
        syslog = "".join(f"{day} 10:00:00 web sshd[1]: session opened for user root\n"
                         for day in ("Dec 29", "Dec 31", "Jan  1", "Jan  3"))
        run = self.logs(self.file("sys.log", syslog, changed="2026-01-03"))
        span = run.of_type("logs")[0]
        self.assertEqual((span["first"], span["last"], span["year_assumed"]),
                         ("2025-12-29", "2026-01-03", True))

    # ---- the configuration ----

    def test_a_limit_of_the_firm(self):
        path = self.waybills("firm.csv", ["2019-01-05,2019-02-01", "2025-12-01,2025-12-05"])
        config = self.file("firm.yaml", "retention:\n  - {setting: customer-data, at-most: 2y}\n")
        asks = ("--profile", "platform", "--zone", "db", path)
        _, run = self.field(*asks, status=0)
        self.assertEqual(first(run.of_type("control"), rule="platform/3.7.4.1")["setting"],
                         "customer-data")
        field, run = self.field("--config", config, *asks, status=0)
        self.assertEqual(field["past_limit"], 1)
        self.assertEqual(first(run.violations, rule="platform/3.7.4.1")["count"], 1)

    def test_the_first_entry_that_fits(self):
        path = self.waybills("fits.csv", ["2019-01-05,2019-02-01", "2025-10-01,2025-10-05"])
        config = self.file("fits.yaml", "retention:\n  - {zones: [log], at-most: 1d}\n"
                           "  - {kinds: [phone_mobile], pack: platform, at-most: 1mo}\n"
                           "  - {at-most: 99y}\n")
        field, _ = self.field("--config", config, "--zone", "db", "--profile", "platform", path,
                              status=0)
        self.assertEqual(field["past_limit"], 2)

    def test_what_is_wrong_is_told_with_its_line(self):
        for text, complaint in (
                ("  - {at-most: 90}\n", "retention[0].at-most: has no unit of time"),
                ("  - {at-most: soon}\n", "is no length of time"),
                ("  - {setting: customer-dta, at-most: 2y}\n", 'did you mean "customer-data"'),
                ("  - {pack: plattform, at-most: 2y}\n", 'did you mean "platform"'),
                ("  - {kinds: [phone], at-most: 2y}\n", "unknown kind"),
                ("  - {setting: customer-data}\n", "at-most"),
                ("  - {at-most: 2y, since: now}\n", "since")):
            config = self.file("wrong.yaml", "class: 1\nretention:\n" + text)
            run = self.call("scan", "--config", config, DATA / "exports/customers.csv")
            message = run.stderr.decode()
            self.assertEqual(run.status, 2, text)
            self.assertIn("wrong.yaml:3", message, text)
            self.assertIn(complaint, message, text)

    def test_saved_results_keep_the_ages(self):
        path = self.waybills("saved.csv", ["2025-12-01,2025-12-05", "2026-01-20,2026-01-24"])
        run = self.scan("--zone", "pc,backup", "--profile", "logistics", "--class", "2", *DAY,
                        "--fail-on", "never", path, status=0)
        late = first(run.violations, rule="logistics/4.1.1.3")
        self.assertIn("logistics/4.2.1.9", [keep["control"] for keep in late["keep"]])
        saved = self.file("saved.ndjson", run.stdout)
        again = self.call("report", "--format", "ndjson", "--fail-on", "never", saved)
        ages = ("dated_by", "date_column", "oldest", "newest", "years", "past_limit", "before",
                "keep", "rule", "first", "last")
        self.assertEqual([{m: r[m] for m in ages if m in r} for r in again.records[1:-1]],
                         [{m: r[m] for m in ages if m in r} for r in run.records[1:-1]])


if __name__ == "__main__":
    main()
