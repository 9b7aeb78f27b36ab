"""`rag doctor`: checks the configuration part by part."""

import argparse
from dataclasses import asdict

from rag.cli.terminal import print_json, say
from rag.doctor import Finding, examine
from rag.settings import load_settings


def run(options: argparse.Namespace) -> int:
    """Runs the command; gives the exit status: 1 where a part does not work."""
    findings = examine(load_settings())
    if options.json:
        print_json({"checks": [asdict(finding) for finding in findings]})
    else:
        for finding in findings:
            say(_described(finding))
    return 1 if any(finding.ok is False for finding in findings) else 0


def _described(finding: Finding) -> str:
    mark = {True: "ok", False: "FAILS", None: "–"}[finding.ok]
    advice = f" {finding.advice}" if finding.advice and not finding.ok else ""
    return f"{finding.part:11} {mark:6} {finding.says}{advice}"
