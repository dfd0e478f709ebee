"""Lines of a log that are written like others before them, in which nothing was found, are not looked
at any more. Whatever stands in a log: everything is found and counted that is found where no two
lines are alike. The same lines are scanned twice: all with one word at their ends, and each with a
word of its own."""

import json
import random

from harness import SANITIZED, ProgramTest, main

ROUNDS = 3 if SANITIZED else 12
BYTES = 700_000

# What lines are made of; N: a number of any length, D: one digit
PLAIN = ["203.0.113.N", " - - ", "[12/Nov/2025:1D:5D:1D +0800]", '"GET /item/N?t=N HTTP/1.1"', "200 N",
         '"Mozilla/5.0 (X11; Linux x86_64)"', "2025-11-12T10:0D:1D.NZ", "INFO [worker-N]", "took N ms", "a=N&b=N;",
         "sshd[N]: ", "done", "seq-N-N", "(N)", "#N", "job N of N", "key = N", "x=N.N", "20DD/0D/1D", "vN.N.N", "curl/N.N.N", "{N}", "path=/a/bN/c",
         "id_N", "v=aN", "q=aaaaaaaaN", "size N, rest N", "N N N", "N-N", "r=\"N\"", '"n":N', "'m': 'N'", "z=N.",
         "part 0D", "--", "https://shop.example/list/N"]
TELLING = ["tel=N", "tel N", "tel: (0D)N", "phone N", "cvv D", "cvv2 DDD", "cvvD=DDD", "name=Wang", "key1N=N", "k[N]=N",
           '"kN":N', "user1 = N", "m@shop.example", "uN@mail.tw", "電話：N", "手機 09N", "09DDDDDDDD", "AN",
           "A14323194D", "A1DDDDDDDD", "4514 1673 0284 6157", "45141673028461DD", "4999269823454950=281210100000N", "(02)DDDD-DDDD",
           "(02) DDDDDDDD", "09DD-***-DDD", "A12****DDD", "4514********DDDD", "password=N", "token=eyJN.eyJN.N", "&#N;", "%3N=N",
           "\\x3D=N", "birthday=19DD-0D-1D", "No. N, Xinyi Rd., Taipei City", "Authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
           "addr1=N", "t=DDDDDDDDDDDDDDDDDDDD", "date=2025-0D-1D", "驗證碼 DDD", "１２N", "acct N", "db://u:pN@h", "+886-9DD-DDD-DDD",
           "09DD.DDD.DDD", "09DD/DDD/DDD", "DDDD.DDD.DDD", "02.DDDD.DDDD", "03.DDD.DDDD", "(09DD)DDDDDD", "(03D) DDD-DDD", "N.N.N", "N/N/N",
           "1=N", "N=N", "c=N", "*N", "N**N", "xxN"]


class Maker:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.plain = [self.template(PLAIN) for _ in range(6)]
        self.telling = [self.template(PLAIN, TELLING) for _ in range(40)]

    def template(self, *kinds):
        parts = [self.random.choice(kinds[0]) for _ in range(self.random.randint(1, 7))]
        for kind in kinds[1:]:
            parts.insert(self.random.randint(0, len(parts)), self.random.choice(kind))
        return self.random.choice([" ", " ", ", ", "\t"]).join(parts)

    def digits(self, length):
        return "".join(self.random.choices("0123456789", k=length))

    def number(self):
        most = 24 if self.random.randrange(40) == 0 else 4
        return self.digits(self.random.randint(1, most))

    def fill(self, template):
        return "".join(self.number() if c == "N" else self.digits(1) if c == "D" else c for c in template)

    def lines(self):
        size = 0
        while size < BYTES:
            often = self.random.choice([0, 0, 0, 1, 5, 60])  # telling lines in a hundred
            for _ in range(self.random.randint(1, 300)):
                telling = self.random.randrange(100) < often
                line = self.fill(self.random.choice(self.telling if telling else self.plain))
                if self.random.randrange(500) == 0:  # longer than what is looked at at once, or than any that is remembered
                    line = "q" * self.random.choice([500, 8190, 9000]) + " " + line
                size += len(line) + 10
                yield line

    def word(self):
        return "".join(self.random.choices("qjzvkwpfy", k=10))


class Quiet(ProgramTest):
    def told(self, folder, lines, *options):
        """What the run says, but for itself."""
        path = self.file(f"{folder}/some.log", ("\n".join(lines) + "\n").encode())
        run = self.scan("--include", "*", path.parent, "--occurrences", "--min-confidence", "possible", *options)
        records = [{k: v for k, v in r.items() if k != "file"}
                   for r in run.records if r["type"] not in ("run", "sources", "summary")]
        summary = {k: v for k, v in run.summary.items() if k not in ("seconds",)}
        text = json.dumps([summary, *records], sort_keys=True).replace(str(path.parent), "")
        return json.loads(text)

    def test_nothing_is_missed(self):
        for seed in range(ROUNDS):
            maker = Maker(seed)
            lines = list(maker.lines())
            alike = [line + " " + "q" * 10 for line in lines]
            different = [line + " " + maker.word() for line in lines]
            wanted = self.told("different", different)
            for options in ([], ["-j2", "--piece-bytes", "150000"]):
                with self.subTest(seed=seed, options=options):
                    got = self.told("alike", alike, *options)
                    self.assertEqual(len(got), len(wanted))
                    for a, b in zip(got, wanted):
                        self.assertEqual(a, b)

    def test_a_late_surprise_among_dates(self):
        """2025/11/22 and 0966/468/414 are three numbers between slashes."""
        quiet = [f"2025/11/22 10:00:00 [notice] job {n} of 20000 done ({n})" for n in range(20000)]
        for value in ("0966/468/414", "02/2765/4328"):
            late = quiet[:15000] + [f"{value} 10:00:00 [notice] job 7 of 20000 done (3)"] + quiet[15000:]
            run = self.scan(self.file("dates.log", "\n".join(late).encode() + b"\n"))
            field, = run.fields
            self.assertEqual((field["clear"], field["examples"][0]["line"]), (1, 15001))

    def test_a_late_surprise(self):
        """Ten thousand quiet lines, then one that differs in its numbers only."""
        quiet = [f"10.0.0.1 GET /item?t={1711920000000 + n} took {n}" for n in range(20000)]
        late = ["10.0.0.1 GET /item?t=0912345671 took 1", "10.0.0.1 GET /item?t=4514167302846157 took 1"]
        run = self.scan(self.file("late.log", "\n".join(quiet + late).encode() + b"\n"))
        cards, = run.of_type("field", kind="card_number")
        self.assertEqual((cards["column"], cards["clear"], cards["examples"][0]["line"]), ("t", 1, 20002))
        self.assertEqual(cards["other"], 20001)
        mobiles, = run.of_type("field", kind="phone_mobile")
        self.assertEqual((mobiles["clear"], mobiles["examples"][0]["line"]), (1, 20001))


if __name__ == "__main__":
    main()
