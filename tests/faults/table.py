"""The table of faults."""

from typing import Final

from tests.answers.test_misbehaving_model import ROWS, Gets
from tests.faults.row import Fault, Part, Sentence, When

_ANSWER: Final = "the answer, as if nothing had happened"
_LATER: Final = "the answer, once it is over: Telegram keeps the question until it is taken"
_OLD: Final = "answers from the last revision; whoever indexes is told what to do"
_EXACTLY: Final = "the answer; vectors are searched exactly"
_BY_WORDS: Final = "the answer; it is searched by words, without vectors"
_REFUSED: Final = "at the start: a line that says what is wrong and what to do"
_FAILED: Final = Sentence("bot", "failed")
_AGAIN: Final = Sentence("bot", "sent-again")

_FAILURES: Final = "tests/index/test_failures.py"
_INDEXER: Final = "tests/index/test_indexer.py"
_READER: Final = "tests/index/test_reader.py"
_MACHINE: Final = "tests/end_to_end/test_machine_faults.py"
_TELEGRAM: Final = "tests/end_to_end/test_telegram_faults.py"
_POLLING: Final = "tests/bot/telegram/test_polling.py"
_DISPATCH: Final = "tests/bot/telegram/test_dispatch.py"
_DELIVERY: Final = "tests/bot/telegram/test_delivery.py"
_OUTBOX: Final = "tests/bot/telegram/test_outbox.py"
_POSTGRESQL: Final = "tests/bot/store/test_postgresql.py"
_CHROMA: Final = "tests/index/test_chroma.py"
_SERVING: Final = "tests/index/test_serving.py"
_KNOWLEDGE: Final = "tests/test_knowledge_base.py"
_RAG: Final = "tests/end_to_end/test_rag.py"

_DISK: Final = (
    Fault(
        Part.DISK,
        "no room for a change",
        When.BEFORE,
        _OLD,
        f"{_FAILURES}::test_a_disk_without_room_is_told_before_anything_is_paid_or_written",
        ('match="not enough room"', "serves(library)"),
    ),
    *(
        Fault(
            Part.DISK,
            f"full after {size} bytes of a file",
            When.DURING,
            _OLD,
            f"{_FAILURES}::test_a_disk_that_is_full_in_the_middle_is_survived[{size}]",
            ("goes on serving", "serves(library)"),
        )
        for size in (40000, 90000, 180000)
    ),
    Fault(
        Part.DISK,
        "full when a question comes",
        When.BEFORE,
        _LATER,
        f"{_MACHINE}::test_on_a_full_disk_a_question_waits_and_is_answered_once_there_is_room",
        ("RLIMIT_FSIZE", "FILE in sara.chat().wait_for"),
    ),
    Fault(
        Part.DISK,
        "full when what Telegram sent is to be kept: told once, tried on",
        When.DURING,
        _LATER,
        f"{_POLLING}::test_a_disk_that_is_full_is_told_once_and_the_question_taken_when_there_is_room",
        ('"updates cannot be kept', "await heard("),
    ),
    Fault(
        Part.DISK,
        "full when a segment is merged",
        When.AFTER,
        _ANSWER,
        f"{_INDEXER}::test_a_merge_that_breaks_off_leaves_the_change_visible_and_is_made_up_for",
        ('[0] == "moscow.txt"', "could not be merged"),
    ),
    Fault(
        Part.DISK,
        "may only be read",
        When.BEFORE,
        _OLD,
        f"{_FAILURES}::test_a_data_folder_that_may_only_be_read_serves_on",
        ('match="cannot be written"', "serves("),
    ),
    Fault(
        Part.DISK,
        "the data folder vanishes",
        When.DURING,
        _FAILED,
        f"{_TELEGRAM}::test_a_failure_is_said_with_a_reference_that_is_in_the_log",
        ("rmtree", '"try again" in text'),
        "what was said before; `/reindex` makes the index again",
    ),
    Fault(
        Part.DISK,
        "the data folder vanishes and is made anew",
        When.AFTER,
        _ANSWER,
        f"{_READER}::test_a_data_folder_that_was_deleted_and_made_anew_is_noticed[False]",
        ("rmtree", '== ["z.txt"]'),
    ),
    Fault(
        Part.DISK,
        "the documents folder is missing",
        When.BEFORE,
        "the bot: answers from the last revision; a command: a line that names DOCUMENTS_DIR",
        f"{_FAILURES}::test_a_missing_folder_is_said",
        ('match="DOCUMENTS_DIR"', "serves(library)"),
    ),
    Fault(
        Part.DISK,
        "the documents are unmounted, an empty folder in their place, and come back",
        When.DURING,
        Sentence("answers", "abstained"),
        f"{_FAILURES}::test_documents_that_are_unmounted_and_come_back",
        ('WORDS("abstained", "ar")', "embedded"),
        "nothing; no vector is paid for again",
    ),
    *(
        Fault(
            Part.DISK,
            f"the right to look into {what} is taken away ({how})",
            When.BEFORE,
            _OLD,
            f"{_FAILURES}::test_what_cannot_be_looked_into_stays_as_it_was[{what}-{how}]",
            ("right to read", 'source.path == "below/moscow.txt"'),
        )
        for what in ("the folder", "a folder in it")
        for how in ("shut", "unsearchable", "unlisted")
    ),
    Fault(
        Part.DISK,
        "the right to read a file that has changed is taken away",
        When.BEFORE,
        "answers from what the file said before",
        f"{_FAILURES}::test_a_changed_file_that_cannot_be_opened_stays_as_it_was",
        ("serves(unprivileged)",),
    ),
    Fault(
        Part.DISK,
        "a file vanishes before it is read",
        When.DURING,
        _ANSWER,
        f"{_FAILURES}::test_a_file_that_vanishes_before_it_is_read_is_not_there",
        ("report.removed",),
    ),
    Fault(
        Part.DISK,
        "a file changes while it is indexed",
        When.DURING,
        "the answer from the newest text, after the next look",
        f"{_FAILURES}::test_a_file_that_changes_while_it_is_indexed_is_indexed_again",
        ("library.sync().changed",),
    ),
    Fault(
        Part.DISK,
        "documents cannot be written by an admin",
        When.DURING,
        Sentence("bot", "folder-unavailable"),
        "tests/bot/telegram/test_admin.py::test_a_folder_that_cannot_be_written_is_told",
        ('"cannot be written"',),
    ),
)

