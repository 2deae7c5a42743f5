#!/usr/bin/env python3
# ===-- measure.py - Peak and step time under budgets, ours beside torch's -----===#
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Measures training steps within memory budgets, Tenon's beside PyTorch's.

A budget is a share of what a step takes without one: for Tenon of the arena, given
as --memory-budget=arena:N; for PyTorch torch.compile's activation_memory_budget,
which is defined as such a share of the activations. Networks, weights, batches and
optimizer (AdamW) are the same, from one ONNX file.

Peak: bytes of a step beside parameters and optimizer state, so gradients are in it.
For Tenon the arena as it was allocated; for PyTorch the rise of the resident size
within a step (step_worker.py says how). Time: a step from a batch in memory to the
next weights. Every budget has a process of its own, all of an engine take turns;
ratios to the one without a budget are medians over the turns. On a busy machine the
processor time of one thread says more than the time that passed: the table has both.
"""

import argparse
import datetime
import math
import os
import pathlib
import re
import statistics
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(HERE), str(HERE.parent), str(ROOT / "test" / "Training")]

import budget  # noqa: E402
import compare  # noqa: E402
import plot  # noqa: E402

WORKER = HERE / "step_worker.py"
NAMES = {"vgg": "VGG-16", "resnet": "ResNet-50", "densenet": "DenseNet-121",
         "mlp": "MLP-64", "unet": "U-Net"}  # fmt: skip


def say(text):
    print(text, file=sys.stderr, flush=True)


class Network:
    def __init__(self, args, name):
        self.name, self.args = name, args
        self.title = NAMES[name] if args.full else f"small {NAMES[name].split('-')[0]}"
        self.folder = args.work / name
        self.folder.mkdir(parents=True, exist_ok=True)
        definition = list((budget.FULL if args.full else budget.SMALL)[name])
        self.batch = definition[-1]
        budget.write(name, *definition, self.folder)
        self.rows = []

    def worker(self, engine, path):
        processors = sorted(os.sched_getaffinity(0))[: self.args.threads]
        where = f"{self.folder / 'data.npz'}:{self.batch}"
        return compare.Worker(engine, path, self.args.threads, where,
                              ",".join(map(str, processors)), WORKER)  # fmt: skip

    def compiled(self, bytes_of_arena):
        """An artifact, in a folder of its own: programs ask it for its file's name."""
        out = pathlib.Path(str(bytes_of_arena or "whole")) / "model.so"
        (self.folder / out).parent.mkdir(exist_ok=True)
        done = budget.compile_model(self.folder, self.batch, bytes_of_arena, out)
        if done.returncode:
            raise RuntimeError(f"{self.name}: {done.stderr[:500]}")
        return self.folder / out

    def tenon(self):
        """Budgets of the arena, from none to the smallest, as (share, artifact)."""
        whole = self.compiled(None)
        worker = self.worker("tenon", whole)
        arena = worker.ask("peak")
        worker.end()
        refusal = budget.compile_model(self.folder, self.batch, 64, "refused.so")
        least = int(re.search(r"arena:(\d+) has one", refusal.stderr)[1])
        yield 1.0, whole
        for share in sorted((s for s in self.args.budgets if s < 1), reverse=True):
            if share * arena >= least:
                yield share, self.compiled(int(share * arena))
        yield least / arena, self.compiled(least)

    def measure(self):
        ours = [("tenon", share, path) for share, path in self.tenon()]
        model = self.folder / "model.onnx"
        theirs = [(f"torch:{share}", share, model) for share in self.args.torch_budgets]
        if 1.0 in self.args.torch_budgets:
            theirs.insert(1, ("torch:eager", 1.0, model))
        for group in filter(None, (ours, theirs)):
            self.measure_group(group)

    def measure_group(self, group):
        """The first of the group has no budget."""
        rows, workers = [], []
        for engine, share, path in group:
            say(f"{self.name} {engine}, budget {share:.3f}: peak ...")
            worker = self.worker(engine, path)
            workers.append(worker)
            row = {"model": self.title, "engine": engine, "share": share, "turns": []}
            rows.append(row)
            try:
                row["losses"] = worker.ask(f"losses {budget.STEPS}")
                row["peak"] = worker.ask("peak")
                worker.ask("time 1")
            except RuntimeError as error:
                row["failure"] = str(error)
        timed = [(r, w) for r, w in zip(rows, workers) if "failure" not in r]
        for number in range(self.args.rounds):
            say(f"{self.name}: turn {number + 1} of {self.args.rounds} ...")
            for row, worker in timed if number % 2 == 0 else reversed(timed):
                compare.rest()
                row["turns"] += worker.ask("time 1")
        for worker in workers:
            worker.end()
        for row in rows:
            for i, what in enumerate(("time", "cpu")) if row["turns"] else ():
                row[what] = statistics.median(t[i] for t in row["turns"])
                ratios = [b[i] / a[i] for a, b in zip(rows[0]["turns"], row["turns"])]
                row[what + "_ratio"] = statistics.median(ratios) if ratios else math.nan
        self.rows += rows


