"""Telling machine translations from what people write."""

from __future__ import annotations

from briefing.facts import find_facts
from briefing.facts.machine_translation import MODEL, features, is_machine_translated
from tests.casebook import analysed

# Invented, as engines write: no articles, no pronouns, lost capitals and spaces.
MACHINE = """Holm City vigorously promote the development of harbour economy

Harbour economy, talent is the key.

Since the beginning of the year, in order to further promote the high-quality development of harbour industry, the
relevant departments of Holm City, nordby and spain enterprises carry out in-depth cooperation, construction of new
type of quay system, achieved remarkable results,the total output value increase more than 20 percent year on year.

The reporter learned from the harbour bureau that at present the city has also built the quay, the warehouse and other
infrastructure. In addition, need to strengthen the construction of talent team, do a good job in the service work of
enterprise, and provide more strong support for the development of the industry.

The relevant person in charge of the bureau said that the next step will continue to increase investment, optimize
the environment, improve the level of management and“one-stop”service, promote the transformation and upgrading of
traditional industry. In addition, the city will more deeply implement the project of quay, safety and other work, let
more people enjoy the achievement of the development.
"""
HUMAN = """Holm builds a quay

The harbour board, which has been looking for money since last spring, said on Tuesday that it would build a new quay
at the mouth of the river. Those who live nearby were not asked, and they are angry about it.

"We were told that they were only measuring," said Ada Torvald, who runs a shop from which she can see the cranes. "It
was her brother who found out, while he was waiting for his ferry." Her neighbours say that they have all written to
the mayor, who was away when the letters were delivered and whose office would not say when he might be back.

The board, whose chairman was once a fisherman, thinks that the quay could bring in ships that now go to Nordby. It has
been losing them for over ten years, which is why it hopes that the town will see things its way. Those who are not
persuaded might be when the first ships come in, he said, looking over the water. It is his last project.

They may have to wait, though. The builders from whom the board was expecting an offer were bought by a rival in May,
while the bank that was to lend the money has had troubles of its own.
"""


def test_a_machine_translation_is_marked() -> None:
    article, analysis = analysed(MACHINE)
    assert is_machine_translated(analysis)
    assert "machine-translated" in [note.code for note in find_facts(article, analysis).notes]


def test_what_a_person_wrote_is_not() -> None:
    for text in (HUMAN, HUMAN.replace("the mayor", "the mayor of spain").replace("Tuesday that", "Tuesday,that")):
        article, analysis = analysed(text)
        assert not is_machine_translated(analysis)
        assert "machine-translated" not in [note.code for note in find_facts(article, analysis).notes]


def test_a_short_text_tells_too_little() -> None:
    _, analysis = analysed("\n\n".join(MACHINE.split("\n\n")[:3]))
    assert not is_machine_translated(analysis)


def test_every_rate_has_a_weight() -> None:
    _, analysis = analysed(HUMAN)
    assert features(analysis).keys() == MODEL.weights.keys()
