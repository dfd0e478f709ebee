"""Makes the corpus, scans it, and compares what was found with what is true."""

import collections
import json
import pathlib
import random
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from layouts import LAYOUTS  # noqa: E402
from tables import FLAVORS, make_table  # noqa: E402

CHARSETS = {  # what dumps and mails say of themselves
    "utf-8": ("utf8mb4", "UTF8", "utf-8"), "utf-8-bom": ("utf8mb4", "UTF8", "utf-8"),
    "big5": ("big5", "BIG5", "big5"), "utf-16le": ("utf8mb4", "UTF8", "utf-16"),
}
ENCODINGS = {"utf-8": "utf-8", "utf-8-bom": "utf-8-sig", "big5": "cp950", "utf-16le": "utf-16"}
STATES = ("clear", "weak", "masked", "encrypted")
TARGETS = {"field recall": 0.995, "field precision": 0.99, "labelled text recall": 0.98,
           "labelled text precision": 0.99, "mask state right": 0.995}


class Document:
    """One file of the corpus and its truth: {(table, column): {kind: {state: count}}}; text has the
    one place ("", "")."""

    def __init__(self, layout, encoding, table, text, where):
        self.layout, self.encoding, self.text = layout, encoding, text
        self.path = pathlib.Path(layout) / f"{table.name}-{encoding}.{LAYOUTS[layout][0]}"
        self.truth, self.open_ended = {}, LAYOUTS[layout][2] == "nameless"
        for place, column in zip(where or [("", "")] * len(table.columns), table.columns):
            kinds = self.truth.setdefault(place, {})
            for kind, states in column.truth.items():
                for state, count in states.items():
                    merged = kinds.setdefault(kind, {})
                    merged[state] = merged.get(state, 0) + count

    @property
    def is_text(self):
        return LAYOUTS[self.layout][2] == "text"

    def write(self, folder):
        path = folder / self.path
        path.parent.mkdir(parents=True, exist_ok=True)
        # characters that Big5 lacks are not drawn, marks are: 〇 and ● have a place, ◯ has none
        path.write_bytes(self.text.encode(ENCODINGS[self.encoding], "replace"))
        return path


