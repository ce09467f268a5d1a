import type { Language } from '../../language.ts';

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Words that tell services apart in no query. */
export const stopWords: Readonly<Record<Language, ReadonlySet<string>>> = {
  fi: words(`
    ja tai sekä että jos kun kuin niin mutta eli vai vaikka koska jotta myös vain nyt jo enää vielä sitten
    on ovat oli olla ollut ole olen olet olemme olette olin ei en et emme ette eivät eikö enkä eikä
    minä mä sinä sä hän me te he se ne tämä tää tuo nämä joka jotka mikä mitä mistä mihin missä minne miten milloin kuka kenelle
    omalle omalla omassa omasta omien omia minun mun sinun sun hänen meidän teidän heidän minulla mulla minulle mulle minua mua meille meillä itse oma oman omaa omat
    sen siitä siihen siellä sinne tässä täällä tänne tästä tähän jonkun joku jokin jotain jossa johon josta
    haluan haluaisin haluta haluamme voin voi voiko voit voinko pitää täytyy pitäisi saako saanko saa saan saisi saisin sain
    hae hakea haen haku haun hakemus hakemuksen hakemusta hakeminen
    kanssa varten ilman asti kuten esimerkiksi lisää liittyvä liittyvät liittyen koskien koskeva tee teen tehdä
    helsinki helsingin helsingissä helsinkiin kaupungin kaupunki kaupungilta kaupungille kaupungilla kaupungissa kaupunkia stadin
    palvelu palvelun palvelut palveluun palvelua palveluita palvelussa asiointipalvelu asiointipalvelut
  `),
  sv: words(`
    och eller men om att som när då så också bara nu redan än ännu
    är var vara varit blir blev bli har hade ha inte ingen inget
    jag du han hon den det vi ni de dem mig dig sig oss er en ett
    min mitt mina din ditt dina hans hennes vår vårt våra er ert era sin sitt sina denna detta dessa
    vill skulle kan kunde får fick ska måste behöver vad var vart hur vem vilken vilket vilka där här
    i på av för med till från vid under över mellan utan hos åt mot efter
    helsingfors stad stads staden stadens tjänst tjänsten tjänster
  `),
  en: words(`
    and or but if that which who when then so also only now already yet just
    am is are was were be been being has have had do does did not no
    i you he she it we they me him her us them my your his its our their mine this these those there here
    a an the of in on at to for from with by about into over under between without after
    want wants would like can could may might must need needs get gets got where what how why
    helsinki city service services
  `),
};
