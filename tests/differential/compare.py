"""yinma's checks beside independent implementations: every disagreement is one that README.md
explains, or the test fails.

Python packages of Debian (python3-stdnum, python3-phonenumbers) always; npm's taiwan-id-validator in
`./dev test --all`, which fetches it from the registry. READ_VALUES names the program that asks yinma.
"""

import collections
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import unittest

import phonenumbers
from stdnum import luhn
from stdnum.tw import ubn

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "fixtures"))
sys.dont_write_bytecode = True

from people import luhn_digit  # noqa: E402

PROGRAM = os.environ["READ_VALUES"]
COUNT = 20000
NPM_PACKAGE = "taiwan-id-validator@2.1.0"


def ask(kind, values):
    """What yinma says of each value of KIND."""
    lines = "".join(f"{kind}\t{value}\n" for value in values)
    done = subprocess.run([PROGRAM], input=lines, capture_output=True, text=True, check=True)
    answers = done.stdout.split("\n")[:-1]
    assert len(answers) == len(values)
    return answers


class Differential(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.random = random.Random(20260131)

    def digits(self, count):
        return "".join(self.random.choice("0123456789") for _ in range(count))

    def disagreements(self, kind, values, theirs, ours):
        """[(value, our answer, their answer)] where OURS(our answer) differs from THEIRS(value)."""
        return [(value, mine, bool(yours)) for value, mine, yours in zip(values, ask(kind, values), theirs)
                if ours(mine) != bool(yours)]

    # ---- cards: Luhn alone, on numbers in issuers' ranges ----

    def test_luhn(self):
        values = []
        for _ in range(COUNT):
            body = self.random.choice(("4", "51", "55", "3530", "62")) + self.digits(20)
            body = body[:15]
            values.append(body + (luhn_digit(body) if self.random.random() < 0.5 else self.digits(1)))
        found = self.disagreements("card_number", values, [luhn.is_valid(v) for v in values],
                                   lambda answer: answer in ("checked", "yes"))
        self.assertEqual(found, [])

    # ---- business numbers ----

    def test_business_numbers(self):
        if ask("tw_business_id", ["04595257"])[0] == "unknown":
            self.skipTest("this build has no business numbers")
        values = [self.digits(8) for _ in range(COUNT)]
        old_rule = [ubn.is_valid(v) for v in values]
        found = self.disagreements("tw_business_id", values, old_rule, lambda a: a in ("checked", "yes"))
        # README.md: stdnum 1.18 has the rule before April 2023 only; the new one lets more pass.
        unexplained = [f for f in found if f[2] or not new_business_number(f[0])]
        self.assertEqual(unexplained, [])
        self.assertGreater(len(found), 0)

    # ---- telephone numbers ----

    def test_mobile_numbers(self):
        values = ["09" + self.digits(8) for _ in range(COUNT)] + \
            [self.random.choice(("08", "0", "1", "19")) + self.digits(8) for _ in range(2000)]
        theirs = [kind_of_phone(v) == phonenumbers.PhoneNumberType.MOBILE for v in values]
        found = self.disagreements("phone_mobile", values, theirs, lambda a: a == "yes")
        self.assertEqual(explained(found, MOBILE_REASONS), {})

    def test_landlines(self):
        values = [f"0{self.random.choice('2345678')}" + self.digits(self.random.choice((7, 8)))
                  for _ in range(COUNT)]
        landline = {phonenumbers.PhoneNumberType.FIXED_LINE, phonenumbers.PhoneNumberType.VOIP}
        theirs = [kind_of_phone(v) in landline for v in values]
        found = self.disagreements("phone_landline", values, theirs, lambda a: a == "yes")
        self.assertEqual(explained(found, LANDLINE_REASONS), {})

    # ---- ID numbers ----

    @unittest.skipUnless(os.environ.get("YINMA_TEST_ALL") == "1" and shutil.which("npm"),
                         "fetches a package from the npm registry")
    def test_id_numbers(self):
        letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
        values = [self.random.choice(letters) + self.random.choice("12891234567890ABCD") + self.digits(8)
                  for _ in range(COUNT)]
        values += ["A123456789", "A100000001", "A800000014", "AB12345677", "a123456789", "A12345678"]
        theirs = npm_answers(values)
        families = {"tw_national_id": [], "tw_resident_id": [], "tw_resident_id_old": []}
        for kind in families:
            families[kind] = ask(kind, values)
        found = []
        for at, value in enumerate(values):
            mine = any(answers[at] == "checked" for answers in families.values())
            if mine != theirs[at]:
                found.append((value, "checked" if mine else "no", theirs[at]))
        self.assertEqual(explained(found, ID_REASONS), {})


def new_business_number(value):
    weights = (1, 2, 1, 2, 1, 2, 4, 1)
    total = sum(sum(divmod(int(d) * w, 10)) for d, w in zip(value, weights))
    return total % 5 == 0 or (value[6] == "7" and (total + 1) % 5 == 0)


def kind_of_phone(value):
    try:
        number = phonenumbers.parse(value, "TW")
    except phonenumbers.NumberParseException:
        return None
    return phonenumbers.number_type(number) if phonenumbers.is_valid_number(number) else None


def npm_answers(values):
    """taiwan-id-validator's verdict on each value; old and new resident numbers included."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts",
                        NPM_PACKAGE], cwd=folder, check=True, capture_output=True,
                       env={**os.environ, "HOME": folder})
        script = pathlib.Path(folder) / "answer.mjs"
        script.write_text("import { isIdCardNumber } from 'taiwan-id-validator';\n"
                          "import { readFileSync } from 'node:fs';\n"
                          "const values = JSON.parse(readFileSync(0, 'utf8'));\n"
                          "console.log(JSON.stringify(values.map(v => isIdCardNumber(v))));\n", "utf-8")
        done = subprocess.run(["node", str(script)], cwd=folder, input=json.dumps(values), capture_output=True,
                              text=True, check=True)
        return json.loads(done.stdout)


# (name of the reason, when it holds): each has its paragraph in README.md.
MOBILE_REASONS = []
# First three digits and length of landlines that only libphonenumber takes, and only yinma.
SHORT_IN_EIGHT_DIGIT_AREAS = {"022", "023", "025", "026", "027", "042", "043"}
NOT_ASSIGNED = {("024", 9), ("024", 10), ("037", 9), ("037", 10), ("040", 9), ("040", 10), ("041", 9),
                ("041", 10), ("044", 10), ("049", 9), ("049", 10), ("054", 9), ("055", 10), ("060", 9),
                ("060", 10), ("061", 9), ("061", 10), ("064", 9), ("064", 10), ("071", 9), ("083", 9),
                ("084", 10), ("089", 9), ("089", 10)}
BLOCKS_NOT_LISTED = {"082", "083", "084"}
LANDLINE_REASONS = [
    ("short numbers in Taipei and Taichung",
     lambda v, mine, yours: yours and len(v) == 9 and v[:3] in SHORT_IN_EIGHT_DIGIT_AREAS),
    ("first digits that no area has", lambda v, mine, yours: yours and (v[:3], len(v)) in NOT_ASSIGNED),
    ("blocks not listed", lambda v, mine, yours: mine == "yes" and len(v) == 9 and v[:3] in BLOCKS_NOT_LISTED),
]
ID_REASONS = [
    ("lower case", lambda value, mine, yours: value[0].islower() and mine == "checked" and not yours),
]


def explained(found, reasons):
    """{reason not given: examples}: what no reason covers."""
    left = collections.defaultdict(list)
    for value, mine, yours in found:
        if not any(holds(value, mine, yours) for _, holds in reasons):
            left[value[:4]].append((value, mine, yours))
    return {prefix: cases[:3] for prefix, cases in left.items()}


if __name__ == "__main__":
    unittest.main()
