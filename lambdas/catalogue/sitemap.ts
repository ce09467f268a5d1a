/** For search engines (sitemaps.org). `robots.txt` names both; each is written by who knows its pages. */
export const sitemaps = { pages: 'sitemap.xml', services: 'catalogue/sitemap.xml' } as const;

/** @param addresses whole URLs of pages that may be found; their characters are those of our own paths and ids */
export const sitemap = (addresses: readonly string[]): string =>
  [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
    ...addresses.map(address => `<url><loc>${address.replaceAll('&', '&amp;')}</loc></url>`),
    '</urlset>',
  ].join('\n');

export const robots = (portalUrl: string): string =>
  [
    'User-agent: *',
    'Disallow: /api/',
    ...Object.values(sitemaps).map(file => `Sitemap: ${portalUrl}/${file}`),
    '',
  ].join('\n');
