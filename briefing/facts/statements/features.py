"""What the weights look at, as readable names: "word=say", "kind=ccomp & voice=passive".

No feature names a person, a place or any word of a text other than the cue's own stem and function words.

They come in parts (see `feature_parts`):

    part               (_content_shape, "ccomp", "3-4", "none", True, False)
    spelled([part])    ["size=3-4", "kind=ccomp & size=3-4", "quoted=none", ...]
"""

from __future__ import annotations

from briefing.facts.feature_parts import Part, flags, one, spelled
from briefing.facts.statements.contents import Content
from briefing.facts.statements.cues import Cue, is_impersonal
from briefing.facts.statements.page import Page
from briefing.facts.statements.speakers import Candidate
from briefing.facts.statements.words import is_word, lexicon, stem

LONGEST_LOOK = 60  # tokens of a content that are looked at
NEAR = 12  # tokens either side of a cue in which a quotation counts as near
MANY = 33  # words that are as good as more
SIZES = ("0", "1", "2", *["3-4"] * 2, *["5-8"] * 4, *["9-16"] * 8, *["17-32"] * 16, "33+")
PRONOUNS = frozenset({"PRP", "WP", "WDT", "DT"})
# Dependants of a cue that tell nothing; those that are no part of its frame; those learned for each verb group.
SILENT = frozenset({"punct", "aux", "auxpass", "det", "neg", "amod", "compound"})
UNFRAMED = frozenset({"advmod", "conj", "cc", "npadvmod", "mark", "nsubj", "advcl", "that-clause"})
OF_GROUPS = frozenset({"ccomp", "left:ccomp", "xcomp", "dobj", "that-clause"})
COMMONPLACE = frozenset({"advmod", "conj", "cc", "npadvmod", "nsubj"})


def bucket(n: int) -> str:
    """A length or a distance in words as a word."""
    return SIZES[n] if 0 <= n < MANY else SIZES[MANY if n > 0 else 0]


def function_word(page: Page, i: int) -> str:
    """The word itself where it is a function word, else its part of speech."""
    return page.words[i] if page.words[i] in lexicon().function_words else page.tokens[i].tag


def sign(page: Page, i: int) -> str:
    """The token itself where it is punctuation, else its part of speech."""
    return page.tokens[i].tag if is_word(page.words[i]) else page.words[i]


def groups_of(cue: str, word: str) -> tuple[str, ...]:
    """What a verb is like ("say", "request"); another kind of cue is a group of its own."""
    return lexicon().groups.get(word, ("other",)) if cue == "verb" else (cue,)


def voice(page: Page, cue: Cue) -> str:
    """The grammatical form of a verb: past, present, passive, participle, infinitive, a modal."""
    token = page.tokens[cue.head]
    if cue.kind != "verb":
        return cue.kind
    modal = passive = to = have = False
    which = ""
    for child in page.tree.children[cue.head]:
        if child > cue.head:
            break
        dep, tag = page.tokens[child].dep, page.tokens[child].tag
        if dep == "auxpass":
            passive = True
        elif dep == "aux":
            if tag == "MD":
                modal, which = True, page.words[child]
            elif tag == "TO":
                to = True
            elif stem(page.words[child]) == "hav":
                have = True
    if passive:
        return "passive"
    if modal:
        return "modal:" + which
    if to:
        return "to"
    if have:
        return "perfect"
    return token.tag


