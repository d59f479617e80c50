import type { CloudCell } from '../activity/cloud-audit.ts'
import type { Event } from '../model/event.ts'

const OPERATIONS = {
  bind: 'MailItemsAccessed',
  sync: 'MailItemsAccessed',
  send: 'Send',
  login: 'MailboxLogin',
} as const

/** Fields of an event for counted rows of one mailbox (opened or sent mail, logons), as in the unified audit log. */
export function mailFields({ mailbox, client, act, rows, items, bytes, last }: CloudCell): Event['fields'] {
  return {
    Operation: OPERATIONS[act],
    ...(act === 'bind' || act === 'sync' ? { MailAccessType: act === 'sync' ? 'Sync' : 'Bind' } : {}),
    MailboxOwnerUPN: mailbox,
    ItemCount: items,
    ItemBytes: bytes,
    CellRows: rows,
    CellLast: last,
    'c-ip': client,
  }
}
