/** What a stylesheet uses of CSS that our oldest browsers lack. */
import { type Block, type CssNode, parse, walk } from 'css-tree';
import { isKnown, keysOf, missingIn } from './features.ts';

/** What stands beside it under a maker's prefix needs no other. */
const isSaidTwice = (property: string, block: Block | undefined): boolean =>
  block?.children.some(node => node.type === 'Declaration' && node.property === `-webkit-${property}`) ??
  false;

const ofDeclaration = (property: string, value: CssNode, block: Block | undefined): string[] => {
  if (property.startsWith('-') || isSaidTwice(property, block)) return [];
  const keys = [`css.properties.${property}`];
  walk(value, node => {
    if (node.type === 'Identifier') keys.push(`css.properties.${property}.${node.name}`);
    if (node.type === 'Function') keys.push(...ofFunction(property, node.name));
    if (node.type === 'Dimension') keys.push(...keysOf('css.types.length.', node.unit));
  });
  return keys;
};

/** A function that several types have is too new only where it is so in each. */
const ofFunction = (property: string, name: string): string[] => {
  const own = `css.properties.${property}.${name}`;
  if (isKnown(own)) return [own];
  const keys = keysOf('css.types.', name);
  return keys.some(key => missingIn(key).length === 0) ? [] : [...keys];
};

const ofCondition = (prelude: CssNode): string[] => {
  const keys: string[] = [];
  walk(prelude, node => {
    if (node.type === 'Feature') keys.push(`css.at-rules.media.${node.name}`);
  });
  return keys;
};

const isNested = (rule: CssNode, ancestors: readonly CssNode[]): boolean =>
  rule.type === 'Rule' && ancestors.some(({ type }) => type === 'Rule');

const isBlock = (node: CssNode): node is Block => node.type === 'Block';

/** Names of the features (MDN's) a sheet uses. What stands under `@supports` has said itself that it may be missing. */
export const featuresOfStyles = (css: string): ReadonlySet<string> => {
  const found = new Set<string>();
  const above: CssNode[] = [];
  const isGuarded = (): boolean =>
    above.some(node => node.type === 'Atrule' && node.name.toLowerCase() === 'supports');
  walk(parse(css, { parseCustomProperty: false }), {
    enter: (node: CssNode) => {
      const keys: string[] = [];
      if (node.type === 'Declaration')
        keys.push(...ofDeclaration(node.property, node.value, above.findLast(isBlock)));
      if (node.type === 'PseudoClassSelector' || node.type === 'PseudoElementSelector')
        keys.push(`css.selectors.${node.name}`);
      if (node.type === 'Atrule') keys.push(`css.at-rules.${node.name}`);
      if (node.type === 'Atrule' && node.name === 'media' && node.prelude)
        keys.push(...ofCondition(node.prelude));
      if (isNested(node, above)) keys.push('css.selectors.nesting');
      if (!isGuarded()) for (const key of keys) found.add(key);
      above.push(node);
    },
    leave: () => void above.pop(),
  });
  return found;
};
