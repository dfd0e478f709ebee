"""Throughput by corpus as SVG, by gnuplot where it is installed."""

import shutil
import subprocess

SHOWN = ("yinma -j1", "yinma -j2", "ugrep", "rg")
CORPORA = ("dense", "clean", "weblog", "waybill", "waybill-big5", "ndjson")


def plot(cases, target):
    """Writes TARGET (.svg); False: nothing to plot, or nothing to plot it with."""
    shown = [name for name in CORPORA if name in cases]
    if not shown or shutil.which("gnuplot") is None:
        return False
    rows = [" ".join([name] + [str(cases[name].rows.get(program, {}).get("gb_per_second", 0))
                               for program in SHOWN]) for name in shown]
    bars = ", ".join(f"$data using {column + 2}:xtic(1) title '{program}'"
                     for column, program in enumerate(SHOWN))
    script = f"""set terminal svg size 900,420 font 'sans-serif,13' background 'white'
set output '{target}'
set style data histogram
set style histogram cluster gap 1
set style fill solid 0.8 border -1
set ylabel 'GB/s'
set yrange [0:*]
set grid ytics
set key outside top horizontal
$data << END
{chr(10).join(rows)}
END
plot {bars}
"""
    subprocess.run(["gnuplot"], input=script.encode(), check=True)
    return True
