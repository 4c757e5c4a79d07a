"""What the weights look at, as readable names: "word=say", "kind=ccomp & voice=passive".

No feature names a person, a place or any word of a text other than the cue's own stem and function words.
"""

from __future__ import annotations

import functools

from briefing.facts.statements.contents import Content
from briefing.facts.statements.cues import Cue, is_impersonal
from briefing.facts.statements.page import Page
from briefing.facts.statements.speakers import Candidate
from briefing.facts.statements.words import is_word, lexicon, stem

LONGEST_LOOK = 60  # tokens of a content that are looked at
NEAR = 12  # tokens either side of a cue in which a quotation counts as near
SIZES = ("0", "1", "2", *["3-4"] * 2, *["5-8"] * 4, *["9-16"] * 8, *["17-32"] * 16, "33+")

MOST_KEPT = 20_000  # of each kind of combined features: cues are words of the text, of which there is no end
PRONOUNS = frozenset({"PRP", "WP", "WDT", "DT"})


def bucket(n: int) -> str:
    """A length or a distance in words as a word."""
    return SIZES[min(max(n, 0), 33)]


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


def cue_features(page: Page, cue: Cue, form: str) -> list[str]:
    tokens, words, tree = page.tokens, page.words, page.tree
    head = cue.head
    token = tokens[head]
    groups = groups_of(cue.kind, cue.word)
    word = f"{cue.kind}={cue.word}"
    impersonal = is_impersonal(page, token.head)
    dep = "ROOT" if impersonal else token.dep
    found = ["bias", word, f"form={form}", f"dep={dep}", f"{word} & form={form}"]
    next_word = function_word(page, cue.last) if cue.last < len(tokens) else "end"
    found += [f"next={next_word}", f"{word} & next={next_word}"]
    labels = set()
    negated = False
    for child in tree.children[head]:
        dep = tokens[child].dep
        if dep == "neg":
            negated = True
        if dep in ("punct", "aux", "auxpass", "det", "neg", "amod", "compound"):
            continue
        if dep == "prep":
            dep = "prep:" + words[child] if words[child] in lexicon().function_words else "prep"
        elif dep == "ccomp":
            dep = ("left:" if child < head else "") + "ccomp"
            if child > head and words[tree.left[child]] == "that":
                labels.add("that-clause")
        elif dep in ("nsubj", "nsubjpass"):
            found += [f"subject={tokens[child].tag}", f"subject-name={page.names[child]}"]
            if tokens[child].tag == "PRP":
                found.append(f"subject={words[child]}")
            elif words[child] in lexicon().sources:
                found.append("subject=source")
        labels.add(dep)
    frame = "+".join(sorted(labels - {"advmod", "conj", "cc", "npadvmod", "mark", "nsubj", "advcl", "that-clause"}))
    found += [f"has={d}" for d in sorted(labels)] + [f"frame={frame}"]
    for group in groups:
        found += [f"group={group}", f"group={group} & form={form}", f"group={group} & frame={frame}"]
        found += [
            f"group={group} & has={d}"
            for d in sorted(labels)
            if d in ("ccomp", "left:ccomp", "xcomp", "dobj", "that-clause")
        ]
    found += [f"{word} & has={d}" for d in sorted(labels) if d not in ("advmod", "conj", "cc", "npadvmod", "nsubj")]
    if negated:
        found += ["negated", f"{word} & negated"]
    if token.head != head and not impersonal:
        above = tokens[token.head]
        if token.dep in ("xcomp", "ccomp", "pcomp"):
            up = stem(above.text) if above.tag[:1] == "V" else above.tag
            found.append(f"below={up if stem(above.text) in lexicon().groups else above.tag}")
        found.append(f"head-tag={above.tag[:2]}")
    number = page.quoted[head]
    if number >= 0:
        quote = page.quotes[number]
        found += ["in-quote", f"in-quote={bucket(quote.last - quote.first)}", f"in-quote & {word}"]
    else:
        found += _quote_neighbours(page, cue)
    first, last = page.blocks[page.block_of[token.block]]
    if last - first < 25 and page.words[last - 1] not in (".", "”", '"', "''", "?", "!"):
        found.append("heading-like")
    if page.block_of[token.block] == 0:
        found.append("first-block")
    return found