def cue_features(page: Page, cue: Cue, form: str) -> list[Part]:
    tokens, words = page.tokens, page.words
    head, kind, word = cue.head, cue.kind, cue.word
    token = tokens[head]
    impersonal = is_impersonal(page, token.head)
    labels, found = _dependants(page, head)
    found += [
        (_cue_form, kind, word, form),
        (one, "dep", "ROOT" if impersonal else token.dep),
        (_cue_next, kind, word, function_word(page, cue.last) if cue.last < len(tokens) else "end"),
        (_cue_frame, kind, word, tuple(sorted(labels))),
    ]
    if any(tokens[child].dep == "neg" for child in page.tree.children[head]):
        found.append((_cue_negated, kind, word))
    if token.head != head and not impersonal:
        found.append((_cue_above, token.dep, *_above(page, token.head)))
    number = page.quoted[head]
    if number >= 0:
        quote = page.quotes[number]
        found.append((_cue_quoted, kind, word, bucket(quote.last - quote.first)))
    else:
        found += _quote_neighbours(page, cue)
    place = page.block_of[token.block]
    first, last = page.blocks[place]
    heading = last - first < 25 and words[last - 1] not in (".", "”", '"', "''", "?", "!")
    found.append((flags, heading and "heading-like", place == 0 and "first-block"))
    return found


def _dependants(page: Page, head: int) -> tuple[set[str], list[Part]]:
    """What hangs on a cue: the labels that tell something, and the subjects."""
    labels: set[str] = set()
    subjects: list[Part] = []
    for child in page.tree.children[head]:
        token, word = page.tokens[child], page.words[child]
        dep = token.dep
        if dep in SILENT:
            continue
        if dep == "prep":
            dep = "prep:" + word if word in lexicon().function_words else "prep"
        elif dep == "ccomp":
            dep = ("left:" if child < head else "") + "ccomp"
            if child > head and page.words[page.tree.left[child]] == "that":
                labels.add("that-clause")
        elif dep in ("nsubj", "nsubjpass"):
            source = "source" if word in lexicon().sources else ""
            subjects.append((_cue_subject, token.tag, page.names[child], word if token.tag == "PRP" else source))
        labels.add(dep)
    return labels, subjects


def _above(page: Page, above: int) -> tuple[str, str]:
    """The verb that governs a cue, if it is one that attributes, else its part of speech; and the latter."""
    token = page.tokens[above]
    word = stem(token.text)
    return (word if token.tag[:1] == "V" and word in lexicon().groups else token.tag), token.tag


def _cue_form(kind: str, word: str, form: str) -> list[str]:
    cue = f"{kind}={word}"
    found = ["bias", cue, f"form={form}", f"{cue} & form={form}"]
    for group in groups_of(kind, word):
        found += [f"group={group}", f"group={group} & form={form}"]
    return found


def _cue_next(kind: str, word: str, following: str) -> list[str]:
    return [f"next={following}", f"{kind}={word} & next={following}"]


def _cue_frame(kind: str, word: str, labels: tuple[str, ...]) -> list[str]:
    frame = "+".join(label for label in labels if label not in UNFRAMED)
    found = [f"frame={frame}", *(f"has={label}" for label in labels)]
    for group in groups_of(kind, word):
        found.append(f"group={group} & frame={frame}")
        found += [f"group={group} & has={label}" for label in labels if label in OF_GROUPS]
    return found + [f"{kind}={word} & has={label}" for label in labels if label not in COMMONPLACE]


def _cue_subject(tag: str, name: str, word: str) -> list[str]:
    found = [f"subject={tag}", f"subject-name={name}"]
    return [*found, f"subject={word}"] if word else found


def _cue_negated(kind: str, word: str) -> list[str]:
    return ["negated", f"{kind}={word} & negated"]


def _cue_above(dep: str, above: str, tag: str) -> list[str]:
    found = [f"head-tag={tag[:2]}"]
    return [*found, f"below={above}"] if dep in ("xcomp", "ccomp", "pcomp") else found


def _cue_quoted(kind: str, word: str, size: str) -> list[str]:
    return ["in-quote", f"in-quote={size}", f"in-quote & {kind}={word}"]


def _quote_neighbours(page: Page, cue: Cue) -> list[Part]:
    sentence = page.analysis.sentences[page.tokens[cue.head].sentence]
    found: list[Part] = []
    low, high = max(sentence.first - 2, 0), min(sentence.last + 2, len(page.tokens))
    near = page.quoted_before
    before = near[max(low, cue.head - NEAR)] < near[cue.head]
    after = near[cue.last] < near[max(cue.last, min(high, cue.last + NEAR))]
    if before or after:
        found.append((_cue_near_quote, cue.kind, cue.word, f"{'<' if before else ''}{'>' if after else ''}"))
    if cue.head + 1 < len(page.words) and ":" in page.words[cue.last : cue.last + 6]:
        found.append((flags, "colon-after"))
    return found