def table(rows):
    lines = [
        "| network | engine | budget | peak MB | of no budget's | step ms | ratio | processor ms | ratio |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    first = {}
    for row in rows:
        base = first.setdefault((row["model"], row["engine"].split(":")[0]), row)
        engine = row["engine"].replace("torch:eager", "torch, not compiled").split(":")[0]
        cells = [row["model"], engine, f"{row['share']:.2f}"]
        if "failure" in row:
            cells += [row["failure"].replace("|", "/")[:100]] + ["-"] * 5
        else:
            share = row["peak"] / base.get("peak", math.nan)
            cells += [f"{row['peak'] / 1e6:.1f}", f"{share:.2f}"]
            if "time" in row:
                cells += [f"{row['time'] * 1e-6:.0f}", f"{row['time_ratio']:.2f}"]
                cells += [f"{row['cpu'] * 1e-6:.0f}", f"{row['cpu_ratio']:.2f}"]
            else:
                cells += ["-"] * 4
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def losses(rows):
    """That all engines train the same thing; dropout differs from draw to draw."""
    lines = []
    for name in dict.fromkeys(row["model"] for row in rows):
        of = [row for row in rows if row["model"] == name and "losses" in row]
        ours = {tuple(r["losses"]) for r in of if r["engine"] == "tenon"}
        theirs = {tuple(round(x, 4) for x in r["losses"]) for r in of if r["engine"] != "tenon"}
        words = [" ".join(f"{x:.4f}" for x in sorted(ours)[0])] if ours else []
        words += [" ".join(f"{x:.4f}" for x in one) for one in sorted(theirs)]
        lines.append(
            f"Losses of {name}: Tenon {words[0] if ours else '-'}"
            f" ({'the same bits under all budgets' if len(ours) == 1 else 'bits differ'});"
            f" torch {', '.join(words[len(ours) > 0:]) or '-'}."
        )
    return lines


def picture(rows, path):
    panels = []
    for name in dict.fromkeys(row["model"] for row in rows):
        for what, unit, scale in (("peak", "mb", 1e-6), ("cpu", "ms of processor time", 1e-6)):
            lines = {
                label: [(r["share"], r[what] * scale) for r in rows
                        if r["model"] == name and r["engine"] != "torch:eager"
                        and r["engine"].split(":")[0] == engine and what in r]
                for engine, label in (("tenon", "tenon"), ("torch", "torch.compile"))
            }  # fmt: skip
            title = f"{name.lower()}: {'peak' if what == 'peak' else 'step'}, {unit}"
            panels.append((title, "budget, share of none", lines))
    plot.write(path, panels, columns=2)


def parse_arguments():
    parser = argparse.ArgumentParser(
        prog="benchmarks/budget/time",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--only", nargs="+", choices=NAMES, default=["vgg", "resnet"])
    ours = [0.9, 0.8, 0.7, 0.6, 0.5]
    theirs = [1.0, 0.75, 0.5, 0.25, 0.0]
    parser.add_argument("--budgets", nargs="*", type=float, default=ours,
                        help="Tenon's; none and the smallest are always measured")  # fmt: skip
    parser.add_argument("--torch-budgets", nargs="*", type=float, default=theirs)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=5, help="turns; 0 measures peaks alone")
    parser.add_argument("--small", dest="full", action="store_false", help="small networks")
    parser.add_argument("--work", type=pathlib.Path, default=ROOT / "build" / "budget-time")
    parser.add_argument("--results", type=pathlib.Path, default=HERE.parent / "results")
    parser.add_argument("--no-save", action="store_true", help="print only")
    return parser.parse_args()


def main():
    args = parse_arguments()
    before = os.getloadavg()[1]
    rows = []
    for name in args.only:
        network = Network(args, name)
        network.measure()
        rows += network.rows
    date, commit = datetime.date.today().isoformat(), compare.commit()
    stem = f"{date}-{commit.split()[0]}-budget-time-{'-'.join(args.only)}"
    import torch

    lines = [
        f"# Memory budgets measured, {date}, commit {commit}",
        "",
        f"{compare.machine()}; load average {before:.1f} at the start,"
        f" {os.getloadavg()[1]:.1f} at the end; torch {torch.__version__}.",
        f"`benchmarks/budget/time {' '.join(sys.argv[1:])}`: {args.rounds} turns of each, f32, AdamW,"
        f" {args.threads} thread{'s' * (args.threads > 1)},"
        f" batches of {', '.join(str((budget.FULL if args.full else budget.SMALL)[n][-1]) for n in args.only)}.",
        "",
        *table(rows),
        "",
        *losses(rows),
        "",
    ]
    print("\n".join(lines))
    if not args.no_save:
        picture(rows, args.results / f"{stem}.png")
        text = "\n".join([*lines, f"![Peak and time against the budget]({stem}.png)", ""])
        (args.results / f"{stem}.md").write_text(text, encoding="utf-8")
        say(f"kept in {args.results / stem}.md and .png")


if __name__ == "__main__":
    main()