def corpus(seed, rows):
    """All layouts in all encodings; the flavor of table and the language of names take turns."""
    documents, turn = [], seed
    for layout, (_, render, needs) in LAYOUTS.items():
        for encoding in ENCODINGS:
            flavor = turn % len(FLAVORS)
            language = (turn // len(FLAVORS) + turn) % 2
            table = make_table(seed * 1000 + turn, flavor, language, rows, needs == "nameless", needs == "text")
            text, where = render(table, random.Random(turn))
            for name, charset in zip(("mysql", "pg", "mime"), CHARSETS[encoding]):
                text = text.replace("{charset:" + name + "}", charset)
            documents.append(Document(layout, encoding, table, text, where))
            turn += 1
    return documents


def scan(program, folder, environment):
    done = subprocess.run([program, "scan", "--format", "ndjson", "-j", "2", folder], capture_output=True,
                          env=environment, check=False)
    found = collections.defaultdict(dict)  # file → {(table, column): {kind: record}}
    for line in done.stdout.splitlines():
        record = json.loads(line)
        if record["type"] == "field":
            place = (record["table"], record["column"])
            file = record["unit"].split("!/")[0]  # a mail's head and body are units of their own
            kinds = found[file].setdefault(place, {})
            if record["kind"] in kinds:
                for count in ("values", *STATES):
                    kinds[record["kind"]][count] += record[count]
            else:
                kinds[record["kind"]] = record
    return found


class Score:
    """Counts by kind, by layout and in all."""

    def __init__(self, known):
        self.known = known
        self.fields = collections.defaultdict(lambda: [0, 0, 0])   # planted, found, wrong
        self.text = collections.defaultdict(lambda: [0, 0, 0])
        self.states = collections.defaultdict(lambda: [0, 0])      # planted, right
        self.slips = []

    def add(self, document, found):
        for place in {*document.truth, *found}:
            planted, got = document.truth.get(place, {}), found.get(place, {})
            for kind in {*planted, *got} & self.known:
                self._add(document, place, kind, planted.get(kind), got.get(kind))

    def _add(self, document, place, kind, planted, record):
        table = self.text if document.is_text else self.fields
        unit = sum(planted.values()) if planted and document.is_text else 1
        hit = min(unit, record["values"]) if document.is_text and record else 1
        for key in (("kind", kind), ("layout", document.layout), ("encoding", document.encoding), ("all", "")):
            row = table[key]
            row[0] += unit if planted else 0
            row[1] += hit if planted and record else 0
            if record and not planted:
                row[2] += record["values"] if document.is_text else 1
            if record and planted and document.is_text:
                row[2] += max(0, record["values"] - unit)
        if planted and not record or record and not planted:
            self.slips.append((document, place, kind, "missed" if planted else "wrong", planted, record))
        if planted and record:
            self._add_states(document, place, kind, planted, record)

    def _add_states(self, document, place, kind, planted, record):
        wrong = False
        for state, count in planted.items():
            right = min(count, record[state])
            wrong |= right != count
            for key in ((kind, state), ("all", "")):
                self.states[key][0] += count
                self.states[key][1] += right
        if wrong:
            self.slips.append((document, place, kind, "state", planted, record))


def share(part, whole):
    return part / whole if whole else 1.0


def known_kinds(program, environment):
    done = subprocess.run([program, "list", "kinds", "--format", "json"], capture_output=True, env=environment,
                          check=True)
    return {kind["name"] for kind in json.loads(done.stdout)}


def measure(program, folder, environment, runs=2, rows=90):
    """Figures of RUNS corpora and the Score behind them."""
    score = Score(known_kinds(program, environment))
    for seed in range(runs):
        documents = corpus(seed, rows)
        place = pathlib.Path(folder) / f"corpus-{seed}"
        paths = [document.write(place) for document in documents]
        found = scan(program, place, environment)
        for document, path in zip(documents, paths):
            score.add(document, found.get(str(path), {}))
    return figures(score), score


def figures(score):
    fields, text, states = score.fields["all", ""], score.text["all", ""], score.states["all", ""]
    return {
        "field recall": share(fields[1], fields[0]),
        "field precision": share(fields[1], fields[1] + fields[2]),
        "labelled text recall": share(text[1], text[0]),
        "labelled text precision": share(text[1], text[1] + text[2]),
        "mask state right": share(states[1], states[0]),
        "fields planted": fields[0], "values in text planted": text[0], "layouts": len(LAYOUTS),
    }


def print_table(title, rows, dimension):
    print(f"\n{title:24} {'planted':>8} {'found':>8} {'wrong':>6} {'recall':>8} {'precision':>9}")
    for (kind, name), (planted, found, wrong) in sorted(rows.items()):
        if kind == dimension and (planted or wrong):
            print(f"  {name:22} {planted:8} {found:8} {wrong:6} {share(found, planted):8.4f} "
                  f"{share(found, found + wrong):9.4f}")


def show(result, score):
    for dimension in ("kind", "layout", "encoding"):
        print_table(f"fields by {dimension}", score.fields, dimension)
        print_table(f"labelled text by {dimension}", score.text, dimension)
    print(f"\n{'mask state of values':32} {'planted':>8} {'right':>8} {'share':>8}")
    for (kind, state), (planted, right) in sorted(score.states.items()):
        print(f"  {kind + ' ' + state:30} {planted:8} {right:8} {share(right, planted):8.4f}")
    print()
    for name, target in TARGETS.items():
        print(f"  {name:24} {result[name]:.4f}   target {target}   {'reached' if result[name] >= target else 'MISSED'}")


def show_slips(score, limit):
    for document, place, kind, what, planted, record in score.slips[:limit]:
        got = {s: record[s] for s in STATES if record[s]} if record else None
        extra = f"{record['confidence']} {record['evidence']}" if record else ""
        print(f"{what:7} {document.path} {place} {kind} planted {planted} found {got} {extra}")


if __name__ == "__main__":
    import os
    import tempfile
    with tempfile.TemporaryDirectory() as home:
        where = os.environ.get("ACCURACY_CORPUS", home)
        program = str(HERE.parents[1] / "build/yinma") if len(sys.argv) < 2 else sys.argv[1]
        result, counted = measure(program, where, {**os.environ, "HOME": home, "LC_ALL": "C.UTF-8"})
        show(result, counted)
        show_slips(counted, 1000)
