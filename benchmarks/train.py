#!/usr/bin/env python3
# ===-- train.py - A training step of Tenon beside its peers', in turns -------===#
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Times training steps in Tenon, PyTorch and JAX, in turns, in one run.

The networks, weights, batches and optimizers are those of test/Training, in f32.
Each engine runs in a process of its own, on the same processors, and is asked by
turns for a batch of steps from the initial weights; who goes first changes with
every round. A step is everything from a batch in memory to the next weights:
forward, backward, optimizer, the loss read (train_worker.py says how each engine
is used). First every engine must give the losses of the golden files.

Per training and thread count the table gives the median and the 10th to 90th
percentile over all steps, and two ratios, medians over the rounds of ours to
theirs (above 1: Tenon is slower): to the best peer, and to PyTorch as its
documentation trains. Losing cases are in it.
"""

import argparse
import datetime
import json
import os
import pathlib
import statistics
import subprocess
import sys

import compare

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path.insert(0, str(ROOT / "test" / "Training"))

import models  # noqa: E402

PEERS = ("torch", "torch-tuned", "torch-compile", "jax")
WORKER = HERE / "train_worker.py"
CHECKED_STEPS = 5


def compile_step(args, model, optimizer):
    """Returns the artifact, or the first line of why there is none."""
    # The symbol that a program asks for is named after the model's file.
    artifact = args.work / optimizer / f"{model}_f32.so"
    artifact.parent.mkdir(exist_ok=True)
    command = [
        args.tools / "tenonc", args.work / f"{model}_f32.onnx", "--train", "--loss=cross-entropy",
        *models.optimizer_flags(model, optimizer), "--init=keep", "--bn=batch", "--dim",
        f"batch={models.BATCH}", "-o", artifact,
    ]  # fmt: skip
    command += [f"--cpu={args.cpu}"] if args.cpu else []
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return artifact, ""
    return None, (done.stderr.strip().splitlines() or [f"status {done.returncode}"])[0]


def check_losses(worker, model, optimizer):
    """All engines train the same thing, or their times compare nothing."""
    with open(ROOT / "test/Training/goldens" / f"{model}.json", encoding="utf-8") as stream:
        golden = json.load(stream)["losses"][f"{optimizer}-f64"]
    losses = worker.ask(f"losses {CHECKED_STEPS}")
    if any(abs(a - b) > 1e-4 * b for a, b in zip(losses, golden)):
        raise RuntimeError(f"{worker.engine}: the losses are {losses}, not {golden[:CHECKED_STEPS]}")


def measure(args, model, optimizer, threads, artifact):
    row = {"name": f"{model} {optimizer}", "threads": threads, "failures": []}
    workers, timed = [], []
    processors = ",".join(str(p) for p in sorted(os.sched_getaffinity(0))[:threads])
    try:
        for engine in ("tenon", *args.peers):
            if engine == "tenon" and artifact is None:
                continue
            worker = compare.Worker(
                engine, artifact or "-", threads, f"{model}-{optimizer}", processors, WORKER
            )
            workers.append(worker)
            try:
                info = worker.ask("info")
                check_losses(worker, model, optimizer)
            except RuntimeError as error:
                row["failures"].append(str(error))
                continue
            timed.append(worker)
            row[engine] = {"info": info}
        for worker, taken in zip(timed, compare.in_turns(timed, args.rounds, args.seconds)):
            row[worker.engine].update(compare.summary(taken))
            row[worker.engine]["rounds"] = [statistics.median(r) * 1e-6 for r in taken]
    except RuntimeError as error:
        row["failures"].append(str(error))
    finally:
        for worker in workers:
            worker.end()
    return row


def ratio(row, peer):
    if "rounds" not in row.get("tenon", {}) or "rounds" not in row.get(peer, {}):
        return None
    pairs = zip(row["tenon"]["rounds"], row[peer]["rounds"])
    return statistics.median(ours / theirs for ours, theirs in pairs)


def table(rows, peers):
    heads = ["Tenon", *peers]
    lines = [
        f"| training | threads | {' | '.join(f'{h} ms (p10..p90)' for h in heads)} | to the best | to torch |",
        "|---" * (len(heads) + 4) + "|",
    ]
    for row in rows:
        against = {p: r for p in peers if (r := ratio(row, p)) is not None}
        best = max(against, key=against.get) if against else None
        cells = [compare.cell(row.get(engine)) for engine in ("tenon", *peers)]
        ratios = [
            f"{against[best]:.2f} ({best})" if best else "-",
            f"{against['torch']:.2f}" if "torch" in against else "-",
        ]
        lines.append(f"| {' | '.join([row['name'], str(row['threads']), *cells, *ratios])} |")
    failures = {(row["name"], text) for row in rows for text in row["failures"]}
    return lines + [f"- {name}: {text}" for name, text in sorted(failures)]


def parse_arguments():
    parser = argparse.ArgumentParser(
        prog="benchmarks/train",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    golden = models.GOLDEN_MODELS
    parser.add_argument("--only", nargs="+", choices=golden, default=golden, metavar="MODEL")
    rules = list(models.RULES)
    parser.add_argument("--optimizers", nargs="+", choices=rules, default=rules)
    parser.add_argument("--peers", nargs="+", choices=PEERS, default=PEERS)
    parser.add_argument("--threads", nargs="+", type=int, default=[1, 2])
    parser.add_argument("--rounds", type=int, default=11, help="turns of each engine (11)")
    parser.add_argument("--seconds", type=float, default=0.3, help="of one turn (0.3)")
    parser.add_argument("--cpu", help="passed to tenonc; default: this machine's")
    parser.add_argument("--tools", type=pathlib.Path, default=ROOT / "build" / "bin")
    parser.add_argument("--work", type=pathlib.Path, default=ROOT / "build" / "train-bench")
    parser.add_argument("--results", type=pathlib.Path, default=HERE / "results")
    parser.add_argument("--no-save", action="store_true", help="print only")
    return parser.parse_args()


def main():
    args = parse_arguments()
    args.work.mkdir(parents=True, exist_ok=True)
    rows = []
    for model in args.only:
        models.write(model, "f32", args.work)
        for optimizer in args.optimizers:
            artifact, failure = compile_step(args, model, optimizer)
            for threads in args.threads:
                print(f"{model} {optimizer}, threads {threads} ...", file=sys.stderr, flush=True)
                row = measure(args, model, optimizer, threads, artifact)
                if failure:
                    row["failures"].append(f"not compiled: {failure}")
                rows.append(row)
    versions = {
        engine: row[engine]["info"]["version"]
        for row in rows
        for engine in args.peers
        if engine in row
    }
    date = datetime.date.today().isoformat()
    lines = [
        f"# Training, {date}, commit {compare.commit()}",
        "",
        f"{compare.machine()}; load average {os.getloadavg()[1]:.1f};"
        f" {', '.join(f'{e} {v}' for e, v in versions.items())}.",
        f"`benchmarks/train {' '.join(sys.argv[1:])}`: {args.rounds} rounds of {args.seconds} s each;"
        f" f32, batch {models.BATCH}.",
        "",
        *table(rows, args.peers),
        "",
    ]
    text = "\n".join(lines)
    print(text)
    if not args.no_save:
        args.results.mkdir(exist_ok=True)
        path = args.results / f"{date}-{compare.commit().split()[0]}-train.md"
        path.write_text(text, encoding="utf-8")
        print(f"kept in {path}", file=sys.stderr)


if __name__ == "__main__":
    main()
