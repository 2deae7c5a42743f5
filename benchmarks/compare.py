#!/usr/bin/env python3
# ===-- compare.py - Tenon beside ONNX Runtime, in turns ----------------------===#
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Times the test models in Tenon and in ONNX Runtime, in turns, in one run.

Each engine runs in a process of its own and is asked, by turns, for a batch of
inferences; whoever goes first changes with every round, so that a busy or slow
moment of the machine meets both. Per model and thread count the table gives the
median and the 10th to 90th percentile over all inferences, and the median over
the rounds of the ratio of the two medians (above 1: Tenon is slower). All models
are in it, those that Tenon loses or does not compile included.
"""

import argparse
import datetime
import json
import os
import pathlib
import platform
import statistics
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent
MODELS = ["mnist", "fashion", "ultraface", "squeezenet", "mobilenetv2", "resnet50"]
WORKER = HERE / "worker.py"


class Worker:
    """One engine with one model, in a process."""

    def __init__(self, engine, path, threads, dataset, affinity, script=WORKER):
        command = [sys.executable, script, engine, path, str(threads), dataset]
        if affinity:
            command = ["taskset", "-c", affinity, *command]
        self.engine = engine
        self.process = subprocess.Popen(
            [str(word) for word in command],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def ask(self, request):
        try:
            self.process.stdin.write(request + "\n")
            self.process.stdin.flush()
            answer = self.process.stdout.readline()
        except BrokenPipeError:
            answer = ""
        if not answer:
            error = self.process.stderr.read().strip().splitlines()
            raise RuntimeError(error[-1] if error else f"{self.engine} ended")
        return json.loads(answer)

    def end(self):
        self.process.stdin.close()
        self.process.wait()


def batch_size(worker, seconds):
    """Warms the engine up; returns how many inferences fill `seconds`."""
    spent, durations = 0.0, []
    while spent < seconds or len(durations) < 3:
        durations += worker.ask("time 1")
        spent += durations[-1] * 1e-9
    return max(1, min(10000, round(seconds * 1e9 / statistics.median(durations))))


def rest():
    """Lets the other engine's idle threads stop spinning."""
    time.sleep(0.02)


def in_turns(workers, rounds, seconds):
    """Returns per worker a list of rounds, each a list of nanoseconds."""
    sizes = [batch_size(worker, seconds) for worker in workers]
    taken = [[] for _ in workers]
    for number in range(rounds):
        order = range(len(workers))
        for index in order if number % 2 == 0 else reversed(order):
            rest()
            taken[index].append(workers[index].ask(f"time {sizes[index]}"))
    return taken


def summary(rounds):
    every = sorted(duration for durations in rounds for duration in durations)
    at = lambda share: every[min(len(every) - 1, int(share * len(every)))] * 1e-6
    return {"median_ms": at(0.5), "p10_ms": at(0.1), "p90_ms": at(0.9), "inferences": len(every)}


def compile_model(args, name, directory):
    """Returns the artifact and how long it took, or why there is none."""
    artifact = directory / f"{name}.so"
    command = [args.tools / "tenonc", directory / f"{name}.onnx", "-o", artifact]
    command += [f"--cpu={args.cpu}"] if args.cpu else []
    start = time.monotonic()
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError as error:
        return None, str(error)
    if done.returncode != 0:
        lines = done.stderr.strip().splitlines()
        return None, lines[0] if lines else f"tenonc: status {done.returncode}"
    return artifact, time.monotonic() - start


def measure(args, name, threads, artifact):
    directory = args.models / name
    dataset = directory / "test_data_set_0"
    workers, row = [], {"model": name, "threads": threads}
    try:
        for engine, path in (("tenon", artifact), ("onnxruntime", directory / f"{name}.onnx")):
            if path is None:
                continue
            worker = Worker(engine, path, threads, dataset, args.affinity)
            workers.append(worker)
            row[engine] = {"info": worker.ask("info"), "error": max(worker.ask("check"))}
        for worker, taken in zip(workers, in_turns(workers, args.rounds, args.seconds)):
            row[worker.engine].update(summary(taken))
            row[worker.engine]["rounds"] = [statistics.median(r) * 1e-6 for r in taken]
        if len(workers) == 2:
            pairs = zip(row["tenon"]["rounds"], row["onnxruntime"]["rounds"])
            row["ratio"] = statistics.median(ours / theirs for ours, theirs in pairs)
    except RuntimeError as error:
        row["failure"] = str(error)
    finally:
        for worker in workers:
            worker.end()
    return row


