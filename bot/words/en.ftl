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
command-ask = ask a question (in groups)
command-start = begin
command-reindex = read the documents again (admins)

greeting = Isnad answers from your documents. Ask, or /help. End with Ctrl-D.
forgotten = This conversation is forgotten. What would you like to know?
needs-text = I can only read text so far. Please write your question to me.
needs-question = What would you like to know? Write your question after /ask, or simply as a message.
too-long = That is too long for me: a question may have at most { $limit } characters. Please shorten it.
too-many =
    { $minutes ->
        [one] You have asked as much as is allowed in an hour. Please come back in a minute.
       *[other] You have asked as much as is allowed in an hour. Please come back in { $minutes } minutes.
    }
private = This bot is not open to everyone. If you should have access, give its owner your number: { $id }
for-admins = Reading the documents again is for admins. You can always ask a question, and /sources shows what there is.
unknown-command = I do not know that command. /help shows what I can do.
index-busy = The documents are being read right now. Please try again in a minute.
failed = I could not do that; the fault is mine, not yours. Please try again in a moment. If it happens again, tell the owner of this bot this number: { $reference }

understood = Understood as: { $question }
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
progress-start = Reading the documents …
progress-read = Reading the documents … { $done }/{ $total }
progress-embed = Preparing the passages … { $done }/{ $total }
progress-write = Storing … { $done }/{ $total }
progress-build = Building the index … { $done }/{ $total }

text-goes-to = Questions and passages of the documents are sent to { $host }.
open-to-everyone = Warning: everyone in Telegram can ask this bot. TELEGRAM_ALLOWED_IDS limits it to some.
no-token = No TELEGRAM_BOT_TOKEN, so the conversation is here. For Telegram: write /newbot to @BotFather and put the token it gives you into .env.
serving = Answering in Telegram as @{ $name }. Stop with Ctrl-C.

sent-again = (Sent again, because the connection broke: you may have read this already.)
stopped = Stopped at your request.
stopped-nothing = Nothing is being written at the moment.
stop-button = Stop
looking = Looking through the documents …
restarting = I am being restarted. Your question is kept, and I answer it as soon as I am back.
