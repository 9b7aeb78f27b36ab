from rag.documents.document import Document, understand
from rag.documents.formats.markdown import extract
from rag.documents.reading import FileText

REPORT = """---
title: "زيارة"
date: 2021-10-17
---
<!-- مسودة
لا تنشر. -->
![صورة](a.png)

# زيارة باقري إلى موسكو

وصل **رئيس الأركان** إلى [موسكو](http://example.org) أمس.

| البلد | العاصمة |
|---|---|
| روسيا | موسكو |

```text
رمز
```
[x]: http://example.org "عنوان"
"""


def understood(text: str, path: str = "a.md") -> Document:
    found = extract(text.encode())
    return understand(FileText(path, found.text, "utf-8", "", (), found.title, found.date))


def quotable(document: Document) -> list[str]:
    text = document.file.text
    return [one.of(text) for passage in document.passages for one in passage.sentences]


def test_the_text_stays_to_the_letter_and_its_marks_are_not_quoted() -> None:
    document = understood(REPORT)
    assert document.file.text == REPORT
    assert quotable(document) == [
        "وصل **رئيس الأركان** إلى [موسكو](http://example.org) أمس.",
        "| البلد | العاصمة |",
        "| روسيا | موسكو |",
        "رمز",
    ]


def test_the_first_heading_is_the_title_and_the_front_matter_states_the_date() -> None:
    document = understood(REPORT)
    assert document.title == "زيارة باقري إلى موسكو"
    assert document.title_span is not None
    assert document.title_span.of(REPORT) == document.title
    assert document.date is not None
    assert document.date.value == "2021-10-17"


def test_without_a_heading_the_front_matter_gives_the_title() -> None:
    document = understood("---\ntitle: زيارة\n---\nوصل رئيس الأركان إلى موسكو أمس.\n")
    assert document.title == "زيارة"
    assert quotable(document) == ["وصل رئيس الأركان إلى موسكو أمس."]


def test_a_rule_at_the_top_opens_no_front_matter() -> None:
    document = understood("---\nوصل رئيس الأركان إلى موسكو أمس.\n")
    assert quotable(document) == ["وصل رئيس الأركان إلى موسكو أمس."]


def test_marks_in_plain_text_are_text() -> None:
    assert understood("# 5 goals\nThey won the cup.", "a.txt").title == "# 5 goals"
