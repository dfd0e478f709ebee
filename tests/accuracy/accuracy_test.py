"""Labelled corpora as `./dev bench accuracy` makes them, with few rows: every target is reached, and
no layout of running text is lost among the others."""

import os
import sys
import tempfile
import unittest

sys.path.insert(0, sys.argv.pop(1))

import measure  # noqa: E402

ROWS = 24
LAYOUT_RECALL = 0.95  # of each; a whole layout is a tenth of the figure for all


class Accuracy(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        with tempfile.TemporaryDirectory() as home:
            environment = {**os.environ, "HOME": home, "LC_ALL": "C.UTF-8"}
            cls.result, cls.score = measure.measure(os.environ["YINMA"], home, environment, runs=1, rows=ROWS)

    def test_targets(self):
        missed = {name: self.result[name] for name, target in measure.TARGETS.items()
                  if self.result[name] < target}
        if missed:
            measure.show_slips(self.score, 100)
        self.assertEqual(missed, {})

    def test_each_layout_of_text(self):
        for (dimension, name), (planted, found, _) in self.score.text.items():
            if dimension == "layout":
                with self.subTest(layout=name):
                    self.assertGreater(planted, 100)
                    self.assertGreaterEqual(found / planted, LAYOUT_RECALL)


if __name__ == "__main__":
    unittest.main()