def _cue_near_quote(kind: str, word: str, side: str) -> list[str]:
    groups = groups_of(kind, word) if kind == "verb" else ()
    return [f"near-quote={side}", *(f"group={group} & near-quote" for group in groups)]


def content_features(page: Page, cue: Cue, content: Content, form: str) -> list[Part]:
    tokens = page.tokens
    kind, head = content.kind, cue.head
    first, last = content.ranges[0][0], content.ranges[-1][1]
    length = quoted = 0
    finite = False
    for a, b in content.ranges:
        length += b - a
        end = min(b, a + LONGEST_LOOK)
        quoted += page.quoted_before[end] - page.quoted_before[a]
        finite = finite or page.finite_before[end] > page.finite_before[a]
    place = "before" if last <= head else "after" if first > head else "around"
    gap = head - last if place == "before" else first - cue.last if place == "after" else 0
    share = "none" if not quoted else "all" if quoted >= min(length, LONGEST_LOOK) else "some"
    sentence = page.analysis.sentences[tokens[head].sentence]
    found: list[Part] = [
        (_content_of_cue, kind, cue.kind, cue.word, form),
        (_content_place, place, share, cue.kind, cue.word),
        (_content_shape, kind, bucket(length), share, finite, len(content.ranges) > 1),
        (_content_begins, kind, function_word(page, first), tokens[head].dep),
        (_content_gap, place, bucket(gap), first <= sentence.first + 1),
    ]
    if last < len(tokens):
        found.append((_content_followed, sign(page, last), place if last >= sentence.last - 1 else ""))
    if first:
        found.append((one, "preceded-by", sign(page, first - 1)))
    return found


def _content_of_cue(kind: str, cue: str, word: str, form: str) -> list[str]:
    found = [f"kind={kind}", f"kind={kind} & form={form}", f"kind={kind} & {cue}={word}"]
    return found + [f"kind={kind} & group={group}" for group in groups_of(cue, word)]


def _content_place(place: str, share: str, cue: str, word: str) -> list[str]:
    return [f"{place} & {cue}={word}", f"quoted={share} & {cue}={word}"]


def _content_shape(kind: str, size: str, share: str, finite: bool, pieces: bool) -> list[str]:
    found = [f"size={size}", f"kind={kind} & size={size}", f"quoted={share}", f"kind={kind} & quoted={share}"]
    found += [f"finite={finite}", f"kind={kind} & finite={finite}"]
    return [*found, "two-pieces"] if pieces else found


def _content_begins(kind: str, begin: str, dep: str) -> list[str]:
    return [f"begins={begin}", f"kind={kind} & begins={begin}", f"kind={kind} & dep={dep}"]


def _content_gap(place: str, gap: str, opens: bool) -> list[str]:
    return [f"gap={place}{gap}", *([f"{place} & from-sentence-start"] if opens else [])]


def _content_followed(following: str, closes: str) -> list[str]:
    return [f"followed-by={following}", *([f"{closes} & to-sentence-end"] if closes else [])]


def speaker_features(page: Page, cue: Cue, content: Content, candidate: Candidate, form: str) -> list[Part]:
    kind, head = candidate.kind, candidate.head
    found: list[Part] = [(_speaker_of_cue, kind, form, cue.kind, cue.word), (_speaker_of_content, kind, content.kind)]
    if head is None:
        return [*found, (_speaker_nobody, page.tokens[cue.head].dep)]
    token = page.tokens[head]
    distance = cue.head - head
    inside = any(a <= head < b for a, b in content.ranges)
    between = content.ranges[-1][1] <= head < cue.head or cue.head < head < content.ranges[0][0]
    return [
        *found,
        (_speaker_is, kind, token.tag, page.names[head] or "-", _word_of_source(page, head)),
        (_speaker_at, "before" if distance > 0 else "after", bucket(abs(distance)), token.dep),
        (_speaker_in, kind, inside, page.quoted[head] >= 0 and page.quoted[cue.head] < 0, between),
    ]


