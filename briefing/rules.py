"""Names of the rules that find facts. A rule that is a matter of degree carries its confidence: "reader 0.93"."""

from __future__ import annotations


def with_confidence(name: str, confidence: float) -> str:
    return f"{name} {confidence:.2f}"


def confidence(rule: str) -> float | None:
    """The number at the end of a rule's name; None where it has none."""
    name, _, number = rule.rpartition(" ")
    return float(number) if name and number.replace(".", "", 1).isdigit() else None


def rule_name(rule: str) -> str:
    return rule if confidence(rule) is None else rule.rpartition(" ")[0]