_SQLITE: Final = (
    Fault(
        Part.SQLITE,
        "conversations: locked by another program for seconds",
        When.BEFORE,
        _LATER,
        f"{_MACHINE}::test_a_question_waits_for_a_database_that_another_program_keeps_locked",
        ("BEGIN IMMEDIATE", "FILE in sara.chat().wait_for"),
    ),
    Fault(
        Part.SQLITE,
        "conversations: lost in the middle of a conversation",
        When.DURING,
        "the answer; what was said before is not understood with it, nor kept",
        "tests/bot/test_conversation.py::test_a_question_is_answered_where_the_database_is_away",
        ("isinstance(reply, Answered)", "not reply.is_kept"),
        "the exchange is not remembered",
    ),
    Fault(
        Part.SQLITE,
        "conversations: lost while the answer is sent",
        When.AFTER,
        _ANSWER,
        f"{_DISPATCH}::test_an_answer_is_sent_also_where_it_cannot_be_noted",
        ('replies(chat) == ["جواب أ"]',),
    ),
    Fault(
        Part.SQLITE,
        "conversations: no database, or damaged",
        When.BEFORE,
        _REFUSED,
        "tests/bot/store/test_sqlite.py::test_a_damaged_database_is_one_clear_line",
        ('match="cannot be opened"',),
    ),
    *(
        Fault(
            Part.SQLITE,
            f"conversations: {what} while the bot runs",
            When.DURING,
            "the answer; whether it is kept depends on what is left",
            "tests/faults/test_conversations.py::"
            f"test_a_question_is_answered_whatever_has_become_of_the_conversations[{damage}]",
            ("isinstance(reply, Answered)",),
            "what the file held",
        )
        for what, damage in (
            ("a table is dropped", "without_a_table"),
            ("the file is overwritten", "overwritten"),
            ("the file is cut", "cut"),
            ("the file is emptied", "emptied"),
            ("the file is deleted", "deleted"),
        )
    ),
    Fault(
        Part.SQLITE,
        "conversations: of a newer Isnad",
        When.BEFORE,
        _REFUSED,
        "tests/bot/store/test_sqlite.py::test_a_database_of_a_newer_release_is_refused",
        ('match="newer Isnad"',),
    ),
    Fault(
        Part.SQLITE,
        "ledger: locked by another program",
        When.BEFORE,
        _OLD,
        f"{_FAILURES}::test_a_ledger_that_is_locked_is_waited_for_and_not_taken_for_damaged",
        ("IndexBusy", "serves(library)"),
    ),
    Fault(
        Part.SQLITE,
        "ledger: another indexer is at work",
        When.BEFORE,
        Sentence("answers", "behind"),
        f"{_RAG}::test_while_another_indexes_the_answer_is_from_what_there_is",
        ('in answer["notice"]',),
    ),
    Fault(
        Part.SQLITE,
        "ledger: no database",
        When.BEFORE,
        "a line that ends in “rag index --rebuild”, which helps",
        f"{_RAG}::test_a_damaged_index_is_said_in_one_line_and_can_be_made_again",
        ('"rag index --rebuild" in done.complaint', "FILE in run("),
    ),
    *(
        Fault(
            Part.SQLITE,
            f"ledger: the table {table} is missing",
            When.BEFORE,
            "a line that says “rag index --rebuild”, which helps",
            f"{_FAILURES}::test_a_ledger_that_lacks_a_table_is_refused_and_mended[{table}]",
            ('"rag index --rebuild" in caught.value.advice',),
        )
        for table in ("state", "files", "passages", "segments", "former_files")
    ),
    Fault(
        Part.SQLITE,
        "ledger: pages overwritten",
        When.BEFORE,
        "a line that says “rag index --rebuild”, which helps",
        f"{_FAILURES}::test_a_ledger_with_damaged_pages_is_mended_and_nothing_paid_again",
        ("rebuild=True", "server.embedded.values()) == {1}"),
        "nothing; no vector is paid for again",
    ),
    Fault(
        Part.SQLITE,
        "ledger: of a newer Isnad",
        When.BEFORE,
        "a line that says to update Isnad",
        "tests/index/test_ledger.py::test_a_ledger_of_a_newer_version_is_refused_and_left_alone",
        ('"Update Isnad" in caught.value.advice',),
    ),
    *(
        Fault(
            Part.SQLITE,
            f"paid vectors: {damage}",
            When.BEFORE,
            _OLD,
            f"{_FAILURES}::test_paid_vectors_that_are_damaged_are_taken_from_the_index_and_not_paid"
            f"_again[{damage}]",
            ("serves(Library(library.place))", "bought == 1"),
            "nothing; no vector is paid for again",
        )
        for damage in ("cut", "overwritten", "no database", "lost")
    ),
)

