import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type CssNode,
  generate,
  type List,
  type ListItem,
  parse,
  type Rule,
  type StyleSheet,
  walk,
} from 'css-tree';

/** Words of files of code: of those that draw pages, every class a page may carry is among them. */
export const wordsIn = (root: string, files: readonly string[]): ReadonlySet<string> => {
  const words = files.flatMap(file => readFileSync(join(root, file), 'utf8').match(/[a-z_][\w-]*/gi) ?? []);
  return new Set(words);
};

/** Words of all code that draws pages. */
export const wordsOf = (root: string): ReadonlySet<string> =>
  wordsIn(root, globSync('{web,lambdas}/**/*.{ts,tsx}', { cwd: root }));

/** Whether code names a class whole, or as the beginning of a name it puts together (`hds-icon--${name}`). */
export const isUsed = (name: string, words: ReadonlySet<string>): boolean =>
  words.has(name) ||
  [...name.matchAll(/[-_]+/g)].some(({ index, 0: joint }) => words.has(name.slice(0, index + joint.length)));

const classesOf = (selector: CssNode): string[] => {
  const names: string[] = [];
  walk(selector, node => {
    if (node.type === 'ClassSelector') names.push(node.name);
  });
  return names;
};

/** Drops the selectors that no page can match; true when none is left. */
const dropSelectors = ({ prelude }: Rule, words: ReadonlySet<string>): boolean => {
  if (prelude.type !== 'SelectorList') return false;
  prelude.children.forEach((selector, item) => {
    if (!classesOf(selector).every(name => isUsed(name, words))) prelude.children.remove(item);
  });
  return prelude.children.isEmpty;
};

const readProperties = (css: string): ReadonlySet<string> =>
  new Set([...css.matchAll(/var\(\s*(--[\w-]+)/g)].map(([, name = '']) => name));

/** Drops custom properties that nothing reads; those that only they read go in the next round. */
const dropUnread = (sheet: CssNode): boolean => {
  const read = readProperties(generate(sheet));
  let dropped = false;
  walk(sheet, (node, item, list) => {
    if (node.type !== 'Declaration' || !node.property.startsWith('--') || read.has(node.property)) return;
    (list as List<CssNode>).remove(item);
    dropped = true;
  });
  return dropped;
};

const isRoot = (node: CssNode): node is Rule => node.type === 'Rule' && generate(node.prelude) === ':root';

/** Drops what is said of `:root` for all pages and said anew further down: a design system's colours under a theme's. */
const dropOverridden = (sheet: StyleSheet): void => {
  const saidLater = new Set<string>();
  for (const rule of sheet.children.toArray().filter(isRoot).reverse()) {
    rule.block.children.forEachRight((node, item) => {
      if (node.type !== 'Declaration' || !node.property.startsWith('--')) return;
      if (saidLater.has(node.property)) rule.block.children.remove(item);
      saidLater.add(node.property);
    });
  }
};

/** Drops rules and media queries that say nothing. */
const dropEmpty = (sheet: CssNode): void =>
  walk(sheet, {
    leave: (node: CssNode, item: ListItem<CssNode>, list: List<CssNode>) => {
      const block = node.type === 'Rule' || node.type === 'Atrule' ? node.block : undefined;
      if (block?.children.isEmpty) list.remove(item);
    },
  });

/** A stylesheet without what no page of ours can use: most of a design system's. */
export const usedStyles = (css: string, words: ReadonlySet<string>): string => {
  const sheet = parse(css, { parseCustomProperty: false }) as StyleSheet;
  walk(sheet, (node, item, list) => {
    if (node.type === 'Rule' && dropSelectors(node, words)) (list as List<CssNode>).remove(item);
  });
  dropOverridden(sheet);
  while (dropUnread(sheet));
  dropEmpty(sheet);
  return generate(sheet);
};
