import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { explainRefusal } from '../../src/core/refusal-texts.ts';
import { REFUSAL_KINDS, type RefusalKind } from '../../src/core/refusal.ts';

interface Throw {
  readonly file: string;
  readonly kind: string;
  /** Names of the facts; undefined when they are not written out where the refusal is made. */
  readonly facts: readonly string[] | undefined;
}

/** Every `new RefusedInput(kind, facts)` of a source text. */
function throwsIn(file: string, text: string): Throw[] {
  const found: Throw[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isNewExpression(node) && node.expression.getText() === 'RefusedInput') {
      const [kind, facts] = node.arguments ?? [];
      for (const name of kindsOf(kind)) found.push({ file, kind: name, facts: factsOf(facts) });
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
  return found;
}

function kindsOf(node: ts.Expression | undefined): string[] {
  if (node && ts.isStringLiteral(node)) return [node.text];
  if (node && ts.isConditionalExpression(node))
    return [...kindsOf(node.whenTrue), ...kindsOf(node.whenFalse)];
  return [];
}

function factsOf(node: ts.Expression | undefined): string[] | undefined {
  if (!node) return [];
  if (ts.isConditionalExpression(node)) {
    const [a, b] = [factsOf(node.whenTrue), factsOf(node.whenFalse)];
    return a && b && [...a, ...b];
  }
  if (!ts.isObjectLiteralExpression(node)) return undefined;
  return node.properties.flatMap((p) => (p.name ? [p.name.getText()] : []));
}

const source = join(import.meta.dirname, '../../src');
const all = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((f) => f.endsWith('.ts') && !/\.(test|testing)\.ts$/.test(f))
  .flatMap((f) => throwsIn(f, readFileSync(join(source, f), 'utf8')));

/** Is the fact in the sentence that the person reads? */
const isTold = (kind: string, fact: string): boolean =>
  explainRefusal({ kind: kind as RefusalKind, file: 'f', facts: { [fact]: '§' } }).sentence.en.includes('§');

describe('facts of refusals', () => {
  it('are found where they are written', () => {
    const text = `throw new RefusedInput(a ? 'truncated' : 'malformed', a ? { what: '1', size } : {}); new RefusedInput('x', y)`;
    expect(throwsIn('', text)).toEqual([
      { file: '', kind: 'truncated', facts: ['what', 'size'] },
      { file: '', kind: 'malformed', facts: ['what', 'size'] },
      { file: '', kind: 'x', facts: undefined },
    ]);
    expect(isTold('truncated', 'what')).toBe(true);
    expect(isTold('truncated', 'made_up')).toBe(false);
    expect(all.length).toBeGreaterThan(100);
  });

  it('belong to kinds of the closed list', () => {
    expect(all.filter((t) => !REFUSAL_KINDS.includes(t.kind as RefusalKind))).toEqual([]);
  });

  it('reach the person: none is thrown under a name that no sentence tells', () => {
    const untold = all.flatMap(({ file, kind, facts }) =>
      (facts ?? []).filter((f) => !isTold(kind, f)).map((f) => `${kind} {${f}} in ${file}`),
    );
    expect([...new Set(untold)]).toEqual([]);
  });
});