_DATABASE: Final = (
    Fault(
        Part.POSTGRESQL,
        "is away",
        When.BEFORE,
        _REFUSED,
        "tests/end_to_end/test_database.py::test_a_server_that_is_not_there_is_one_line",
        ("cannot be used",),
    ),
    Fault(
        Part.POSTGRESQL,
        "ends while an answer is written, stays away and comes back",
        When.DURING,
        "the answer; it is not kept until the server is back",
        "tests/faults/test_postgresql.py::"
        "test_a_database_that_ends_while_an_answer_is_written_costs_only_the_memory_of_it",
        ("isinstance(reply, Answered) and not reply.is_kept", "and reply.is_kept"),
        "the exchange is not remembered",
    ),
    Fault(
        Part.POSTGRESQL,
        "restarts",
        When.DURING,
        _ANSWER,
        f"{_POSTGRESQL}::test_a_server_that_restarts_is_waited_for",
        ("askers(database) == [1, 2]",),
    ),
    Fault(
        Part.POSTGRESQL,
        "every connection is cut",
        When.DURING,
        _ANSWER,
        f"{_POSTGRESQL}::test_connections_that_were_cut_are_made_anew",
        ("askers(database) == [1, 2]",),
    ),
    Fault(
        Part.POSTGRESQL,
        "a transaction is cut",
        When.DURING,
        "the answer; the transaction is undone as a whole, and said to be",
        f"{_POSTGRESQL}::test_a_transaction_that_is_cut_is_undone_and_said_to_be",
        ("DatabaseUnavailable", "askers(database) == [2]"),
    ),
    Fault(
        Part.POSTGRESQL,
        "is slow, because another writes",
        When.DURING,
        "the answer, a little later",
        f"{_POSTGRESQL}::test_whoever_writes_alone_waits_for_them",
        ("askers(database) == [1, 2]",),
    ),
    Fault(
        Part.POSTGRESQL,
        "of a newer Isnad",
        When.BEFORE,
        _REFUSED,
        f"{_POSTGRESQL}::test_a_database_of_a_newer_release_is_refused",
        ('match="newer Isnad"',),
    ),
    Fault(
        Part.POSTGRESQL,
        "cannot be asked who holds the lease of the index",
        When.DURING,
        _OLD,
        "tests/index/test_lease.py::test_where_nobody_can_be_asked_that_is_said_without_the_password",
        ("DatabaseUnavailable",),
    ),
    Fault(
        Part.POSTGRESQL,
        "the holder of the lease was killed",
        When.DURING,
        _OLD,
        "tests/index/test_lease.py::test_of_a_holder_that_was_killed_it_is_taken",
        ("assert ours",),
    ),
)

