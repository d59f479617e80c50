import { type CloudCell, isPersonOfTenant } from '../activity/cloud-audit.ts'
import type { Event } from '../model/event.ts'

const OPERATIONS = {
  bind: 'MailItemsAccessed',
  sync: 'MailItemsAccessed',
  send: 'Send',
  login: 'MailboxLogin',
} as const

/** Fields of an event for counted rows of one mailbox (opened or sent mail, logons), as in the unified audit log. */
function mailFields({ mailbox, client, act, rows, items, bytes, last }: CloudCell): Event['fields'] {
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

/** Mail that was opened or sent, as an event. */
export function mailEvent(cell: CloudCell): { readonly event: Event; readonly sha256: string } {
  const { mailbox, by, client, session, app, graph, first, at, sha256 } = cell
  const event: Event = {
    log: graph === null ? 'm365-exchange' : 'm365-graph',
    sources: [],
    time: first,
    timeBasis: 'format',
    fields: {
      ...mailFields(cell),
      AppId: app,
      // An application that opens a mailbox without a user acts as its owner.
      ...(by !== null && !isPersonOfTenant(by) ? { ImpersonatedUser: mailbox } : {}),
    },
    raw: '',
    at,
    host: null,
    client,
    user: by ?? mailbox,
    target: mailbox,
    request: null,
    session,
  }
  return { event, sha256 }
}
