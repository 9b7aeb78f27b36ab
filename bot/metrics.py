"""Metrics: what Prometheus reads from a running bot."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from rag.answers.answer import Answer

_log = logging.getLogger(__name__)

_SECONDS: Final = (0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)
"""The upper bounds by which times are told apart."""


class Metrics:
    """Counts and times since the start. Every call may come from any thread."""

    def __init__(self) -> None:
        self._registry = registry = CollectorRegistry()
        self._answers = Counter(
            "isnad_answers",
            "Answers, by mode and language.",
            ["mode", "language"],
            registry=registry,
        )
        self._seconds = Histogram(
            "isnad_answer_seconds",
            "Time of an answer, by stage.",
            ["stage"],
            registry=registry,
            buckets=_SECONDS,
        )
        self._withheld = Counter(
            "isnad_withheld", "Statements withheld, by reason.", ["reason"], registry=registry
        )
        self._disagreements = Counter(
            "isnad_disagreements", "Disagreements of sources shown.", registry=registry
        )
        self._tokens = Counter("isnad_tokens", "Tokens of the model.", ["kind"], registry=registry)
        self._troubles = Counter(
            "isnad_troubles", "What was logged as a warning or worse.", ["level"], registry=registry
        )

    def count(self, answer: Answer) -> None:
        """Counts an answer."""
        self._answers.labels(str(answer.mode), answer.language).inc()
        for stage, milliseconds in answer.milliseconds.items():
            self._seconds.labels(stage).observe(milliseconds / 1000)
        for one in answer.withheld:
            self._withheld.labels(one.reason).inc()
        self._disagreements.inc(len(answer.disagreements))
        self._tokens.labels("prompt").inc(answer.usage.prompt_tokens)
        self._tokens.labels("completion").inc(answer.usage.completion_tokens)

    def watch(self, name: str, explained: str, read: Callable[[], float]) -> None:
        """Shows what `read` gives whenever somebody looks; nothing where that fails."""
        self._registry.register(_Watched(GaugeMetricFamily, f"isnad_{name}", explained, read))

    def watch_count(self, name: str, explained: str, read: Callable[[], float]) -> None:
        """As `watch`, for what only grows: its name ends in `_total`."""
        self._registry.register(_Watched(CounterMetricFamily, f"isnad_{name}", explained, read))

    @contextmanager
    def troubles(self) -> Iterator[None]:
        """Counts, while it is open, what is logged as a warning or worse."""
        handler = _Troubles(lambda level: self._troubles.labels(level).inc())
        logging.getLogger().addHandler(handler)
        try:
            yield
        finally:
            logging.getLogger().removeHandler(handler)

    def text(self) -> str:
        """All of them in Prometheus' text form."""
        return generate_latest(self._registry).decode()


class _Watched(Collector):
    """A value that is looked up when it is wanted."""

    def __init__(self, family: Any, name: str, explained: str, read: Callable[[], float]) -> None:
        self._family, self._name, self._explained, self._read = family, name, explained, read

    def describe(self) -> Iterator[Metric]:
        """Its name, without a look at the value."""
        yield self._family(self._name, self._explained)

    def collect(self) -> Iterator[Metric]:
        """Its value now."""
        try:
            value = self._read()
        except Exception:  # noqa: BLE001  # one value that cannot be had must not hide the others
            _log.debug("A value could not be read.", exc_info=True)
            return
        yield self._family(self._name, self._explained, value=value)


class _Troubles(logging.Handler):
    def __init__(self, count: Callable[[str], None]) -> None:
        super().__init__(logging.WARNING)
        self._count = count

    def emit(self, record: logging.LogRecord) -> None:
        """Counts one."""
        self._count(record.levelname.lower())
