"""Results as people read them."""


def show_case(name, case):
    print(f"\n{name}")
    for what, row in case.rows.items():
        used = f" ({row['processor_seconds']:.3f} s of processor)" if "processor_seconds" in row else ""
        speed = f"{row['gb_per_second']:8.3f} GB/s" if "gb_per_second" in row else " " * 13
        matches = f" {row['matches']:>10} matches" if row.get("matches") is not None else ""
        peak = f" peak {row['peak_bytes'] / 1e6:.1f} MB" if "peak_bytes" in row else ""
        fault = f"   WRONG: {row['fault']}" if "fault" in row else ""
        print(f"  {what:28} {row['seconds']:9.3f} s{used} {speed}{matches}{peak}{fault}")
    for check in case.checks:
        print(f"  = {line_of(check)}")


def marks_of(check):
    sign = "≤" if check.most else "≥"
    return [f"{sign} {mark:g}" if mark is not None else "" for mark in (check.floor, check.goal)]


def line_of(check):
    floor, goal = marks_of(check)
    marks = f" (floor {floor}, goal {goal})" if goal else ""
    return f"{check.what}: {check.value:.3g} {check.unit}{marks}: {check.verdict}"


def markdown(cases):
    """The table of the READMEs and of docs/performance.md."""
    lines = ["| what | measured | floor | goal | |", "|---|---|---|---|---|"]
    for case in cases.values():
        for check in case.checks:
            floor, goal = marks_of(check)
            verdict = "**missed**" if check.verdict == "missed" else check.verdict
            lines.append(f"| {check.what} | {check.value:.3g} {check.unit} | {floor} | {goal} | {verdict} |")
    return "\n".join(lines)
