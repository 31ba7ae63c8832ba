# SPDX-License-Identifier: Apache-2.0
"""Measure everything and write reports/bench.md (python -m benchmarks.run; about two minutes)."""

from __future__ import annotations

from benchmarks import intake, registering, suite, trees
from benchmarks.chain import ganache
from benchmarks.compiled import compile_others
from benchmarks.others import Others
from benchmarks.report import Results, write
from tools.console import say
from tools.solidity import ROOT, brownie_compiler, compiler_version

REPORT = ROOT / "reports" / "bench.md"
EXHIBITS = (10, 1_000, 10_000)
BATCH = 50


def main() -> None:
    """Measure, write, and say where."""
    say("Compiling EAS and the floor")
    compiled = compile_others()
    say("Registering on a chain of its own")
    with ganache(list(suite.keys().values())) as rpc:
        own = suite.create(rpc, compiled["MandatesMock"])
        registrations = registering.registrations(rpc, own)
        exhibits = registering.exhibits(rpc, own, EXHIBITS)
        others = Others(rpc, own, compiled)
        facts = registering.facts_of(registering.Form(registering.ONE), own.chain.now()).pack()
        alternatives, batches = others.all(facts), others.batches(facts, BATCH)
    say("Building trees")
    merkle = trees.ratios()
    say("Taking files in (the longest part)")
    rates = intake.rates()
    results = Results(registrations, alternatives, exhibits, batches, rates, merkle)
    REPORT.parent.mkdir(exist_ok=True)
    text = write(results, fork=str(brownie_compiler()["evm_version"]), solc=compiler_version())
    REPORT.write_text(text, encoding="utf-8")
    say(text)
    say(f"Written to {REPORT.relative_to(ROOT)}.")


if __name__ == "__main__":
    main()
