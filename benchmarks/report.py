# SPDX-License-Identifier: Apache-2.0
"""The report, in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from benchmarks import targets
from benchmarks.intake import Rate
from benchmarks.others import ATTEST, SCHEMA, SECOND_ATTEST, Batch
from benchmarks.registering import ONE, ONE_CLAUSES, TWO, TWO_CLAUSES, Measured
from benchmarks.timing import Ratio
from benchmarks.trees import LEAVES, Trees

_HEAD = """# Benchmark

Made by `make bench`. Gas is exact and the same in every run: the chain (Ganache, rules of {fork}) has a clock
of its own. Contracts are the ones of the package; EAS and the floor are compiled with the same solc {solc}
and the same settings. Times are only given as ratios of two measurements of the same run."""

_EAS_NOTE = f"""EAS stores what it is given, here under a schema with the fields of one of our records:

    {SCHEMA}

It checks neither who may sign, nor by what law, nor that the root is new, and knows one attester an
attestation: a second signer is a second attestation."""

_PARTS_NOTE = """Traced instruction by instruction; each column adds up to the gas that was paid. `reaching
other contracts` is the price of the calls themselves, `instructions of` what the code does besides storage,
calls and events."""

_SMALL = """The clock is what a user waits for, and is disturbed by whatever else the machine does; processor
time is not, and counts both threads of intake. Of small files the digests are the smallest part of the work:
each is listed, opened twice (once before anything is read, so that all that cannot be read is named at once),
recognised by its content, looked at for findings and compared with its state before."""

_EXPLAINED = {ONE, ONE_CLAUSES, TWO, TWO_CLAUSES}


@dataclass(frozen=True)
class Results:
    """All that was measured."""

    registrations: Sequence[Measured]
    others: Sequence[Measured]
    exhibits: Sequence[tuple[int, int]]
    batches: Sequence[Batch]
    rates: Sequence[Rate]
    trees: Trees


def write(results: Results, *, fork: str, solc: str) -> str:
    """The text of reports/bench.md."""
    parts = [
        _HEAD.format(fork=fork, solc=solc),
        "## One registration",
        _gas(results),
        _EAS_NOTE,
        "## Where the gas goes",
        _PARTS_NOTE,
        _breakdown([each for each in results.registrations if each.name in _EXPLAINED]),
        "## Many exhibits",
        _exhibits(results),
        "## Intake and trees",
        _ratios(results),
        "## Not reached",
        _misses(results),
    ]
    return "\n\n".join(parts) + "\n"


def _gas(results: Results) -> str:
    gas = {each.name: each.gas for each in (*results.others, *results.registrations)}
    rows = [
        (
            each.name if each in results.others else f"**{each.name}**",
            f"{each.gas:,}",
            _wanted(each.name),
            str(each.parts.new_slots),
            f"{each.gas / gas[ATTEST]:.2f}",
        )
        for each in (*results.registrations, *results.others)
    ]
    both = gas[ATTEST] + gas[SECOND_ATTEST]
    closing = (
        f"One signer costs {gas[ATTEST] / gas[ONE]:.1f} times less than the attestation, "
        f"two signers {both / gas[TWO]:.1f} times less than the two attestations."
    )
    return _table(("registration", "gas", "target", "new slots", "to EAS attest"), rows) + "\n\n" + closing


def _wanted(name: str) -> str:
    return f"{targets.GAS[name]:,}" if name in targets.GAS else ""


def _breakdown(measured: Sequence[Measured]) -> str:
    names = dict.fromkeys(part for each in measured for part in each.parts.parts)
    rows = [(name, *(f"{each.parts.parts[name]:,}" for each in measured)) for name in names]
    rows.append(("**together**", *(f"**{each.gas:,}**" for each in measured)))
    return _table(("part", *(each.name for each in measured)), rows)


def _exhibits(results: Results) -> str:
    attest = next(each.gas for each in results.others if each.name == ATTEST)
    rows = [
        (f"{count:,}", f"{gas:,}", f"{gas / count:,.2f}", f"{attest * count:,}")
        for count, gas in results.exhibits
    ]
    heads = ("exhibits", "gas of the acquisition", "gas an exhibit", "EAS attest for each")
    batches = "\n".join(
        f"- {batch.name}, {batch.items} in one transaction: {batch.each:,.0f} gas an item."
        for batch in results.batches
    )
    return _table(heads, rows) + "\n\nWhat EAS takes when it may batch:\n\n" + batches


def _ratios(results: Results) -> str:
    rows = [
        _ratio_row(
            f"intake, {rate.name} ({rate.files:,}, together {rate.size / 2**20:,.0f} MiB)",
            "SHA-256 and SM3 alone, one after the other",
            rate.ratio,
            f"{targets.INTAKE}" if rate.files == 1 else "",
        )
        for rate in results.rates
    ]
    rows += [
        _ratio_row(
            f"a tree of {LEAVES:,} leaves",
            "pymerkle, the same root",
            results.trees.same,
            f"{targets.MERKLE:.0f}",
        ),
        _ratio_row(
            "the same with derived salts, as in a package", "pymerkle, no salts", results.trees.salted, ""
        ),
    ]
    heads = ("what", "beside", "times as fast, by the clock", "by processor time", "target")
    return _table(heads, rows) + "\n\n" + _SMALL


def _ratio_row(what: str, beside: str, ratio: Ratio, target: str) -> tuple[str, ...]:
    return what, beside, f"{ratio.clock:.2f}", f"{ratio.processor:.2f}", target


def _misses(results: Results) -> str:
    gas = {each.name: each.gas for each in results.registrations}
    slots = {each.name: each.parts.new_slots for each in results.registrations}
    found = list(targets.misses(gas, slots, results.rates[0].ratio.clock, results.trees.same.clock))
    if not found:
        return "Nothing: every figure was reached."
    return "\n".join(f"- **{miss.name}**: {miss.reached}, wanted {miss.wanted}. {miss.why}" for miss in found)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    rule = ["---", *("---:" for _ in heads[1:])]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in (heads, rule, *rows))
