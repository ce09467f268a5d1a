import vocabularies from './vocabulary.json' with { type: 'json' };

/** Which names an issuer gives to what we need; of several the first that is there counts. Addresses are among none of them. */
export type Vocabulary = (typeof vocabularies)['suomifi'];
export type VocabularyName = keyof typeof vocabularies;

export const vocabularyNames = Object.keys(vocabularies) as [VocabularyName, ...VocabularyName[]];

/** `suomifi`: the state's attributes by their OIDs. `keycloak`: the city's own broker. Throws for another name. */
export const vocabularyOf = (name: string): Vocabulary => {
  if (!Object.hasOwn(vocabularies, name)) throw new Error(`no vocabulary of claims is called ${name}`);
  return vocabularies[name as VocabularyName];
};
