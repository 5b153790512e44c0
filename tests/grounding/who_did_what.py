"""Statements about who said and did what, true and false of short reports of our own invention.

A line of statements is ``PASSAGES| text``, with the numbers of the passages that it cites; one of
false statements is ``KIND PASSAGES| text``.
"""

# ruff: noqa: E501 - a statement a line

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Case:
    """A statement, the passages it cites, and what is wrong with it; empty where it is true."""

    report: str
    statement: str
    passages: tuple[str, ...]
    kind: str = ""


_REPORTS: Final = {
    "quarry": """
The owner of a slate quarry in Penmorfa was fined £180,000 on Tuesday after a digger driver lost an arm. Recorder Gwenllian Hughes-Price KC told Caernarfon Crown Court that Dewi Rowlands had put profit before people.

Rowlands, 61, pleaded guilty in March. His brother Emrys Rowlands, who ran the crusher, was acquitted by the jury. The driver, Tomos Bevan, returned to work in January.

Marged Lloyd, prosecuting, said the guard had been removed two days before the accident. Iwan Pritchard, defending, said that his client had not known of it. Pritchard also claimed that the inspector had approved the machine.

Inspector Rhian Vaughan of the safety executive denied that she had approved the machine. She visited the quarry again on Friday and closed the crusher.
""",
    "vaccine": """
Researchers at the University of Tampere have found that a nasal vaccine halves the number of ear infections in toddlers. The trial was led by Dr Aino Lehtonen and paid for by the Nordal Foundation.

Lehtonen said the result had surprised her. Paediatrician Mikael Strand, who was not involved in the study, warned that the effect might fade after two years.

Bioverna, a company in Turku, makes the vaccine. Its chief executive, Henrik Aalto, announced that production would double by spring. The health minister, Saara Korpi, promised to buy 90,000 doses, but the finance minister, Pekka Rinne, refused to release the money.

The regulator suspects that Bioverna withheld data from an earlier trial. Aalto rejected the accusation and invited inspectors to Turku.
""",
    "regatta": """
Lucia Ferrante won the Adriatic regatta on Sunday, beating the Croatian skipper Ivo Maric by nine seconds. Maric had overtaken Sergei Danilov at the last mark.

Danilov, a former champion, lodged a protest against Ferrante. The jury dismissed the protest after an hour. Chairwoman Beth Osgood said the Italian had kept her course.

Ferrante thanked her coach, Paolo Renzi, and dedicated the victory to her mother. Renzi will train the Spanish team from next season. Maric congratulated the winner and criticised the organisers for starting in fog.

Harbourmaster Enzo Galli said two boats had sunk near Pula. Coastguards rescued six sailors. Galli reportedly warned the organisers before the start.
""",
    "merger": """
Calder Freight agreed on Wednesday to buy the ferry operator Norlink from the Brandt family for €410 million. Norlink carries two million passengers a year between Harwick and Esberg.

Calder's chief executive, Imogen Tate, said no jobs would be lost in Harwick. The dockers' union doubted this. Its secretary, Raymond Oakes, called for a strike ballot in June.

Lars Brandt, chairman of Norlink, will join the board of Calder Freight. His sister Mette Brandt, the finance director, will leave the company. Two years ago Norlink rejected an offer from Seaway Lines.

Analyst Priya Nair of Holt Securities believes that the price is too high. Seaway Lines declined to comment. The competition authority opened an inquiry on Thursday and asked Seaway Lines for documents.
""",
    "flood": """
The river Orla broke its banks in Velden on Monday night and flooded 300 houses. Firefighters led by Captain Jana Weiss evacuated a nursing home. Soldiers filled sandbags.

Mayor Anton Gruber blamed the power company Hydrowerk for opening a sluice too late. Hydrowerk spokeswoman Klara Simmel said the sluice had been opened on time. According to Weiss, the water rose by two metres in an hour.

Environment minister Tobias Kern visited Velden on Wednesday and promised ten million euros. Interior minister Doris Haas stayed in the capital. Gruber had asked Haas for helicopters.

A farmer, Josef Lindner, lost forty cows. His neighbour Maria Pichler said she had heard the siren only once. Police are looking for a man who is believed to have stolen a boat.
""",
    "museum": """
The Halloran Museum has returned a bronze bell to the Keswa people, who lost it in a raid of 1897. Director Naomi Feldman handed the bell to Chief Joseph Tamaye at a ceremony on Saturday.

Feldman said the museum would return eleven more objects. Her predecessor, Sir Gerald Pike, had refused for twenty years to discuss the matter. Curator Anil Mehta discovered the bell's papers in 2021.

Tamaye thanked Mehta and invited Feldman to the spring festival. The culture minister, Louise Barnard, did not attend. Her deputy, Owen Tull, read out a letter from the prime minister, Margaret Shaw.

The collector Edwin Farr sold the museum the bell in 1911. Historian Ruth Achterberg claims that Farr knew of the raid. Farr's grandson, Peter Farr, disputes this.
""",
    "parliament": """
Parliament in Zaltava voted by 61 to 58 on Friday to dismiss Prime Minister Andrej Kovar. The motion was tabled by Milena Sokol, leader of the Green Alliance. Kovar's own Reform Party abstained.

President Jelena Horvat accepted the result and asked Sokol to form a government. Sokol said she would not work with the People's Front. Front leader Viktor Bran accused her of treason.

Finance minister Danilo Petrak resigned an hour before the vote. Defence minister Ana Lukic remained in office. Petrak told reporters that the budget had been falsified. Kovar denied that the budget had been falsified.

The central bank raised its rate to 7 per cent. Its governor, Mohammed Rashidi, warned that the currency could fall further. The European Commission expressed concern.
""",
    "rail": """
A freight train hit a lorry at a crossing near Millbrook on Thursday, killing the lorry driver, Callum Reyes, 44. The train driver, Sandra Oyelaran, was treated in hospital for a broken wrist.

The rail accident branch sent four inspectors. Its chief inspector, Dr Fergus Mallory OBE, said that the barriers had been open. Railtrans, which maintains the crossing, said that the signalman had been off sick.

A witness, Hannah Grieve, said she had seen the lorry stop twice. Her son filmed the crash. Councillor Bob Denham demanded a bridge. Denham's colleague, Councillor Faye Ritter, said a bridge would cost £8m.

Railtrans suspended the signalman, Colin Marsh, and apologised to the family of Mr Reyes. The union said Marsh had been made a scapegoat. Oyelaran is expected to give evidence in May.
""",
    "film": """
The director Chidi Okonjo has won the main prize of the Lund film festival for “Salt Road”. The jury, chaired by the actress Elise Dufour, praised the camera work of Tariq Mansour.

Okonjo said he would give the money to a school in Enugu. Producer Greta Nyström paid for the film by selling her house. Dufour said the decision had been unanimous.

The prize for the best actress went to Hana Sato, who plays a nurse. Sato was absent because she is filming in Lima. Her brother Kenji Sato accepted the prize for her. Best actor was Diego Luján.

The critic Walter Brandl called the film too long. Studio Meridian has acquired the rights for Europe. It outbid Lantern Pictures, which had backed Nyström's first film.
""",
}