def _quote_neighbours(page: Page, cue: Cue) -> list[str]:
    sentence = page.analysis.sentences[page.tokens[cue.head].sentence]
    found = []
    low, high = max(sentence.first - 2, 0), min(sentence.last + 2, len(page.tokens))
    near = page.quoted_before
    before = near[max(low, cue.head - NEAR)] < near[cue.head]
    after = near[cue.last] < near[max(cue.last, min(high, cue.last + NEAR))]
    if before or after:
        found.append(f"near-quote={'<' if before else ''}{'>' if after else ''}")
        if cue.kind == "verb":
            found += [f"group={group} & near-quote" for group in lexicon().groups.get(cue.word, ("other",))]
    if cue.head + 1 < len(page.words) and ":" in page.words[cue.last : cue.last + 6]:
        found.append("colon-after")
    return found


def content_features(page: Page, cue: Cue, content: Content, form: str) -> list[str]:
    tokens = page.tokens
    kind, head = content.kind, cue.head
    first, last = content.ranges[0][0], content.ranges[-1][1]
    length = sum([b - a for a, b in content.ranges])
    size = bucket(length)
    place = "before" if last <= head else "after" if first > head else "around"
    gap = head - last if place == "before" else first - cue.last if place == "after" else 0
    looked = [(a, min(b, a + LONGEST_LOOK)) for a, b in content.ranges]
    quoted = sum([page.quoted_before[b] - page.quoted_before[a] for a, b in looked])
    share = "none" if not quoted else "all" if quoted >= min(length, LONGEST_LOOK) else "some"
    finite = any(page.finite_before[b] > page.finite_before[a] for a, b in looked)
    sentence = page.analysis.sentences[tokens[head].sentence]
    found = [
        *_content_of_cue(kind, form, cue.kind, cue.word, tokens[head].dep),
        *_content_of_size(kind, size),
        *_content_of_groups(kind, cue.kind, cue.word),
        *(("two-pieces",) if len(content.ranges) > 1 else ()),
        *_content_begins(kind, function_word(page, first)),
        f"gap={place}{bucket(gap)}",
        f"{place} & {cue.kind}={cue.word}",
    ]
    if last < len(tokens):
        found.append(f"followed-by={sign(page, last)}")
        if last >= sentence.last - 1:
            found.append(f"{place} & to-sentence-end")
    if first <= sentence.first + 1:
        found.append(f"{place} & from-sentence-start")
    if first:
        found.append(f"preceded-by={sign(page, first - 1)}")
    found += [*_content_quoted(kind, share), f"quoted={share} & {cue.kind}={cue.word}", *_content_finite(kind, finite)]
    return found


# The same few values meet again and again: what they are called together is put into words once.
@functools.lru_cache(maxsize=MOST_KEPT)
def _content_of_cue(kind: str, form: str, cue: str, word: str, dep: str) -> tuple[str, ...]:
    return f"kind={kind}", f"kind={kind} & form={form}", f"kind={kind} & {cue}={word}", f"kind={kind} & dep={dep}"


@functools.lru_cache(maxsize=MOST_KEPT)
def _content_of_size(kind: str, size: str) -> tuple[str, ...]:
    return f"size={size}", f"kind={kind} & size={size}"


@functools.lru_cache(maxsize=MOST_KEPT)
def _content_of_groups(kind: str, cue: str, word: str) -> tuple[str, ...]:
    return tuple(f"kind={kind} & group={g}" for g in groups_of(cue, word))


@functools.lru_cache(maxsize=MOST_KEPT)
def _content_begins(kind: str, begin: str) -> tuple[str, ...]:
    return f"begins={begin}", f"kind={kind} & begins={begin}"


