"""`yinma explain` of kinds and of values: what is said, how it ends, and what is never shown."""

import json
import os
import pty
import re
import select
import signal
import subprocess
import time

from harness import PLANTED, PROGRAM, ProgramTest, main

ID, BAD_ID, CARD, MOBILE = "A143231948", "A143231941", "4999269823454950", "0928123457"


class Values(ProgramTest):
    def ask(self, value, *options, status=None, secrets=None):
        """Every answer is searched for the value itself."""
        secret = value if secrets is None else secrets
        run = self.call("explain", "--value", "-", *options, stdin=value.encode() + b"\n",
                        secrets=[secret] if secret else [])
        if status is not None:
            self.assertEqual(run.status, status, (options, run.stdout.decode(), run.stderr))
        return run.stdout.decode()

    def member(self, text, label):
        """What stands behind LABEL, lines joined."""
        found = re.search(rf"^{re.escape(label)} +(\S.*(?:\n {{14}}.*)*)", text, re.M)
        return found and re.sub(r"\n +", " ", found.group(1))

    def test_a_value_that_proves_itself(self):
        text = self.ask(ID, status=0)
        self.assertEqual(self.member(text, "normalised"), "A14****948")
        self.assertEqual(self.member(text, "check digit"), "fits")
        self.assertEqual(self.member(text, "in a text"), "likely (checksum)")
        self.assertEqual(self.member(text, "full column"), "certain (checksum, share)")
        self.assertEqual(self.member(text, "counts as"), "tw_national_id")

    def test_a_wrong_check_digit(self):
        text = self.ask(BAD_ID, status=1)
        self.assertIn("fails the check", text)
        self.assertIn("nothing at confidence likely", text)

    def test_a_dummy_is_told(self):
        self.assertIn("yes", self.member(self.ask("A123456789", status=0), "dummy"))

    def test_groups_and_issuer(self):
        text = self.ask("4999-2698-2345-4950", status=0)
        self.assertEqual(self.member(text, "normalised"), "************4950")
        self.assertIn("in groups", self.member(text, "layout"))
        self.assertIn("in one piece", self.member(self.ask(CARD, status=0), "layout"))
        self.assertIn("exists", self.member(text, "prefix"))

    def test_full_width_and_lower_case(self):
        text = self.ask("ａ１４３２３１９４８", status=0)
        self.assertEqual(self.member(text, "counts as"), "tw_national_id")

    def test_masks(self):
        text = self.ask("A12****789", status=0, secrets="")
        self.assertEqual(self.member(text, "state"), "masked")
        self.assertTrue(self.member(text, "mask form").startswith("###****### "), text)
        self.assertIn("4 and 6", self.member(text, "mask form"))
        self.assertIn("1000", self.member(text, "residual"))
        text = self.ask("499926******4950", status=0)
        self.assertEqual(self.member(text, "state"), "weak")

    def test_a_part_of_a_value(self):
        text = self.ask("4950", "--field", "card_last4", status=0)
        self.assertIn("counts as     card_number", text)

    def test_the_name_of_the_field(self):
        text = self.ask(MOBILE, "--field", "order_no", status=1)
        self.assertIn("two steps lower", self.member(text, "field name"))
        self.assertIn("possible", self.member(text, "in the field"))
        text = self.ask(MOBILE, "--field", "收件人電話", status=0)
        self.assertIn("tells the kind: phone_mobile", self.member(text, "field name"))
        self.assertIn("certain", self.member(text, "in the field"))
        self.ask("123", "--field", "cvv", status=0, secrets="")
        self.ask("123", "--field", "amount", status=1, secrets="")

    def test_what_stands_before(self):
        self.ask("王小明", status=1)
        text = self.ask("王小明", "--context", "收件人：", status=0)
        self.assertEqual(self.member(text, "context"), "收件人: person_name; 3 bytes before the value")
        text = self.ask(ID, "--context", "身分證" + "-" * 100, status=0)
        self.assertIn("too far away", self.member(text, "context"))
        text = self.ask(ID, "--context", "nothing of that sort", status=0)
        self.assertIn("no telling word", self.member(text, "context"))

    def test_the_answer_is_what_a_scan_says(self):
        """The confidence of a full column is that of a file with such a column."""
        for column, value in (("備註", ID), ("order_no", ID), ("card_no", CARD), ("手機", MOBILE),
                              ("order_no", MOBILE), ("姓名", "王小明")):
            rows = "".join(f"{i},{value}\n" for i in range(1, 21))
            found = self.scan("--min-confidence", "possible",
                              self.file("one.csv", f"no,{column}\n{rows}")).fields
            told = self.member(self.ask(value, "--field", column), "full column")
            self.assertEqual(told.split()[0], found[0]["confidence"], (column, told))
            self.assertEqual(set(re.findall(r"[a-z-]+", told)[1:]), set(found[0]["evidence"]))

    def test_min_confidence_decides_what_counts(self):
        self.ask(ID, "--min-confidence", "certain", status=1)
        self.ask(MOBILE, "--field", "order_no", "--min-confidence", "possible", status=0)

    def test_masks_of_the_configuration(self):
        config = self.file("strict.yaml", "masks:\n  tw_national_id: {min-hidden: 6}\n")
        text = self.ask("A12****789", "--config", config, secrets="")
        self.assertEqual(self.member(text, "state"), "weak")
        self.assertIn("at least 6 characters", self.member(text, "masked when"))

    def test_no_value_of_the_corpus_is_shown_in_either_language(self):
        for language in ("en", "zh-TW"):
            for value in PLANTED[::97]:
                self.ask(value.decode(), "--lang", language)
        self.assertIn("視為", self.ask(ID, "--lang", "zh-TW", status=0))

    def test_a_value_in_the_name_of_the_field_is_hidden(self):
        run = self.call("explain", "--value", "-", "--field", CARD, stdin=b"x\n", secrets=[CARD])
        self.assertEqual(run.status, 1)


