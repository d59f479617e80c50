// Small builders for tests of correlations.
import type { RuleInfo } from '../../src/model/rule.ts'
import type { Correlation } from '../../src/rules/rule.ts'

const info: RuleInfo = {
  id: 'c',
  title: 'C',
  description: '',
  author: '',
  license: '',
  pack: 'test',
  campaign: 'unknown',
  stage: 'attempt',
  sign: { subject: 'request', kind: 'content', strength: 'weak' },
  level: 'high',
  cves: [],
  attack: [],
  falsePositives: [],
  nextSteps: [],
  file: 'rules/c.yml',
}

/** A correlation that counts the rows of rule `a`, if nothing else is said. */
export function correlationOf({ id = 'c', ...more }: Partial<Correlation> & { id?: string }): Correlation {
  return {
    info: { ...info, id },
    type: 'event_count',
    of: ['a'],
    groupBy: [],
    counted: [],
    span: 60_000,
    condition: [{ is: 'gte', than: 1 }],
    aliases: new Map(),
    ...more,
  }
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}