_VECTORS: Final = (
    Fault(
        Part.CHROMA,
        "embedded: its database is cut",
        When.BEFORE,
        _EXACTLY,
        f"{_SERVING}::test_a_damaged_generation_is_not_opened",
        ("is None", "sealed.files(QUESTION)[0]"),
    ),
    *(
        Fault(
            Part.CHROMA,
            f"embedded: the folder is {damage}",
            When.BEFORE,
            f"{_EXACTLY} until another is built",
            f"tests/index/test_generation.py::test_a_damaged_one_is_built_again[{damage}]",
            ("served.key is None", "served.key == sealed.snapshot.key"),
        )
        for damage in ("cut", "half deleted", "emptied")
    ),
    Fault(
        Part.CHROMA,
        "embedded: whoever builds is killed",
        When.DURING,
        _EXACTLY,
        "tests/index/test_generation.py::"
        "test_a_builder_that_is_killed_leaves_the_old_one_which_the_next_one_follows",
        ("served.nearest(key, vector, 5) is None",),
    ),
    Fault(
        Part.CHROMA,
        "embedded: no room for a generation",
        When.BEFORE,
        _EXACTLY,
        "tests/index/test_generation.py::test_one_that_has_no_room_is_not_begun",
        ('match="not enough room"',),
    ),
    Fault(
        Part.CHROMA,
        "server: is away at the start, dies, takes connections and says nothing; comes back",
        When.DURING,
        _EXACTLY,
        f"{_CHROMA}::test_a_server_that_falls_silent_holds_no_question_up",
        ("is None", "running.start()", "exactly_nearest"),
    ),
    Fault(
        Part.CHROMA,
        "server: answers 500",
        When.BEFORE,
        _EXACTLY,
        "tests/faults/test_chroma_server.py::"
        "test_a_server_that_answers_with_errors_is_done_without_and_tried_again",
        ("answers_without(",),
    ),
    Fault(
        Part.CHROMA,
        "server: something else is in the collection",
        When.BEFORE,
        f"{_EXACTLY} until another is built",
        "tests/faults/test_chroma_server.py::"
        "test_a_collection_that_holds_something_else_is_not_served",
        ("answers_without(",),
    ),
    Fault(
        Part.CHROMA,
        "server: is away while vectors that were paid for are shared",
        When.DURING,
        _OLD,
        "tests/index/test_shared_embedding.py::test_a_server_that_is_away_is_said_and_comes_back",
        ('match="CHROMA_URL"', "nothing is bought that could not be shared"),
    ),
    Fault(
        Part.CHROMA,
        "server: has lost its vectors",
        When.BEFORE,
        _EXACTLY,
        "tests/index/test_replica.py::test_what_the_server_lost_it_gets_back_from_whoever_builds",
        ("first.generation.build()", "len(model.asked) == 3"),
    ),
    Fault(
        Part.CHROMA,
        "server: has lost a generation",
        When.BEFORE,
        f"{_EXACTLY} until another is built",
        "tests/index/test_replica.py::test_a_generation_that_was_lost_is_built_again",
        ('second.nearest("باقري", 1) is None',),
    ),
)

_WRITING: Final[dict[Gets, str | Sentence]] = {
    Gets.ANSWER: _ANSWER,
    Gets.CUT_SHORT: Sentence("answers", "cut-short"),
    Gets.LATE: Sentence("answers", "cut-short"),
    Gets.FAILED: Sentence("answers", "no-model"),
    Gets.UNVERIFIED: Sentence("answers", "model-unverified"),
    Gets.FOREIGN: Sentence("answers", "wrong-language"),
}
_MISBEHAVING: Final = "tests/answers/test_misbehaving_model.py"
_MODEL: Final = (
    *(
        Fault(
            Part.MODEL,
            name,
            When.DURING,
            _ANSWER if row.only_once else _WRITING[row.writing],
            f"{_MISBEHAVING}::test_whatever_the_model_does_the_reader_gets[{name}]",
            ("gets(one.answer)", "promised(step, row)"),
        )
        for name, row in ROWS.items()
    ),
    Fault(
        Part.MODEL,
        "cannot read as much as it is sent (400)",
        When.DURING,
        "the answer, from half of the evidence; quotations where that is too much as well",
        f"{_MISBEHAVING}::test_a_model_that_cannot_read_so_much_is_shown_half_of_it",
        ("gets(seen.answer) is Gets.ANSWER",),
    ),
    Fault(
        Part.MODEL,
        "a server that crashes",
        When.DURING,
        Sentence("answers", "no-model"),
        f"{_MISBEHAVING}::test_a_server_that_crashes_is_asked_once",
        ("expected.get(step, Gets.FAILED)",),
    ),
    *(
        Fault(
            Part.MODEL,
            fault,
            When.BEFORE,
            Sentence("answers", "no-model"),
            f"{_MISBEHAVING}::test_where_no_server_is_the_reader_gets_quotations[{fault}]",
            ("gets(answer) is Gets.FAILED",),
        )
        for fault in ("a refused connection", "a name that does not resolve")
    ),
    Fault(
        Part.MODEL,
        "the day's tokens are spent",
        When.BEFORE,
        "quotations from the documents",
        "tests/end_to_end/test_telegram.py::test_when_the_days_tokens_are_spent_answers_are_quoted",
        ("TOKENS_PER_DAY",),
    ),
)

