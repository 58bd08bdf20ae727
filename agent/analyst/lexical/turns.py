"""The words of a language that turn a statement around, from its data file."""

from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from agent.analyst.lexical.resources import LISTED, Phrase, Table
from agent.analyst.lexical.stems import root, stem
from agent.analyst.lexical.turn_tables import (
    WRITTEN_ONTO,
    Sides,
    by_first,
    exact_sides_in,
    retellings_in,
    roots_in,
    rows_by_word,
    sides_in,
    synonyms_in,
)


@dataclass(frozen=True)
class PolarityWords:
    """The turning words of one language; `sides` leads a root to the rows it stands in and the side (1 or -1).

    `averting`: roots of verbs that tell their complement did not come about ("refuse", "fail"), which words of
    `not_averting` have by chance; phrases are found by
    their first word: of denial, of what leaves a statement open ("have not said whether"), of taking back a word;
    `figure_before` name a figure of the sentence before ("that figure"), those of `withdrawing` take it back.
    `rejecting` deny what was told before, where that is named as they begin ("which"), end ("it"), or right before;
    `hedge_ends`: so ends a verb that tells what may be; `not_so`: a sentence of that alone tells that the one before
    it is not so;
    `none_of`: that there is none of what the next words name ("no guard"), which "not" tells of no noun;
    `countering`: whoever speaks answers somebody, or is set against him; `own_count`: he tells his own figures;
    `present`: what the words count was there ("on duty"); `perceiving`: that somebody heard or saw, `sounding`: that
    there was something to be heard or seen;
    `rivals`, `only_one`: of two rivals only one can have or do it, by the roots of words ("victory").
    `former`: beside an office, that its holder has it no longer; `as_spelled`: words that tell something, though
    without their accents they are ones that are not compared.
    `departing`: roots of verbs that tell of their subject that it left, of what stands behind them that it was left;
    `telling_which`: roots that have an opposite and tell which of two is meant ("north").
    `decisive`: roots of offices and the like, for which another word tells of somebody else.
    `light` words tell nothing by themselves: verbs that only carry a noun, words that join; `weak_quantities`: who
    tells none of them may mean these too ("some"); `invented`: it is told of a work or made up, `works`: such works.
    `titles` stand before a name and are none of it, with `before_places` it is another place ("New", "Lake"), as with
    `renaming` always; beside `bearers` a name is that of a family, a street, a firm; `short_names` stand for longer
    ones.
    `retellings` lead from the first word of an expression to it and the one word that tells the same.
    `intending`: of what follows they tell that it is wanted, planned or nearly so ("plans to", "almost");
    `belonging`: between a thing and whose it is ("of"); in a language that is `bound` nothing need stand there;
    `verbs_before_nouns`: particles that are verbs right before a noun with its article, and a form that is none.
    `going_on`: before another verb they tell that it goes on, alone that something stays ("keep striking").
    `future` stands before what is to come, `future_behind` behind it; its own form begins or ends so;
    `relating`: before a noun they tell which part it takes ("from"), `relating_behind` behind it; `agents` that it
    acts in a passive sentence ("by"; `agents_behind` stand behind it); `determining` tell a noun ("the"); `joining`
    put two beside each other.
    `averting_phrases` do what `averting` does; of those in `averting_apart` who acts may stand between; behind
    `circumstances` stands no more of what is averted; `lifting`: what they are told of, of those in `lifted`, is no
    more ("the ban"); `relieving`: they do an ill no good, as what prevents it; `excepting`: something is left out;
    `to_come` name a time to come, with `bygone` it is so no longer; with `opening_conditions` a condition begins.
    Behind `of_what` stands what another thing has to do with, as with those of `made_of` wherever they stand, and not
    with those of `amounts`; `telling_when` tell with a month which part of it; `narrowing` tell of one of several, or
    of what is none yet (`narrowing_behind`: behind it). A word of `cutting` beside one of `cut_off` tells that there
    is none of it; the kinds in `named_behind` have their names right behind them; a sentence that begins with one of
    `of_persons` tells of somebody named before it. `so_now` tell what is so, `so_then` or `so_then_endings` what was,
    up to a time behind one of `until`, and `lasting` that it is so still; `then_times` name a time gone by, as `ago`
    does with one of `ago_units` behind it.
    """

    negators: frozenset[str] = frozenset()
    scope_ends: frozenset[str] = frozenset()
    former: frozenset[str] = frozenset()
    as_spelled: frozenset[str] = frozenset()
    averting: frozenset[str] = frozenset()
    not_averting: frozenset[str] = frozenset()
    denials: frozenset[str] = frozenset()
    denial_phrases: dict[str, tuple[Phrase, ...]] = field(default_factory=dict)
    hedges: frozenset[str] = frozenset()
    hedge_ends: tuple[str, ...] = ()
    others: frozenset[str] = frozenset()
    leaving_open: dict[str, tuple[Phrase, ...]] = field(default_factory=dict)
    correcting: dict[str, tuple[Phrase, ...]] = field(default_factory=dict)
    taking_back: dict[str, tuple[Phrase, ...]] = field(default_factory=dict)
    figure_before: dict[str, tuple[Phrase, ...]] = field(default_factory=dict)
    withdrawing: dict[str, tuple[Phrase, ...]] = field(default_factory=dict)
    rejecting: frozenset[str] = frozenset()
    not_so: tuple[Phrase, ...] = ()
    said_before_begins: tuple[Phrase, ...] = ()
    said_before_ends: tuple[Phrase, ...] = ()
    said_before_beside: tuple[Phrase, ...] = ()
    none_of: frozenset[str] = frozenset()
    countering: dict[str, tuple[Phrase, ...]] = field(default_factory=dict)
    own_count: dict[str, tuple[Phrase, ...]] = field(default_factory=dict)
    present: dict[str, tuple[Phrase, ...]] = field(default_factory=dict)
    perceiving: frozenset[str] = frozenset()
    sounding: dict[str, tuple[Phrase, ...]] = field(default_factory=dict)
    rivals: frozenset[str] = frozenset()
    only_one: frozenset[str] = frozenset()
    quantities: dict[str, frozenset[int]] = field(default_factory=dict)
    retellings: dict[str, tuple[tuple[Phrase, str], ...]] = field(default_factory=dict)
    verbs_before_nouns: dict[str, str] = field(default_factory=dict)
    going_on: frozenset[str] = frozenset()
    approximating: frozenset[str] = frozenset()
    decisive: frozenset[str] = frozenset()
    telling_which: frozenset[str] = frozenset()
    sides: dict[str, Sides] = field(default_factory=dict)
    exact_sides: dict[str, Sides] = field(default_factory=dict)
    synonyms: dict[str, Sides] = field(default_factory=dict)
    stopwords: frozenset[str] = frozenset()
    light: frozenset[str] = frozenset()
    weak_quantities: frozenset[str] = frozenset()
    invented: dict[str, tuple[Phrase, ...]] = field(default_factory=dict)
    works: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()
    before_places: frozenset[str] = frozenset()
    renaming: frozenset[str] = frozenset()
    bearers: frozenset[str] = frozenset()
    short_names: frozenset[str] = frozenset()
    verb_last: bool = False
    verb_first: bool = False
    departing: frozenset[str] = frozenset()
    averted_before: dict[str, tuple[Phrase, ...]] = field(default_factory=dict)
    intending: dict[str, tuple[Phrase, ...]] = field(default_factory=dict)
    belonging: frozenset[str] = frozenset()
    bound: bool = False
    future: frozenset[str] = frozenset()
    future_begins: tuple[str, ...] = ()
    future_ends: tuple[str, ...] = ()
    not_future: tuple[str, ...] = ()
    future_behind: frozenset[str] = frozenset()
    relating: dict[str, str] = field(default_factory=dict)
    relating_opposed: frozenset[tuple[str, str]] = frozenset()
    mutual: frozenset[str] = frozenset()
    converse: frozenset[str] = frozenset()
    determining: frozenset[str] = frozenset()
    joining: frozenset[str] = frozenset()
    agents: dict[str, tuple[Phrase, ...]] = field(default_factory=dict)
    agents_behind: frozenset[str] = frozenset()
    relating_behind: dict[str, str] = field(default_factory=dict)
    averting_phrases: dict[str, tuple[Phrase, ...]] = field(default_factory=dict)
    circumstances: frozenset[str] = frozenset()
    excepting: dict[str, tuple[Phrase, ...]] = field(default_factory=dict)
    to_come: dict[str, tuple[Phrase, ...]] = field(default_factory=dict)
    of_what: frozenset[str] = frozenset()
    made_of: frozenset[str] = frozenset()
    amounts: frozenset[str] = frozenset()
    telling_when: frozenset[str] = frozenset()
    relieving: frozenset[str] = frozenset()
    bygone: dict[str, tuple[Phrase, ...]] = field(default_factory=dict)
    narrowing: dict[str, tuple[Phrase, ...]] = field(default_factory=dict)
    narrowing_behind: dict[str, tuple[Phrase, ...]] = field(default_factory=dict)
    opening_conditions: frozenset[str] = frozenset()
    averting_apart: frozenset[tuple[str, str]] = frozenset()
    lifting: frozenset[str] = frozenset()
    lifted: frozenset[str] = frozenset()
    cutting: frozenset[str] = frozenset()
    cut_off: frozenset[str] = frozenset()
    named_behind: frozenset[str] = frozenset()
    of_persons: frozenset[str] = frozenset()
    until: frozenset[str] = frozenset()
    lasting: dict[str, tuple[Phrase, ...]] = field(default_factory=dict)
    so_now: frozenset[str] = frozenset()
    so_then: frozenset[str] = frozenset()
    so_then_endings: frozenset[str] = frozenset()
    then_times: dict[str, tuple[Phrase, ...]] = field(default_factory=dict)
    ago: dict[str, tuple[Phrase, ...]] = field(default_factory=dict)
    ago_units: frozenset[str] = frozenset()

    @cached_property
    def untold(self) -> frozenset[str]:
        """Words that are not compared."""
        return self.stopwords | self.light | self.negators | self.denials

    @cached_property
    def canonical(self) -> frozenset[str]:
        """The words that stand for expressions."""
        return frozenset(word for pairs in self.retellings.values() for _, word in pairs)

    def sides_of(self, folded: str, rooted: str) -> Sides:
        """The rows of opposites a word stands in, with its side; rows of exact spellings count below zero."""
        return {**(self.exact_sides.get(folded) or self.sides.get(rooted, {})), **self.synonyms.get(folded, {})}