def cell(entry):
    if entry is None or "median_ms" not in entry:
        return "-"
    return f"{entry['median_ms']:.3f} ({entry['p10_ms']:.3f}..{entry['p90_ms']:.3f})"


def table(rows):
    lines = [
        "| model | threads | Tenon ms (p10..p90) | ONNX Runtime ms (p10..p90) | ratio | max error/range | arena MB |",
        "|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        ours = row.get("tenon")
        ratio = f"{row['ratio']:.2f}" if "ratio" in row else "-"
        error = f"{ours['error']:.1e}" if ours else "-"
        arena = f"{ours['info']['arena_bytes'] / 1e6:.2f}" if ours else "-"
        lines.append(
            f"| {row['model']} | {row['threads']} | {cell(ours)} |"
            f" {cell(row.get('onnxruntime'))} | {ratio} | {error} | {arena} |"
        )
    failures = {(row["model"], row["failure"]) for row in rows if "failure" in row}
    return lines + [f"- {model}: {failure}" for model, failure in sorted(failures)]


def machine():
    model = "unknown processor"
    with open("/proc/cpuinfo", encoding="utf-8") as stream:
        for line in stream:
            if line.startswith("model name"):
                model = line.split(":", 1)[1].strip()
                break
    return f"{model}, {os.cpu_count()} processors, {platform.system()} {platform.release()}"


def commit():
    git = lambda *words: subprocess.run(
        ["git", "-C", ROOT, *words], capture_output=True, text=True, check=False
    ).stdout.strip()
    changed = " with changes" if git("status", "--porcelain", "-uno") else ""
    return (git("rev-parse", "--short=12", "HEAD") or "unknown") + changed


def parse_arguments():
    parser = argparse.ArgumentParser(
        prog="benchmarks/run",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--only", nargs="+", choices=MODELS, default=MODELS, metavar="MODEL")
    parser.add_argument("--threads", nargs="+", type=int, default=[1, 2])
    parser.add_argument("--rounds", type=int, default=15, help="turns of each engine (15)")
    parser.add_argument("--seconds", type=float, default=0.3, help="of one turn (0.3)")
    parser.add_argument("--cpu", help="passed to tenonc; default: this machine's")
    parser.add_argument("--affinity", help="processors for both engines, as taskset takes them")
    parser.add_argument("--tools", type=pathlib.Path, default=ROOT / "build" / "bin")
    parser.add_argument("--models", type=pathlib.Path, default=ROOT / "build" / "models")
    parser.add_argument("--results", type=pathlib.Path, default=HERE / "results")
    parser.add_argument("--no-save", action="store_true", help="print only")
    return parser.parse_args()


def main():
    args = parse_arguments()
    build = [ROOT / "test" / "Models" / "build_models.py", args.models, "--only", *args.only]
    subprocess.run(["/usr/bin/python3", *build], check=True, stdout=sys.stderr)
    rows, compiled = [], []
    for name in args.only:
        artifact, taken = compile_model(args, name, args.models / name)
        if artifact:
            compiled.append(f"{name} {taken:.1f} s, {artifact.stat().st_size} bytes")
        for threads in args.threads:
            print(f"{name}, threads {threads} ...", file=sys.stderr, flush=True)
            row = measure(args, name, threads, artifact)
            if artifact is None:
                row["failure"] = f"not compiled: {taken}"
            rows.append(row)
    version = next((r["onnxruntime"]["info"]["version"] for r in rows if "onnxruntime" in r), "?")
    date = datetime.date.today().isoformat()
    text = "\n".join(
        [
            f"# {date}, commit {commit()}",
            "",
            f"{machine()}; load average {os.getloadavg()[1]:.1f}; ONNX Runtime {version}.",
            f"`benchmarks/run {' '.join(sys.argv[1:])}`: {args.rounds} rounds of {args.seconds} s each"
            f"{'' if not args.cpu else ', --cpu=' + args.cpu}.",
            "",
            *table(rows),
            "",
            "Compiled: " + ("; ".join(compiled) or "nothing") + ".",
            "",
        ]
    )
    print(text)
    if not args.no_save:
        args.results.mkdir(exist_ok=True)
        path = args.results / f"{date}-{commit().split()[0]}.md"
        path.write_text(text, encoding="utf-8")
        print(f"kept in {path.relative_to(pathlib.Path.cwd()) if path.is_relative_to(pathlib.Path.cwd()) else path}", file=sys.stderr)


if __name__ == "__main__":
    main()
