"""Incidents: concrete explosions that harmed, or could have harmed, somebody.

Each passage that tells of an explosion gives an account of it (day, site, device, victims). Accounts
that can be of one event are one incident; passages that go on with it complete it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from geotrack.extraction.accounts import (
    Account,
    alike_account,
    blames_ordnance,
    counts_parts,
    counts_victims,
    device_of,
    harm_account,
    is_habit,
    names_attack,
    names_its_device,
    opening_account,
    read_accounts,
    tells_blast,
)
from geotrack.extraction.casualties import may_tell, names_ordnance
from geotrack.extraction.continuing import go_on
from geotrack.extraction.days import Days
from geotrack.extraction.frames import (
    FOLLOWS_WITHIN,
    Frame,
    completed,
    days_agree,
    going_on,
    merged,
    opened,
    places_agree,
    split_up,
    told_by_lead,
    told_once,
)
from geotrack.extraction.joining import join
from geotrack.extraction.passages import Passage
from geotrack.extraction.persons import Person
from geotrack.extraction.places import Contains, PlaceGroup
from geotrack.extraction.recalls import is_definite, is_recalled, tells_of_known
from geotrack.extraction.scene import Scene
from geotrack.extraction.shares import Share, counts_former, find_shares, is_uniform, one_each, shared_out
from geotrack.extraction.sites import is_site, is_told_day, site_groups, site_of, stated_days
from geotrack.extraction.stories import is_aggregate, opens_entry
from geotrack.extraction.victims import read_fates
from geotrack.extraction.words import fold
from geotrack.models import Place

# Ordnance spoken of this many passages before is what a bare "blown up" means.
CONTEXT_WITHIN = 6
# A site named this many passages before is where a blast without a place was.
SITE_WITHIN = 2
# Harm told this many passages before a blast was named is what the blast did.
PRELUDE_WITHIN = 3
# Harm told this many passages before ordnance was named, with nothing else beside it, is what it did.
CAUSE_WITHIN = 2
# A report that tells so many incidents by their days is a chronicle: harm on a day somewhere is one, too.
CHRONICLED = 2
# A blast told in one of so many first passages is what a report is about.
OPENING_WITHIN = 5
# What a report opens with and does not date was no longer ago than this.
_NEWS = dt.timedelta(days=4)
# A report tells of few incidents; of a file of many reports, no more than so many stay open.
_OPEN = 100
_LONG_AGO = -1 - CONTEXT_WITHIN


def find_frames(
    passages: Sequence[Passage], scenes: Sequence[Scene], contains: Contains, published: dt.date | None
) -> list[Frame]:
    """Return the incidents that the passages of a document tell of, in order.

    What a report published on a known day opens with and does not date was on that day.
    """
    course = _Course(contains, published)
    for passage, scene in zip(passages, scenes, strict=True):
        course.read(passage, scene)
    found = split_up(told_once([f for f in course.told() if f.specific], contains), contains)
    if published is not None and any(told_by_lead(found[0], f, published) for f in found[1:]):
        del found[0]
    if not found or published is None or not _is_news(found[0]):
        return found
    news = replace(found[0], days=Days(published, published, "day"), inferred=(*found[0].inferred, "date"))
    return [news, *found[1:]]


def _is_news(frame: Frame) -> bool:
    """Tell whether a report opens with an incident that harmed somebody somewhere, and does not date it."""
    early = frame.passages[0] <= OPENING_WITHIN
    return early and frame.days is None and frame.placed and frame.toll.known


@dataclass(slots=True)
class _Course:
    """What has been told so far: the incidents, and where ordnance, its victims and sites were spoken of.

    `closed` are incidents told too long ago for anything to be of them;
    `counted` is where victims of ordnance were summed up, who are told of one by one after it; `before` is
    harm told before what did it; `linked` that items below "See also" are read, which tell nothing;
    `recalling` is the paragraph that recalls earlier blasts; `shares` are those told apart up to the passage
    `shared`, `former` is how many blasts before the last one the passage `formed` summed up; `attacked` that
    other harm than that of ordnance was told; `day` the day told last, in a passage of a paragraph (`dayed`);
    `entered` is the bare day that opened the entry of a chronicle read now.
    """

    contains: Contains
    published: dt.date | None
    frames: list[Frame] = field(default_factory=list)
    closed: list[Frame] = field(default_factory=list)
    spoken: int = _LONG_AGO
    counted: int = _LONG_AGO
    before: Account | None = None
    site: tuple[Place, ...] = ()
    sited: int = _LONG_AGO
    linked: bool = False
    recalling: int = _LONG_AGO
    shares: list[Share] = field(default_factory=list)
    shared: int = _LONG_AGO
    former: int = 0
    formed: int = _LONG_AGO
    attacked: bool = False
    day: Days | None = None
    dayed: tuple[int, int] = (_LONG_AGO, _LONG_AGO)
    entered: int = _LONG_AGO

    def told(self) -> list[Frame]:
        """Return all incidents, in the order in which they were told first."""
        return [*self.closed, *self.frames]

    def _close(self) -> None:
        """Close the incidents told longest ago where many are open."""
        if len(self.frames) > 2 * _OPEN:
            self.closed += self.frames[:_OPEN]
            del self.frames[:_OPEN]

    def read(self, passage: Passage, scene: Scene) -> None:
        """Take in what a passage tells."""
        self._close()
        self._enter(passage)
        if names_ordnance(passage):
            self.spoken = passage.number
        elif names_attack(passage):
            self.spoken, self.before, self.attacked = _LONG_AGO, None, True
        heading = _is_heading(passage, scene)
        linked = self.linked and passage.sentence.kind == "item"
        self.linked = linked or (heading and bool(passage.tagged.find("recalled")))
        if linked or passage.tagged.find("rehearsal") or is_habit(passage):
            return
        if heading and tells_blast(passage) and not is_aggregate(passage):
            self.counted = self.spoken = passage.number
        if self._tell_former(passage, scene):
            self.before = None
        elif self._splits_up(passage):
            self.counted = passage.number  # "mines hit 21 people. Of these 21, 8 died"
        elif not heading and self._may_tell(passage) and not is_aggregate(passage):
            told = self._tell(passage, scene)
            if not told and passage.tagged.find("many") and counts_victims(passage):
                self.counted = passage.number  # "mines have taken three lives"
        elif counts_victims(passage):
            self.counted = passage.number
        self._forget(passage)
        self._recall(passage)
        self._visit(passage, scene)
        self._keep_day(passage)

    def _enter(self, passage: Passage) -> None:
        """Begin another entry of a chronicle where a bare day opens it: nothing of the one before goes on."""
        if opens_entry(passage):
            self.entered, self.before = passage.number, None

    def _visit(self, passage: Passage, scene: Scene) -> None:
        """Keep the site that a passage names."""
        named = [g for g in site_groups(passage, scene) if not g.country_only]
        fresh = passage.number - self.sited > SITE_WITHIN
        if named and (fresh or self._narrows(named) or any(is_site(passage, g) for g in named)):
            self.sited, self.site = passage.number, site_of(passage, named)

    def _keep_day(self, passage: Passage) -> None:
        """Keep the day that a passage states; harm of another day waits for no cause any longer."""
        time = stated_days(passage)
        if time is None or time.days is None or time.days.precision != "day" or is_told_day(passage, time):
            return
        self.day, self.dayed = time.days, (passage.number, passage.sentence.paragraph)
        before = self.before
        if (
            before
            and before.passage < passage.number
            and before.dated
            and not days_agree(before.days, self.day)
        ):
            self.before = None

    def _is_of_day(self, passage: Passage) -> bool:
        """Tell whether the day told last is that of a passage: of its paragraph or entry, just before it."""
        number, paragraph = self.dayed
        here = paragraph == passage.sentence.paragraph or number == self.entered
        return here and passage.number - number <= PRELUDE_WITHIN

    def _is_chronicle(self) -> bool:
        """Tell whether a report tells of ordnance alone, one incident after another by their days."""
        dated = sum(f.dated and (f.toll.known or bool(f.toll.struck)) for f in self.told())
        return not self.attacked and dated >= CHRONICLED

    def _splits_up(self, passage: Passage) -> bool:
        """Tell whether a passage only says what became of some of those counted just before."""
        first = passage.quantities[0] if passage.quantities else None
        some = first is not None and first.first == 0 and (first.partitive or first.subset)
        parts = passage.number == self.counted + 1 and (some or passage.tagged.has(0, "subset.strict"))
        return parts and counts_parts(passage)

    def _narrows(self, named: Sequence[PlaceGroup]) -> bool:
        """Tell whether a passage names a place inside the site told before: a village of the region."""
        return any(self.contains(a.id, b.id) for a in self.site for g in named for b in g.places)

    def _may_tell(self, passage: Passage) -> bool:
        """Tell whether a passage can tell of a blast, say what a blast was of, or go on with the last one."""
        before = self.before
        if may_tell(passage) or (
            before and (before.evidence == "blast" or self._names_its_cause(passage, before))
        ):
            return True
        return any(passage.number - f.passages[-1] <= FOLLOWS_WITHIN for f in self.frames)

    def _recall(self, passage: Passage) -> None:
        """Keep the paragraph that recalls blasts: those with days of their own in it are others."""
        if passage.tagged.find("recalled"):
            self.recalling = passage.sentence.paragraph

    def _is_past(self, account: Account) -> bool:
        """Tell whether what is recalled was too long ago to be what a report without a day opens with."""
        lead = self.frames[0] if self.frames else None
        news = lead is not None and lead.days is None and lead.toll.known and lead.passages[0] <= 1
        day = account.days.end if account.days else None
        return bool(news and day and self.published and self.published - day > _NEWS)

    def _forget(self, passage: Passage) -> None:
        """Leave harm told too long ago; a blast that harmed somebody waits longer for its cause."""
        if self.before is None:
            return
        blast = self.before.evidence == "blast" and (self.before.toll.known or self.before.toll.struck)
        if passage.number - self.before.passage >= (CONTEXT_WITHIN if blast else PRELUDE_WITHIN):
            self.before = None

    def _tell(self, passage: Passage, scene: Scene) -> bool:
        """Take the blasts that a passage tells of, else what it adds to the last one, else bare harm.

        Return whether it told of any.
        """
        if self._share_out(passage, scene):
            self.before = None
            return True
        lately = self.site if passage.number - self.sited <= SITE_WITHIN else ()
        known = passage.number - self.spoken <= CONTEXT_WITHIN
        accounts = read_accounts(passage, scene, self.contains, in_context=known, lately=lately)
        if not any(a.toll.known for a in accounts):
            accounts = self._alike(passage, scene) or accounts
        recalling = passage.sentence.paragraph == self.recalling
        for told in accounts:
            another = recalling or (is_recalled(passage) and self._is_past(told))
            account = replace(told, another=True) if another and told.dated else told
            if not account.dated and account.days and self.published and account.days.start > self.published:
                account = replace(account, days=None)  # the day of a funeral to come
            undated = account.days is None or (self.entered == self.dayed[0] and not account.dated)
            if undated and not account.recalled and self._is_of_day(passage):
                account = replace(account, days=self.day, dated=True)
            whole = completed(account, self.before, self.contains) if self.before else account
            join(whole, self.frames, self.contains)
        if accounts or go_on(passage, scene, self.frames, self.contains, since=self.entered):
            self.before = None
            return bool(accounts)
        self._await_cause(passage, scene)
        return False

    def _await_cause(self, passage: Passage, scene: Scene) -> None:
        """Take bare harm that is of a blast told near by, else keep it until its cause is told."""
        harm = harm_account(passage, scene)
        if harm is not None and self._details(harm):
            return
        stated = harm is not None and (harm.placed or harm.dated)
        told = harm and harm.placed and harm.dated and self._is_chronicle()
        if (
            harm
            and stated
            and (
                told
                or passage.number - self.counted <= FOLLOWS_WITHIN
                or self._is_of_lead(harm)
                or self._is_beside(passage, harm)
            )
        ):
            join(harm, self.frames, self.contains)
            self.counted = passage.number
        elif self.before is not None and self._names_its_cause(passage, self.before):
            opened = opening_account(passage, scene)
            whole = going_on(opened, self.before, self.contains) if opened else self.before
            device = device_of(passage) or whole.device
            told = replace(whole, passage=passage.number, fates=(), device=device, evidence="event")
            join(told, self.frames, self.contains)
            self.before = None
        elif harm is not None and self._is_of_met(passage, harm):
            assert self.before is not None
            whole = going_on(harm, self.before, self.contains)
            join(replace(whole, device=self.before.device, evidence="event"), self.frames, self.contains)
            self.before = None
        else:
            opened = harm or opening_account(passage, scene)
            if opened is not None:
                before = self.before
                self.before = opened if before is None else going_on(opened, before, self.contains)

    def _names_its_cause(self, passage: Passage, before: Account) -> bool:
        """Tell whether a passage says what a blast was of, or what harm came of: "The cause was a mine"."""
        near = passage.number - before.passage <= CAUSE_WITHIN
        harmed = before.toll.known and (before.placed or before.dated) and near and not passage.quantities
        known = before.evidence == "blast" or harmed
        return blames_ordnance(passage) or (known and names_its_device(passage))

    def _share_out(self, passage: Passage, scene: Scene) -> bool:
        """Take apart the last incident where it turns out to be several: "One was in X, the other in Y"."""
        last = max(range(len(self.frames)), key=lambda i: self.frames[i].passages[-1], default=-1)
        told_of_them = last < 0 or passage.tagged.find("care") or read_fates(passage)
        shares = [] if told_of_them else find_shares(passage, scene)
        if not shares or passage.number - self.frames[last].passages[-1] > FOLLOWS_WITHIN:
            return False
        told = self.shares if passage.number - self.shared == 1 else []
        self.shares, self.shared = [*told, *shares], passage.number
        if not is_uniform(self.frames[last].toll, len(self.shares)):
            return False
        self.frames[last : last + 1] = shared_out(self.frames[last], self.shares)
        return True

    def _tell_former(self, passage: Passage, scene: Scene) -> bool:
        """Take the blasts before the last one, as many as their victims: "The two before it hurt two men"."""
        former = counts_former(passage)
        if former:
            self.former, self.formed = former, passage.number
        if not self.frames or passage.number - self.formed > 1 or names_attack(passage):
            return False
        toll = one_each(read_fates(passage), self.former)
        named = [g for g in site_groups(passage, scene) if not g.country_only]
        if toll is None or not (named or self.site):
            return False
        time = stated_days(passage)
        one = Account(
            passage.number, (), toll, time.days if time else None,
            site_of(passage, named) if named else self.site, self.frames[-1].device, "event",
            dated=time is not None, placed=True, another=True,
        )  # fmt: skip
        self.frames += [opened(one)] * self.former
        return True

    def _is_of_met(self, passage: Passage, harm: Account) -> bool:
        """Tell whether those harmed are who came upon ordnance just before: "He is in hospital"."""
        if self.before is None or self.before.evidence != "met":
            return False
        return passage.number - self.before.passage == 1 or tells_of_known(passage, harm.fates)

    def _details(self, harm: Account) -> bool:
        """Tell whether harm is what a blast did whose place alone was told: "they went off in A and B"."""
        ids = {p.id for p in harm.places}
        for i, frame in enumerate(self.frames):
            near = harm.passage - frame.passages[-1] <= FOLLOWS_WITHIN
            bare = frame.placed and not frame.toll.known and ids == {p.id for p in frame.places}
            if near and bare and harm.placed and days_agree(frame.days, harm.days):
                self.frames[i] = merged(frame, harm, self.contains)
                self.before = None
                return True
        return False

    def _alike(self, passage: Passage, scene: Scene) -> list[Account]:
        """Return the blast that a passage likens to the last one: "A similar accident happened in X"."""
        last = max(self.frames, key=lambda f: f.passages[-1], default=None)
        if last is None or passage.number - last.passages[-1] > FOLLOWS_WITHIN:
            return []
        alike = alike_account(passage, scene, last.toll, last.device)
        return [] if alike is None else [alike]

    def _is_beside(self, passage: Passage, harm: Account) -> bool:
        """Tell whether harm of others elsewhere is told right after a blast, in a report of blasts alone."""
        last = max(self.frames, key=lambda f: f.passages[-1], default=None)
        if last is None or harm.passage - last.passages[-1] > 1 or self.attacked or not last.placed:
            return False
        again = harm.toll[:2] == last.toll[:2] and sum(n or 0 for n in harm.toll[:2]) > 1
        if again or tells_of_known(passage, harm.fates) or is_definite(passage):
            return False
        if passage.tagged.find("happened", "care"):
            return False  # "as a result of the incident three died", "one is in hospital in X"
        people = [f.person for f in harm.fates if f.person]
        told = all(_is_introduced(passage, p) for p in people)
        return told and harm.placed and not places_agree(last.places, harm.places, self.contains)

    def _is_of_lead(self, harm: Account) -> bool:
        """Tell whether a lead counted more victims than were told of since: "two were hurt. One in X …"."""
        last = max(self.frames, key=lambda f: f.passages[-1], default=None)
        if last is None or harm.passage - last.passages[-1] > FOLLOWS_WITHIN:
            return False
        if not harm.placed or places_agree(last.places, harm.places, self.contains):
            return False
        told = max(sum(n or 0 for n in last.own[:2]), last.own.struck or 0)
        return 0 < told < sum(n or 0 for n in last.lead[:2])


def _is_introduced(passage: Passage, person: Person) -> bool:
    """Tell whether a noun tells of somebody for the first time: "a shepherd", not "one", "the shepherd"."""
    tagged = passage.tagged
    named = any(tagged.has(k, "person", "head.person") for k in range(person.first, person.last))
    return named and not any(tagged.has(k, "definite.word") for k in (person.first - 1, person.first))


def _is_heading(passage: Passage, scene: Scene) -> bool:
    """Tell whether a passage is a heading, or the title told again as a line of its own."""
    if passage.sentence.kind == "heading":
        return True
    title = scene.title.strip(' ."')
    words = passage.tagged.source(0, len(passage.tagged.words))
    return len(words) >= len(title) and fold(words).strip(' ."') == title
