# What an answer says besides quotations and the model's checked statements.
abstained = The documents do not say anything about this.
nearest = The documents do not say this. Closest:
quoted = { $language ->
    [ar] The documents say (in Arabic):
    [fa] The documents say (in Persian):
   *[other] The documents say:
 }
collection = { $count ->
    [0] I have no documents yet.
    [one] I have one document:
   *[other] I have { $count } documents:
 }
collection-more = { $count ->
    [one] And one more.
   *[other] And { $count } more.
 }
greeting = Hello! Ask me about what is in the documents; I answer with quotations that you can check. To see what there is, ask: “What do you have?”
thanks = You are welcome. Ask whenever you like.
farewell = Goodbye.
abilities = I answer from the documents alone and show, to the letter, where each sentence stands in its file. You can ask a question, or for a summary, a list, a timeline or a comparison, and you can limit it to a file, a source or a year. Where the documents do not say, I say so.
empty-question = Please write a question.
no-model = The model that writes the answers failed or did not answer in time, so this is quoted straight from the documents.
model-unverified = What the model wrote could not be verified, so this is quoted straight from the documents.
behind = The index is not up to date yet; this answer is from the revision before.
cut-short = The model broke off before it had finished.
part-of-the-question = a part of the question
missing = The documents leave open: { $what }
withheld = { $count ->
    [one] One sentence was withheld because the documents do not prove it.
   *[other] { $count } sentences were withheld because the documents do not prove them.
 }
disagreement = The sources disagree about this:
no-disagreement = { $count ->
    [0] I have no documents yet.
    [one] There is only one document to compare here, so no disagreement is known.
   *[other] No disagreement was found between the { $count } documents compared: in durations, dates, numbers, scores and who holds an office.
 }
disputed-value = { $date ->
    [unknown] { $value } ({ $source }, undated)
   *[other] { $value } ({ $source }, { $date })
 }
wrong-language = The model did not write in the language of the question, so this is quoted straight from the documents.
corrected = After checking, the answer is:
day = { $day } { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
 } { $year }
days = between { $first } and { $last }
resolved-by-report = { $written }: { $date }, from the date that the report states
resolved-by-post = { $written }: { $date }, from the date of the post itself
resolved-by-name = { $written }: { $date }, from the date in the file's name
now-dated = { $undated ->
    [no] The newest dated report here is of { $date }; the documents do not say what has changed since.
   *[other] The newest dated report here is of { $date }; the documents do not say what has changed since. Some of the reports here do not state their full date.
 }
now-undated = These reports do not state their full date, so it is not known whether this still holds.
published = { $source } is dated { $date }
published-after = { $source } is of { $date }, the day after the post that it copies
published-unknown = { $source } does not state its date
newer = And in the newest dated report ({ $date }):
understood = Understood as: { $question }
translation = Translation by the model: { $text }
on-page = page { $page }
undated = undated