_TRUE: Final = {
    "quarry": """
1| Dewi Rowlands put profit before people, Recorder Gwenllian Hughes-Price told the court.
1| Gwenllian Hughes Price, the recorder, told Caernarfon Crown Court that Rowlands had put profit before people.
1| A quarry owner was fined £180,000 after a driver lost an arm.
2| Emrys Rowlands, his brother, was acquitted by the jury.
2| The jury acquitted Emrys Rowlands, who ran the crusher.
2| Tomos Bevan, the driver, returned to work in January.
1 2| Dewi Rowlands pleaded guilty in March.
2| Mr Rowlands, 61, pleaded guilty.
3| Prosecutor Marged Lloyd said that the guard had been removed two days before the accident.
3| The guard had been removed two days before the accident, Ms Lloyd said.
3| Iwan Pritchard, who defended him, said his client had not known of it.
1 3| According to his lawyer, Rowlands had not known that the guard had been removed.
3| Pritchard claimed the inspector had approved the machine.
4| Vaughan closed the crusher on Friday.
4| Rhian Vaughan visited the quarry again on Friday.
4| The inspector, Rhian Vaughan, denied having approved the machine.
""",
    "vaccine": """
1| A nasal vaccine halves the number of ear infections in toddlers, Tampere researchers have found.
1| Aino Lehtonen led the trial, which was paid for by the Nordal Foundation.
1| The Nordal Foundation paid for the trial.
1 2| The result surprised Dr Lehtonen, who led the trial.
2| Mikael Strand, a paediatrician, warned that the effect might fade.
2| Strand, who took no part in the study, cautioned that the effect might fade after two years.
3| The vaccine is made by Bioverna, a company in Turku.
3| Production will double by spring, Bioverna's chief executive, Henrik Aalto, announced.
3| Henrik Aalto of Bioverna announced that production would double by spring.
3| Health minister Saara Korpi promised to buy 90,000 doses.
3| Pekka Rinne, the finance minister, refused to release the money.
3| Rinne would not release the money.
4| Bioverna is suspected of having withheld data from an earlier trial.
4| The regulator suspects Bioverna of withholding data.
3 4| Bioverna's boss rejected the accusation.
3 4| Aalto, the company's chief executive, invited inspectors to Turku.
""",
    "regatta": """
1| Ivo Maric was beaten by Lucia Ferrante by nine seconds.
1| Ferrante beat the Croatian Ivo Maric by nine seconds on Sunday.
1| Maric lost to Ferrante by nine seconds.
1| Sergey Danilov was overtaken by Maric at the last mark.
1 2| Sergei Danilov lodged a protest against Lucia Ferrante.
2| A protest against Ferrante was lodged by Danilov.
2| The jury dismissed Danilov's protest after an hour.
1 2| Ferrante had kept her course, according to Beth Osgood.
2| Beth Osgood, the chairwoman of the jury, said the Italian had kept her course.
3| Paolo Renzi, Ferrante's coach, will train the Spanish team from next season.
1 3| Lucia Ferrante dedicated the victory to her mother.
3| The organisers were criticised by Maric for starting in fog.
1 3| Maric congratulated Ferrante.
4| Six sailors were rescued by coastguards.
4| Two boats sank near Pula, harbourmaster Enzo Galli said.
4| Galli is said to have warned the organisers before the start.
""",
    "merger": """
1| Calder Freight will buy Norlink from the Brandt family for €410 million.
1| The Brandt family agreed to sell the ferry operator Norlink to Calder Freight.
1| Norlink, a ferry operator, carries two million passengers a year.
2| No jobs would be lost in Harwick, Imogen Tate said.
2| Imogen Tate, Calder's chief executive, said that no jobs would be lost.
2| Raymond Oakes, the secretary of the dockers' union, called for a strike ballot in June.
2| The union's secretary called for a strike ballot.
2| The dockers' union doubted that no jobs would be lost in Harwick.
3| Mette Brandt, finance director of Norlink, will leave the company.
3| Norlink chairman Lars Brandt will join Calder Freight's board.
3| Two years ago, Norlink turned down an offer from Seaway Lines.
3| An offer from Seaway Lines was rejected by Norlink two years ago.
4| Priya Nair, an analyst with Holt Securities, believes the price is too high.
4| The price is too high in the view of the analyst Priya Nair.
4| On Thursday the competition authority opened an inquiry.
4| Seaway Lines was asked for documents by the competition authority.
1 4| The authority that oversees competition is examining the purchase of Norlink by Calder Freight.
""",
    "flood": """
1| The Orla flooded 300 houses in Velden on Monday night.
1| A nursing home was evacuated by firefighters led by Jana Weiss.
1| Captain Jana Weiss led the firefighters who evacuated a nursing home.
2| Anton Gruber, the mayor, blamed Hydrowerk for opening a sluice too late.
2| Hydrowerk was blamed by Gruber for opening a sluice too late.
2| The sluice had been opened on time, Klara Simmel of Hydrowerk said.
2| Hydrowerk said the sluice had been opened on time.
1 2| Captain Weiss said that the water had risen by two metres in an hour.
2| The water rose by two metres in an hour, according to Weiss.
3| Tobias Kern, the environment minister, promised ten million euros.
3| Kern visited Velden on Wednesday.
3| The interior minister, Doris Haas, stayed in the capital.
2 3| Mayor Gruber had asked Haas for helicopters.
3| Haas had been asked by Gruber for helicopters.
4| Forty cows were lost by the farmer Josef Lindner.
4| Maria Pichler heard the siren only once, she said.
4| Police are searching for a man believed to have stolen a boat.
""",
    "museum": """
1| Naomi Feldman, the museum's director, handed the bell to Chief Joseph Tamaye.
1| Joseph Tamaye received the bell from Naomi Feldman at a ceremony on Saturday.
1| The bronze bell was returned to the Keswa people by the Halloran Museum.
1 2| Naomi Feldman said that eleven more objects would be returned.
2| Gerald Pike had refused for twenty years to discuss the matter.
1 2| Feldman's predecessor at the Halloran Museum, Sir Gerald Pike, had refused to discuss the matter.
2| The bell's papers were discovered in 2021 by the curator Anil Mehta.
2 3| Tamaye thanked the curator, Anil Mehta.
3| Chief Tamaye invited Ms Feldman to the spring festival.
3| Louise Barnard, the culture minister, was not there.
3| Owen Tull read out a letter from Prime Minister Margaret Shaw.
3| A letter from Margaret Shaw, the prime minister, was read out by Owen Tull.
4| In 1911 Edwin Farr sold the bell to the museum.
4| The museum bought the bell from the collector Edwin Farr in 1911.
4| Ruth Achterberg, a historian, claims that Farr knew of the raid.
4| Peter Farr, a grandson of the collector, disputes that Farr knew of the raid.
4| Farr's grandson denies that he knew of the raid.
""",
    "parliament": """
1| Andrej Kovar was dismissed by parliament on Friday, by 61 votes to 58.
1| Parliament in Zaltava dismissed Prime Minister Kovar.
1| Green Alliance leader Milena Sokol tabled the motion.
1| The motion was tabled by Sokol, who leads the Green Alliance.
1| The Reform Party, to which Kovar belongs, abstained.
2| Jelena Horvat, the president, asked Milena Sokol to form a government.
1 2| Sokol was asked by President Horvat to form a government.
2| Sokol will not work with the People's Front, she said.
2| Viktor Bran accused Sokol of treason.
2| Sokol was accused of treason by Front leader Viktor Bran.
3| Danilo Petrak, the finance minister, resigned before the vote.
3| The budget had been falsified, Petrak told reporters.
3| Kovar denied that the budget had been falsified.
3| Ana Lukic remained in office as defence minister.
1 3| Prime Minister Andrej Kovar denied that the budget had been falsified.
4| Muhammad Rashidi, the governor of the central bank, warned that the currency could fall further.
4| The central bank's governor warned that the currency could fall further.
4| Concern was expressed by the European Commission.
""",
    "rail": """
1| A freight train killed Callum Reyes, a lorry driver, near Millbrook.
1| Callum Reyes, 44, was killed when a freight train hit his lorry.
1| Sandra Oyelaran, the driver of the train, was treated for a broken wrist.
2| Fergus Mallory, the chief inspector, said the barriers had been open.
2| The barriers had been open, Dr Mallory of the rail accident branch said.
2| Four inspectors were sent by the rail accident branch.
2| According to Railtrans, the signalman had been off sick.
3| Hannah Grieve said that she had seen the lorry stop twice.
3| Hannah Grieve's son filmed the crash.
3| A bridge was demanded by Councillor Bob Denham.
3| Bob Denham demanded a bridge, which Faye Ritter said would cost £8m.
3| A bridge would cost £8m, Cllr Ritter said.
4| Colin Marsh, the signalman, was suspended by Railtrans.
4| Railtrans apologised to the Reyes family.
4| Marsh had been made a scapegoat, the union said.
1 4| Sandra Oyelaran is due to give evidence in May.
2 4| The signalman, whom Railtrans suspended, had been off sick, the company said.
""",
    "film": """
1| Chidi Okonjo's “Salt Road” has won the main prize of the Lund film festival.
1| The main prize went to Chidi Okonjo.
1| The jury praised Tariq Mansour's camera work.
1| The camera work of Tariq Mansour was praised by the jury under Elise Dufour.
1 2| Chidi Okonjo wants to give the money to a school in Enugu.
2| Greta Nyström, the producer, sold her house to pay for the film.
2| Producer Greta Nystroem paid for the film.
1 2| The decision had been unanimous, the jury's chair, Elise Dufour, said.
3| Hana Sato won the prize for the best actress.
3| Kenji Sato accepted the prize for his sister Hana.
3| The prize was accepted by Hana Sato's brother Kenji.
3| Sato was absent because she is filming in Lima.
3| Diego Lujan was named best actor.
4| The film is too long, in the opinion of the critic Walter Brandl.
4| Walter Brandl, a critic, called it too long.
4| Studio Meridian has bought the European rights.
4| Lantern Pictures was outbid by Studio Meridian.
2 4| Lantern Pictures backed the first film of Greta Nyström.
""",
}