class WrongCalls(ProgramTest):
    def test_the_argument_list_is_refused_without_quoting_it(self):
        for arguments in (["--value", ID], [f"--value={ID}"], [ID], ["--value", "-", ID]):
            run = self.call("explain", *arguments, stdin=b"x\n", secrets=[ID])
            self.assertEqual(run.status, 2, arguments)
            self.assertEqual(run.stdout, b"")

    def test_one_value_of_text(self):
        for given in (b"", b"\n", b"  \n", ID.encode() + b"\n" + ID.encode() + b"\n",
                      b"9" * 5000, b"\xff\xfe\xfd\n", ID.encode() + b"\0\n"):
            run = self.call("explain", "--value", "-", stdin=given, secrets=[ID])
            self.assertEqual(run.status, 2, (given[:20], run.stdout))
            self.assertEqual(run.stdout, b"")

    def test_field_and_context_need_a_value(self):
        self.assertEqual(self.call("explain", "--field", "x", "tw_national_id").status, 2)
        self.assertEqual(self.call("scan", "--value", "-").status, 2)

    def test_no_key_is_made_for_it(self):
        self.call("explain", "--value", "-", stdin=ID.encode())
        self.assertFalse((self.folder / "home/.config").exists())


class Prompt(ProgramTest):
    """At a terminal: asked for, not echoed, and the terminal is as before afterwards."""

    def at_terminal(self, act):
        master, slave = pty.openpty()
        process = subprocess.Popen([PROGRAM, "explain", "--value", "-"], stdin=slave, stdout=slave,
                                   stderr=slave, env=self.environment, start_new_session=True)
        try:
            seen = self.read_until(master, b": ")
            act(master, process)
            seen += self.read_until(master, None, process)
            return seen, process.wait(30), __import__("termios").tcgetattr(slave)[3]
        finally:
            process.kill()
            os.close(master)
            os.close(slave)

    @staticmethod
    def read_until(master, wanted, process=None, seconds=30):
        seen, end = b"", time.monotonic() + seconds
        while time.monotonic() < end and (wanted is None or wanted not in seen):
            ready, _, _ = select.select([master], [], [], 0.1)
            if ready:
                seen += os.read(master, 65536)
            elif process is not None and process.poll() is not None:
                break
        return seen

    def test_no_echo(self):
        seen, status, flags = self.at_terminal(lambda tty, _: os.write(tty, ID.encode() + b"\n"))
        self.assertEqual(status, 0, seen)
        self.assertNotIn(ID.encode(), seen)
        self.assertIn(b"A14****948", seen)
        self.assertTrue(flags & __import__("termios").ECHO)

    def test_the_echo_comes_back_after_an_interruption(self):
        seen, status, flags = self.at_terminal(
            lambda tty, process: process.send_signal(signal.SIGINT))
        self.assertEqual(status, -signal.SIGINT, seen)
        self.assertTrue(flags & __import__("termios").ECHO)


class Kinds(ProgramTest):
    def test_every_kind_says_how_it_is_checked_and_how_sure_a_scan_is(self):
        for row in json.loads(self.call("list", "kinds", "--format", "json").stdout):
            text = self.call("explain", row["name"]).stdout.decode()
            for label in ("legal", "found by", "checked", "field names", "chance", "named field"):
                self.assertRegex(text, rf"(?m)^{label} ", row["name"])

    def test_the_policy_in_force(self):
        config = self.file("loose.yaml", "masks:\n  card_number: {max-shown-tail: 6}\n")
        self.assertIn("the last 4", self.call("explain", "card_number").stdout.decode())
        self.assertIn("the last 6",
                      self.call("explain", "card_number", "--config", config).stdout.decode())

        def listed(*options):
            rows = json.loads(self.call("list", "kinds", "--format", "json", *options).stdout)
            return next(row for row in rows if row["name"] == "card_number")
        self.assertEqual(listed()["max_shown_tail"], 4)
        self.assertEqual(listed("--config", config)["max_shown_tail"], 6)
        self.assertIn("last 6", listed("--config", config)["masked_when"])


if __name__ == "__main__":
    main()
