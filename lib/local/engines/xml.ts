import type { ServerResponse } from 'node:http';

const escapeXml = (text: string): string => text.replace(/[<>&"']/g, char => `&#${char.charCodeAt(0)};`);

export type XmlValue = string | number | boolean | XmlElements | readonly XmlElements[] | undefined;
export interface XmlElements {
  readonly [name: string]: XmlValue;
}

/** A list becomes the element repeated; undefined leaves it out. */
export const xml = (elements: XmlElements): string =>
  Object.entries(elements)
    .flatMap(([name, value]) => {
      if (value === undefined) return [];
      if (Array.isArray(value)) return value.map(item => `<${name}>${xml(item)}</${name}>`);
      return [
        `<${name}>${typeof value === 'object' ? xml(value as XmlElements) : escapeXml(String(value))}</${name}>`,
      ];
    })
    .join('');

export const answerXml = (response: ServerResponse, status: number, elements: XmlElements): void => {
  response.writeHead(status, { 'content-type': 'application/xml' });
  response.end(`<?xml version="1.0" encoding="UTF-8"?>\n${xml(elements)}`);
};