@lru_cache(maxsize=8)
def load_turns(language: str) -> PolarityWords:
    """Empty lists for a language without a file."""
    if language not in LISTED:
        return PolarityWords()
    table = Table(f"stance.{language}.toml")
    return PolarityWords(
        negators=table.words("negators"),
        scope_ends=table.words("scope_ends"),
        former=table.words("former"),
        as_spelled=table.spelled("as_spelled"),
        averting=roots_in(table, "averting", language),
        not_averting=table.words("not_averting"),
        denials=table.words("denials"),
        denial_phrases=by_first(table.phrases("denial_phrases")),
        hedges=table.words("hedges"),
        hedge_ends=tuple(sorted(table.words("hedge_ends"))),
        others=table.words("others"),
        leaving_open=by_first(table.phrases("leaving_open")),
        correcting=by_first(table.phrases("correcting")),
        taking_back=by_first(table.phrases("taking_back")),
        figure_before=by_first(table.phrases("figure_before")),
        withdrawing=by_first(table.phrases("withdrawing")),
        rejecting=table.words("rejecting"),
        not_so=table.phrases("not_so"),
        said_before_begins=table.phrases("said_before_begins"),
        said_before_ends=table.phrases("said_before_ends"),
        said_before_beside=table.phrases("said_before_beside"),
        none_of=table.words("none_of"),
        countering=by_first(table.phrases("countering")),
        own_count=by_first(table.phrases("own_count")),
        present=by_first(table.phrases("present")),
        perceiving=table.words("perceiving"),
        sounding=by_first(table.phrases("sounding")),
        rivals=table.words("rivals"),
        only_one=roots_in(table, "only_one", language),
        quantities=rows_by_word(table, "quantities", WRITTEN_ONTO if language == "ar" else ("",)),
        retellings=retellings_in(table),
        verbs_before_nouns=dict(table.rows("verbs_before_nouns")),
        going_on=table.words("going_on"),
        approximating=table.words("approximating"),
        decisive=roots_in(table, "decisive", language),
        telling_which=roots_in(table, "telling_which", language),
        sides=sides_in(table, language),
        exact_sides=exact_sides_in(table),
        synonyms=synonyms_in(table),
        stopwords=Table("stopwords.toml").words(language),
        light=table.words("light"),
        weak_quantities=table.words("weak_quantities"),
        invented=by_first(table.phrases("invented")),
        works=roots_in(table, "works", language),
        titles=table.words("titles"),
        before_places=table.words("before_places"),
        renaming=table.words("renaming"),
        bearers=table.words("bearers"),
        short_names=roots_in(table, "short_names", language),
        verb_last=bool(table.words("verb_last")),
        verb_first=language == "ar",
        departing=frozenset(root(stem(word, language), language) for word in table.words("departing")),
        averted_before=by_first(table.phrases("averted_before")),
        intending=by_first(table.phrases("intending")),
        belonging=table.words("belonging"),
        bound=bool(table.words("bound")),
        future=table.words("future"),
        future_begins=table.prefixes("future_begins"),
        future_ends=tuple(sorted(table.plain("future_ends"))),
        not_future=table.prefixes("not_future"),
        future_behind=table.words("future_behind"),
        relating={word: row[0] for row in table.rows("relating") for word in row},
        relating_opposed=frozenset(pair for a, _, b in table.rows("relating_opposed") for pair in ((a, b), (b, a))),
        mutual=roots_in(table, "mutual", language),
        converse=roots_in(table, "converse", language),
        determining=table.words("determining"),
        joining=table.words("joining"),
        agents=by_first(table.phrases("agents")),
        agents_behind=table.words("agents_behind"),
        relating_behind={word: row[0] for row in table.rows("relating_behind") for word in row},
        averting_phrases=by_first(table.phrases("averting_phrases")),
        circumstances=table.words("circumstances"),
        excepting=by_first(table.phrases("excepting")),
        to_come=by_first(table.phrases("to_come")),
        of_what=table.words("of_what"),
        made_of=roots_in(table, "made_of", language),
        amounts=roots_in(table, "amounts", language),
        telling_when=roots_in(table, "telling_when", language),
        bygone=by_first(table.phrases("bygone")),
        narrowing=by_first(table.phrases("narrowing")),
        narrowing_behind=by_first(table.phrases("narrowing_behind")),
        opening_conditions=table.words("opening_conditions"),
        averting_apart=frozenset((verb, behind) for verb, behind in table.rows("averting_apart")),
        lifting=table.words("lifting"),
        lifted=roots_in(table, "lifted", language),
        so_now=table.words("so_now"),
        so_then=table.words("so_then"),
        so_then_endings=table.words("so_then_endings"),
        then_times=by_first(table.phrases("then_times")),
        ago=by_first(table.phrases("ago")),
        ago_units=table.words("ago_units"),
        relieving=roots_in(table, "relieving", language),
        cutting=table.words("cutting"),
        cut_off=table.words("cut_off"),
        named_behind=roots_in(table, "named_behind", language),
        of_persons=table.words("of_persons"),
        until=table.words("until"),
        lasting=by_first(table.phrases("lasting")),
    )