_EMBEDDINGS: Final = (
    *(
        Fault(
            Part.EMBEDDINGS,
            f"fails in the middle of a first reading ({name})",
            When.DURING,
            _OLD,
            f"{_FAILURES}::test_an_embedding_server_that_fails_in_the_middle[{id_}]",
            ("ModelUnavailable", "serves(library)", "values()) == {1}"),
            "nothing; no vector is paid for again",
        )
        for name, id_ in (
            ("401", "Fail(status=401, retry_after=None, body=None)"),
            ("500", "Fail(status=500, retry_after=None, body=None)"),
            ("reset", "Reset(seconds=0.0)"),
            ("nonsense", "Garbage()"),
        )
    ),
    *(
        Fault(
            Part.EMBEDDINGS,
            f"its vectors are wrong: {what}",
            When.DURING,
            _OLD,
            f"{_FAILURES}::test_vectors_that_are_wrong_change_nothing[{what}]",
            ("ModelUnavailable", "serves(library)"),
        )
        for what in ("of two widths", "all zero", "too few")
    ),
    Fault(
        Part.EMBEDDINGS,
        "its vectors are not numbers",
        When.DURING,
        _OLD,
        "tests/index/test_model_embedding.py::test_vectors_that_are_none_are_refused",
        ("failure_of(embedder)",),
    ),
    Fault(
        Part.EMBEDDINGS,
        "its vectors have another width than before",
        When.BEFORE,
        "the answer; all is embedded again, at once",
        f"{_FAILURES}::test_a_model_of_another_width_has_all_made_again_at_once",
        ("dimensions == 32",),
    ),
    Fault(
        Part.EMBEDDINGS,
        "its vectors have another width with each request",
        When.DURING,
        _OLD,
        f"{_FAILURES}::test_a_model_whose_width_never_settles_is_refused",
        ("ModelUnavailable", "serves(library)"),
    ),
    Fault(
        Part.EMBEDDINGS,
        "fails when a question is embedded",
        When.DURING,
        _BY_WORDS,
        f"{_KNOWLEDGE}::test_a_question_that_cannot_be_embedded_is_searched_by_its_words",
        ('citations[0].file == "a.txt"', "without vectors"),
    ),
    Fault(
        Part.EMBEDDINGS,
        "says nothing, and the model neither",
        When.DURING,
        "quotations, at the end of OPENAI_TIMEOUT",
        f"{_KNOWLEDGE}::test_an_answer_takes_no_longer_than_is_set",
        ("Hang(90)", 'citations[0].file == "a.txt"'),
    ),
    Fault(
        Part.EMBEDDINGS,
        "changes its vectors under its name",
        When.DURING,
        _BY_WORDS,
        f"{_KNOWLEDGE}::test_a_model_that_changes_its_vectors_under_its_name_does_no_harm",
        ('citations[0].file == "a.txt"',),
    ),
    Fault(
        Part.EMBEDDINGS,
        "is another than that of the index",
        When.BEFORE,
        _BY_WORDS,
        f"{_KNOWLEDGE}::test_an_index_of_another_embedding_is_searched_by_its_words",
        ('citations[0].file == "a.txt"',),
    ),
)

