# What a person reads. The same keys stand in ar.ftl and fa.ftl.

start =
    Hello! I am Isnad. I answer questions from the documents I was given, and I show you the file and the very words behind each sentence.

    Ask in Arabic, Persian or English, just as you would ask a colleague. What I do not find in the documents, I say I did not find.

    /help shows what I can do.
help =
    Write a question, and I answer it from the documents. I can also summarise a file, list or compare what the documents say, or look in one file or one period only.

    The numbers in brackets lead to the sources below the answer: file, title and quotation.
command-help = what I can do
command-sources = the documents I answer from
command-new = forget this conversation and begin a new one
command-stop = stop what is being written
command-ask = ask a question (in groups)
command-start = begin
command-reindex = read the documents again (admins)

greeting = Isnad answers from your documents. Ask, or /help. End with Ctrl-D.
greeting-again = The conversation goes on where it was; /new begins another.
forgotten = This conversation is forgotten. What would you like to know?
needs-text = I can only read text so far. Please write your question to me.
needs-question = What would you like to know? Write your question after /ask, or simply as a message.
too-long = That is too long for me: a question may have at most { $limit } characters. Please shorten it.
too-many =
    { $minutes ->
        [one] You have asked as much as is allowed in an hour. Please come back in a minute.
       *[other] You have asked as much as is allowed in an hour. Please come back in { $minutes } minutes.
    }
too-many-in-all =
    { $minutes ->
        [one] So much has been asked this hour that I must pause for everyone. Please come back in a minute.
       *[other] So much has been asked this hour that I must pause for everyone. Please come back in { $minutes } minutes.
    }
private = This bot is not open to everyone. If you should have access, give its owner your number: { $id }
for-admins = That is for admins only. You can always ask a question, and /sources shows what there is.
unknown-command = I do not know that command. /help shows what I can do.
only-in-telegram = That works in Telegram only, where it has buttons. /help shows what I can do here.
index-busy = The documents are being read right now. Please try again in a minute.
failed = I could not do that; the fault is mine, not yours. Please try again in a moment. If it happens again, tell the owner of this bot this number: { $reference }

understood = Understood as: { $question }
corrected = After checking, the answer is:
translation = Translation by the model: { $text }
undated = undated
answer-sources = Sources
also-in = Also in: { $files }
missing = The documents do not say: { $parts }
withheld =
    { $count ->
        [one] One sentence was withheld because the sources do not support it.
       *[other] { $count } sentences were withheld because the sources do not support them.
    }

command-language = the language in which I speak with you
command-forget = delete everything I keep about you
command-show = the words around a source: /show 1, then /show 1 +1
command-good = the last answer was good
command-bad = the last answer was bad; /bad 2: its source 2 does not support it
language-offer = In which language shall I speak with you? My answers follow the language of your question.
language-chosen = From now on I speak English with you. My answers still follow the language of your question.
forgotten-asker =
    { $count ->
        [0] There was nothing of yours that I kept. Only how much you have asked stays, until the hour and the day are over.
        [one] I have deleted what I kept about you: one question with its answer, and what you thought of it. Only how much you have asked stays, until the hour and the day are over.
       *[other] I have deleted what I kept about you: { $count } questions with their answers, and what you thought of them. Only how much you have asked stays, until the hour and the day are over.
    }
private-group = This bot may not answer in this group. If it should, give its owner the number of the group: { $id }
anonymous = You are writing in the name of a group or a channel, so I cannot tell who is asking. Please write under your own name: for admins, turn off “Remain anonymous”.
queue-full =
    { $minutes ->
        [one] So many questions are waiting that I cannot take another one. Please come back in a minute.
       *[other] So many questions are waiting that I cannot take another one. Please come back in { $minutes } minutes.
    }

evidence-line = line { $line }
evidence-page = page { $page }
evidence-before =
    { $count ->
        [one] The passage before the one that is cited:
       *[other] { $count } passages before the one that is cited:
    }
evidence-after =
    { $count ->
        [one] The passage after the one that is cited:
       *[other] { $count } passages after the one that is cited:
    }
