import type { BrokenRule } from '../../model/rule.ts'

/** Why a rule cannot be used: what was expected and what was found, at an offset of its file. */
export class RuleProblem extends Error {
  readonly reason: BrokenRule['reason']
  readonly at: number

  constructor(reason: BrokenRule['reason'], detail: string, at: number) {
    super(detail)
    this.reason = reason
    this.at = at
  }
}

export const broken = (detail: string, at: number): RuleProblem => new RuleProblem('broken', detail, at)
export const unsupported = (detail: string, at: number): RuleProblem => new RuleProblem('unsupported', detail, at)

/** Text of a rule inside a message: short, in quotation marks, without control characters. */
export function quoteRuleText(text: string): string {
  const plain = text.replace(/\p{C}+/gu, ' ')
  return `"${plain.length > 60 ? `${plain.slice(0, 60)}…` : plain}"`
}
