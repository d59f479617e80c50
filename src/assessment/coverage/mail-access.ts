import { hourOf } from '../../lib/time.ts'
import type { Scan } from '../../model/scan.ts'
import { CELL } from '../../parsers/microsoft-365/use.ts'

/** Hours for which Microsoft stops recording opened mail of a mailbox after it was opened too often (throttling). */
const THROTTLED = 24

/** What the audit log of a tenant records of mail that was opened: whether it does at all, and the hours [from, to) in which it does not. */
export type MailAccess = {
  readonly isRecorded: boolean
  readonly unrecorded: readonly { readonly from: number; readonly to: number }[]
}

/** Of all exports: hours in which a mailbox was throttled, and the time since an account was taken out of the audit. */
export function mailAccessOf(scans: readonly Scan[]): MailAccess {
  const unrecorded: { from: number; to: number }[] = []
  let isRecorded = false
  for (const { cloud, hits } of scans) {
    for (let at = 0; cloud !== undefined && at < cloud.cells.length; at += CELL) {
      const [, , , act, , , graph] = cloud.sources[cloud.cells[at + 2]!]!.split('\0')
      // Requests to Microsoft Graph are one way of many to open mail.
      if (graph === undefined && (act === 'bind' || act === 'sync')) isRecorded = true
      const throttled = cloud.cells[at + 8]!
      if (throttled > 0) unrecorded.push({ from: hourOf(throttled), to: hourOf(throttled) + THROTTLED })
    }
    for (const { event } of hits)
      if (event.time !== null && isBypass(event.fields)) unrecorded.push({ from: hourOf(event.time), to: Infinity })
  }
  return { isRecorded, unrecorded }
}

function isBypass({ Operation, Parameters, Succeeded }: Scan['hits'][number]['event']['fields']): boolean {
  if (typeof Operation !== 'string' || typeof Parameters !== 'string' || Succeeded === false) return false
  if (/^set-mailboxauditbypassassociation$/i.test(Operation)) return /-auditbypassenabled "\$?true"/i.test(Parameters)
  if (/^set-adminauditlogconfig$/i.test(Operation))
    return /-unifiedauditlogingestionenabled "\$?false"/i.test(Parameters)
  return /^set-organizationconfig$/i.test(Operation) && /-auditdisabled "\$?true"/i.test(Parameters)
}