_BOT_API: Final = (
    Fault(
        Part.TELEGRAM,
        "refuses the token",
        When.BEFORE,
        _REFUSED,
        f"{_TELEGRAM}::test_a_wrong_token_is_one_clear_line",
        ("TELEGRAM_BOT_TOKEN", "BotFather"),
    ),
    Fault(
        Part.TELEGRAM,
        "cannot be reached",
        When.BEFORE,
        _REFUSED,
        f"{_TELEGRAM}::test_a_server_that_cannot_be_reached_is_one_clear_line",
        ("TELEGRAM_API_URL",),
    ),
    *(
        Fault(
            Part.TELEGRAM,
            f"answers a poll with {code}",
            When.DURING,
            _LATER,
            f"{_POLLING}::test_it_recovers_from_what_telegram_says[{code}]",
            ("await heard(",),
        )
        for code in (401, 409, 429, 500, 502)
    ),
    Fault(
        Part.TELEGRAM,
        "refuses the token once, after it was away for long",
        When.DURING,
        _LATER,
        f"{_POLLING}::test_a_token_that_is_refused_once_after_a_long_trouble_is_tried_on",
        ("await heard(",),
    ),
    Fault(
        Part.TELEGRAM,
        "the token is revoked",
        When.DURING,
        "the answer, when the bot was started with the new token; it ends in a line that says so",
        f"{_POLLING}::test_a_revoked_token_ends_it_in_one_clear_line",
        ('match="TELEGRAM_BOT_TOKEN"',),
    ),
    Fault(
        Part.TELEGRAM,
        "another program has the token (409)",
        When.DURING,
        _LATER,
        f"{_POLLING}::test_another_program_with_the_same_token_is_named_once",
        ("same TELEGRAM_BOT_TOKEN", "await heard("),
    ),
    Fault(
        Part.TELEGRAM,
        "a webhook is set, and taking it away fails once",
        When.BEFORE,
        _LATER,
        f"{_POLLING}::test_a_webhook_that_is_left_over_is_taken_away",
        ('reset("deleteWebhook")', "await heard("),
    ),
    Fault(
        Part.TELEGRAM,
        "a poll breaks off",
        When.DURING,
        _LATER,
        f"{_POLLING}::test_it_recovers_from_a_connection_that_breaks",
        ("await heard(", 'taken.texts == ["أول", "ثان"]'),
    ),
    Fault(
        Part.TELEGRAM,
        "a poll never ends",
        When.DURING,
        _LATER,
        f"{_POLLING}::test_a_poll_that_never_ends_is_begun_anew",
        ("await heard(",),
    ),
    Fault(
        Part.TELEGRAM,
        "answers a poll with nonsense (11 kinds)",
        When.DURING,
        _LATER,
        "tests/faults/test_telegram.py::test_a_poll_that_is_answered_with_nonsense_is_made_again",
        ("await until(lambda: taken)",),
    ),
    Fault(
        Part.TELEGRAM,
        "sends what nobody can read",
        When.DURING,
        "the answers to all that can be read",
        f"{_DISPATCH}::test_what_cannot_be_read_or_was_not_asked_for_holds_up_nothing",
        ('replies(chat) == ["جواب أ"]',),
    ),
    Fault(
        Part.TELEGRAM,
        "sends an update twice, or in another order",
        When.DURING,
        "each answer once, in the order of the questions",
        f"{_DISPATCH}::test_each_update_is_answered_once_however_often_it_comes",
        ('replies(chat) == ["جواب أ", "جواب ب"]',),
    ),
    Fault(
        Part.TELEGRAM,
        "answers a message with 429",
        When.DURING,
        "the answer, after the wait that Telegram asks for",
        f"{_TELEGRAM}::test_a_flood_wait_delays_an_answer_but_loses_none",
        ('fail("sendMessage", 429', "FILE in sara.chat()", "FILE in ali.chat()"),
    ),
    Fault(
        Part.TELEGRAM,
        "answers a message with 502, breaks off a poll, refuses signs with 500",
        When.DURING,
        _ANSWER,
        f"{_TELEGRAM}::test_faults_of_the_network_lose_no_answer",
        ("FILE in sara.chat()",),
    ),
    Fault(
        Part.TELEGRAM,
        "the connection breaks before the receipt of a message",
        When.AFTER,
        _AGAIN,
        f"{_DELIVERY}::test_whoever_may_have_read_it_already_is_told_so",
        ("WORDS('sent-again', 'ar')",),
    ),
    Fault(
        Part.TELEGRAM,
        "takes a message and does not answer",
        When.AFTER,
        _AGAIN,
        "tests/bot/telegram/test_transport.py::test_an_answer_that_does_not_come_is_given_up",
        ("may_have_arrived(failure.value)",),
    ),
    Fault(
        Part.TELEGRAM,
        "breaks off while a message is sent",
        When.DURING,
        _AGAIN,
        "tests/bot/telegram/test_transport.py::test_a_broken_connection_leaves_it_open",
        ("may_have_arrived(",),
    ),
    Fault(
        Part.TELEGRAM,
        "refuses the form of a message",
        When.DURING,
        "the answer, as plain text",
        f"{_DELIVERY}::test_a_form_that_is_refused_is_given_up_for_plain_text",
        ("replies(chat)",),
    ),
    Fault(
        Part.TELEGRAM,
        "refuses a message for good",
        When.DURING,
        _FAILED,
        f"{_TELEGRAM}::test_a_reply_that_telegram_refuses_is_reported_to_the_asker",
        ('fail("sendMessage", 400', "bot.wait_for("),
    ),
    Fault(
        Part.TELEGRAM,
        "refuses signs and drafts",
        When.DURING,
        _ANSWER,
        f"{_DELIVERY}::test_signs_that_are_refused_cost_nothing",
        ("replies(chat)",),
    ),
    Fault(
        Part.TELEGRAM,
        "the question was deleted meanwhile",
        When.DURING,
        "the answer, without reference",
        f"{_DELIVERY}::test_a_question_that_is_gone_is_answered_without_reference",
        ("replies(chat)",),
    ),
    Fault(
        Part.TELEGRAM,
        "a group becomes a supergroup",
        When.DURING,
        "the answer, in the new group",
        f"{_OUTBOX}::test_a_group_that_moves_takes_its_messages_along",
        ('texts(moved)[-2:] == ["نص", "آخر"]',),
    ),
    Fault(
        Part.TELEGRAM,
        "updates by webhook cannot be kept",
        When.DURING,
        _LATER,
        "tests/bot/telegram/test_webhook.py::test_what_cannot_be_kept_is_sent_again",
        ("503",),
    ),
)

