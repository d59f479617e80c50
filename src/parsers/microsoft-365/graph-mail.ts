// What a request to Microsoft Graph does with mail, by its method and its address.
// https://learn.microsoft.com/graph/api/resources/message, https://learn.microsoft.com/graph/api/resources/messagerule

/** What was done with a mailbox. */
export type GraphAction =
  | 'list-messages'
  | 'read-message'
  | 'read-attachment'
  | 'search-messages'
  | 'synchronize-messages'
  | 'count-messages'
  | 'send-mail'
  | 'delete-message'
  | 'list-folders'
  | 'read-rules'
  | 'create-rule'
  | 'change-rule'
  | 'delete-rule'
  | 'read-settings'
  | 'change-settings'

export type GraphMail = {
  readonly action: GraphAction
  /** The address or the id of the user whose mailbox it is, or `me`: that of the user who asks. */
  readonly owner: string
  readonly searched: string | null
}

const LONGEST = 4_096

/** Null where the request is about no mailbox. */
export function graphMail(method: string, uri: string): GraphMail | null {
  const [path, query = ''] = uri.slice(0, LONGEST).split('?', 2) as [string, string?]
  const segments = segmentsOf(path)
  const first = segments[0]?.toLowerCase()
  const owner = first === 'me' ? 'me' : first === 'users' ? segments[1] : undefined
  if (owner === undefined || owner === '') return null
  const rest = segments.slice(first === 'me' ? 1 : 2).map((segment) => segment.toLowerCase())
  const searched = valueOf(query, 'search')
  const action = actionOf(method.toUpperCase(), rest, searched !== null)
  return action === null ? null : { action, owner, searched: action === 'search-messages' ? searched : null }
}

/** Parts of the path behind the version; keys in brackets (`users('ann')`) are parts of their own. */
function segmentsOf(path: string): string[] {
  const own = path.replace(/^https?:\/\/[^/]{1,255}/i, '')
  const parts = own.split('/').flatMap((part) => {
    const keyed = /^([\w.$]{1,80})\('?([^')]{0,512})'?\)$/.exec(part)
    return keyed && !/^microsoft\./i.test(part) ? [keyed[1]!, keyed[2]!] : [part]
  })
  const all = parts.map(decoded).filter((part) => part !== '')
  return /^(?:v\d\.\d|beta)$/i.test(all[0] ?? '') ? all.slice(1) : all
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** An option of the query, with or without its `$`. */
function valueOf(query: string, name: string): string | null {
  for (const pair of query.split('&').slice(0, 100)) {
    const [key = '', ...value] = pair.split('=')
    if (decoded(key).replace(/^\$/, '').toLowerCase() === name)
      return decoded(value.join('=').replaceAll('+', ' ')).slice(0, 500)
  }
  return null
}

const SENDS = /^(?:send|reply|replyall|forward)$/

function actionOf(method: string, rest: readonly string[], isSearch: boolean): GraphAction | null {
  const [first = ''] = rest.map((part) => part.replace(/^microsoft\.graph\./, ''))
  if (first === 'sendmail') return method === 'POST' ? 'send-mail' : null
  if (first === 'mailboxsettings') return method === 'GET' ? 'read-settings' : 'change-settings'
  if (first !== 'messages' && first !== 'mailfolders') return null
  if (rest.includes('messagerules')) return ofRules(method)
  const at = rest.indexOf('messages')
  if (at < 0) return method !== 'GET' ? null : rest.at(-1) === 'delta' ? null : 'list-folders'
  const [id, ...behind] = rest.slice(at + 1)
  const act = (behind[0] ?? '').replace(/^microsoft\.graph\./, '')
  if (method === 'POST') return SENDS.test(act) ? 'send-mail' : act === 'permanentdelete' ? 'delete-message' : null
  if (method === 'DELETE') return id !== undefined && behind.length === 0 ? 'delete-message' : null
  if (method !== 'GET') return null
  if (id === '$count') return 'count-messages'
  if (id !== undefined && /^(?:microsoft\.graph\.)?delta(?:\(\))?$/.test(id)) return 'synchronize-messages'
  if (id === undefined) return isSearch ? 'search-messages' : 'list-messages'
  return act === 'attachments' ? 'read-attachment' : 'read-message'
}

function ofRules(method: string): GraphAction {
  if (method === 'POST') return 'create-rule'
  if (method === 'DELETE') return 'delete-rule'
  return method === 'GET' ? 'read-rules' : 'change-rule'
}
