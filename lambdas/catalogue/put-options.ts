/** How the catalogue's objects are kept: by CloudFront and by browsers. */

export const json = { contentType: 'application/json' };
/** Browsers ask again each time; CloudFront itself asks once a minute. */
export const page = {
  contentType: 'text/html; charset=utf-8',
  cacheControl: 'public, max-age=0, s-maxage=60',
};
export const sitemapFile = { ...page, contentType: 'application/xml' };
/** Its name says what it holds. */
export const searchFile = { ...json, cacheControl: 'public, max-age=31536000, immutable' };
