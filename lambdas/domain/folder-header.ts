/** How a page tells, with what it changes, in whose folder it was opened. Lower case, as it arrives. */
export const folderHeader = 'x-folder';

/** An organisation's folder by its business ID; `self` is one's own. */
export const folderName = (organisation: { readonly businessId: string } | undefined): string =>
  organisation?.businessId ?? 'self';