evidence-changed = The file has changed since I answered, but the quotation still stands in it, word for word.
evidence-moved = The file has changed since I answered: the quotation stands elsewhere in it now.
evidence-elsewhere = Since I answered, the quotation has moved to another file; it was in { $file }.
evidence-gone = The documents have changed since I answered: the quotation no longer stands in them. These were the words:
evidence-none = The answer has no source of that number.
answer-gone = I no longer have that answer. Please ask your question again.
button-previous = Previous
button-next = Next
button-file = Send the file
button-bad-citation = Bad citation
feedback-good = Thank you, I am glad.
feedback-bad = Thank you, I have noted that. If it is a single source that is wrong, tap its number, then “Bad citation”.
feedback-citation = Thank you, I have noted that source { $n } does not support the answer.
file-gone = That file is not among the documents any more.
file-large = That file is too large to be sent here.
inline-closed = This bot is not open to everyone
inline-ask = Ask a question
inline-nothing = Nothing found. Ask me instead
guest-cut = This is only the beginning of the answer: all of it does not fit into one message. Ask me in private to read the whole.
profile-short = Answers from your documents, and shows the very words behind each sentence. Arabic, Persian, English.
profile-description =
    I answer questions from the documents I was given, in Arabic, Persian and English.

    Each sentence is checked, and a tap on its number shows the very words of the source, what stands around them, and the file. What the documents do not say, I say I did not find.

sources-none = There are no documents yet.
sources-heading =
    { $count ->
        [one] One document
       *[other] { $count } documents
    }
passages =
    { $count ->
        [one] one passage
       *[other] { $count } passages
    }
and-more =
    { $count ->
        [one] … and one more
       *[other] … and { $count } more
    }
skipped-heading =
    { $count ->
        [one] One file was skipped:
       *[other] { $count } files were skipped:
    }

report-heading =
    { $files ->
        [one] The index is up to date: one document, revision { $revision }
       *[other] The index is up to date: { $files } documents, revision { $revision }
    }
report-added = Added ({ $count }):
report-changed = Changed ({ $count }):
report-removed = Removed ({ $count }):
report-nothing = Nothing has changed.
report-warnings = Somebody should look at these ({ $count }):
progress-start = Reading the documents …
progress-read = Reading the documents … { $done }/{ $total }
progress-embed = Preparing the passages … { $done }/{ $total }
progress-write = Storing … { $done }/{ $total }
progress-build = Building the index … { $done }/{ $total }

text-goes-to = Questions and passages of the documents are sent to { $host }.
open-to-everyone = Warning: everyone in Telegram can ask this bot. TELEGRAM_ALLOWED_IDS limits it to some.
set-up = This can be set, as lines of .env or in the environment; `rag doctor` then tries it out:
set-documents = DOCUMENTS_DIR: the folder of your documents. Now I answer from { $folder }.
set-telegram = TELEGRAM_BOT_TOKEN: I answer in Telegram instead of here. Write /newbot to @BotFather, who gives you the token.
set-model = OPENAI_API_KEY, or OPENAI_BASE_URL for a server of your own: a model writes the answers. Without, I quote.
chroma-unreachable = The Chroma server { $host } cannot be reached: until it can, search does without. Check CHROMA_URL and the network.
model-unreachable = The model server { $host } cannot be reached: answers are quotations until it can. Check OPENAI_BASE_URL and the network.
model-key-refused = { $host } refused OPENAI_API_KEY: answers are quotations until it is right.
model-not-listed = { $host } has no model { $name }: answers are quotations until OPENAI_MODEL is right.
serving = Answering in Telegram as @{ $name }. Stop with Ctrl-C.

sent-again = (Sent again, because the connection broke: you may have read this already.)
stopped = Stopped at your request.
stopped-nothing = Nothing is being written at the moment.
stop-not-yours = Only whoever asked can stop this answer.
stop-button = Stop
looking = Looking through the documents …
restarting = I am being restarted. Your question is kept, and I answer it as soon as I am back.

# Admins
command-status = how I am doing: questions, errors, times (admins)
command-users = who may ask, and invitations (admins)
command-remove = delete a document (admins)
in-private = That is better said in private. Please write it to me there.
cancel = Cancel
back = Back
done = Done.
size-kilobytes = { $size } KB
size-megabytes = { $size } MB

reindex-stopping = Stopping …
reindex-stopped = Stopped. The index is as it was.
reindex-over = That has ended already.

