import { isProxyLog } from '../model/log-kinds.ts'
import type { LogonRow, ServedDay } from './served-days.ts'

// Which logs may say of a logon that it explains what came later.

/**
 * What may say that an account was served before an act. `byTables`: days that tables of events alone have, as for acts that tables alone
 * have. `byMail`: days that only logs of IMAP, POP, SMTP or Windows have, as for passwords that were tried there.
 */
export type Witness = { readonly byTables?: boolean; readonly byMail?: boolean }

/**
 * Does such a day explain what came later? Logs beside the series of the server explain nothing. Nor do logs of mail protocols explain
 * a request, on days of which the front end has logons (`frontEnd`): people who work with Exchange ask it for something, too, and such a
 * log is soon written.
 */
export function explains(served: ServedDay, witness: Witness, frontEnd: () => ReadonlySet<number>): boolean {
  if (served.isOfTable) return witness.byTables === true
  return !served.isBeside && !isOfMailAlone(served, witness, frontEnd)
}

/** Do only the server's logs of other protocols have it, though the front end has logons of that day? */
export function isOfMailAlone(
  { day, isOfFrontEnd, isOfTable, isBeside }: ServedDay,
  { byMail }: Witness,
  frontEnd: () => ReadonlySet<number>,
): boolean {
  return byMail !== true && !isOfFrontEnd && !isOfTable && !isBeside && frontEnd().has(day)
}

/** What may explain these rows. */
export function witnessOf(rows: readonly Pick<LogonRow, 'log' | 'isOfTable'>[]): Witness {
  return {
    byTables: rows.length > 0 && rows.every(({ isOfTable }) => isOfTable === true),
    byMail: rows.some(({ log }) => !log.startsWith('iis') && !isProxyLog(log)),
  }
}
