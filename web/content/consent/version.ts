/**
 * The wording of the consent in force (R4.1): the folder beside this file that holds it, in every language. A new wording
 * is a new folder and its date here; everybody is then asked again at their next sign-in. Old folders stay: they are what
 * was agreed to.
 */
export const consentVersion = '2026-11-01';