upload-offer = Add { $name } ({ $size }) to the documents?
upload-taken = There is already a document named { $name }. What shall I do with the new one ({ $size })?
upload-add = Add
upload-replace = Replace
upload-both = Keep both
upload-working = { $name } is being added …
upload-added = { $name } was added to the documents.
upload-replaced = { $name } was replaced.
upload-cancelled = Nothing was added.
upload-format = I cannot read { $name }. I can read these formats: { $formats }
upload-too-large = { $name } is too large for me: a document may have at most { $limit }.
upload-empty = { $name } is empty, so it was not added.
upload-unreadable = { $name } was not added: { $reason }.
upload-gone = I no longer have that file. Please send it to me again.
folder-unavailable = The documents folder cannot be written to. Please look at its rights and at the space on its disk; the log says more.

remove-usage = Which document? Write its name, or a part of it, after /remove.
remove-none = I know of no document like { $name }. /sources shows what there is.
remove-which = Which of these shall I delete?
remove-too-many = { $count } documents have a name like { $name }. Please write more of it.
remove-offer = Delete { $name } from the documents? That cannot be undone.
remove-button = Delete
remove-done = { $name } was deleted.
remove-gone = { $name } was not there any more.
remove-refused = { $name } was not deleted: { $reason }.
remove-cancelled = Nothing was deleted.

sources-page = Page { $page } of { $pages }
sources-found =
    { $count ->
        [one] One document has “{ $query }” in its name or title
       *[other] { $count } documents have “{ $query }” in their names or titles
    }
sources-not-found = No document has “{ $query }” in its name or title.
sources-hint = /sources followed by a word searches the names and titles.
sources-next = { $command } shows the next page.

status-heading = How I am doing
status-index = Revision { $revision }. Documents: { $files }, passages: { $passages }, skipped: { $skipped }
status-questions = Questions: { $today } today, { $total } in { $days } days
status-nearest = Only something close found: { $today } today, { $total } in { $days } days
status-abstained = Without an answer: { $today } today, { $total } in { $days } days
status-withheld = Sentences withheld: { $today } today, { $total } in { $days } days
status-tokens = Tokens of the model: { $today } today, { $total } in { $days } days
status-errors = Errors: { $today } today, { $total } in { $days } days
status-time = Half of the answers were there within { $median } s, 95 % within { $slowest } s
status-legend = 🟦 answered  🟨 something close  ⬛ without an answer  🟥 errors
status-journal = What admins did last:

terminal = the terminal
action-reindex = the documents were read again
action-cancel = reading the documents was stopped
action-add = { $file } was added
action-replace = { $file } was replaced
action-remove = { $file } was deleted
action-allow = { $member } was allowed
action-block = { $member } was blocked
action-drop = the decision about { $member } was taken back
action-invite = an invitation was made
action-withdraw = the open invitations were withdrawn
action-join = { $member } followed an invitation

users-heading = Allowed: { $allowed }, blocked: { $blocked }, open invitations: { $invitations }
users-open = Everyone may ask, except those who are blocked; TELEGRAM_ALLOWED_IDS limits it to some.
users-closed = Those who are in TELEGRAM_ALLOWED_IDS, those who are allowed here, and admins may ask.
users-members = Decided about:
users-askers = Asked recently:
users-hint = /users followed by a number shows one person or group.
users-usage = After /users I expect the number of a person or a group: /users 12345678
user-allow = Allow
user-block = Block
user-drop = Take back
user-invite = New invitation
user-withdraw = Withdraw the open invitations
person-allowed = Allowed on { $date } by { $admin }.
person-blocked = Blocked on { $date } by { $admin }.
person-undecided = Nothing was decided here; the settings hold.
person-admin = An admin, named in TELEGRAM_ADMIN_IDS; nothing can be decided here.
person-may = May ask now.
person-may-not = May not ask now.
person-asked =
    { $count ->
        [one] One question is kept, of { $date }.
       *[other] { $count } questions are kept, the last of { $date }.
    }
invitation = Whoever follows this link may ask me. It serves one person, once, until { $date }:
invitation-withdrawn =
    { $count ->
        [0] There was no open invitation.
        [one] One invitation was withdrawn.
       *[other] { $count } invitations were withdrawn.
    }
invitation-followed = { $name } has followed your invitation and may ask now.
invitation-welcome = Welcome! The invitation has let you in.
invitation-used = This invitation was used already; each serves one person. Please ask for a new one.
invitation-expired = This invitation has expired. Please ask for a new one.
invitation-unknown = I do not know this invitation. Please ask for a new one.

