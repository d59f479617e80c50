import { readTable } from '../lib/table.ts'
import type { Duty } from '../model/response.ts'
import type { Answer } from '../model/answer.ts'

let read: readonly Duty[] | null = null

/** Every duty to report that Postern knows of, read when the first is asked for. */
export function allDuties(): readonly Duty[] {
  return (read ??= readTable(new URL('../../knowledge/duties.csv', import.meta.url)).map((row) => ({
    id: row.id!,
    law: row.law!,
    appliesTo: row.binds!,
    notify: row.tell!,
    deadline: row.within!,
    from: row.from!,
    note: row.note!,
    source: row.source!,
  })))
}

/** The duties that may follow from the answers: after initial access, or where data was taken. */
export function dutiesOf(answers: readonly Answer[]): readonly Duty[] {
  const calls = answers.some(
    ({ question, is }) =>
      (question === 'exploited' || question === 'compromised' || question === 'mail-taken') &&
      (is === 'yes' || is === 'likely'),
  )
  return calls ? allDuties() : []
}