def _word_of_source(page: Page, head: int) -> str:
    """The pronoun; "source" for "officials", "report" and the like; else nothing."""
    if page.tokens[head].tag in PRONOUNS:
        return page.words[head]
    return "source" if page.words[head] in lexicon().sources else ""


def _speaker_of_cue(kind: str, form: str, cue: str, word: str) -> list[str]:
    found = [f"from={kind}", f"from={kind} & form={form}", f"from={kind} & {cue}={word}"]
    return found + [f"from={kind} & group={group}" for group in groups_of(cue, word)]


def _speaker_of_content(kind: str, content: str) -> list[str]:
    return [f"from={kind} & content={content}"]


def _speaker_nobody(dep: str) -> list[str]:
    return [f"nobody & dep={dep}"]


def _speaker_is(kind: str, tag: str, name: str, word: str) -> list[str]:
    found = [f"tag={tag}", f"name={name}", f"from={kind} & tag={tag}", f"from={kind} & name={name}"]
    if word:
        found.append(f"pronoun={word}" if tag in PRONOUNS else "source-word")
    return found


def _speaker_at(side: str, distance: str, dep: str) -> list[str]:
    return [f"{side}={distance}", f"from-dep={dep}"]


def _speaker_in(kind: str, inside: bool, quoted: bool, between: bool) -> list[str]:
    found = ["in-content", f"in-content & from={kind}"] if inside else []
    return found + flags(quoted and "quoted-source", between and "between")


def accept_features(page: Page, cue: Cue, content: Content, speaker: Candidate, form: str) -> list[Part]:
    begin = function_word(page, content.ranges[0][0])
    found: list[Part] = [
        (_accept_content, content.kind, speaker.kind, cue.kind, cue.word),
        (_accept_begins, begin, cue.kind, cue.word),
        *((_accept_of_content, part) for part in content_features(page, cue, content, form)),
    ]
    head = speaker.head
    if head is None:
        return [*found, (_accept_nobody, cue.kind, cue.word)]
    tag, name = page.tokens[head].tag, page.names[head] or "-"
    found.append((_accept_source, cue.kind, cue.word, tag, name, _word_of_source(page, head)))
    if page.quoted[head] >= 0:
        found.append((flags, "quoted-source"))
    return found


def _accept_content(content: str, speaker: str, cue: str, word: str) -> list[str]:
    found = [f"content={content}", f"content={content} & {cue}={word}", f"from={speaker}"]
    found += [f"from={speaker} & content={content}", f"from={speaker} & {cue}={word}"]
    return found + [f"group={group} & content={content}" for group in groups_of(cue, word)]


def _accept_begins(begin: str, cue: str, word: str) -> list[str]:
    return [f"begins={begin} & {cue}={word}", *(f"group={group} & begins={begin}" for group in groups_of(cue, word))]


def _accept_nobody(cue: str, word: str) -> list[str]:
    groups = groups_of(cue, word)
    return [name for g in groups for name in (f"group={g} & source=nobody", f"group={g} & source-name=nobody")]


def _accept_source(cue: str, word: str, tag: str, name: str, said: str) -> list[str]:
    found = [f"source={tag}", f"source-name={name}", f"source={tag} & {cue}={word}"]
    for group in groups_of(cue, word):
        found += [f"group={group} & source={tag}", f"group={group} & source-name={name}"]
    if said:
        found.append(f"source={said}" if tag in PRONOUNS else "source-word")
    return found


def _accept_of_content(part: Part) -> list[str]:
    """What is looked at to choose a content counts again, but for what its kind says."""
    return ["c:" + name for name in spelled([part]) if not name.startswith("kind")]
