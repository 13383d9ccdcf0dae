"""Incidents told in the ways of real reports; each is read on Wednesday, 5 June 2024."""

from __future__ import annotations

import pytest
from readings import incident_lines, report

from geotrack.extraction import Reader

pytest_plugins = ("readers",)

TOLD = [
    pytest.param(
        "Mines were laid here for decades. On 3 March a man was blown up by a mine near Horadiz in Fuzuli "
        "district and lost a leg.\n\nOn 9 April a herder was killed by a mine in Sarov village of Tartar "
        "district.\n\nOn 16 May two brothers were wounded in Dolanova village of Khojavend district.",
        [
            "2024-03-03, gn:148003, -/1, mine",
            "2024-04-09, AZ-TAR/sarov, 1/-, mine",
            "2024-05-16, AZ-XVD/dolanova, -/2, unknown",
        ],
        id="a chronicle of mines, where the cause is not told each time",
    ),
    pytest.param(
        "A mine blast happened on 3 June in Sarov village of Tartar district and took three lives.",
        ["2024-06-03, AZ-TAR/sarov, 3/-, mine"],
        id="lives taken are counted",
    ),
    pytest.param(
        "A man was injured by a mine near Olenivka on 3 June. Another tripwire mine wounded a woman in "
        "Zaitseve, Donetsk oblast, the same day.",
        ["2024-06-03, gn:698614, -/1, mine", "2024-06-03, gn:687470, -/1, IED"],
        id="another mine of a kind is another incident",
    ),
    pytest.param(
        "A yard in Izium was the scene of an explosion on 3 June. Four children were hurt. Later police said "
        "that it had been an old shell.",
        ["2024-06-03, gn:707292, -/4, UXO"],
        id="what it had been is told by somebody, later",
    ),
    pytest.param(
        "Two mine accidents took place in May, and four people suffered. The first was on 3 May near the "
        "village of Dolanova in Khojavend district. Two men were wounded when one of them stepped on a mine. "
        "The second accident was near Sarov village in Tartar district on 9 May. A tractor ran over a mine, "
        "and the driver and a passenger were injured.",
        ["2024-05-03, AZ-XVD/dolanova, -/2, mine", "2024-05-09, AZ-TAR/sarov, -/2, mine"],
        id="blasts announced by their number, told after it",
    ),
    pytest.param(
        "A deminer tells how a mine killed his companion. It happened in 1994 near Horadiz in Fuzuli.",
        ["1994, gn:148003, 1/-, mine"],
        id="it happened in a year long past",
    ),
    pytest.param(
        "On 3 June near Olenivka (23 km south-west of Donetsk) a minivan set off a mine. Two civilians died.",
        ["2024-06-03, gn:698614, 2/-, mine"],
        id="a distance tells which of many villages of a name is meant",
    ),
    pytest.param(
        "A lorry came upon a mine in Kherson oblast, and the driver was injured. This was on 3 June in the "
        "summer-house settlement of Stepove.",
        ["2024-06-03, katottg:UA65020050270052296, -/1, mine"],
        id="what a vehicle comes upon, and a season that only describes",
    ),
    pytest.param(
        "On 3 June a mine went off in Izium raion under a woman who had gone for wood. Both her legs were "
        "shattered, and doctors could not save her.",
        ["2024-06-03, UA6304, 1/-, mine"],
        id="both legs are not two persons, who could not be saved is dead",
    ),
    pytest.param(
        "On 3 June three children between 7 and 13 were injured by a grenade in Sumy oblast.",
        ["2024-06-03, UA-59, -/3, UXO"],
        id="ages between two numbers",
    ),
    pytest.param(
        "A mine wounded a man in Khojavend district. It happened in the village of Dolanova on 3 June.",
        ["2024-06-03, AZ-XVD/dolanova, -/1, mine"],
        id="a village that no gazetteer knows, its district told before",
    ),
    pytest.param(
        "A mine went off in Kherson oblast on 3 June near the village of Maksym Stepovy. A man was injured.",
        ["2024-06-03, UA-65/maksym-stepovy, -/1, mine"],
        id="a village whose first word names another one",
    ),
    pytest.param(
        "On 3 June mines went off three times in Kharkiv oblast, and one person was injured. On 3 June a "
        "tractor hit a mine in Borova; nobody was hurt.",
        ["2024-06-03, gn:711623, 0/0, mine"],
        id="times are no incident",
    ),
    pytest.param(
        "A mine went off in Aghdam district on 3 June. Injured were Anar Aliyev, of Shamkir District, and "
        "Emin Quliyev, of Agstafa District, the police in Barda inform.",
        ["2024-06-03, AZ-AGM, -/2, mine"],
        id="where somebody named is from, and where an office is",
    ),
    pytest.param(
        "Two men lost their lives in Lachin district on 3 June. Their tractor struck a mine. Those killed "
        "are Anar Aliyev and Emin Quliyev, with Ramil Asadov seriously injured.",
        ["2024-06-03, AZ-LAC, 2/1, mine"],
        id="harm told before the mine, and those killed named",
    ),
    pytest.param(
        "A mine killed a farmer in a field north of Izium on 3 June. The 4 June blast near the village of "
        "Kamianka in Izium raion killed one person, the police said.",
        ["2024-06-03, katottg:UA63040090080095309, 1/-, mine"],
        id="one blast told again from nearer by and a day later",
    ),
    pytest.param(
        "A shepherd was killed by a mine in Fuzuli district on 3 June. The previous deadly incident "
        "occurred in Lachin district in July 2022. In that incident a lorry ran over a mine, injuring three.",
        ["2024-06-03, AZ-FUZ, 1/-, mine", "2022-07, AZ-LAC, -/3, mine"],
        id="the previous incident is another one",
    ),
    pytest.param(
        "Two people were injured by mines in Kherson oblast over the weekend. On 1 June a man of 58 was "
        "wounded in Bilozerka. On 2 June a woman was hurt in Stanislav.",
        ["2024-06-01, gn:712508, -/1, mine", "2024-06-02, gn:692944, -/1, mine"],
        id="victims summed up, then told one by one",
    ),
    pytest.param(
        "A mine went off under a car in Sumy oblast on 3 June: both children burned to death, and the "
        "mother was killed too. The children were aged between 9 and 12. The driver's life is out of danger.",
        ["2024-06-03, UA-59, 3/-, mine"],
        id="both children and their mother; ages are no victims",
    ),
    pytest.param(
        "The ambassador in Baku spoke of a mine explosion in Gubadli district. Lachin police spokesman "
        "Vaqif Aliyev said that a mine laid in the war exploded on 3 June and injured a man.",
        ["2024-06-03, AZ-QBI, -/1, mine"],
        id="those who speak are no site and no victims",
    ),
    pytest.param(
        "Four people were killed by a mine near Fuzuli on 3 June. The driver and two passengers died on the "
        "spot. Another man died in hospital. Seven teenagers stepped on a mine in Izium on 4 June. All "
        "children received shrapnel wounds; there is no threat to their lives.",
        ["2024-06-03, AZ-FUZ, 4/-, mine", "2024-06-04, gn:707292, -/7, mine"],
        id="all of a group, and another of those that a lead summed up",
    ),
    pytest.param(
        "In Fuzuli district deminers picked up fragments of exploded shells on 3 June. A mine there may "
        "one day be stepped on by a child. On 4 June a car hit a mine near Lachin; the parents died at once.",
        ["2024-06-04, AZ-LAC, 2/-, mine"],
        id="what may happen and what is only described are no incidents; parents are two",
    ),
    pytest.param(
        "A mine killed one man near Fuzuli on 3 June and two others were injured. Two women whom a mine "
        "wounded near Lachin on 4 June are in hospital. One of them was flown to Baku.",
        ["2024-06-03, AZ-FUZ, 1/2, mine", "2024-06-04, AZ-LAC, -/2, mine"],
        id="two subjects of one sentence, and those whom a mine harmed",
    ),
    pytest.param(
        "A man of 27 has died in Izium because a grenade exploded on 3 June. Medics say a man had been "
        "badly hurt while handling a grenade. He lived in Izium and was 27. He died in hospital.",
        ["2024-06-03, gn:707292, 1/-, UXO"],
        id="one blast told twice, first its end",
    ),
    pytest.param(
        "A mine exploded under a man and a woman near Izium on 3 June. The man died at once. The woman died "
        "in an ambulance. On 4 June mines killed three men near Balakliia, and a fourth died in hospital.",
        ["2024-06-03, gn:707292, 2/-, mine", "2024-06-04, gn:712926, 4/-, mine"],
        id="a man and a woman are two, and a fourth is one more",
    ),
    pytest.param(
        "On 3 June a mine hit a mother of three, Anna Koval, near Izium. She lost a leg. Mines killed five "
        "people in May alone. It was an anti-personnel mine that had hit Koval.",
        ["2024-06-03, gn:707292, -/1, anti-personnel mine"],
        id="a mother of three is one; a name tells that the blast is known; a month alone is no event",
    ),
    pytest.param(
        "An ambulance has driven onto a mine near Izium on 3 June. A doctor was killed. A man of 27 blew "
        "himself up on a mine in Balakliia on 2 June; his wounds proved fatal. Police had said that a mine "
        "killed a man of 27 in Balakliia.",
        ["2024-06-03, gn:707292, 1/-, mine", "2024-06-02, gn:712926, 1/-, mine"],
        id="driven onto a mine; a victim of the same age and place",
    ),
    pytest.param(
        "A mine near Izium killed three people on 3 June, and six got wounds of varying gravity. A mine blew "
        "up three engineers near Balakliia on 4 June, and two died.",
        ["2024-06-03, gn:707292, 3/6, mine", "2024-06-04, gn:712926, 2/-, mine"],
        id="who was blown up is not who died",
    ),
    pytest.param(
        "On 3 June mines killed three people in Kharkiv oblast. One man lost his life in Izium and the two "
        "other victims died in Balakliia. On 4 June two men were hurt by mines, one near Lyman and the "
        "other in Sloviansk.",
        [
            "2024-06-03, gn:707292, 1/-, mine",
            "2024-06-03, gn:712926, 2/-, mine",
            "2024-06-04, gn:704204, -/1, mine",
            "2024-06-04, gn:693468, -/1, mine",
        ],
        id="a lead sums two blasts, and places share victims out",
    ),
    pytest.param(
        "On 3 June two men were injured by mines in Kharkiv oblast. One of them stepped on a petal mine in "
        "Izium. The other was blown up on a tractor near Balakliia. In May mines exploded in the Tovuz and "
        "Aghdam districts.",
        ["2024-06-03, gn:707292, -/1, anti-personnel mine", "2024-06-03, gn:712926, -/1, mine"],
        id="what the lead says of all befell each; mines in several districts are no event",
    ),
    pytest.param(
        "Two boys found some grenades in Izium on 3 June, and one of the grenades went off. The elder of "
        "them died, the other was wounded.",
        ["2024-06-03, gn:707292, 1/1, UXO"],
        id="one of the grenades is nobody, the elder and the other are",
    ),
    pytest.param(
        "A man stepped on a mine in Talysh, a village of Aghdam district, on 3 June. Anar Aliyev, who lives "
        "in Barda district, was hurt. The mine lay in a part of Talysh village that nobody had cleared.",
        ["2024-06-03, AZ-AGM/talysh, -/1, mine"],
        id="a village stays in the district that it was named with",
    ),
    pytest.param(
        "On 3 June explosives injured two people in Kharkiv oblast. A woman stepped on a mine in Izium, "
        "a city freed from Russian forces in September last year. In Balakliia a man was badly injured as "
        "he tried to take apart an unidentified object.",
        [
            "2024-06-03, gn:707292, -/1, mine",
            "2024-06-03, gn:712926, -/1, unknown",
        ],
        id="a second place completes what a lead sums; when a city was freed is no day of a blast",
    ),
    pytest.param(
        "Three deminers struck a mine near Izium on 3 June. A man of 24 is severely wounded. Doctors do all "
        "they can to save him. Shrapnel injured two more men. On 4 June a mine killed a farmer in Balakliia "
        "and wounded a further three persons.",
        ["2024-06-03, gn:707292, -/3, mine", "2024-06-04, gn:712926, 1/3, mine"],
        id="two more some sentences later, and a further three",
    ),
    pytest.param(
        "Two volunteers died on 3 June in an explosion near Izium. Ivan Koval was one of them. Mr. Koval "
        "had come years ago. It was an anti-tank mine. In Balakliia residents entered a house on 4 June. "
        "There was a tripwire in the basement, and three people were hurt.",
        ["2024-06-03, gn:707292, 2/-, anti-tank mine", "2024-06-04, gn:712926, -/3, IED"],
        id="a blast waits for its cause; those in a place are no residents of it",
    ),
    pytest.param(
        "A shell killed two pupils near Izium on 3 June. Mines have injured 21 people in the raion since the "
        "fighting stopped. Of these 21, 8 died of their injuries.",
        ["2024-06-03, gn:707292, 2/-, UXO"],
        id="parts of a total are no victims of the blast before",
    ),
    pytest.param(
        "On 3 June two men lost their lives on a mine in Izium raion, and another mine explosion killed four "
        "police officers. Not a day goes by without tractors running onto mines in Kherson oblast.",
        ["2024-06-03, UA6304, 2/-, mine", "2024-06-03, UA6304, 4/-, mine"],
        id="another explosion in the same sentence; what happens day after day is no blast",
    ),
    pytest.param(
        "A couple were walking home near Izium on 3 June the way they always went when they stepped on a "
        "mine. Both were badly burned. On 4 June Ivan Koval, an army engineer of 52, stepped on a "
        "mine in Balakliia and lost his leg.",
        ["2024-06-03, gn:707292, -/2, mine", "2024-06-04, gn:712926, -/1, mine"],
        id="they are those told before; a name and a trade are one person",
    ),
    pytest.param(
        "A mine wounded a peacekeeper in Tartar district on 3 June. Four rescuers were also wounded. On "
        "4 June a mine blew up a bus near Izium; the police say 17 people were hurt, and 15 of these are in "
        "hospital. A shepherd let his herd onto a mined field near Balakliia on 5 June, and 4 cows were "
        "injured by a mine.",
        ["2024-06-03, AZ-TAR, -/5, mine", "2024-06-04, gn:707292, -/17, mine"],
        id="also wounded are others; who says 17 were hurt does not count them; cows are nobody",
    ),
    pytest.param(
        "A mine injured Sergeant Anar Aliyev in Zangilan district on 3 June, informs the State Border Guard "
        "Service. On 4 June a car with two people ran over a mine in Izium. The man died on the spot, the "
        "woman on the way to the hospital.",
        ["2024-06-03, AZ-ZAN, -/1, mine", "2024-06-04, gn:707292, 2/-, mine"],
        id="a service is nobody; who dies on the way dies, too",
    ),
    pytest.param(
        "Two people were hurt by mines in Kharkiv oblast on 3 and 4 June. Ivan Koval was hurt by a mine in "
        "Izium on 3 June. The next day Petro Bondar was injured by a mine near Balakliia.",
        ["2024-06-03, gn:707292, -/1, mine", "2024-06-04, gn:712926, -/1, mine"],
        id="of the days of a lead each blast has its own",
    ),
    pytest.param(
        "A mine killed a farmer in Aghdam district on 3 June, bringing the total number of mine victims to "
        "342. On 4 June a driver who was mowing by the highway Kharkiv - Zmiiv hit a mine in Balakliia, in "
        "the Dnipro River basin. One man lost his head and a second was injured.",
        ["2024-06-03, AZ-AGM, 1/-, mine", "2024-06-04, gn:712926, 1/1, mine"],
        id="a total brought about is no victim; roads and rivers are no sites",
    ),
    pytest.param(
        "On 3 June a car struck a mine near Izium and two men died. Before this week the last incident in "
        "the oblast had happened in July 2022, when a lorry rolled over a mine; one person was hurt then.",
        ["2024-06-03, gn:707292, 2/-, mine", "2022-07, UA-63, -/1, mine"],
        id="what lies before a week was not in it",
    ),
    pytest.param(
        "On 3 June two young people found and lifted an explosive object near Izium; it detonated, they were "
        "wounded and hospitalized. The duty desk of the Balakliia district police reported the wounding of "
        "two young people. Two anglers were blown up by a mine in Kherson oblast on 4 June. One of them came "
        "upon a mine, and it went off.",
        ["2024-06-03, gn:707292, -/2, unknown", "2024-06-04, UA-65, -/-, mine"],
        id="who lifts a find is in the blast; a police desk is no site; one of two is no other blast",
    ),
    pytest.param(
        "A child was hurt near Izium on 3 June when a detonator blew up, and fingers of the teenager were "
        "amputated. On 4 June mines killed two men in Balakliia. Their funeral will be on 6 June.",
        ["2024-06-03, gn:707292, -/1, UXO", "2024-06-04, gn:712926, 2/-, mine"],
        id="the teenager is the child told of before",
    ),
    pytest.param(
        "On 3 June a mine injured a man in the Chuhuiv district. A similar accident happened to a resident "
        "of the Izium district. A woman in Balakliia was less lucky: she died. In Kherson oblast an "
        "excavator had fallen on a mine on 2 June; its driver got no injury.",
        [
            "2024-06-03, UA6314, -/1, mine",
            "2024-06-03, UA6304, -/1, mine",
            "2024-06-03, gn:712926, 1/-, mine",
            "2024-06-02, UA-65, 0/0, mine",
        ],
        id="what happened likewise elsewhere is another blast; fallen on a mine is not fallen",
    ),
    pytest.param(
        "On 3 June Ivan Koval, 76, was walking along a street of Kamianka, his village near Izium, when a "
        "mine went off and tore off his leg.",
        ["2024-06-03, katottg:UA63040090080095309, -/1, mine"],
        id="a village near a town is the site",
    ),
    pytest.param(
        "Two engineers stepped on a mine in Fuzuli on 3 June. R. Huseynov died at once. E. Mammadov lost "
        "both legs and died in a helicopter on the way to Baku. In five months of this year 31 people came "
        "to harm from mines; 9 of them lost their lives.",
        ["2024-06-03, AZ-FUZ, 2/-, mine"],
        id="names with initials are two; a helicopter is no crash; a part of a total is no victim",
    ),
    pytest.param(
        "In Izium on 3 June a mine injured a man, while two women were killed in shelling. A child dies "
        "every day in Ukraine. A landmine does not ask whether a child or a soldier steps on it.",
        ["2024-06-03, gn:707292, -/1, mine"],
        id="shelling in the same sentence; what happens every day, or may",
    ),
    pytest.param(
        "In Izium a boy of 11 was wounded on 3 June by the explosion of an unknown object that he had found. "
        "In Balakliia, too, a shepherd had died in 2015 in a mine blast.",
        ["2024-06-03, gn:707292, -/1, unknown", "2015, gn:712926, 1/-, mine"],
        id="an unknown object goes off; one blast of a year",
    ),
    pytest.param(
        "On 3 June a car hit a mine outside Izium; a couple in it, 61 and 58, were killed outright.",
        ["2024-06-03, gn:707292, 2/-, mine"],
        id="ages of a couple count nobody",
    ),
    pytest.param(
        "On 2 June a tractor ran over a mine near Olenivka, Donetsk region, and its driver was hurt. Another "
        "mine explosion on 3 June near Izium killed two men.",
        ["2024-06-02, gn:698614, -/1, mine", "2024-06-03, gn:707292, 2/-, mine"],
        id="another mine explosion with a day and a place of its own",
    ),
    pytest.param(
        "Two men were hurt by a mine in Khojavend district on 3 June, and another mine explosion killed four "
        "police officers.",
        ["2024-06-03, AZ-XVD, -/2, mine", "2024-06-03, AZ-XVD, 4/-, mine"],
        id="another mine explosion in one sentence",
    ),
    pytest.param(
        "On 3 June a beekeeper stepped on a mine near Izium in front of his children and was killed. On 4 "
        "June a woman trod on a mine in Balakliia when she was out with her neighbours and died. The danger "
        "of stepping on a mine keeps others in Borova at home.",
        ["2024-06-03, gn:707292, 1/-, mine", "2024-06-04, gn:712926, 1/-, mine"],
        id="those who looked on did not die; what may happen did not",
    ),
    pytest.param(
        "In May 2023 Vasyl was injured by a mine near Snihurivka in Mykolaiv oblast.",
        ["2023-05, gn:693379, -/1, mine"],
        id="a victim whose surname is not told",
    ),
    pytest.param(
        '"On 3 June I stepped on a mine near Izium," the shepherd says. "I was hurt in both legs."',
        ["2024-06-03, gn:707292, -/1, mine"],
        id="a survivor tells it",
    ),
    pytest.param(
        "A tractor driver ran over an explosive object near Izium on 3 June. It blew up. Rescuers found the "
        "body of a man of 50. On 4 June a sapper had an accident while clearing mines near Balakliia. He "
        "died in hospital.",
        ["2024-06-03, gn:707292, 1/-, unknown", "2024-06-04, gn:712926, 1/-, mine"],
        id="a body that was found; an accident at work",
    ),
    pytest.param(
        "A bus hit a mine near Izium on 3 June. Three people died. The number of the dead has since risen to "
        "five.",
        ["2024-06-03, gn:707292, 5/-, mine"],
        id="a toll that has risen",
    ),
    pytest.param(
        "Two foresters of Ukraine set out on 3 June for timber. Their lorry ran on to a mine. One of them "
        "died, the other is in hospital.",
        ["2024-06-03, UA, 1/1, mine"],
        id="a day on which they set out; no place but the country",
    ),
    pytest.param(
        "Mine accidents in Donbas: a chronicle\n\n26 January 2023\n\nTwo men were killed by a mine near "
        "Izium in Kharkiv region.\n\n3 February 2023\n\nA tractor ran over a mine in Snihurivka, Mykolaiv "
        "region. The driver died.",
        ["2023-01-26, gn:707292, 2/-, mine", "2023-02-03, gn:693379, 1/-, mine"],
        id="a bare day opens each entry of a chronicle",
    ),
]


@pytest.mark.parametrize(("text", "incidents"), TOLD)
def test_incidents_are_read_as_told(reader: Reader, text: str, incidents: list[str]) -> None:
    """A report gives the incidents that it tells of, each with its day, site, victims and device."""
    assert incident_lines(reader.read(report(text))) == incidents