# Why a file was skipped, or should be looked at. The codes are those of bot/reasons.py.
reason-empty = it is empty
reason-no-text = it is not a text file
reason-not-utf8 = it is not UTF-8 text (byte { $byte })
reason-not-a-file = it is not a regular file
reason-a-folder = it is a folder
reason-outside = it is not in the documents folder
reason-old-office = it is of an old office format (.doc, .xls, .ppt); save it as .docx, .xlsx or .pptx
reason-misnamed = its name says that it is of the format { $format }, which it is not
reason-image = it is an image
reason-media = it is a sound, an image or a film
reason-sound = it is a sound
reason-program = it is a program
reason-database = it is a database
reason-zip = it is a zip archive; unpack it
reason-archive = it is an archive ({ $format })
reason-other-file = it is of the format { $format }, which I cannot read
reason-not-mail = it is not an e-mail (it has no header)
reason-no-subtitles = it has no subtitles with times
reason-furniture = it holds no text besides page furniture
reason-unsupported = I cannot read files of this format
reason-no-rights = it cannot be opened, because the rights to read it are missing
reason-closed = it cannot be opened ({ $detail })
reason-bad-name = its name is not valid Unicode
reason-link-nowhere = it links to nothing that can be opened
reason-link-outside = it links to a place outside the documents folder
reason-password = it is protected by a password
reason-copying = it is protected against copying
reason-too-large = it is larger than { $megabytes } MB
reason-too-long = its text is longer than { $millions } million characters
reason-sentences = it has more than { $count } lines and sentences
reason-expands = it expands to more than { $megabytes } MB
reason-too-slow = reading it takes more than { $seconds } s
reason-too-much-memory = reading it takes too much memory
reason-pages = it has more than { $count } pages
reason-chapters = it has more than { $count } chapters
reason-slides = it has more than { $count } slides
reason-records = it has more than { $count } records
reason-rows = it has a table of more than { $count } rows
reason-columns = it has a table of more than { $count } columns
reason-cells = it has a sheet of more than { $millions } million cells
reason-parts = it has more than { $count } parts
reason-nested = it is nested more than { $depth } deep
reason-nested-json = it is nested too deep
reason-nested-page = its elements are nested too deep, or too large, to be read whole
reason-no-pdf = it is damaged (it is no PDF)
reason-no-page = it is damaged (no page can be read)
reason-no-html = it is damaged (it holds no HTML)
reason-no-package = it is damaged (it names no package)
reason-no-archive = it is damaged (it cannot be unpacked)
reason-damaged-part = it is damaged ({ $part } cannot be read)
reason-damaged = it is damaged ({ $detail })
reason-reader-broke = it is damaged, or made so that reading it fails
reason-reader-silent = its reader gave no answer that can be read
reason-line-no-json = its line { $line } is not JSON (column { $column })
reason-no-json = it is not JSON (line { $line }, column { $column })
reason-scanned = it is scanned: { $scanned } of its { $pages } pages are images without text
reason-fonts = its fonts do not tell which letters it shows
reason-pages-scanned = pages are images without text, which are not read: { $pages }
reason-pages-fonts = pages have fonts that do not tell their letters, which are not read: { $pages }
reason-pages-damaged = pages cannot be read: { $pages }
reason-chapters-missing = chapters are missing: { $chapters }
reason-attachments = files attached to it are not read: { $files }
reason-hidden-sheets = it has hidden sheets, which are left out: { $sheets }
reason-hidden-slides = it has hidden slides, which are left out: { $slides }
reason-hidden-text = it holds text that is formatted as hidden, which is left out
reason-hidden-in-name = its name holds hidden text: { $signs }
reason-hidden-signs = it holds hidden text: { $signs }
reason-taken-back = it was taken back; /reindex takes it in again
reason-as-earlier = it is indexed as it was earlier, because what came after was taken back; /reindex takes that in again
reason-and-more = { $first } and { $count } more
hidden-kind =
    { $kind ->
        [zero-width-characters] zero-width characters
        [direction-overrides] direction overrides
        [unclosed-direction-changes] unclosed direction changes
        [tag-characters] tag characters
        [variation-selectors] variation selectors
        [private-use-characters] private-use characters
        [control-characters] control characters
       *[other] invisible characters
    }
hidden-count = { $sign } ({ $count })
hidden-from = { $sign } ({ $count }, from line { $line })
