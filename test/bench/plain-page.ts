/** Pages that say the same as ours: as plain HTML, what one would cost without looks and scripts; and without scripts alone. */
import { createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, constants } from 'node:zlib';
import type { Page } from 'playwright-core';

/** The visible text of the page that is open, headings as headings, fields as fields; no styles, scripts or pictures. */
export const plainCopy = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const escaped = (text: string): string =>
      text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
    const fields = 'input:not([type=hidden]), select, textarea';
    const texts = 'h1, h2, h3, h4, p, li, dt, dd, label, legend, summary, th, td, button, a, span';
    const taken = new Set<Element>();
    const isInTaken = (element: Element): boolean => {
      for (let one: Element | null = element; one; one = one.parentElement) if (taken.has(one)) return true;
      return false;
    };
    const blocks: string[] = [];
    for (const element of document.body.querySelectorAll<HTMLElement>(`${texts}, ${fields}`)) {
      if (isInTaken(element) || element.getClientRects().length === 0) continue;
      if (element.matches(fields)) {
        blocks.push('<input>');
      } else {
        const text = element.innerText.trim();
        const isWrapper = element.querySelector(
          'h1, h2, h3, h4, p, li, dt, dd, label, input, select, textarea',
        );
        if (text === '' || isWrapper) continue;
        taken.add(element);
        const tag = /^H\d$/.test(element.tagName) ? element.tagName.toLowerCase() : 'p';
        blocks.push(`<${tag}>${escaped(text)}</${tag}>`);
      }
    }
    const head = `<meta charset="utf-8"><title>${escaped(document.title)}</title><meta name="viewport" content="width=device-width, initial-scale=1">`;
    return `<!doctype html><html lang="${document.documentElement.lang}"><head>${head}</head><body><main>\n${blocks.join('\n')}\n</main></body></html>`;
  });

/**
 * A page's own HTML with its stylesheet and without its scripts; `marks` are the classes the first script would have set.
 */
export const scriptlessCopy = (html: string, marks: string): string =>
  html
    .replaceAll(/<script\b[^>]*><\/script>|<link rel="preload"[^>]*>/g, '')
    .replace('<html ', `<html class="${marks}" `);

export interface PlainServer {
  /** Address under which the page is served from now on, packed as CloudFront packs. */
  add(name: string, html: string): string;
  close(): void;
}

/** `portal`: where the styles and pictures of its pages are, which it gives to no other origin. */
export const servePlainPages = async (portal: string): Promise<PlainServer> => {
  const pages = new Map<string, Buffer>();
  const server = createServer((request, response) => {
    const body = pages.get(request.url ?? '');
    if (!body && request.url?.startsWith('/assets/')) {
      const { 'accept-encoding': encoding = 'br' } = request.headers;
      get(portal + request.url, { headers: { 'accept-encoding': encoding } }, asset => {
        response.writeHead(asset.statusCode ?? 502, asset.headers);
        asset.pipe(response);
      }).once('error', () => response.writeHead(502).end());
      return;
    }
    response.writeHead(body ? 200 : 404, {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      ...(body && { 'content-encoding': 'br', 'content-length': body.length }),
    });
    response.end(body);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    add: (name, html) => {
      pages.set(`/${name}`, brotliCompressSync(html, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }));
      return `http://localhost:${port}/${name}`;
    },
    close: () => void server.close(),
  };
};