_SURROUNDINGS: Final = (
    Fault(
        Part.MACHINE,
        "the clock was ahead (half an hour to 1,000 days) and came back: questions an hour",
        When.BEFORE,
        Sentence("bot", "too-many"),
        "tests/faults/test_clock.py::"
        "test_who_asked_while_the_clock_was_ahead_waits_no_longer_than_an_hour",
        ("<= HOUR", "== Wait()"),
    ),
    Fault(
        Part.MACHINE,
        "the clock was ahead: retention",
        When.BEFORE,
        "the conversation goes on; it is kept as long as all others",
        "tests/faults/test_clock.py::"
        "test_what_was_said_while_the_clock_was_ahead_is_kept_no_longer_than_all_else",
        ("store.expire(30, now)", "== kept"),
    ),
    Fault(
        Part.MACHINE,
        "the clock goes 1,000 days ahead while the bot runs: retention",
        When.DURING,
        "the conversation goes on: nothing is deleted before a whole day has passed so",
        "tests/bot/test_upkeep.py::"
        "test_a_clock_that_goes_ahead_deletes_nothing_and_an_old_exchange_goes_a_day_later",
        ("[1, 1, 1, 0]",),
    ),
    Fault(
        Part.MACHINE,
        "the clock jumps: pace of messages, drafts, waits, signs of life",
        When.DURING,
        _ANSWER,
        "tests/faults/test_clock.py::test_nothing_in_telegram_waits_by_a_clock_that_can_jump",
        ("time.monotonic()",),
    ),
    Fault(
        Part.MACHINE,
        "files are dated 1990 or 2100",
        When.BEFORE,
        "the answer from the newest text",
        "tests/faults/test_clock.py::"
        "test_a_file_of_a_day_that_is_still_to_come_is_indexed_and_its_changes_seen",
        (".text == text",),
    ),
    Fault(
        Part.MACHINE,
        "two changes within one tick of the clock",
        When.DURING,
        "the answer from the newest text",
        f"{_FAILURES}::test_a_change_within_one_tick_of_the_clock_is_seen",
        ("library.sync().changed",),
    ),
    Fault(
        Part.MACHINE,
        "locales C, tr_TR, without UTF-8; time zones at both ends and unknown ones",
        When.BEFORE,
        _ANSWER,
        "tests/faults/test_surroundings.py::test_locale_and_time_zone_change_no_answer",
        ("== usual",),
    ),
    Fault(
        Part.MACHINE,
        "a terminal that has no letters for the answer",
        When.BEFORE,
        _ANSWER,
        "tests/faults/test_surroundings.py::"
        "test_a_terminal_that_knows_no_letters_of_ours_is_written_to_all_the_same",
        ("كارولين روز",),
    ),
    Fault(
        Part.MACHINE,
        "no file can be opened any more: questions and /reindex in Telegram",
        When.DURING,
        _FAILED,
        f"{_MACHINE}::"
        "test_without_another_file_to_open_nothing_is_lost_and_all_works_again_with_them",
        ("RLIMIT_NOFILE", 'WORDS("failed"', "FILE in sara.chat()"),
    ),
    Fault(
        Part.MACHINE,
        "no file can be opened any more: indexing and reading",
        When.DURING,
        "a line that says to let the process open more files; nothing is made anew",
        f"{_FAILURES}::test_where_no_more_files_can_be_opened_that_is_said_and_nothing_made_anew",
        ("refused", "serves(library)"),
    ),
    *(
        Fault(
            Part.MACHINE,
            f"{what} while a question is answered",
            When.DURING,
            _FAILED,
            "tests/faults/test_surroundings.py::"
            f"test_a_question_that_the_machine_cannot_answer_fails_alone_and_with_a_word[{error}]",
            ('WORDS("failed", "en"', "isinstance(await conversation.reply(message), Answered)"),
        )
        for what, error in (
            ("no memory", "MemoryError"),
            ("no room on the stack", "RecursionError"),
            ("no file", "OSError"),
            ("an error of the program's own", "RuntimeError"),
        )
    ),
    Fault(
        Part.MACHINE,
        "the system gives no thread",
        When.BEFORE,
        _FAILED,
        "tests/faults/test_surroundings.py::"
        "test_where_no_thread_can_be_started_that_is_said_and_the_next_question_answered",
        ('WORDS("failed", "en"', "isinstance(await conversation.reply(message), Answered)"),
    ),
    Fault(
        Part.MACHINE,
        "the process that reads a document is killed, as for its memory",
        When.DURING,
        "answers from all other documents; the next look reads it",
        "tests/documents/test_extraction.py::test_a_process_that_is_ended_by_somebody_is_replaced",
        ("SIGKILL", "SENTENCE in"),
    ),
    Fault(
        Part.MACHINE,
        "a part of the bot's upkeep fails",
        When.DURING,
        _ANSWER,
        "tests/bot/test_upkeep.py::test_what_fails_behind_the_conversation_is_begun_anew",
        ("begun == 3",),
    ),
    Fault(
        Part.MACHINE,
        "the indexer is killed",
        When.DURING,
        _OLD,
        f"{_INDEXER}::test_an_indexer_that_is_killed_leaves_the_last_revision",
        ("process.kill()", 'files("متى وصل باقري إلى موسكو؟")[0] == "moscow.txt"'),
    ),
    Fault(
        Part.MACHINE,
        "the bot is killed while it answers, among faults of the network",
        When.DURING,
        "the answer, after the start; marked where it may be a second time",
        "tests/end_to_end/test_telegram_load.py::"
        "test_faults_and_a_kill_lose_no_answer_and_repeat_none_without_need_and_mark",
        ("kills=1", "outcome.is_good"),
    ),
    Fault(
        Part.MACHINE,
        "the bot is ended while a message is on its way",
        When.AFTER,
        _AGAIN,
        f"{_DISPATCH}::test_an_answer_that_is_cut_off_while_it_is_sent_is_marked_as_a_repeat",
        ("WORDS('sent-again', 'ar')",),
    ),
    Fault(
        Part.MACHINE,
        "a replica is killed while it embeds",
        When.DURING,
        _OLD,
        "tests/index/test_replica_killed.py::"
        "test_another_takes_over_and_nothing_is_lost_or_paid_twice_beyond_a_batch",
        ("victim",),
        "one batch of 64 vectors may be paid for twice",
    ),
)