@functools.lru_cache(maxsize=MOST_KEPT)
def _content_quoted(kind: str, share: str) -> tuple[str, ...]:
    return f"quoted={share}", f"kind={kind} & quoted={share}"


@functools.lru_cache(maxsize=MOST_KEPT)
def _content_finite(kind: str, finite: bool) -> tuple[str, ...]:
    return f"finite={finite}", f"kind={kind} & finite={finite}"


def speaker_features(page: Page, cue: Cue, content: Content, candidate: Candidate, form: str) -> list[str]:
    kind = candidate.kind
    found = [
        *_speaker_of_cue(kind, form, cue.kind, cue.word),
        f"from={kind} & content={content.kind}",
        *_speaker_of_groups(kind, cue.kind, cue.word),
    ]
    head = candidate.head
    if head is None:
        return [*found, f"nobody & dep={page.tokens[cue.head].dep}"]
    token = page.tokens[head]
    found += _speaker_is(kind, token.tag, page.names[head] or "-")
    if token.tag in PRONOUNS:
        found.append(f"pronoun={page.words[head]}")
    elif page.words[head] in lexicon().sources:
        found.append("source-word")
    distance = cue.head - head
    found += [f"{'before' if distance > 0 else 'after'}={bucket(abs(distance))}", f"from-dep={token.dep}"]
    inside = any(a <= head < b for a, b in content.ranges)
    if inside:
        found += ["in-content", f"in-content & from={kind}"]
    if page.quoted[head] >= 0 and page.quoted[cue.head] < 0:
        found.append("quoted-source")
    if content.ranges[-1][1] <= head < cue.head or cue.head < head < content.ranges[0][0]:
        found.append("between")
    return found


@functools.lru_cache(maxsize=MOST_KEPT)
def _speaker_of_cue(kind: str, form: str, cue: str, word: str) -> tuple[str, ...]:
    return f"from={kind}", f"from={kind} & form={form}", f"from={kind} & {cue}={word}"


@functools.lru_cache(maxsize=MOST_KEPT)
def _speaker_of_groups(kind: str, cue: str, word: str) -> tuple[str, ...]:
    return tuple(f"from={kind} & group={g}" for g in groups_of(cue, word))


@functools.lru_cache(maxsize=MOST_KEPT)
def _speaker_is(kind: str, tag: str, name: str) -> tuple[str, ...]:
    return f"tag={tag}", f"name={name}", f"from={kind} & tag={tag}", f"from={kind} & name={name}"


def accept_features(page: Page, cue: Cue, content: Content, speaker: Candidate, form: str) -> list[str]:
    word = f"{cue.kind}={cue.word}"
    found = [
        f"content={content.kind}",
        f"content={content.kind} & {word}",
        f"from={speaker.kind}",
        f"from={speaker.kind} & content={content.kind}",
        f"from={speaker.kind} & {word}",
    ]
    groups = groups_of(cue.kind, cue.word)
    begin = function_word(page, content.ranges[0][0])
    tag = page.tokens[speaker.head].tag if speaker.head is not None else "nobody"
    name = page.names[speaker.head] or "-" if speaker.head is not None else "nobody"
    for group in groups:
        found += [f"group={group} & content={content.kind}", f"group={group} & begins={begin}"]
        found += [f"group={group} & source={tag}", f"group={group} & source-name={name}"]
    found.append(f"begins={begin} & {word}")
    if speaker.head is not None:
        token = page.tokens[speaker.head]
        found += [
            f"source={token.tag}",
            f"source-name={page.names[speaker.head] or '-'}",
            f"source={token.tag} & {word}",
        ]
        if token.tag in PRONOUNS:
            found.append(f"source={page.words[speaker.head]}")
        elif page.words[speaker.head] in lexicon().sources:
            found.append("source-word")
        if page.quoted[speaker.head] >= 0:
            found.append("quoted-source")
    found += ["c:" + f for f in content_features(page, cue, content, form)[4:] if not f.startswith("kind")]
    return found
