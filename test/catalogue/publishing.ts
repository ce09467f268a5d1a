/** The publisher over buckets in memory, with small registers to publish from. */
import { join } from 'node:path';
import { beforeEach } from 'node:test';
import type { PublishDependencies, PublishRequest } from '../../lambdas/catalogue/publish.ts';
import { readOwnServices } from '../../web/build/own-services.ts';
import { readSite } from '../../web/build/site.ts';
import { loadPublisher, type MemoryObjects, memoryObjects } from './publisher.ts';

export const assets = {
  'styles.css': '/assets/styles-1.css',
  'first.js': '/assets/first-1.js',
  'frame.js': '/assets/frame-1.js',
};
export const record = (id: number, name: string) => ({ id, fi: { name }, sv: [], en: [] });
export const ids = (html: string): string[] =>
  [...html.matchAll(/<li class="service" data-service="([^"]+)"/g)].map(([, id = '']) => id);

const fill = ({ map }: MemoryObjects, entries: Readonly<Record<string, string>>): void => {
  map.clear();
  for (const [key, text] of Object.entries(entries)) map.set(key, text);
};

/** For all tests of a file; buckets and pointer are as new for each. */
export const publishing = async () => {
  const publisher = await loadPublisher();
  const own = await readOwnServices(join(import.meta.dirname, '../../web'));
  const [content, site] = [memoryObjects(), memoryObjects()];
  let pointer: string | undefined;
  beforeEach(() => {
    fill(content, {
      'services.json': JSON.stringify(own),
      'imports/a.json': JSON.stringify([record(1, 'Yksi'), null, record(2, 'Kaksi')]),
      'imports/b.json': JSON.stringify([record(3, 'Kolme')]),
      'imports/broken.json': '[{"id": 1',
      'imports/empty.json': '[]',
    });
    fill(site, {
      'assets/manifest.json': JSON.stringify(assets),
      'assets/site.json': JSON.stringify(readSite()),
    });
    pointer = undefined;
  });
  const pointers = {
    set: async (_: string, version: string) => {
      pointer = version;
    },
  };
  const dependencies: PublishDependencies = {
    content,
    site,
    pointers,
    download: async url =>
      url === 'https://register.example/' ? (content.map.get('imports/a.json') ?? '') : '',
    portalUrl: 'http://localhost:3000',
    now: () => Date.UTC(2026, 10, 23),
  };
  const publish = (request: PublishRequest, other: Partial<PublishDependencies> = {}) =>
    publisher.publishCatalogue(request, { ...dependencies, ...other });
  const list = (language = 'fi/asiointipalvelut'): string =>
    site.map.get(`catalogue/${pointer}/${language}/index.html`) ?? '';
  return { ...{ publisher, own, content, site, dependencies, publish, list }, pointer: () => pointer };
};