_EITHER: Final = "the answer of the last revision, or a line that says which command mends it"
_CUT: Final = (
    Fault(
        Part.POWER,
        "the ledger, or any file of a segment, cut at 3 to 8 lengths each",
        When.AFTER,
        _EITHER,
        "tests/faults/test_power.py::test_a_file_of_the_index_cut_at_any_length",
        ("outcome == before", "{INDEX, REBUILD, NONE_YET}"),
    ),
    *(
        Fault(
            Part.POWER,
            f"the {ledger} ledger beside {what}, with newer and with all segments",
            When.AFTER,
            "the answer of one revision, or a line that says which command mends it",
            "tests/faults/test_power.py::"
            f"test_a_ledger_its_log_and_postings_of_different_moments[{ledger}-{log}]",
            ("outcome in (INDEX, *moments.found.values())",),
        )
        for ledger in ("first", "third")
        for log, what in (
            ("None", "no log of changes"),
            ("first", "the log of the first moment"),
            ("second", "the log of the second moment"),
            ("third", "the log of the third moment"),
            ("cut", "half a log"),
            ("empty", "an empty log"),
            ("garbage", "a log that is none"),
        )
    ),
    Fault(
        Part.POWER,
        "an empty file of a segment; a segment that is not there",
        When.AFTER,
        "a line that says `rag index`, which helps",
        "tests/faults/test_power.py::test_a_segment_whose_file_is_empty_and_one_that_was_lost",
        ("== INDEX",),
    ),
    Fault(
        Part.POWER,
        "the pointer to Chroma's generation half written, or a file of it cut",
        When.AFTER,
        _EXACTLY,
        "tests/faults/test_power.py::"
        "test_a_pointer_that_was_half_written_points_to_nothing_or_to_what_it_did",
        ("current(tmp_path, None) is None",),
    ),
    Fault(
        Part.POWER,
        "the pointer is of another revision than the ledger",
        When.AFTER,
        _EXACTLY,
        f"{_SERVING}::test_a_generation_serves_its_own_revision",
        ('served.nearest("another", vector, 5) is None',),
    ),
    Fault(
        Part.POWER,
        "leftovers of a killed indexer",
        When.AFTER,
        _ANSWER,
        f"{_INDEXER}::test_leftovers_of_a_killed_indexer_are_swept_away",
        ('files("موسكو")[0] == "moscow.txt"',),
    ),
)

FAULTS: Final[tuple[Fault, ...]] = (
    *_DISK,
    *_SQLITE,
    *_DATABASE,
    *_VECTORS,
    *_MODEL,
    *_EMBEDDINGS,
    *_BOT_API,
    *_SURROUNDINGS,
    *_CUT,
)
"""Every fault, by part."""