_FALSE: Final = {
    "quarry": """
name 1| A slate quarry's owner in Penmorva was fined £180,000.
name 2| Tomas Bevan, the driver, returned to work in January.
name 3| Marged Lloyd said the guard had been removed; Iwan Prichard said that his client had not known of it.
attribution 3| Marged Lloyd said that her client had not known of it.
attribution 3 4| Iwan Pritchard denied that he had approved the machine.
attribution 3| The inspector had approved the machine.
attribution 3| Iwan Pritchard said the guard had been removed two days before the accident.
role 2| Emrys Rowlands pleaded guilty in March, and Dewi Rowlands was acquitted by the jury.
role 3| Iwan Pritchard, prosecuting, spoke after Marged Lloyd, defending.
fusion 2| Tomos Bevan was acquitted by the jury.
fusion 2 4| Tomos Bevan closed the crusher.
fusion 2 4| Rhian Vaughan returned to work in January.
""",
    "vaccine": """
name 1| The trial was led by Dr Aino Lehtinen.
name 3| Bioverna's chief executive, Henrik Alto, announced that production would double.
name 3| Bioverma makes the vaccine in Turku.
role 3| Finance minister Saara Korpi promised to buy 90,000 doses, but health minister Pekka Rinne refused to release the money.
role 3| Saara Korpi, the finance minister, promised to buy 90,000 doses.
role 3| Pekka Rinne promised to buy 90,000 doses.
role 3| Saara Korpi refused to release the money.
attribution 2| Lehtonen warned that the effect might fade after two years.
attribution 4| Bioverna withheld data from an earlier trial.
attribution 2 3| Henrik Aalto said the result had surprised him.
fusion 1 2| Mikael Strand led the trial.
fusion 2 4| Mikael Strand invited inspectors to Turku.
fusion 1 3| The Nordal Foundation makes the vaccine.
""",
    "regatta": """
name 1| Lucia Ferrante beat Ivo Marin by nine seconds.
name 1| Maric had overtaken Sergei Danilev at the last mark.
name 3| Paolo Rienzi will train the Spanish team.
role 1| Ivo Maric beat Lucia Ferrante by nine seconds.
role 1| Sergei Danilov had overtaken Maric at the last mark.
role 2| Ferrante lodged a protest against Danilov.
role 3| Maric was criticised by the organisers for starting in fog.
attribution 2 4| Beth Osgood said two boats had sunk near Pula.
attribution 2 4| Enzo Galli said that the Italian had kept her course.
attribution 4| Galli warned the organisers before the start.
fusion 2 3| Danilov dedicated the victory to his mother.
fusion 3| Maric will train the Spanish team from next season.
fusion 2 3| Paolo Renzi lodged a protest.
""",
    "merger": """
name 2| Imogen Tait, the chief executive, said no jobs would be lost.
name 1| Norlink carries two million passengers a year between Harwich and Esberg.
role 1| Norlink agreed on Wednesday to buy Calder Freight.
role 3| Norlink made an offer to Seaway Lines, which rejected it, and Lars Brandt, the finance director, left.
role 3| Lars Brandt will leave the company; his sister Mette Brandt will join the board of Calder Freight.
role 3| Seaway Lines rejected an offer from Norlink two years ago.
attribution 2| Raymond Oakes said no jobs would be lost in Harwick.
attribution 2| No jobs would be lost in Harwick, the dockers' union said.
attribution 4| The price is too high, Seaway Lines believes.
fusion 2 3| Imogen Tate called for a strike ballot in June.
fusion 3 4| Norlink opened an inquiry on Thursday.
fusion 2 3| Raymond Oakes will join the board of Calder Freight.
""",
    "flood": """
name 1| The river Orba broke its banks in Velden.
name 2| Mayor Anton Grubel blamed the power company Hydrowerk.
name 4| A farmer, Josef Lindner, lost forty cows, and Maria Pichner heard the siren.
role 2| Hydrowerk blamed Mayor Anton Gruber for opening a sluice too late.
role 3| Haas had asked Gruber for helicopters.
role 3| Interior minister Tobias Kern visited Velden, and environment minister Doris Haas stayed in the capital.
role 3| Doris Haas visited Velden on Wednesday and promised ten million euros.
attribution 2| Mayor Anton Gruber said the sluice had been opened on time.
attribution 2| Klara Simmel said the water rose by two metres in an hour.
attribution 4| Josef Lindner said he had heard the siren only once.
fusion 3 4| Tobias Kern lost forty cows.
fusion 1 3| Soldiers evacuated a nursing home.
fusion 4| Maria Pichler lost forty cows.
""",
    "museum": """
name 1| Director Naomi Feldmann handed the bell to Chief Joseph Tamaya.
name 2| Curator Amil Mehta discovered the bell's papers in 2021.
role 1| Chief Joseph Tamaye handed the bell to Naomi Feldman.
role 3| Feldman invited Tamaye to the spring festival.
role 3| Louise Barnard, the prime minister, did not attend.
role 3| Margaret Shaw read out a letter from Owen Tull.
role 4| The museum sold the bell to Edwin Farr in 1911.
attribution 4| Farr knew of the raid.
attribution 4| Edwin Farr claims that the historian knew of the raid.
attribution 1 2| Joseph Tamaye said the museum would return eleven more objects.
fusion 2| Sir Gerald Pike discovered the bell's papers in 2021.
fusion 2 3| Anil Mehta read out a letter from the prime minister.
""",
    "parliament": """
name 1| The motion was tabled by Milena Sokal.
name 3| Defence minister Ana Lubic remained in office.
role 1| Prime Minister Milena Sokol was dismissed by parliament.
role 2| Sokol accused Front leader Viktor Bran of treason.
role 2| Sokol asked President Jelena Horvat to form a government.
role 3| Defence minister Danilo Petrak resigned, and finance minister Ana Lukic remained in office.
role 3| Ana Lukic resigned an hour before the vote.
attribution 3| The budget had been falsified.
attribution 3| Kovar told reporters that the budget had been falsified.
attribution 2 4| Milena Sokol warned that the currency could fall further.
fusion 1 2| Andrej Kovar accepted the result.
fusion 1 3| Milena Sokol resigned an hour before the vote.
fusion 1 4| The Reform Party raised its rate to 7 per cent.
""",
    "rail": """
name 1| Sandra Oyelaren was treated in hospital for a broken wrist.
name 3| Councillor Bob Denholm demanded a bridge.
role 1| The train driver, Callum Reyes, was treated in hospital for a broken wrist.
role 4| Colin Marsh suspended Railtrans.
role 3| Councillor Faye Ritter demanded a bridge.
attribution 2| Railtrans said that the barriers had been open.
attribution 2| Fergus Mallory said that the signalman had been off sick.
attribution 3| Bob Denham said a bridge would cost £8m.
attribution 4| Marsh had been made a scapegoat, Railtrans said.
fusion 1 4| Sandra Oyelaran was suspended by Railtrans.
fusion 3 4| Hannah Grieve is expected to give evidence in May.
fusion 1 3| Sandra Oyelaran filmed the crash.
""",
    "film": """
name 1| The director Chidi Okonju has won the main prize.
name 3| Best actor was Diego Luhan.
role 1| The jury, chaired by Tariq Mansour, praised the camera work of Elise Dufour.
role 3| Hana Sato accepted the prize for Kenji Sato.
role 4| Studio Meridian was outbid by Lantern Pictures.
role 4| Lantern Pictures has acquired the rights for Europe.
attribution 2| Dufour said she would give the money to a school in Enugu.
attribution 2| Okonjo said the decision had been unanimous.
attribution 2 4| Greta Nyström called the film too long.
fusion 1 2| Chidi Okonjo paid for the film by selling his house.
fusion 1 3| Elise Dufour was absent because she is filming in Lima.
fusion 2 3| Diego Luján paid for the film by selling a house.
""",
}


def _passages(report: str, numbers: str) -> tuple[str, ...]:
    paragraphs = _REPORTS[report].strip().split("\n\n")
    return tuple(paragraphs[int(number) - 1] for number in numbers.split())


def true_cases() -> list[Case]:
    """What the reports say: compressed, passive, in other words."""
    return [
        Case(report, statement.strip(), _passages(report, numbers))
        for report, lines in _TRUE.items()
        for numbers, _, statement in (line.partition("|") for line in lines.strip().splitlines())
    ]


def verbatim_cases() -> list[Case]:
    """Each sentence of the reports."""
    return [
        Case(report, sentence.strip(), (passage,))
        for report, text in _REPORTS.items()
        for passage in text.strip().split("\n\n")
        for sentence in passage.replace(". ", ".\n").splitlines()
    ]


def false_cases() -> list[Case]:
    """What the reports do not say, with what was done to it."""
    found = []
    for report, lines in _FALSE.items():
        for line in lines.strip().splitlines():
            head, _, statement = line.partition("|")
            kind, numbers = head.split(maxsplit=1)
            found.append(Case(report, statement.strip(), _passages(report, numbers), kind))
    return found
