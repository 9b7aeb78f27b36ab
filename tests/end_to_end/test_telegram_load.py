"""The bot under load, killed and disturbed: the short form of `benchmarks/telegram_load.py`."""

from benchmarks.telegram_load import Load, run


def test_faults_and_a_kill_lose_no_answer_and_repeat_none_without_need_and_mark() -> None:
    outcome = run(
        Load(
            chats=12,
            topics=4,
            per_second=12,
            seconds=2,
            latency=0.02,
            faults=0.05,
            kills=1,
            with_model=False,
            scripted=0.2,
        )
    )
    assert outcome.is_good, outcome
    assert outcome.kills == 1
    assert outcome.asked == 24
