/** Where a catalogue lies in CONTENT_BUCKET. The pages are in SITE_BUCKET, under `catalogue/<version>/`. */
export const catalogueKeys = {
  /** Our own services, as the build wrote them. */
  own: 'services.json',
  /** `PublishedService` of every form, written when it is published. */
  publishedForms: 'services/published/',
  /** Definitions of forms: all versions, and which is in use. */
  forms: 'forms/',
  isFormInUse: (key: string): boolean => key.endsWith('/current.json'),
  /** The register in use, as it was taken. */
  register: 'catalogue/register.json',
  /** `Published`: which version is in use, and our own services of it. */
  published: 'catalogue/published.json',
  /** Everything below is of one version, but for the search files, which versions may share. */
  versions: 'catalogue/',
  search: 'catalogue/search/',
  /** Which search files the pages of a version name: their keys in SITE_BUCKET. */
  searchFiles: (version: string): string => `catalogue/${version}/search.json`,
  /** One service of a version, whole. */
  service: (version: string, id: string): string => `catalogue/${version}/${id}.json`,
  page: (version: string, path: string): string => `catalogue/${version}/${path}`,
} as const;
